// A pipe or a device in the place of a file: each command says so and ends, where it would otherwise wait for ever.
import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, symlinkSync } from "node:fs";
import { dirname, join } from "node:path";
import { describe, expect, test } from "vitest";
import { getSettingsPath } from "../../src/host/paths.ts";
import { buildHomeEnv, runCli } from "../support/run-cli.ts";
import { sampleHome } from "../support/sample-home.ts";
import { createTempDirectory } from "../support/temp-directories.ts";

const getFilePath = (home: string, name: string): string =>
  join(dirname(getSettingsPath(buildHomeEnv(home), "linux")), name);

const kinds: Readonly<Record<string, (path: string) => void>> = {
  "a named pipe": (path) => execFileSync("mkfifo", ["-m", "600", path]),
  "a link to /dev/zero": (path) => symlinkSync("/dev/zero", path),
};

describe.runIf(existsSync("/dev/zero"))("commands end with an error", () => {
  for (const [kind, plant] of Object.entries(kinds)) {
    test.each([
      ["the settings file", "config.json", ["config"]],
      ["the keys file", "keys.json", ["keys", "create"]],
      ["the file of saved questions", "saved.json", ["save"]],
    ] as const)(`if %s (%s) is ${kind}: %j`, async (what, name, argv) => {
      const home = createTempDirectory();
      const path = getFilePath(home, name);
      mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
      plant(path);
      const { code, stderr } = await runCli(argv, { home });
      expect([code, stderr]).toEqual([2, expect.stringMatching(`${what} .* is not a regular file`)]);
    });

    test(`if the page of a report is ${kind}`, async () => {
      const home = await sampleHome();
      const out = join(createTempDirectory(), "page.html");
      plant(out);
      const { code, stderr } = await runCli(["report", "--out", out], { home });
      expect([code, stderr]).toEqual([2, expect.stringContaining("is not a regular file")]);
    });
  }
});
