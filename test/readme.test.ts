// The README and the guide can't lie: their screens are made here, their commands are run. README_SCREENS=write updates the screens.
import { spawnSync } from "node:child_process";
import { existsSync, readFileSync, readdirSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { filterOptions } from "../src/commands/shared/listing/options.ts";
import { contents } from "../src/commands/command-table.ts";
import { optionHelp } from "../src/program/help-text.ts";
import { sampled } from "./support/sample.ts";
import { realToday } from "./support/real-time.ts";
import { noon, runCli } from "./support/run-cli.ts";
import { runShell } from "./support/run-process.ts";
import { sampleHome } from "./support/sample-home.ts";

const root = fileURLToPath(new URL("../", import.meta.url));
/** Written by hand; the rest of docs/ is made of the declarations. */
const pages = [
  "README.md",
  ...readdirSync(`${root}docs/guide`)
    .toSorted()
    .map((name) => `docs/guide/${name}`),
];
const read = (page: string): string => readFileSync(root + page, "utf8");
const whole = pages.map(read).join("\n");
const today = noon;
/** When it is for the commands that are run as processes. */
const processDay = realToday();

const screenPattern = /```console\n\$ rewind ([^\n]*)\n([\s\S]*?)```/g;
const screens = [...whole.matchAll(screenPattern)].map(([, line = "", shown = ""]) => ({ line, shown }));

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
  const texts = new Map(pages.map((page) => [page, read(page)]));
  for (const { line, shown } of screens) {
    const block = (body: string): string => `$ rewind ${line}\n${body}\`\`\``;
    const made = await screenOf(line);
    for (const [page, text] of texts)
      texts.set(
        page,
        text.replace(block(shown), () => block(made)),
      );
  }
  for (const [page, text] of texts) writeFileSync(root + page, text);
  expect(screens.length).toBeGreaterThan(0);
});

test.skipIf(process.env["README_SCREENS"] === "write").each(screens)(
  "$ rewind $line",
  async ({ line, shown }) => {
    expect(shown).toBe(await screenOf(line));
  },
);

const commands = [...whole.matchAll(/```sh\n([\s\S]*?)```/g)]
  .flatMap(([, block = ""]) => block.split("\n"))
  .filter((line) => line.startsWith("rewind ") && !line.startsWith("rewind sync"));
const hasJq = spawnSync("jq", ["--version"]).status === 0;

/** Without a person to choose, its preview of the first line; {1} is the first word. */
function withoutFzf(line: string): string {
  return line.replace(/\| fzf --preview '(.*)'$/, (_, preview: string) => {
    return `| sed -n 1p | while read -r first rest; do ${preview.replace("{1}", '"$first"')}; done`;
  });
}

/** In this process, unless the line needs a shell or writes a file where it runs. */
function run(line: string, home: string): Promise<{ code: number | null; stdout: string; stderr: string }> {
  if (/^[\w .,:@=/-]+$/.test(line) && !line.startsWith("rewind report")) {
    return runCli(line.split(" ").slice(1), { home, now: processDay });
  }
  const rewind = 'rewind() { "$NODE" "$REWIND" "$@"; }; set -o pipefail; cd "$HOME";';
  return runShell(`${rewind} ${withoutFzf(line)}`, { home });
}

const runnable = commands.filter((line) => hasJq || !line.includes("| jq"));

test.each(sampled("readme", runnable, 20))("%s", async (line) => {
  const { code, stdout, stderr } = await run(line, await sampleHome(processDay));
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
        .filter(({ isHidden }) => isHidden !== true)
        .map((option) => `- \`${option.flags}\`: ${optionHelp(option)}`),
  ],
];

const listPattern = (name: string): RegExp =>
  new RegExp(`(<!-- ${name}, written -->\\n\\n)([^]*?)(\\n<!-- end -->)`);

test.runIf(process.env["README_SCREENS"] === "write")("the lists are written anew", async () => {
  for (const page of pages) {
    let text = read(page);
    for (const [name, make] of lists) {
      const made = (await make()).join("\n");
      text = text.replace(
        listPattern(name),
        (_, start: string, __, end: string) => `${start}${made}\n${end}`,
      );
    }
    writeFileSync(root + page, text);
  }
  expect(lists.every(([name]) => listPattern(name).test(whole))).toBe(true);
});

test.skipIf(process.env["README_SCREENS"] === "write").each(lists)(
  "the list of %s says what the help says",
  async (name, make) => {
    const made = await make();
    expect(made.length).toBeGreaterThan(10);
    expect(listPattern(name).exec(whole)?.[2]).toBe(`${made.join("\n")}\n`);
  },
);

test("every command is shown somewhere", () => {
  for (const { name } of contents.filter((entry) => entry.name !== "alias")) {
    expect(whole).toMatch(new RegExp(`rewind (demo )?${name}\\b`));
  }
});

/** To other files. */
const linksOf = (page: string): string[] =>
  [...read(page).matchAll(/\]\((?!https?:)([^)#]+)/g)].map(([, target = ""]) => target);

test.each(pages)("every page that %s leads to is there", (page) => {
  const links = linksOf(page);
  const folder = page.slice(0, page.lastIndexOf("/") + 1);
  expect(links.filter((target) => !existsSync(root + folder + target))).toEqual([]);
});

test.each(["CONTRIBUTING.md", "docs/guide/inside.md"])("every file that %s names exists", (page) => {
  const named = [...read(page).matchAll(/`((?:src|test|lint|packaging|docs)\/[^`*]*)`/g)].map(
    ([, path = ""]) => path,
  );
  expect(named.length).toBeGreaterThan(10);
  expect(named.filter((path) => !path.includes("NAME") && !existsSync(root + path))).toEqual([]);
});

test("the README leads to every page", () => {
  expect(linksOf("README.md")).toEqual(expect.arrayContaining(pages.slice(1)));
});
