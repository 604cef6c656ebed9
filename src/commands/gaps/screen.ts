// The columns of albums that are played and not owned (screen 4).
import { linked, type Colours } from "../../output/colour.ts";
import type { Screen } from "../../output/screen.ts";
import type { Column } from "../../output/table.ts";

export interface GapLine {
  readonly id: number;
  readonly artist: string;
  readonly title: string;
  readonly editions: number;
  readonly plays: number;
  readonly tracks: number | null;
  readonly recentPlays: number | null;
  /** A local day; "" when it is not known. */
  readonly last: string;
  readonly owned: number;
  readonly hasBox: boolean;
  readonly isWanted: boolean;
}

interface GapTableOptions {
  readonly colours: Colours;
  readonly screen: Screen;
  /** Whether tracks and recent plays are known. */
  readonly withHistory: boolean;
}

export function gapColumns({ colours, screen, withHistory }: GapTableOptions): Column<GapLine>[] {
  const fromHistory: Column<GapLine>[] = [
    { header: "Tracks", cell: ({ tracks }) => tracks ?? "", numeric: true, dropOrder: 3 },
    { header: "12 mo", cell: ({ recentPlays }) => recentPlays ?? "", numeric: true, dropOrder: 2 },
  ];
  return [
    { header: "id", cell: ({ id }) => `a${id}`, dropOrder: 5, paint: (cell) => colours.dim(cell) },
    {
      header: "Artist",
      cell: ({ artist }) => artist,
      flexible: { share: 2, maxWidth: 28, cut: "end" },
    },
    {
      header: "Album",
      cell: ({ title }) => title,
      suffix: ({ editions }) => (editions > 1 ? ` +${editions - 1}` : ""),
      flexible: { share: 3, maxWidth: 60, cut: "middle" },
      paint: (cell, line) => linked(cell, searchUrl(line), screen),
    },
    { header: "Plays", cell: ({ plays }) => plays, numeric: true },
    ...(withHistory ? fromHistory : []),
    { header: "Last", cell: ({ last }) => last },
    {
      header: "Own",
      cell: ({ owned, hasBox }) => (owned === 0 ? "" : `${owned}${hasBox ? "▣" : ""}`),
      dropOrder: 1,
    },
    {
      header: "Want",
      cell: ({ isWanted }) => (isWanted ? "★" : ""),
      dropOrder: 4,
      paint: (cell) => colours.yellow(cell),
    },
  ];
}

/** Discogs has no address for an album that it isn't asked about by number. */
function searchUrl({ artist, title }: GapLine): string {
  return `https://www.discogs.com/search/?type=master&q=${encodeURIComponent(`${artist} ${title}`)}`;
}
