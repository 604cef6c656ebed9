import { lastBracket } from "./tail-cuts.ts";

const separator = /\s*:\s|\s[-–—•|]\s/g;
const longest = 200;
/** "Name: Title", "Title - Name", "Title (Name)": each piece as a name, the other as a title. */
export function namedPieces(text: string) {
  if (text.length > longest) return [];
  const pieces: { readonly title: string; readonly name: string }[] = [];
  const bracket = lastBracket(text);
  if (bracket) pieces.push({ title: bracket.head, name: bracket.inner.trim() });
  const separators = [...text.matchAll(separator)];
  const [first, last] = [separators[0], separators.at(-1)];
  if (first !== undefined && last !== undefined) {
    pieces.push({ title: text.slice(first.index + first[0].length), name: text.slice(0, first.index) });
    pieces.push({ title: text.slice(0, last.index), name: text.slice(last.index + last[0].length) });
  }
  return pieces.filter(({ title, name }) => title !== "" && name !== "");
}
