// The albums of an explanation: those that are credited, and those that were left out.
import { creditInWords, type Rule } from "../../match/matcher.ts";
import { fold } from "../../match/text/fold.ts";
import { counted, thousands } from "../../output/numbers.ts";
import type { ExplainAnswer } from "../../queries/explain/explain.ts";
import type { ChartAlbum } from "../../queries/find/find-albums.ts";
import type { AlbumLine, AlbumSection } from "./screen.ts";

/** How many of what was left out are shown, and how many more where they are close. */
const leastShown = 3;
const mostShown = 6;

export function creditedSection({ credited, record }: ExplainAnswer): AlbumSection[] {
  if (credited.length === 0) return [];
  return [
    {
      heading:
        credited.length === 1
          ? "Credited: one entry on Last.fm is this album"
          : `Credited: ${thousands(credited.length)} entries on Last.fm are this album`,
      nameHeader: "album",
      whyHeader: "why",
      lines: credited.map((album) => ({
        ...lineOf(album, record.artist),
        url: album.url,
        why: album.rule === "user" ? "added by you" : creditInWords(album.rule as Rule, album.tracks),
      })),
      rest: "",
    },
  ];
}

/** Beside sections that say more than "another title", only what is close and not in them is worth a line. */
export function rejectedSection(
  { rejected: all, record }: ExplainAnswer,
  { isVerbose, beside }: { readonly isVerbose: boolean; readonly beside: readonly AlbumSection[] },
): AlbumSection[] {
  const listed = new Set(beside.flatMap(({ lines }) => lines.map(({ id }) => id)));
  const rejected =
    beside.length === 0 ? all : all.filter((album) => album.close && !listed.has(`a${album.id}`));
  const close = rejected.filter((album) => album.close).length;
  const count = isVerbose ? rejected.length : Math.max(leastShown, Math.min(close, mostShown));
  const shown = rejected.slice(0, count);
  if (shown.length === 0) return [];
  const rest = rejected.slice(count);
  const plays = rest.reduce((sum, { playCount }) => sum + playCount, 0);
  const artists = new Set(rest.map(({ artist }) => artist));
  const by = artists.size === 1 ? ` by ${rest[0]?.artist ?? ""}` : "";
  return [
    {
      heading: "Looked at and left out",
      nameHeader: "album",
      whyHeader: "why not",
      lines: shown.map((album) => ({
        ...lineOf(album, record.artist),
        why: album.reason,
      })),
      rest:
        rest.length === 0
          ? ""
          : `and ${counted(rest.length, "more album", "more albums")}${by} with ${counted(plays, "play")} (--verbose)`,
    },
  ];
}

/** Its artist is named only where it is another than the record's. */
export function lineOf(
  album: Pick<ChartAlbum, "id" | "artist" | "title" | "playCount" | "lastPlayedUts">,
  recordArtist: string,
): AlbumLine {
  const { id, artist, title, playCount, lastPlayedUts } = album;
  const name = fold(artist) === fold(recordArtist) ? title : `${title} by ${artist}`;
  return { id: `a${id}`, name, playCount, lastPlayedUts };
}
