// The program as a child process: it reports, and ends on request whatever it is doing.
import { beforeEach, expect, test } from "vitest";
import { startProgram } from "../../src/host/child-processes.ts";
import type { ProgramChild } from "../../src/host/host.ts";
import { program } from "../support/run-process.ts";
import { getHomeCachePath } from "../support/filled-cache.ts";
import { sampleHome } from "../support/sample-home.ts";

const endlessSql = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count(*) FROM n";

let cache = "";
beforeEach(async () => {
  cache = getHomeCachePath(await sampleHome());
});

function startQuery(sql: string, maxMs: number, limitMs: number): ProgramChild {
  return startProgram([program, "__sql", cache, "1", "20", String(maxMs)], { input: sql, limitMs });
}

async function readLines({ lines }: ProgramChild): Promise<string[]> {
  const found: string[] = [];
  for await (const line of lines) found.push(line);
  return found;
}

test("ends an endless statement by the time limit", async () => {
  expect(await startQuery(endlessSql, 60_000, 300).ended).toMatchObject({ code: null, wasTooSlow: true });
  expect(await startQuery(endlessSql, 100, 60_000).ended).toMatchObject({ code: null, wasTooSlow: false });
});

test("a statement that needs too much memory is ended", async () => {
  const child = startQuery("SELECT length(hex(zeroblob(400000000)))", 60_000, 60_000);
  expect(await readLines(child)).toEqual(['"out of memory"']);
  expect(await child.ended).toMatchObject({ code: null, wasTooSlow: false });
});

test("reports an error of the statement", async () => {
  const wrong = startQuery("SELECT nowhere", 60_000, 60_000);
  expect(await wrong.ended).toMatchObject({
    code: 2,
    failure: { exitCode: 2, message: "SQL: no such column: nowhere" },
  });
});
