// A pipe or a device in the place of a file: each command says so and ends, where it would otherwise wait for ever.
import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, symlinkSync } from "node:fs";
import { dirname, join } from "node:path";
import { describe, expect, test } from "vitest";
import { settingsPath } from "../../src/host/paths.ts";
import { homeEnv, runCli } from "../support/run-cli.ts";
import { sampleHome } from "../support/sample-home.ts";
import { tempDirectory } from "../support/temp.ts";

const fileIn = (home: string, name: string): string =>
  join(dirname(settingsPath(homeEnv(home), "linux")), name);

const kinds: Readonly<Record<string, (path: string) => void>> = {
  "a named pipe": (path) => execFileSync("mkfifo", ["-m", "600", path]),
  "a link to /dev/zero": (path) => symlinkSync("/dev/zero", path),
};

describe.runIf(existsSync("/dev/zero"))("a command ends with an error", () => {
  for (const [kind, plant] of Object.entries(kinds)) {
    test.each([
      ["the settings file", "config.json", ["config"]],
      ["the keys file", "keys.json", ["keys", "create"]],
      ["the file of saved questions", "saved.json", ["save"]],
    ] as const)(`if %s (%s) is ${kind}: %j`, async (what, name, argv) => {
      const home = tempDirectory();
      const path = fileIn(home, name);
      mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
      plant(path);
      const { code, stderr } = await runCli(argv, { home });
      expect([code, stderr]).toEqual([2, expect.stringMatching(`${what} .* is not a regular file`)]);
    });

    test(`if the page of a report is ${kind}`, async () => {
      const home = await sampleHome();
      const out = join(tempDirectory(), "page.html");
      plant(out);
      const { code, stderr } = await runCli(["report", "--out", out], { home });
      expect([code, stderr]).toEqual([2, expect.stringContaining("is not a regular file")]);
    });
  }
});
