// What people type of a name that they half remember: small letters, another order, words left out, one slip.
import { between, pick } from "./random.ts";

export interface FullName {
  readonly artist: string;
  readonly title: string;
}

/** The name as somebody types it. A slip is in a word of at least five letters, where there is one. */
export function typedFrom({ artist, title }: FullName, random: () => number): string {
  const names = artist.toLowerCase().split(/\s+/);
  const titles = title.toLowerCase().split(/\s+/);
  // Half of the words may be missing, and the title's longest stays: without it nobody could tell what is meant.
  const telling = titles.toSorted((a, b) => b.length - a.length)[0] ?? "";
  const kept = [...names, ...titles].filter((word) => word === telling || random() < 0.6);
  if (kept.length === 1 && names[0] !== undefined) kept.unshift(names.at(-1) ?? names[0]);
  const ordered = shuffled(kept, random);
  const slippery = ordered.flatMap((word, at) => (/^[a-z]{5,}$/.test(word) ? [at] : []));
  if (slippery.length === 0) return ordered.join(" ");
  const at = pick(random, slippery);
  return ordered.map((word, place) => (place === at ? slipped(word, random) : word)).join(" ");
}

function shuffled<Item>(items: readonly Item[], random: () => number): Item[] {
  return items
    .map((item) => ({ item, place: random() }))
    .toSorted((a, b) => a.place - b.place)
    .map(({ item }) => item);
}

function slipped(word: string, random: () => number): string {
  const at = between(random, 1, word.length - 2);
  const letter = pick(
    random,
    "abcdefghijklmnopqrstuvwxyz".split("").filter((each) => each !== word[at]),
  );
  const [before, after] = [word.slice(0, at), word.slice(at + 1)];
  return pick(random, [
    before + after,
    before + letter + after,
    before + letter + word.slice(at),
    before + (word[at + 1] ?? "") + (word[at] ?? "") + word.slice(at + 2),
  ]);
}
