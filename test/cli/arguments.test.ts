import { expect, test } from "vitest";
import { runCli } from "../support/run-cli.ts";

test("--version is one line", async () => {
  expect(await runCli(["--version"])).toEqual({ code: 0, stdout: "0.0.0-test\n", stderr: "", died: null });
});
