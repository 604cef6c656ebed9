import type { OwnNames } from "./own-names.ts";
import { lastBracket } from "./tail-cuts.ts";

const joint = /^(?:and|with|feat|ft|featuring|meets|et|und|y|e|plus) /;
const bringsIn = / (?:with|feat|ft|featuring|by) /g;
const [fewestNames, fewestWords] = [2, 2];

/** Removes several artists' names in front of a folded title, or some behind it: "A With B At The Mill", "Title With B". */
export function withoutNames(stem: string, own: OwnNames): readonly string[] {
  const rests: string[] = [];
  const behind = withoutLeading(stem, own);
  if (behind.split(" ").length >= fewestWords) rests.push(behind);
  for (const { index, 0: sign } of stem.matchAll(bringsIn))
    if (own.areNames(stem.slice(index + sign.length))) rests.push(stem.slice(0, index));
  return rests;
}

function withoutLeading(stem: string, own: OwnNames): string {
  let [rest, count] = [stem, 0];
  for (;;) {
    const name = own.folded.find((one) => rest.startsWith(`${one} `));
    if (name === undefined) break;
    count += 1;
    const after = rest.slice(name.length + 1);
    const link = joint.exec(after);
    const next = link === null ? "" : after.slice(link[0].length);
    rest = own.folded.some((one) => next.startsWith(`${one} `)) ? next : after;
    if (rest === after) break;
  }
  return count >= fewestNames ? rest : "";
}

/** A title in two pieces; either may be a name. */
export interface NamedPiece {
  readonly title: string;
  readonly name: string;
}

const separator = /\s*:\s|\s[-–—•|]\s/g;
const longest = 200;
/** "Name: Title", "Title - Name", "Title (Name)": each piece as a name, the other as a title. */
export function namedPieces(text: string): readonly NamedPiece[] {
  if (text.length > longest) return [];
  const pieces: NamedPiece[] = [];
  const bracket = lastBracket(text);
  if (bracket && bracket.at > 0)
    pieces.push({ title: text.slice(0, bracket.at).trim(), name: bracket.inner.trim() });
  const separators = [...text.matchAll(separator)];
  const [first, last] = [separators[0], separators.at(-1)];
  if (first !== undefined && last !== undefined) {
    pieces.push({ title: text.slice(first.index + first[0].length), name: text.slice(0, first.index) });
    pieces.push({ title: text.slice(0, last.index), name: text.slice(last.index + last[0].length) });
  }
  return pieces.filter(({ title, name }) => title !== "" && name !== "");
}
