// The README can't lie: its screens are made here, its commands are run. README_SCREENS=write makes the screens anew.
import { spawnSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { CommandDeclaration } from "../src/commands/shared/declaration.ts";
import { filterOptions } from "../src/commands/shared/options.ts";
import { contents, declarationOf } from "../src/program/contents.ts";
import { optionHelp } from "../src/program/help-text.ts";
import { keysInWords } from "../src/queries/document.ts";
import { meaningOf, settings } from "../src/settings/table.ts";
import { realToday } from "./support/real-time.ts";
import { noon, runCli } from "./support/run-cli.ts";
import { runShell } from "./support/run-process.ts";
import { sampleHome } from "./support/sample-home.ts";

const path = fileURLToPath(new URL("../README.md", import.meta.url));
const readme = readFileSync(path, "utf8");
const today = noon;
/** When it is for the commands that are run as processes. */
const processDay = realToday();

beforeEach(() => {
  vi.stubEnv("TZ", "UTC");
});
afterEach(() => {
  vi.unstubAllEnvs();
});

const screenPattern = /```console\n\$ rewind ([^\n]*)\n([\s\S]*?)```/g;
const screens = [...readme.matchAll(screenPattern)].map(([, line = "", shown = ""]) => ({ line, shown }));

async function screenOf(line: string): Promise<string> {
  const { code, stdout } = await runCli(line.split(" "), {
    tty: { stdout: true },
    columns: 100,
    now: today,
    env: { NO_COLOR: "1" },
  });
  expect(code).toBe(0);
  return stdout;
}

test.runIf(process.env["README_SCREENS"] === "write")("the screens are made anew", async () => {
  let text = readme;
  for (const { line, shown } of screens) {
    const block = (body: string): string => `$ rewind ${line}\n${body}\`\`\``;
    const made = await screenOf(line);
    text = text.replace(block(shown), () => block(made));
  }
  writeFileSync(path, text);
  expect(screens.length).toBeGreaterThan(0);
});

test.skipIf(process.env["README_SCREENS"] === "write").each(screens)(
  "$ rewind $line",
  async ({ line, shown }) => {
    expect(shown).toBe(await screenOf(line));
  },
);

const commands = [...readme.matchAll(/```sh\n([\s\S]*?)```/g)]
  .flatMap(([, block = ""]) => block.split("\n"))
  .filter((line) => line.startsWith("rewind ") && !line.startsWith("rewind sync"));
const hasJq = spawnSync("jq", ["--version"]).status === 0;

/** Without a person to choose, its preview of the first line; {1} is the first word. */
function withoutFzf(line: string): string {
  return line.replace(/\| fzf --preview '(.*)'$/, (_, preview: string) => {
    return `| sed -n 1p | while read -r first rest; do ${preview.replace("{1}", '"$first"')}; done`;
  });
}

test.each(commands.filter((line) => hasJq || !line.includes("| jq")))("%s", async (line) => {
  const home = await sampleHome(processDay);
  const rewind = 'rewind() { "$NODE" "$REWIND" "$@"; }; set -o pipefail; cd "$HOME";';
  const { code, stdout, stderr } = await runShell(`${rewind} ${withoutFzf(line)}`, { home });
  expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
  expect(stdout.trim() === "").toBe(line.includes(" > "));
  // jq says so where a path leads nowhere.
  expect(line.includes("| jq") && /(?:^|\s)"?null"?$/m.test(stdout)).toBe(false);
});

/** Lists that are written from the same declarations as the help, each between two comments. */
const lists: readonly (readonly [name: string, make: () => Promise<string[]>])[] = [
  [
    "filters",
    async () =>
      filterOptions("cross-reference")
        .filter(({ isHidden, nowCalled }) => isHidden !== true && nowCalled === undefined)
        .map((option) => `- \`${option.flags}\`: ${optionHelp(option)}`),
  ],
  ["keys", keyLines],
];

async function keyLines(): Promise<string[]> {
  const lines: string[] = [];
  const tell = async (command: string, declaration: CommandDeclaration): Promise<void> => {
    for (const { when, keys } of (await declaration.json?.()) ?? []) {
      const condition = when === undefined ? "" : `, ${when.charAt(0).toLowerCase()}${when.slice(1)}`;
      lines.push(`- \`rewind ${command} --json\`${condition}: \`${keysInWords(keys)}\``);
    }
    for (const child of declaration.commands ?? []) await tell(`${command} ${child.name}`, child);
  };
  for (const entry of contents) await tell(entry.name, await declarationOf(entry));
  return lines;
}

const listPattern = (name: string): RegExp =>
  new RegExp(`(<!-- ${name}, written -->\\n\\n)([^]*?)(\\n<!-- end -->)`);

test.runIf(process.env["README_SCREENS"] === "write")("the lists are written anew", async () => {
  let text = readFileSync(path, "utf8");
  for (const [name, make] of lists) {
    const made = (await make()).join("\n");
    text = text.replace(listPattern(name), (_, start: string, __, end: string) => `${start}${made}\n${end}`);
  }
  writeFileSync(path, text);
  expect(lists.every(([name]) => listPattern(name).test(text))).toBe(true);
});

test.skipIf(process.env["README_SCREENS"] === "write").each(lists)(
  "the list of %s says what the help says",
  async (name, make) => {
    const made = await make();
    expect(made.length).toBeGreaterThan(10);
    expect(listPattern(name).exec(readme)?.[2]).toBe(`${made.join("\n")}\n`);
  },
);

test("every command and every setting is in the README", () => {
  for (const { name } of contents.filter((entry) => entry.name !== "alias")) {
    expect(readme).toMatch(new RegExp(`rewind (demo )?${name}\\b`));
  }
  const rows = Object.entries(settings).map(
    ([name, setting]) => `| \`${setting.environment}\` | \`${name}\` | ${meaningOf(setting)} |`,
  );
  expect(rows.filter((row) => !readme.includes(`\n${row}\n`))).toEqual([]);
});
