// The names that aliases make of others.
import { buildAliasKeys, type Alias } from "./albums/artist-names.ts";
import { foldArtist } from "./text/artist-name.ts";

/** Returns a function that gives one name for all names of an artist; names without an alias are returned unchanged. */
export function createAliasResolver(aliases: readonly Alias[]): (name: string) => string {
  const keys = buildAliasKeys(aliases);
  if (keys.size === 0) return (name) => name;
  const names = new Map<string | undefined, string>();
  for (const name of aliases.flatMap((alias) => [alias.name, alias.sameAs]))
    names.set(keys.get(foldArtist(name)), name);
  return (name) => names.get(keys.get(foldArtist(name))) ?? name;
}
