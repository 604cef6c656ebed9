// No test depends on the time that something takes, on the time of day, on luck or on a free port.
import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";

const root = import.meta.dirname;

/** What reads or waits for real time, or leaves something to chance; and what does the same without. */
const forbidden: readonly (readonly [RegExp, string])[] = [
  [/\b(?:setTimeout|setInterval)\b|timers\/promises/, "an event, or virtualClock()"],
  [/\bsetImmediate\b/, "an event, or virtualClock()"],
  [/\bexpect\.poll\b|\bvi\.waitFor|\bvi\.waitUntil/, "an event"],
  [/\bDate\.now\b|\bnew Date\(\)|\bperformance\.now\b|\bhrtime\b|\btimeEnd?\(/, "a moment of the test's own"],
  [/["'`(;&|] *sleep \d/, "a reader that is slow by what it does"],
  [/\bMath\.random\b/, "seeded()"],
  [/\.listen\([1-9]|\bport: [1-9]/, "port 0, or refusingAddress()"],
  [/["'`]\/tmp\b/, "tempDirectory()"],
  [/\bretry: [1-9]/, "the cure of what fails now and then"],
];

/** By file, from test/: what it may all the same, and why. */
const excepted: Readonly<Record<string, string>> = {
  "support/real-time.ts": "the door to real time",
  "support/clock.ts": "setImmediate, to let others run; no time passes",
  "support/fixed-process.mjs": "what makes chance and the hour of a process stand still",
  "real-time.test.ts": "the patterns themselves",
};

// Measurements and long trials are run by hand.
const measured = /^(?:bench|eval|trials)[/\\]/;

const files = readdirSync(root, { recursive: true, encoding: "utf8" }).filter(
  (name) => /\.(?:ts|mjs)$/.test(name) && !measured.test(name) && !(name.replaceAll("\\", "/") in excepted),
);

function findings(text: string): string[] {
  return text
    .split("\n")
    .flatMap((line, at) =>
      forbidden
        .filter(([pattern]) => pattern.test(line))
        .map(([, instead]) => `line ${at + 1}: ${line.trim()} (instead: ${instead})`),
    );
}

test("no test reads the clock, sleeps or rolls dice", () => {
  const found = files.flatMap((name) =>
    findings(readFileSync(join(root, name), "utf8")).map((finding) => `test/${name}, ${finding}`),
  );
  expect(found).toEqual([]);
});

test.each([
  "await new Promise((resolve) => setTimeout(resolve, 20));",
  'import { setTimeout as sleep } from "node:timers/promises";',
  "const startMs = performance.now();",
  "const today = new Date();",
  "nowMs: Date.now(),",
  "runShell(`${rewind} xref | (sleep 0.3; cat)`)",
  "random: Math.random,",
  "server.listen(8080);",
  'const path = "/tmp/rewind";',
  "await expect.poll(() => sockets.size).toBe(0);",
])("%s is found", (line) => {
  expect(findings(line)).toHaveLength(1);
});
