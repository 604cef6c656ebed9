// The columns of a list of records (screen 1): shared by every listing of records.
import { confidenceText } from "../../output/numbers.ts";
import { localDay } from "../../output/dates.ts";
import { linked, type Colours } from "../../output/colour.ts";
import type { Screen } from "../../output/screen.ts";
import type { Column } from "../../output/table.ts";

/** What the columns need of a record. */
export interface RecordLine {
  readonly id: number;
  readonly releaseId: number;
  readonly artist: string;
  readonly title: string;
  readonly form: string;
  readonly year: number | null;
  readonly originalYear: number | null;
  readonly playCount: number;
  readonly lastPlayedUts: number | null;
  readonly matchType: "exact" | "fuzzy" | "artist_only" | "none";
  readonly confidence: number;
  readonly decidedBy: "matcher" | "user";
  /** null where too few tracks are known to tell. */
  readonly spins: number | null;
  readonly addedUts: number | null;
  /** Plays of the artist's other albums; null where there is no artist. */
  readonly artistPlays: number | null;
  /** Plays of near misses; only where they are shown. */
  readonly closePlays?: number;
  /** How many copies share the line. */
  readonly copies?: number;
}

export type RecordColumn = Column<RecordLine>;

/** "" exact, "~.90" fuzzy, "you" the user's own decision, "artist", "none". */
function matchText({
  matchType,
  confidence,
  decidedBy,
}: Pick<RecordLine, "matchType" | "confidence" | "decidedBy">): string {
  if (decidedBy === "user") return "you";
  if (matchType === "fuzzy") return `~${confidenceText(confidence)}`;
  return matchType === "exact" ? "" : matchType === "artist_only" ? "artist" : "none";
}

export type RecordColumnName =
  | "number"
  | "artist"
  | "title"
  | "form"
  | "year"
  | "originalYear"
  | "plays"
  | "spins"
  | "last"
  | "match"
  | "others"
  | "close"
  | "added";

const day = (uts: number | null): string => (uts === null ? "" : localDay(uts));
const figure = (number: number | null): number | "" => number ?? "";

export function recordColumns(colours: Colours, screen: Screen): Record<RecordColumnName, RecordColumn> {
  return {
    number: {
      header: "#",
      cell: (row) => row.id,
      numeric: true,
      dropOrder: 3,
      paint: (cell) => colours.dim(cell),
    },
    artist: {
      header: "Artist",
      cell: (row) => row.artist,
      flexible: { share: 2, maxWidth: 28, cut: "end" },
    },
    title: {
      header: "Title",
      cell: (row) => row.title,
      suffix: (row) => ((row.copies ?? 1) > 1 ? ` ×${row.copies}` : ""),
      flexible: { share: 3, maxWidth: 60, cut: "middle" },
      paint: (cell, row) => linked(cell, `https://www.discogs.com/release/${row.releaseId}`, screen),
    },
    form: { header: "Form", cell: (row) => row.form, dropOrder: 5 },
    year: {
      header: "Year",
      cell: (row) => figure(row.year),
      numeric: true,
      dropOrder: 2,
    },
    originalYear: { header: "First", cell: (row) => figure(row.originalYear), numeric: true },
    plays: { header: "Plays", cell: (row) => row.playCount, numeric: true },
    spins: { header: "Spins", cell: (row) => figure(row.spins), numeric: true, dropOrder: 1 },
    last: { header: "Last", cell: (row) => day(row.lastPlayedUts) },
    match: {
      header: "Match",
      cell: matchText,
      dropOrder: 4,
      paint: (cell) => (cell.startsWith("~") || cell === "you" ? colours.yellow(cell) : cell),
    },
    others: { header: "Others", cell: (row) => figure(row.artistPlays), numeric: true },
    close: {
      header: "Close",
      cell: (row) => figure((row.closePlays ?? 0) === 0 ? null : (row.closePlays ?? null)),
      numeric: true,
    },
    added: { header: "Added", cell: (row) => day(row.addedUts), dropOrder: 4 },
  };
}
