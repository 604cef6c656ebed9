import { copyFileSync, mkdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { framesInSources } from "../../src/host/last-error.ts";
import { runProcess } from "../support/run-process.ts";
import { tempDirectory } from "../support/temp.ts";

test("what the chunks throw is told by the lines of src/", async () => {
  const { code, stderr } = await runProcess(["xref", "--debug"]);
  expect(code).toBe(5);
  const frames = stderr.split("\n").filter((line) => /^ {4}at /.test(line));
  const [, path = "", line = ""] = /\((src\/.*\.ts):(\d+):\d+\)$/.exec(frames[0] ?? "") ?? [];
  const source = readFileSync(fileURLToPath(new URL(`../../${path}`, import.meta.url)), "utf8");
  expect(source.split("\n")[Number(line) - 1]).toContain("new NotReadyError(");
  expect(frames.filter((frame) => frame.includes("dist"))).toEqual([]);
  expect(frames.join("\n")).toMatch(/at async runXref \(src\/commands\/.*\.ts:\d+:\d+\)/);
});

test("a directory's name may hold spaces and brackets", () => {
  const directory = join(tempDirectory(), "a b (c)");
  mkdirSync(directory);
  copyFileSync(
    fileURLToPath(new URL("../../dist/main.js.map", import.meta.url)),
    join(directory, "main.js.map"),
  );
  const stack = Array.from(
    { length: 50 },
    (_, at) => `    at async f (${directory}/main.js:${at + 1}:1)`,
  ).join("\n");
  expect(framesInSources(stack)).toMatch(/^ {4}at async f \(src\/.*\.ts:\d+:\d+\)$/m);
});

test("what has no map stays as it is", () => {
  const stack =
    "Error: no\n    at f (file:///nowhere/a.js:1:2)\n    at node:internal/x:3:4\n    at g (<anonymous>)";
  expect(framesInSources(stack)).toBe(stack);
});
