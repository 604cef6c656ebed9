import { expect, test } from "vitest";
import { daySeconds } from "../../src/model/times.ts";
import { noon, runCli } from "../support/run-cli.ts";
import { sampleHome } from "../support/sample-home.ts";

const screens = [["recap"], ["dusty", "--idle", "1d"], []];

async function readScreensAt(now: number): Promise<string[]> {
  const home = await sampleHome();
  const options = { home, now, tty: true, columns: 100 };
  return Promise.all(screens.map(async (argv) => (await runCli(argv, options)).stdout));
}

test("recap, dusty and the glance say where the plays end once that is more than a month ago", async () => {
  for (const stdout of await readScreensAt(noon + 40 * daySeconds * 1000)) {
    expect(stdout).toContain("plays until 13 Mar 2026 (Last.fm, ListenBrainz)");
  }
});

test("they don't say it while plays are newer", async () => {
  for (const stdout of await readScreensAt(noon + 20 * daySeconds * 1000)) {
    expect(stdout).toMatch(/synced|Synced/);
    expect(stdout).not.toContain("plays until");
  }
});

test("recap of a time without plays names no month with the most", async () => {
  const { stdout } = await runCli(["recap", "2010"], { home: await sampleHome(), tty: true, columns: 100 });
  expect(stdout).toMatch(/2010 · 0 plays/);
  expect(stdout).not.toContain("Most in a month");
});
