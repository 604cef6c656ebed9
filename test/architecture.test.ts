// The tree on disk is the architecture: imports go down only, and each library has one door.
import { spawnSync } from "node:child_process";
import { copyFileSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from "node:fs";
import { dirname, join, posix } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { tempDirectory } from "./support/temp.ts";

const root = fileURLToPath(new URL("..", import.meta.url));

/** They import nothing: nouns, errors, and what holds the outside to bounds. */
const bounded = ["decode", "json-bounds", "redact"];
const ground = ["model", "errors", ...bounded];

/** What each room may import, besides itself. */
const below: Readonly<Record<string, readonly string[]>> = {
  ...Object.fromEntries(ground.map((file) => [file, []])),
  match: ["model", ...bounded],
  store: [...ground],
  sources: [...ground],
  output: [...ground],
  queries: ["store", "match", ...ground],
  sync: ["sources", "store", "match", ...ground],
  demo: ["sync", "queries", "sources", "store", "match", "output", ...ground],
  server: ["sync", "queries", "store", "match", "output", ...ground],
  paths: [...ground],
  privacy: [...ground],
  "compile-cache": ["paths", ...ground],
  settings: [...ground],
  context: ["sources", "store", "output", "settings", "privacy", "paths", ...ground],
  commands: [
    "demo",
    "server",
    "sync",
    "queries",
    "sources",
    "store",
    "match",
    "output",
    "context",
    "settings",
    "privacy",
    "paths",
    ...ground,
  ],
  program: ["commands", "context", "queries", "output", ...ground],
};
/** At the top, main may know all. */
const arrows: Readonly<Record<string, readonly string[]>> = { ...below, main: Object.keys(below) };
const rooms = Object.keys(arrows);

/** Rooms that are a single file, for now or for good. */
const files = new Set([
  ...ground,
  "paths",
  "privacy",
  "compile-cache",
  "settings",
  "context",
  "program",
  "main",
]);

const doors: Readonly<Record<string, string>> = {
  undici: "src/sources/http.ts",
  "better-sqlite3": "src/store/database.ts",
  ora: "src/output/progress.ts",
  chalk: "src/output/colour.ts",
  "csv-stringify": "src/output/csv.ts",
  commander: "src/program.ts",
  "fastest-levenshtein": "src/match/edit-distance.ts",
};

function sourceFiles(): string[] {
  return readdirSync(join(root, "src"), { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".ts"))
    .map((name) => posix.join("src", name.replaceAll("\\", "/")));
}

function roomOf(path: string): string {
  return path.split("/")[1]?.replace(/\.ts$/, "") ?? "";
}

/** What a file imports: static and dynamic imports, types too. */
function importsOf(path: string): string[] {
  const text = readFileSync(join(root, path), "utf8");
  const specifiers = text.matchAll(/(?:\bfrom\s*|\bimport\s*\(?\s*)["']([\w@./:-]+)["']/g);
  return [...specifiers].map(([, specifier = ""]) => specifier);
}

/** Why this import may not be; null where it may. */
function faultOf(path: string, specifier: string): string | null {
  if (specifier.startsWith(".")) {
    const from = roomOf(path);
    const to = roomOf(posix.join(posix.dirname(path), specifier));
    if (from === to || arrows[from]?.includes(to)) return null;
    return `${path} imports ${specifier}: ${from} may not know ${to}`;
  }
  if (specifier.startsWith("node:")) {
    return roomOf(path) === "match" ? `${path} imports ${specifier}: match/ knows no outside` : null;
  }
  const name = specifier.startsWith("@") ? specifier : (specifier.split("/")[0] ?? "");
  return doors[name] === path ? null : `${path} imports ${specifier}: not its door`;
}

test("every import of the program goes down, through its door; those on demand too", () => {
  const paths = sourceFiles();
  expect(paths.map(roomOf).filter((room) => !rooms.includes(room))).toEqual([]);
  const imports = paths.flatMap((path) => importsOf(path).map((specifier) => [path, specifier] as const));
  expect(imports.filter(([, specifier]) => !specifier.startsWith(".")).length).toBeGreaterThan(20);
  expect(imports.map(([path, specifier]) => faultOf(path, specifier)).filter(Boolean)).toEqual([]);
});

test("no room is a drawer for leftovers", () => {
  const drawers = sourceFiles().filter((path) =>
    /(^|\/)(utils?|helpers?|common|types|index|misc)(\/|\.ts$)/.test(path),
  );
  expect(drawers).toEqual([]);
});

/** The few that put safe pieces together in ways that the compiler can't follow. */
const vouching = "chunks colour csv escape explain-screen json listing paragraph review-screen table".split(
  " ",
);

test("text is called safe in the few files that make it so, and by no cast elsewhere", () => {
  const vouches = sourceFiles().filter((path) =>
    /\btrusted\b|\bas (?:unknown as )?(?:readonly )?SafeText\b|<SafeText/.test(
      readFileSync(join(root, path), "utf8"),
    ),
  );
  expect(vouches.toSorted()).toEqual(vouching.map((name) => `src/output/${name}.ts`));
});

/** Runs the linter's own rules over planted files; tells which of them it refuses for an import. */
function refusedOf(planted: ReadonlyMap<string, string>): Set<string> {
  const directory = tempDirectory("rewind-lint");
  copyFileSync(join(root, ".oxlintrc.json"), join(directory, ".oxlintrc.json"));
  for (const [path, specifier] of planted) {
    mkdirSync(dirname(join(directory, path)), { recursive: true });
    writeFileSync(
      join(directory, path),
      `import { thing } from "${specifier}";\nexport const own = thing;\n`,
    );
  }
  const linter = join(root, "node_modules/oxlint/bin/oxlint");
  const { stdout, stderr } = spawnSync(process.execPath, [linter, "--format", "json", "src"], {
    cwd: directory,
    encoding: "utf8",
    maxBuffer: 64 * 1024 * 1024,
  });
  if (!stdout.startsWith("{")) throw new Error(stdout + stderr);
  const report = JSON.parse(stdout) as { diagnostics: { code: string; filename: string }[] };
  const restricted = report.diagnostics.filter(({ code }) => code === "eslint(no-restricted-imports)");
  return new Set(restricted.map(({ filename }) => filename.replaceAll("\\", "/")));
}

/** A file of the room that imports one of another room, as it would be written. */
function plantedImport(from: string, to: string): [path: string, specifier: string] {
  const target = files.has(to) ? `${to}.ts` : `${to}/thing.ts`;
  if (!files.has(from)) return [`src/${from}/imports-${to}.ts`, `../${target}`];
  return [`src/${from}.ts`, `./${target}`];
}

test("the linter refuses each import that goes up or aside, and no other", { timeout: 60_000 }, () => {
  const pairs = rooms.flatMap((from) => rooms.filter((to) => to !== from).map((to) => [from, to] as const));
  // A room of one file holds one planted import at a time.
  const rounds = rooms.map((to) => pairs.filter((pair) => pair[1] === to));
  const wrong: string[] = [];
  for (const round of rounds) {
    const planted = new Map(round.map(([from, to]) => plantedImport(from, to)));
    const refused = refusedOf(planted);
    for (const [from, to] of round) {
      const isRefused = refused.has(plantedImport(from, to)[0]);
      if (isRefused === arrows[from]?.includes(to)) {
        wrong.push(`${from} → ${to} is ${isRefused ? "refused" : "let through"}`);
      }
    }
  }
  expect(wrong).toEqual([]);
});

test("the linter refuses each library outside of its door, and match/ all of node", () => {
  const inRooms = rooms.filter((room) => !files.has(room));
  const planted = new Map<string, string>();
  for (const library of Object.keys(doors)) {
    for (const room of inRooms) planted.set(`src/${room}/wants-${library}.ts`, library);
  }
  planted.set("src/match/wants-node.ts", "node:fs");
  planted.set("src/match/wants-errors.ts", "../errors.ts");
  const refused = refusedOf(planted);
  expect([...planted.keys()].filter((path) => !refused.has(path))).toEqual([]);
});

test("the linter lets each library through its own door alone", () => {
  const own = new Map(Object.entries(doors).map(([library, door]) => [door, library]));
  expect([...refusedOf(own)]).toEqual([]);
  const libraries = Object.keys(doors);
  const others = new Map(
    Object.values(doors).map((door, at) => [door, libraries[(at + 1) % libraries.length] ?? ""]),
  );
  const refused = refusedOf(others);
  expect([...others.keys()].filter((door) => !refused.has(door))).toEqual([]);
});

// Arguments lie on the stack, and 130 000 of them are too many: rows are never spread into a call.
test("no list of rows is spread into arguments", () => {
  const spreading = /(?:Math\.(?:max|min)|\.(?:push|unshift)|String\.from\w+)\(\s*(?:[^"'`{[;]*,\s*)?\.\.\./;
  const holders = ["match", "output", "queries", "commands", "store"];
  const faults = sourceFiles().filter(
    (path) => holders.includes(roomOf(path)) && spreading.test(readFileSync(join(root, path), "utf8")),
  );
  expect(faults).toEqual([]);
  expect(spreading.test("Math.max(\n  0,\n  ...rows.map((row) => row.width),\n)")).toBe(true);
});
