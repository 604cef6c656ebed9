// Albums that are played and not owned, as a table (screen 4) and as the columns of the other forms.
import { linked } from "../../output/colour.ts";
import { localDay } from "../../output/dates.ts";
import type { Field } from "../../output/listing.ts";
import type { Look, TableView } from "../../output/present.ts";
import type { Column } from "../../output/table.ts";
import { isoSeconds } from "../../queries/contract.ts";
import type { ShelvedGap } from "../../queries/gaps.ts";
import type { GapsAnswer } from "../../queries/gaps-answer.ts";
import { emptyText, gapsFooter } from "./footer.ts";

/** These names and their order are promised; more may follow them. */
export const gapFields: readonly Field<ShelvedGap>[] = [
  { name: "id", value: ({ id }) => id, numeric: true },
  { name: "artist", value: ({ artist }) => artist },
  { name: "title", value: ({ title }) => title },
  { name: "plays", value: ({ plays }) => plays, numeric: true },
  { name: "editions", value: ({ editions }) => editions.length, numeric: true },
  { name: "tracks", value: ({ tracks }) => tracks, numeric: true },
  { name: "plays_last_12_months", value: ({ recentPlays }) => recentPlays, numeric: true },
  {
    name: "last_played",
    value: ({ lastPlayedUts }) => (lastPlayedUts === null ? null : isoSeconds(lastPlayedUts)),
  },
  { name: "wanted", value: ({ isWanted }) => isWanted },
  { name: "owned_by_artist", value: ({ shelf }) => shelf.records, numeric: true },
  { name: "box_by_artist", value: ({ shelf }) => shelf.boxId !== null },
  { name: "url", value: ({ url }) => url },
];

export function gapsTable(answer: GapsAnswer, nowMs: number): TableView<ShelvedGap> {
  const { rows, paging, total } = answer;
  return {
    columns: (look) => columnsOf(look, answer),
    lines: rows,
    footer: () => gapsFooter(answer, nowMs),
    empty: () => emptyText(answer),
    place: () => ({ paging, total, noun: "album" }),
  };
}

function columnsOf({ colours, screen }: Look, { history }: GapsAnswer): Column<ShelvedGap>[] {
  const fromHistory: Column<ShelvedGap>[] = [
    { header: "Tracks", cell: ({ tracks }) => tracks ?? "", numeric: true, dropOrder: 3 },
    { header: "12 mo", cell: ({ recentPlays }) => recentPlays ?? "", numeric: true, dropOrder: 2 },
  ];
  return [
    { header: "id", cell: ({ id }) => `a${id}`, isKey: true, paint: (cell) => colours.dim(cell) },
    {
      header: "Artist",
      cell: ({ artist }) => artist,
      flexible: { share: 2, maxWidth: 28, cut: "end" },
      isName: true,
    },
    {
      header: "Album",
      cell: ({ title }) => title,
      suffix: ({ editions }) => (editions.length > 1 ? ` +${editions.length - 1}` : ""),
      flexible: { share: 3, maxWidth: 60, cut: "middle" },
      isName: true,
      paint: (cell, row) => linked(cell, searchUrl(row), screen),
    },
    { header: "Plays", cell: ({ plays }) => plays, numeric: true },
    ...(history === "complete" ? fromHistory : []),
    { header: "Last", cell: ({ lastPlayedUts }) => (lastPlayedUts === null ? "" : localDay(lastPlayedUts)) },
    {
      header: "Own",
      cell: ({ shelf }) => (shelf.records === 0 ? "" : `${shelf.records}${shelf.boxId === null ? "" : "▣"}`),
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
function searchUrl({ artist, title }: ShelvedGap): string {
  return `https://www.discogs.com/search/?type=master&q=${encodeURIComponent(`${artist} ${title}`)}`;
}
