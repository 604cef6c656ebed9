// One name, one meaning: what is exported under a name has no namesake in another file.
import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseAst } from "rolldown/parseAst";
import { expect, test } from "vitest";

interface Definition {
  readonly file: string;
  readonly name: string;
  readonly isType: boolean;
  readonly isExported: boolean;
}

/** What a file defines at its top, overloads once. */
function definitionsIn(file: string, text: string): Definition[] {
  const found = new Map<string, Definition>();
  for (const statement of parseAst(text, { lang: "ts" }).body) {
    const isExported = statement.type === "ExportNamedDeclaration";
    const defined = isExported ? statement.declaration : statement;
    if (defined === null || !("type" in defined)) continue;
    const isType = /^(?:TS|Class)/.test(defined.type);
    const names =
      defined.type === "VariableDeclaration"
        ? defined.declarations.map(({ id }) => id)
        : "id" in defined
          ? [defined.id]
          : [];
    for (const id of names) {
      if (id !== null && typeof id === "object" && "name" in id && typeof id.name === "string") {
        found.set(id.name, { file, name: id.name, isType, isExported });
      }
    }
  }
  return [...found.values()];
}

/** What the files of one kind are asked by: the same name in each of them, with the same meaning. */
const conventions: readonly { readonly files: RegExp; readonly names: readonly string[] }[] = [
  { files: /^commands\/[\w-]+\/declare\.ts$/, names: ["declaration"] },
  {
    files: /^(?:queries\/|sync\/summary\.ts$|commands\/[\w-]+\/)/,
    names: ["ask", "document", "keys"],
  },
  { files: /^sources\/[\w-]+\/refusals\.ts$/, names: ["Asked", "refusal", "isUnknown", "isPastTheEnd"] },
];

function isConventional({ file, name }: Definition): boolean {
  return conventions.some(({ files, names }) => files.test(file) && names.includes(name));
}

/** Exported names with a namesake: an exported one, or for a type any other type. */
function namesakes(definitions: readonly Definition[]): string[] {
  const byName = new Map<string, Definition[]>();
  for (const definition of definitions) {
    byName.set(definition.name, [...(byName.get(definition.name) ?? []), definition]);
  }
  return [...byName].flatMap(([name, all]) => {
    if (all.every(isConventional)) return [];
    const exported = all.filter(({ isExported }) => isExported);
    const types = all.filter(({ isType }) => isType);
    const isTwice = exported.length > 1 || (exported[0]?.isType === true && types.length > 1);
    return isTwice ? [`${name}: ${all.map(({ file }) => file).join(", ")}`] : [];
  });
}

const source = fileURLToPath(new URL("../src", import.meta.url));

test("a name that is exported means one thing", () => {
  const files = readdirSync(source, { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".ts"))
    .map((name) => name.replaceAll("\\", "/"));
  const definitions = files.flatMap((file) => definitionsIn(file, readFileSync(join(source, file), "utf8")));
  expect(definitions.filter(({ isExported }) => isExported).length).toBeGreaterThan(900);
  expect(definitions.filter(isConventional).length).toBeGreaterThan(40);
  expect(namesakes(definitions)).toEqual([]);
});

test.each<[string, readonly [string, string], string[]]>([
  ["two exported types", ["export interface Call {}", "export type Call = string;"], ["Call: a.ts, b.ts"]],
  ["two exported functions", ["export function read() {}", "export const read = 1;"], ["read: a.ts, b.ts"]],
  ["an exported type and one at home", ["export interface Row {}", "interface Row {}"], ["Row: a.ts, b.ts"]],
  ["functions at home", ["export function read() {}", "function read() {}"], []],
  [
    "overloads",
    ["export function cut(a: string): string; export function cut(a: string) { return a; }", ""],
    [],
  ],
])("%s", (_, [one, other], expected) => {
  expect(namesakes([...definitionsIn("a.ts", one), ...definitionsIn("b.ts", other)])).toEqual(expected);
});
