import { expect, test } from "vitest";
import { mergeDecision, type DecisionChange } from "../../src/actions/decision-list.ts";
import type { AlbumName, Decision } from "../../src/store/decisions/user-decisions.ts";

const buildAlbum = (title: string): AlbumName => ({ artist: "X", title });
const parseAlbums = (brief: string): AlbumName[] => brief.split("").map(buildAlbum);

/** "adjust +a -b" and back. */
function parseDecision(brief: string): Decision | undefined {
  const [mode = "", add = "+", not = "-"] = brief.split(" ");
  if (mode === "") return undefined;
  return { mode: mode as Decision["mode"], add: parseAlbums(add.slice(1)), not: parseAlbums(not.slice(1)) };
}

function formatTitles(names: readonly AlbumName[]): string {
  return names.map(({ title }) => title).join("");
}

function formatDecision({ mode, add, not }: Decision): string {
  return `${mode} +${formatTitles(add)} -${formatTitles(not)}`;
}

test.for<[before: string, change: DecisionChange, after: string]>([
  ["", { add: parseAlbums("a") }, "adjust +a -"],
  ["", { not: parseAlbums("b") }, "adjust + -b"],
  ["", { add: parseAlbums("a"), not: parseAlbums("b") }, "adjust +a -b"],
  ["adjust +a -b", { add: parseAlbums("b") }, "adjust +ab -"],
  ["adjust +a -b", { not: parseAlbums("a") }, "adjust + -ba"],
  ["adjust +a -", { add: parseAlbums("a") }, "adjust +a -"],
  ["adjust +a -b", { only: parseAlbums("c") }, "only +c -"],
  ["adjust +a -b", { none: true }, "none + -"],
  ["only +a -", { add: parseAlbums("b") }, "only +ab -"],
  ["only +ab -", { not: parseAlbums("a") }, "only +b -"],
  ["only +a -", { not: parseAlbums("a") }, "none + -"],
  ["none + -", { add: parseAlbums("a") }, "only +a -"],
  ["none + -", { not: parseAlbums("a") }, "none + -"],
])("%s", ([before, change, after]) => {
  expect(formatDecision(mergeDecision(parseDecision(before), change))).toBe(after);
});
