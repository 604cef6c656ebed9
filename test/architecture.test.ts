// The tree on disk is the architecture: imports go down only, and each library has one door.
import { readFileSync, readdirSync } from "node:fs";
import { join, posix } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { depths, roomOf } from "../lint/arrows.mjs";
import * as table from "../lint/rooms.mjs";
import type { Room } from "../lint/rooms.mjs";

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
  return own.place === other.place || own.row.knows.includes(other.row.room);
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
  expect(knowing).toEqual(["src/host/process.ts"]);
});

// Arguments lie on the stack, which has no room for 130,000 of them: rows are never spread into a call.
test("no list of rows is spread into arguments", () => {
  const spreading = /(?:Math\.(?:max|min)|\.(?:push|unshift)|String\.from\w+)\(\s*(?:[^"'`{[;]*,\s*)?\.\.\./;
  const holders = ["match", "output", "queries", "decisions", "commands", "store"];
  const faults = sourceFiles().filter(
    (path) =>
      holders.includes(path.split("/")[1] ?? "") && spreading.test(readFileSync(join(root, path), "utf8")),
  );
  expect(faults).toEqual([]);
});
