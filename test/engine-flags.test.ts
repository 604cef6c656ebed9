import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { cachedDataVersionTag } from "node:v8";
import { expect, test } from "vitest";
import { createMatcher } from "../src/match/matcher.ts";
import { eventLoopTurn } from "./support/clock.ts";

test("a matcher has its code compiled sooner until the event loop turns, the next one again", async () => {
  await eventLoopTurn();
  const usual = cachedDataVersionTag();
  for (let round = 0; round < 2; round += 1) {
    createMatcher([]);
    createMatcher([]);
    expect(cachedDataVersionTag()).not.toBe(usual);
    await eventLoopTurn();
    // Else nothing that this process compiles would be found in the compile cache by the next.
    expect(cachedDataVersionTag()).toBe(usual);
  }
});

test("this Node knows each flag: it prints no word of them", () => {
  const matcher = fileURLToPath(new URL("../dist-modules/match/matcher.js", import.meta.url));
  const program = `const { createMatcher } = await import(${JSON.stringify(matcher)}); createMatcher([]);`;
  const { stdout, stderr, status } = spawnSync(process.execPath, ["--input-type=module", "-e", program], {
    encoding: "utf8",
  });
  expect({ stdout, stderr, status }).toEqual({ stdout: "", stderr: "", status: 0 });
});
