// The albums of an explanation: those that the record is credited with, and those that were compared and left out. A single,
// a box or a compilation has a section of its own.
import { safe, type SafeText } from "../../../output/safe-text.ts";
import type { TerminalStyle } from "../../../output/terminal.ts";
import { pluralize } from "../../../output/format-numbers.ts";
import { wrapText } from "../../../output/paragraph.ts";
import type { ExplainResult } from "../../../queries/explain/explain-record.ts";
import type { Song } from "../../../queries/explain/alternative-plays.ts";
import type { ChartAlbum } from "../../../queries/find/find-albums.ts";
import { toAlbumLine, type AlbumLine, renderAlbumTable } from "../listing/album-table.ts";

interface AlbumSection {
  readonly heading: string;
  /** Default: "album". */
  readonly nameHeader?: string;
  /** Default: "why". */
  readonly whyHeader?: string;
  readonly lines: readonly AlbumLine[];
  /** Says how much is not listed. */
  readonly rest?: string;
}

/** Left-out albums that are listed: at least this many, and up to `maxShown` of those that are close. */
const minShown = 3;
const maxShown = 6;
const maxBoxAlbums = 8;

export function buildMatchedSection({ credited, record }: ExplainResult): AlbumSection[] {
  if (credited.length === 0) return [];
  return [
    {
      heading: `Credited: ${pluralize(credited.length, "entry", "entries")} in your plays`,
      lines: credited.map((album) => ({
        ...toAlbumLine(album, record.artist),
        why: album.reason,
      })),
    },
  ];
}

/** Next to a special section, only close albums that it does not list are shown. */
export function buildRejectedSection(
  { rejected: all, record }: ExplainResult,
  { isVerbose, others }: { readonly isVerbose: boolean; readonly others: readonly AlbumSection[] },
): AlbumSection[] {
  const listedIds = new Set(others.flatMap(({ lines }) => lines.map(({ id }) => id)));
  const rejected =
    others.length === 0 ? all : all.filter((album) => album.close && !listedIds.has(`a${album.id}`));
  const close = rejected.filter((album) => album.close).length;
  const count = isVerbose ? rejected.length : Math.max(minShown, Math.min(close, maxShown));
  if (rejected.length === 0) return [];
  const rest = rejected.slice(count);
  const plays = rest.reduce((sum, { playCount }) => sum + playCount, 0);
  const restText = `and ${describeMoreAlbums(rest.length)} with ${pluralize(plays, "play")} (--verbose)`;
  return [
    {
      heading: "Compared and left out",
      whyHeader: "why not",
      lines: rejected
        .slice(0, count)
        .map((album) => ({ ...toAlbumLine(album, record.artist), why: album.reason })),
      ...(rest.length === 0 ? {} : { rest: restText }),
    },
  ];
}

function describeMoreAlbums(count: number): string {
  return pluralize(count, "more album", "more albums");
}

interface SpecialCase {
  /** Why the record rarely has plays under its own title; "" for other records. */
  readonly remark: string;
  readonly sections: readonly AlbumSection[];
  readonly commands?: readonly string[];
}

/** Explains why a single, a box or a compilation has no plays. */
export function buildSpecialCase(answer: ExplainResult): SpecialCase {
  const { heardAs } = answer;
  if (heardAs?.kind === "single") return buildSingleCase(answer, heardAs.songs);
  if (heardAs?.kind === "box") return buildBoxCase(answer, heardAs.albums);
  const remark =
    "This is a compilation. Listening services file most of its plays under the albums that the tracks came from.";
  return { remark: heardAs?.kind === "compilation" ? remark : "", sections: [] };
}

function buildSingleCase({ record, rejected }: ExplainResult, songs: readonly Song[]): SpecialCase {
  const close = rejected.find((album) => album.close);
  const section = {
    heading: "The song itself (shown, not counted)",
    nameHeader: "song",
    whyHeader: "played from",
    lines: songs.map(toSongLine),
  };
  return {
    remark:
      "This is a single. Listening services file a song under the album that it was played from, rarely under the single.",
    sections: songs.length === 0 ? [] : [section],
    commands: [
      ...(close === undefined ? [] : [`Is it one of these?   rewind link ${record.id} --add a${close.id}`]),
      "Albums only:   rewind xref --kind album",
    ],
  };
}

function toSongLine({ name, playCount, lastPlayedUts, playedFrom }: Song): AlbumLine {
  const sources = playedFrom.map(({ title, playCount: plays }) => `${title ?? "no album tag"} (${plays})`);
  return { name, playCount, lastPlayedUts, why: sources.join(", ") };
}

function buildBoxCase({ record }: ExplainResult, albums: readonly ChartAlbum[]): SpecialCase {
  const remark = "This is a box set. Listening services file its plays under the albums inside.";
  if (albums.length === 0) return { remark, sections: [] };
  const rest = albums.length - maxBoxAlbums;
  const ids = albums.slice(0, 4).map(({ id }) => `a${id}`);
  const section = {
    heading: "You play these and own no other record of them. Which are in the box?",
    whyHeader: "",
    lines: albums.slice(0, maxBoxAlbums).map((album) => toAlbumLine(album, record.artist)),
    ...(rest > 0 ? { rest: `and ${describeMoreAlbums(rest)}` } : {}),
  };
  const command = `Credit those that are:   rewind link ${record.id} --add ${ids.join(",")}`;
  return { remark, sections: [section], commands: [command] };
}

export function renderSection(section: AlbumSection, style: TerminalStyle): SafeText[] {
  const { screen } = style;
  const { heading, lines, rest, ...headers } = section;
  const inner = { ...screen, width: screen.width - 2 };
  return [
    ...wrapText(heading, screen),
    ...renderAlbumTable(lines, style, headers),
    ...(rest === undefined ? [] : wrapText(rest, inner).map((line) => safe`  ${line}`)),
  ];
}
