// The tree on disk is the architecture: imports go down only, and each library has one door.
import { spawnSync } from "node:child_process";
import { mkdirSync, readFileSync, readdirSync, writeFileSync } from "node:fs";
import { dirname, join, posix } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { expect, test } from "vitest";
import { depths, roomOf } from "../lint/arrows.mjs";
import * as table from "../lint/rooms.mjs";
import type { Room } from "../lint/rooms.mjs";
import { tempDirectory } from "./support/temp.ts";

const root = fileURLToPath(new URL("..", import.meta.url));

function sourceFiles(): string[] {
  return readdirSync(join(root, "src"), { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".ts"))
    .map((name) => posix.join("src", name.replaceAll("\\", "/")));
}

/** What a file imports: static and dynamic imports, types too. */
function importsOf(path: string): string[] {
  const text = readFileSync(join(root, path), "utf8");
  const specifiers = text.matchAll(/(?:\bfrom\s*|\bimport\s*\(?\s*)["']([\w@./:-]+)["']/g);
  return [...specifiers].map(([, specifier = ""]) => specifier);
}

function depthOf(path: string): number {
  return path.split("/").length;
}

/** What the table says, or another that a test makes up. */
interface House {
  readonly rooms: readonly Room[];
  readonly doors: Readonly<Record<string, string>>;
}

const house: House = { rooms: table.rooms, doors: table.doors };

/** The row of a file below src/, and the folder or file that is its room. */
function placeOf(path: string, { rooms }: House): { readonly row: Room; readonly place: string } | null {
  const row = roomOf(path, rooms);
  if (row === undefined) return null;
  return { row, place: path.split("/").slice(0, row.room.split("/").length).join("/") };
}

function mayImport(from: string, to: string, rules: House): boolean {
  const [own, other] = [placeOf(from, rules), placeOf(to, rules)];
  if (own === null || other === null) return false;
  const { room } = other.row;
  return (
    own.place === other.place || own.row.knows.some((known) => room === known || room.startsWith(`${known}/`))
  );
}

/** Why this import may not be; null where it may. */
function faultOf(file: string, specifier: string, rules: House): string | null {
  if (specifier.startsWith(".")) {
    const other = posix.join(posix.dirname(file), specifier);
    return mayImport(file, other, rules) ? null : `${file} may not import ${other}`;
  }
  if (specifier.startsWith("node:")) {
    return placeOf(file, rules)?.row.node === false ? `${file} may not import ${specifier}` : null;
  }
  const library = specifier
    .split("/")
    .slice(0, specifier.startsWith("@") ? 2 : 1)
    .join("/");
  return rules.doors[library] === file ? null : `${file} is not the door of ${library}`;
}

test("every import of the program goes down, through its door; those on demand too", () => {
  const imports = sourceFiles().flatMap((path) =>
    importsOf(path).map((specifier) => [path.slice("src/".length), specifier] as const),
  );
  expect(imports.filter(([, specifier]) => !specifier.startsWith(".")).length).toBeGreaterThan(20);
  expect(imports.map(([file, specifier]) => faultOf(file, specifier, house)).filter(Boolean)).toEqual([]);
});

test("every file has its room, no deeper than the linter looks, and every row a file", () => {
  const files = sourceFiles().map((path) => path.slice("src/".length));
  const places = files.map((file) => ({ file, ...placeOf(file, house) }));
  expect(places.filter(({ row }) => row === undefined)).toEqual([]);
  const tooDeep = places.filter(
    ({ file, place = "" }) => depthOf(file) - depthOf(place) - 1 > Math.max(...depths),
  );
  expect(tooDeep).toEqual([]);
  const named = new Set(house.rooms.map(({ room }) => room));
  const inUse = new Set(places.map(({ row }) => row?.room));
  expect([...named].filter((room) => !inUse.has(room))).toEqual([]);
  expect(house.rooms.flatMap(({ knows }) => knows).filter((room) => !named.has(room))).toEqual([]);
});

/** Files that lead back to themselves, by imports of types as well, which the linter does not follow. */
function circles(imports: ReadonlyMap<string, readonly string[]>): string[] {
  const leads = (from: string): Set<string> => {
    const found = new Set<string>();
    const queue = [...(imports.get(from) ?? [])];
    for (const file of queue) {
      if (found.has(file)) continue;
      found.add(file);
      queue.push(...(imports.get(file) ?? []));
    }
    return found;
  };
  return [...imports.keys()].filter((file) => leads(file).has(file));
}

test("no file leads back to itself, not even by a type", () => {
  const imports = new Map(
    sourceFiles().map((path) => [
      path,
      importsOf(path)
        .filter((specifier) => specifier.startsWith("."))
        .map((specifier) => posix.join(posix.dirname(path), specifier)),
    ]),
  );
  expect(circles(imports)).toEqual([]);
  expect(
    circles(
      new Map([
        ["a", ["b"]],
        ["b", ["c"]],
        ["c", ["a"]],
        ["d", ["a"]],
      ]),
    ),
  ).toEqual(["a", "b", "c"]);
});

test("no room is a drawer for leftovers", () => {
  const drawers = sourceFiles().filter((path) =>
    /(^|\/)(utils?|helpers?|common|types|index|misc)(\/|\.ts$)/.test(path),
  );
  expect(drawers).toEqual([]);
});

/** The few that put safe pieces together in ways that the compiler can't follow. */
const vouching = [
  "commands/explain/screen",
  "commands/review/screen",
  ..."box cells chunks csv escape json listing markup page-address paint paragraph sleeve stacked-rows table"
    .split(" ")
    .map((name) => `output/${name}`),
];

test("text is called safe in the few files that make it so, and by no cast elsewhere", () => {
  const vouches = sourceFiles().filter((path) =>
    /\btrusted\b|\bas (?:unknown as )?(?:readonly )?SafeText\b|<SafeText/.test(
      readFileSync(join(root, path), "utf8"),
    ),
  );
  expect(vouches.toSorted()).toEqual(vouching.map((name) => `src/${name}.ts`));
});

test("one file knows the streams of the process, which take any text", () => {
  const knowing = sourceFiles().filter((path) =>
    /\bprocess(?:\.std(?:out|err)\b|\[)|\bwriteSync\(|\bconsole\./.test(
      readFileSync(join(root, path), "utf8"),
    ),
  );
  expect(knowing).toEqual(["src/standard-streams.ts"]);
});

/** Files of src/, each with what it imports, a line an import. */
type Planted = ReadonlyMap<string, readonly string[]>;

/** Runs the linter over planted files, by the rules of a house; tells what it refuses, as "file → specifier". */
function refusedOf(planted: Planted, rules: House): Set<string> {
  const directory = tempDirectory("rewind-lint");
  const arrows = pathToFileURL(join(root, "lint/arrows.mjs")).href;
  writeFileSync(
    join(directory, "oxlint.config.mjs"),
    `import { arrows } from "${arrows}";\nexport default { overrides: arrows(${JSON.stringify(rules)}) };\n`,
  );
  for (const [path, specifiers] of planted) {
    const imports = specifiers.map((specifier, at) => `import { thing as n${at} } from "${specifier}";\n`);
    const names = specifiers.map((_, at) => `n${at}`).join(", ");
    mkdirSync(dirname(join(directory, "src", path)), { recursive: true });
    writeFileSync(join(directory, "src", path), `${imports.join("")}export const all = [${names}];\n`);
  }
  const linter = join(root, "node_modules/oxlint/bin/oxlint");
  const { stdout, stderr } = spawnSync(
    process.execPath,
    [linter, "-c", "oxlint.config.mjs", "--format", "json", "src"],
    { cwd: directory, encoding: "utf8", maxBuffer: 64 * 1024 * 1024 },
  );
  if (!stdout.startsWith("{")) throw new Error(stdout + stderr);
  const { diagnostics } = JSON.parse(stdout) as {
    diagnostics: { code: string; filename: string; labels: [{ span: { line: number } }] }[];
  };
  return new Set(
    diagnostics
      .filter(({ code }) => code === "eslint(no-restricted-imports)")
      .map(({ filename, labels: [{ span }] }) => {
        const file = filename.replaceAll("\\", "/").replace(/^.*?src\//, "");
        return `${file} → ${planted.get(file)?.[span.line - 1]}`;
      }),
  );
}

/** Where the linter and the rules disagree. */
function disagreements(planted: Planted, rules: House): string[] {
  const refused = refusedOf(planted, rules);
  return [...planted].flatMap(([file, specifiers]) =>
    specifiers
      .filter(
        (specifier) => refused.has(`${file} → ${specifier}`) !== (faultOf(file, specifier, rules) !== null),
      )
      .map((specifier) => `${file} → ${specifier}`),
  );
}

/** Files that a room might have, a level each; `*` stands for the name. */
function filesOf({ room }: Room, name: string): string[] {
  const place = room.replaceAll("*", name);
  return room.endsWith(".ts")
    ? [place]
    : depths.map((depth) => `${place}/${"inner/".repeat(depth)}${name}.ts`);
}

/** As an import in the file is written. */
function specifierOf(from: string, to: string): string {
  const path = posix.relative(posix.dirname(from), to);
  return path.startsWith("..") ? path : `./${path}`;
}

/** Every room asks for every room, its own neighbours included. */
function plantedIn({ rooms }: House): Planted {
  const targets = rooms.flatMap((row) => filesOf(row, "there"));
  return new Map(
    rooms
      .flatMap((row) => filesOf(row, "here"))
      .map((from) => [from, targets.filter((to) => to !== from).map((to) => specifierOf(from, to))]),
  );
}

test("the linter refuses each import that goes up or aside, and no other", () => {
  const planted = plantedIn(house);
  expect([...planted.values()].flat().length).toBeGreaterThan(1000);
  expect(disagreements(planted, house)).toEqual([]);
});

test("rooms within rooms, and rooms side by side, are a row each", () => {
  const nested: House = {
    rooms: [
      { room: "model.ts", knows: [], node: false },
      { room: "match", knows: ["match/rungs", "match/text", "model.ts"] },
      { room: "match/text", knows: ["model.ts"], node: false },
      { room: "match/rungs", knows: ["match/text", "model.ts"] },
      { room: "queries", knows: ["queries/filters", "match"] },
      { room: "queries/filters", knows: ["model.ts"] },
      { room: "commands/shared", knows: ["queries"] },
      { room: "commands/*", knows: ["commands/shared", "queries"] },
    ],
    doors: { chalk: "match/text/colour.ts", undici: "commands/shared/http.ts" },
  };
  expect(disagreements(plantedIn(nested), nested)).toEqual([]);
  const verb = ["../sync/run.ts", "../shared/answers.ts", "./screen.ts", "../../queries/filters/words.ts"];
  const refused = refusedOf(new Map([["commands/xref/run.ts", verb]]), nested);
  expect([...refused]).toEqual(["commands/xref/run.ts → ../sync/run.ts"]);
  const asked = new Map(
    Object.values(nested.doors).map((file) => [file, ["chalk", "undici", "undici/types"]]),
  );
  expect(disagreements(asked, nested)).toEqual([]);
});

test("the linter knows the ways around", () => {
  const planted = new Map([
    ["match/one.ts", ["./../store/two.ts", "./inner/../../store/two.ts", "../../bin/rewind.js"]],
    ["match/inner/one.ts", ["./../../store/two.ts", "../../../src/store/two.ts"]],
  ]);
  expect(refusedOf(planted, house).size).toBe(5);
});

test("the linter lets each library through its own door alone, and Node's modules where the row says so", () => {
  const asked = [
    ...Object.keys(house.doors),
    "csv-stringify/sync",
    "string-width",
    "@a/b",
    "@a/b/c",
    "node:fs",
    "node:fs/promises",
  ];
  const files = [...Object.values(house.doors), ...house.rooms.flatMap((row) => filesOf(row, "here"))];
  expect(disagreements(new Map(files.map((file) => [file, asked])), house)).toEqual([]);
});

// Arguments lie on the stack, and 130 000 of them are too many: rows are never spread into a call.
test("no list of rows is spread into arguments", () => {
  const spreading = /(?:Math\.(?:max|min)|\.(?:push|unshift)|String\.from\w+)\(\s*(?:[^"'`{[;]*,\s*)?\.\.\./;
  const holders = ["match", "output", "queries", "commands", "store"];
  const faults = sourceFiles().filter(
    (path) =>
      holders.includes(path.split("/")[1] ?? "") && spreading.test(readFileSync(join(root, path), "utf8")),
  );
  expect(faults).toEqual([]);
  expect(spreading.test("Math.max(\n  0,\n  ...rows.map((row) => row.width),\n)")).toBe(true);
});
