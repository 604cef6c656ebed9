// Windows can't remove an open file: the answer is still printed.
import type * as fs from "node:fs";
import { EventEmitter } from "node:events";
import { afterEach, expect, test, vi } from "vitest";
import { runCli } from "../support/run-cli.ts";

const held = vi.hoisted(() => new Set<string>());

vi.mock("node:fs", async (original) => {
  const real = await original<typeof fs>();
  const rmSync: typeof real.rmSync = (path, options) => {
    if (!String(path).includes("rewind-demo-")) return real.rmSync(path, options);
    held.add(String(path));
    throw Object.assign(new Error(`EBUSY: resource busy or locked, rm '${String(path)}'`), { code: "EBUSY" });
  };
  return { ...real, rmSync };
});

afterEach(async () => {
  const real = await vi.importActual<typeof fs>("node:fs");
  for (const path of held) real.rmSync(path, { recursive: true });
  held.clear();
});

test("the demo succeeds even if its file can't be removed", async () => {
  const { code, stdout, stderr } = await runCli(["demo", "xref", "--json", "--all"]);
  expect({ code, data: (JSON.parse(stdout) as { data: unknown[] }).data.length }).toEqual({
    code: 0,
    data: 64,
  });
  expect(stderr).toBe("");
});

test("ends on an interruption even if its file can't be removed", async () => {
  const signals = new EventEmitter();
  let isSent = false;
  const { raised } = await runCli(["demo"], {
    signals,
    onOutput: () => {
      if (!isSent) signals.emit("SIGINT");
      isSent = true;
    },
  });
  expect(raised).toBe("SIGINT");
});
