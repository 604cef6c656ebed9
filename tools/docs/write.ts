// Writes the generated parts of docs/ and the README: the reference, from the declarations of the commands, and the screens and
// lists of the handwritten pages. With --check it writes nothing and fails if a page is out of date.
import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { buildFilterOptions } from "../../src/commands/shared/listing/list-options.ts";
import { describeOption } from "../../src/cli/help-text.ts";
import { settings } from "../../src/settings/all-settings.ts";
import { noon, runCli, type CliOptions } from "../../test/support/run-cli.ts";
import { renderReference } from "./pages.ts";
import { drawReport } from "./report-picture.ts";
import { drawTerminal } from "./terminal-picture.ts";

// The screens show local times.
process.env["TZ"] = "UTC";

const root = fileURLToPath(new URL("../../", import.meta.url));
const reference = await renderReference();

/** The pages that are written by hand, but for their screens and lists. */
const handwritten = [
  "README.md",
  ...readdirSync(`${root}docs/guide`)
    .toSorted()
    .map((name) => `docs/guide/${name}`),
];

/** Each list that a page holds between two comments. */
const lists: Readonly<Record<string, () => string>> = {
  filters: () =>
    buildFilterOptions("cross-reference")
      .filter(({ isHidden }) => isHidden !== true)
      .map((option) => `- \`${option.flags}\`: ${describeOption(option)}\n`)
      .join(""),
};

/** The screen of a command in the demo. */
async function renderScreen(line: string, home: string, options: CliOptions = {}): Promise<string> {
  const { code, stdout, stderr } = await runCli(line.split(" "), {
    home,
    tty: { stdout: true },
    columns: 100,
    now: noon,
    env: { NO_COLOR: "1" },
    ...options,
  });
  if (code !== 0) throw new Error(`rewind ${line} ended with ${code}: ${stderr}`);
  // A sync writes its progress, and no data.
  return stdout === "" ? stderr : stdout;
}

/** The screen of a line that may end in `| jq PATH`. */
async function renderLine(line: string, home: string): Promise<string> {
  const [command = "", path] = line.split(" | jq ");
  if (path === undefined) return renderScreen(command, home);
  let value: unknown = JSON.parse(await renderScreen(command, home, { tty: false }));
  for (const [, name] of path.matchAll(/(\w+)/g)) value = (value as Record<string, unknown>)[name ?? ""];
  return `${JSON.stringify(value, null, 2)}\n`;
}

async function fillPage(text: string, home: string): Promise<string> {
  let filled = text;
  for (const [block, line = ""] of text.matchAll(/```console\n\$ rewind ([^\n]*)\n[\s\S]*?```/g)) {
    const screen = await renderLine(line, home);
    filled = filled.replace(block, () => `\`\`\`console\n$ rewind ${line}\n${screen}\`\`\``);
  }
  return filled.replace(
    /(<!-- (\w+), written -->\n\n)[^]*?(\n<!-- end -->)/g,
    (_, start: string, name: string, end: string) => `${start}${lists[name]?.() ?? ""}${end}`,
  );
}

const terminalColumns = 90;
const terminalLines = [
  "demo xref --never --kind album --sort artist-plays --limit 10",
  "demo have unknown pleasures",
  "demo gaps --limit 3",
];

/** The pictures of the README. */
async function drawPictures(home: string): Promise<(readonly [path: string, svg: string])[]> {
  const sessions = [];
  for (const line of terminalLines) {
    const screen = await renderScreen(line, home, { columns: terminalColumns, env: { TERM: "xterm" } });
    sessions.push({ line: `rewind ${line}`, screen });
  }
  return [
    ["docs/img/terminal.svg", drawTerminal(sessions, terminalColumns)],
    ["docs/img/report.svg", drawReport(await renderScreen("demo report --out -", home, { tty: false }))],
  ];
}

/** Every generated page and picture by its path. */
async function renderPages(): Promise<ReadonlyMap<string, string>> {
  const pages = new Map([...reference].map(([name, text]) => [`docs/${name}`, text]));
  const home = mkdtempSync(join(tmpdir(), "rewind-docs-"));
  try {
    for (const [path, svg] of await drawPictures(home)) pages.set(path, svg);
    for (const path of handwritten) pages.set(path, await fillPage(readFileSync(root + path, "utf8"), home));
  } finally {
    rmSync(home, { recursive: true });
  }
  return pages;
}

/** Pages of the reference whose command is gone. */
function listStalePages(): string[] {
  return readdirSync(`${root}docs`, { withFileTypes: true })
    .filter((entry) => entry.isFile() && !reference.has(entry.name))
    .map(({ name }) => `docs/${name}`);
}

/** Environment variables and settings that docs/settings.md does not name. */
function listUndocumentedVariables(): string[] {
  const text = reference.get("settings.md") ?? "";
  const read = readdirSync(`${root}src`, { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".ts"))
    .flatMap((name) => [...readFileSync(`${root}src/${name}`, "utf8").matchAll(/\benv\["([A-Z_]+)"\]/g)])
    .map(([, name = ""]) => name);
  const names = [
    ...read,
    ...Object.entries(settings).flatMap(([name, { environment }]) => [name, environment]),
  ];
  return [...new Set(names)].filter((name) => !text.includes(`\`${name}\``));
}

const pages = await renderPages();
const outdated = [...pages].filter(([path, text]) => {
  try {
    return readFileSync(root + path, "utf8") !== text;
  } catch {
    return true;
  }
});
const stale = listStalePages();
if (process.argv.includes("--check")) {
  const undocumented = listUndocumentedVariables();
  for (const [path] of outdated) console.error(`${path} is out of date. Run: npm run docs`);
  for (const path of stale) console.error(`${path} belongs to no command. Run: npm run docs`);
  for (const name of undocumented) console.error(`${name} is not in tools/docs/facts.ts`);
  if (outdated.length + stale.length + undocumented.length > 0) process.exitCode = 1;
} else {
  for (const [path, text] of outdated) writeFileSync(root + path, text);
  for (const path of stale) rmSync(root + path);
}
