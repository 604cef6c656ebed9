import { expect, test } from "vitest";
import { changedDecision, type DecisionChange } from "../../src/actions/decision-list.ts";
import type { AlbumName, Decision } from "../../src/store/decisions/user-decisions.ts";

const album = (title: string): AlbumName => ({ artist: "X", title });
const albums = (brief: string): AlbumName[] => brief.split("").map(album);

/** "adjust +a -b" and back. */
function decision(brief: string): Decision | undefined {
  const [mode = "", add = "+", not = "-"] = brief.split(" ");
  if (mode === "") return undefined;
  return { mode: mode as Decision["mode"], add: albums(add.slice(1)), not: albums(not.slice(1)) };
}

function titles(names: readonly AlbumName[]): string {
  return names.map(({ title }) => title).join("");
}

function text({ mode, add, not }: Decision): string {
  return `${mode} +${titles(add)} -${titles(not)}`;
}

test.for<[before: string, change: DecisionChange, after: string]>([
  ["", { add: albums("a") }, "adjust +a -"],
  ["", { not: albums("b") }, "adjust + -b"],
  ["", { add: albums("a"), not: albums("b") }, "adjust +a -b"],
  ["adjust +a -b", { add: albums("b") }, "adjust +ab -"],
  ["adjust +a -b", { not: albums("a") }, "adjust + -ba"],
  ["adjust +a -", { add: albums("a") }, "adjust +a -"],
  ["adjust +a -b", { only: albums("c") }, "only +c -"],
  ["adjust +a -b", { none: true }, "none + -"],
  ["only +a -", { add: albums("b") }, "only +ab -"],
  ["only +ab -", { not: albums("a") }, "only +b -"],
  ["only +a -", { not: albums("a") }, "none + -"],
  ["none + -", { add: albums("a") }, "only +a -"],
  ["none + -", { not: albums("a") }, "none + -"],
])("%s", ([before, change, after]) => {
  expect(text(changedDecision(decision(before), change))).toBe(after);
});
