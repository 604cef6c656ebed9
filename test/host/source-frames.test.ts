import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { mapFramesToSources } from "../../src/host/last-error.ts";
import { runProcess } from "../support/run-process.ts";

test("maps stack frames of chunks to lines of src/", async () => {
  const { code, stderr } = await runProcess(["xref", "--debug"]);
  expect(code).toBe(5);
  const frames = stderr.split("\n").filter((line) => /^ {4}at /.test(line));
  const [, path = "", line = ""] = /\((src\/.*\.ts):(\d+):\d+\)$/.exec(frames[0] ?? "") ?? [];
  const source = readFileSync(fileURLToPath(new URL(`../../${path}`, import.meta.url)), "utf8");
  expect(source.split("\n")[Number(line) - 1]).toContain("new NotReadyError(");
  expect(frames.filter((frame) => frame.includes("dist"))).toEqual([]);
  expect(frames.join("\n")).toMatch(/at async runXref \(src\/commands\/.*\.ts:\d+:\d+\)/);
});

test("leaves frames without a source map as they are", () => {
  const stack =
    "Error: no\n    at f (file:///nowhere/a.js:1:2)\n    at node:internal/x:3:4\n    at g (<anonymous>)";
  expect(mapFramesToSources(stack)).toBe(stack);
});
