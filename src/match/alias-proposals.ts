import { stripArtistSuffix } from "../model/names.ts";
import { foldArtist, isPlaceholderArtist } from "./text/artist-name.ts";
import type { Alias } from "./albums/artist-names.ts";
import type { AlbumRow } from "./albums/album-block.ts";
import type { MatchedRelease } from "./rules/matched-release.ts";
import { parseTitle } from "./titles/title.ts";

export interface AliasProposal {
  readonly name: string;
  readonly sameAs: string;
  /** Number of titles that both names have. */
  readonly titles: number;
}

const minSharedTitles = 2;
const minTitleLength = 8;
const genericTitle = /^(?:bestof|greatesthits|live|untitled|selftitled|theessential)/;

/** Pairs of names that share distinctive titles, if the record's name has no albums of its own. */
export function proposeAliases(
  releases: Iterable<MatchedRelease>,
  albums: Iterable<AlbumRow>,
  existing: readonly Alias[],
): AliasProposal[] {
  const artistKeys = new Set<string>(existing.flatMap((alias) => [foldArtist(alias.name)]));
  const byTitle = new Map<string, Map<string, string>>();
  for (const album of albums) {
    if (isPlaceholderArtist(album.artist)) continue;
    const artist = foldArtist(album.artist);
    artistKeys.add(artist);
    const key = parseTitle(album.title).key;
    if (key.length < minTitleLength || genericTitle.test(key)) continue;
    const artists = byTitle.get(key) ?? new Map<string, string>();
    if (!artists.has(artist)) artists.set(artist, album.artist);
    byTitle.set(key, artists);
  }
  const agreeing = new Map<string, { name: string; sameAs: string; titles: Set<string> }>();
  for (const release of releases) {
    const [artist, more] = release.artists;
    if (!artist || more || isPlaceholderArtist(artist.name) || artistKeys.has(foldArtist(artist.name)))
      continue;
    const key = parseTitle(release.title).key;
    const artists = byTitle.get(key);
    // A title of several artists is no evidence.
    if (artists?.size !== 1) continue;
    for (const [other, sameAs] of artists) {
      const pair = `${foldArtist(artist.name)}\u0000${other}`;
      const proposal = agreeing.get(pair) ?? {
        name: stripArtistSuffix(artist.name),
        sameAs,
        titles: new Set(),
      };
      proposal.titles.add(key);
      agreeing.set(pair, proposal);
    }
  }
  return [...agreeing.values()]
    .filter((proposal) => proposal.titles.size >= minSharedTitles)
    .map(({ name, sameAs, titles }) => ({ name, sameAs, titles: titles.size }))
    .toSorted((a, b) => b.titles - a.titles || (a.name < b.name ? -1 : 1));
}
