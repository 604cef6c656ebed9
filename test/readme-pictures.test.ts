import { readFileSync, readdirSync } from "node:fs";
import { expect, test } from "vitest";
import { drawTerminal } from "../tools/docs/terminal-picture.ts";

const folder = new URL("../docs/img/", import.meta.url);

/** The tags that are closed by another one, or by none. */
function listUnbalancedTags(svg: string): string[] {
  const open: string[] = [];
  const faults: string[] = [];
  for (const [, end, name = "", isEmpty] of svg.matchAll(/<(\/?)([a-zA-Z]+)(?:\s[^<>]*?)?(\/?)>/g)) {
    if (end === "" && isEmpty === "") open.push(name);
    else if (end === "/" && open.pop() !== name) faults.push(name);
  }
  return [...faults, ...open];
}

test.each(readdirSync(folder))("%s is well-formed, loads nothing and runs nothing", (name) => {
  const svg = readFileSync(new URL(name, folder), "utf8");
  expect(listUnbalancedTags(svg)).toEqual([]);
  expect(svg).not.toMatch(/<(?:script|foreignObject|image|a)\b|href=|url\(|@import|\son\w+=|&nbsp;/);
  expect(svg).toContain("prefers-color-scheme: dark");
});

test("a run of text in the terminal's picture is as wide as its cells, and stays in the picture", () => {
  const columns = 12;
  const svg = drawTerminal(
    [{ line: "rewind", screen: "\u001B[1m桃の羽\u001B[22m  a<b&\n123456789012\n" }],
    columns,
  );
  const [, width = ""] = /width="(\d+)"/.exec(svg) ?? [];
  const runs = [...svg.matchAll(/x="([\d.]+)" y="[\d.]+" textLength="([\d.]+)"[^>]*>([^<]*)/g)].map(
    ([, x, length, text]) => ({ x: Number(x), length: Number(length), text }),
  );
  expect(
    runs.map(({ x, length, text }) => [text, Math.round(length / 8.4), Math.round((x - 20) / 8.4)]),
  ).toEqual([
    ["$", 1, 0],
    ["rewind", 6, 2],
    ["桃の羽", 6, 0],
    ["a&lt;b&amp;", 4, 8],
    ["123456789012", 12, 0],
  ]);
  expect(Math.max(...runs.map(({ x, length }) => x + length))).toBeLessThanOrEqual(Number(width));
});
