// Aliases: names that the user declared to be of one artist.
import { foldArtist } from "./artist-name.ts";

/** Two spellings of one artist, as the user decided. */
export interface Alias {
  readonly name: string;
  readonly sameAs: string;
}

/** Maps the key of each name in an alias to one key for all names of that artist. */
export function buildAliasKeys(aliases: readonly Alias[]): ReadonlyMap<string, string> {
  const groups = new Map<string, Set<string>>();
  for (const alias of aliases) {
    const [one, other] = [foldArtist(alias.name), foldArtist(alias.sameAs)];
    const [mine, theirs] = [groups.get(one) ?? new Set([one]), groups.get(other) ?? new Set([other])];
    // The smaller group moves, so the work grows with n log n.
    const [from, to] = mine.size < theirs.size ? [mine, theirs] : [theirs, mine];
    for (const key of from) to.add(key);
    for (const key of [...from, one, other]) groups.set(key, to);
  }
  const canonical = new Map<string, string>();
  for (const group of new Set(groups.values())) {
    const first = [...group].reduce((least, key) => (key < least ? key : least));
    for (const key of group) canonical.set(key, first);
  }
  return canonical;
}

/** Returns a function that gives one name for all names of an artist; names without an alias are returned unchanged. */
export function createAliasResolver(aliases: readonly Alias[]): (name: string) => string {
  const keys = buildAliasKeys(aliases);
  if (keys.size === 0) return (name) => name;
  const names = new Map<string | undefined, string>();
  for (const name of aliases.flatMap((alias) => [alias.name, alias.sameAs]))
    names.set(keys.get(foldArtist(name)), name);
  return (name) => names.get(keys.get(foldArtist(name))) ?? name;
}
