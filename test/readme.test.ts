// The commands that the README and the guide show are run.
import { spawnSync } from "node:child_process";
import { readFileSync, readdirSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { sampleItems } from "./support/sampling.ts";
import { getRealTimeMs } from "./support/real-time.ts";
import { runCli } from "./support/run-cli.ts";
import { runShell } from "./support/run-process.ts";
import { sampleHome } from "./support/sample-home.ts";

const root = fileURLToPath(new URL("../", import.meta.url));
const text = ["README.md", ...readdirSync(`${root}docs/guide`).map((name) => `docs/guide/${name}`)]
  .map((page) => readFileSync(root + page, "utf8"))
  .join("\n");
/** The time of the commands that are run as processes. */
const processDay = getRealTimeMs();

const commands = [...text.matchAll(/```sh\n([\s\S]*?)```/g)]
  .flatMap(([, block = ""]) => block.split("\n"))
  .filter((line) => line.startsWith("rewind ") && !line.startsWith("rewind sync"));
const hasJq = spawnSync("jq", ["--version"]).status === 0;

/** Replaces fzf, which needs a person, by its preview of the first line; {1} is the first word. */
function withoutFzf(line: string): string {
  return line.replace(/\| fzf --preview '(.*)'$/, (_, preview: string) => {
    return `| sed -n 1p | while read -r first rest; do ${preview.replace("{1}", '"$first"')}; done`;
  });
}

/** Runs in this process, unless the line needs a shell or writes a file where it runs. */
function run(line: string, home: string): Promise<{ code: number | null; stdout: string; stderr: string }> {
  if (/^[\w .,:@=/-]+$/.test(line) && !line.startsWith("rewind report")) {
    return runCli(line.split(" ").slice(1), { home, now: processDay });
  }
  const rewind = 'rewind() { "$NODE" "$REWIND" "$@"; }; set -o pipefail; cd "$HOME";';
  return runShell(`${rewind} ${withoutFzf(line)}`, { home });
}

const runnable = commands.filter((line) => hasJq || !line.includes("| jq"));

test.each(sampleItems("readme", runnable, 20))("%s", async (line) => {
  const { code, stdout, stderr } = await run(line, await sampleHome(processDay));
  expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
  expect(stdout.trim() === "").toBe(line.includes(" > "));
  // jq says so where a path leads nowhere.
  expect(line.includes("| jq") && /(?:^|\s)"?null"?$/m.test(stdout)).toBe(false);
});
