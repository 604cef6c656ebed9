// The contents of a card, from the same questions that the commands ask.
import type { PlayingReport } from "../../model/playing-now.ts";
import { formatNumber, formatPercent, pluralize } from "../../output/format-numbers.ts";
import { queryNow } from "../../queries/albums/now.ts";
import { getYearPeriod } from "../../queries/conditions/period.ts";
import type { RecordFilter } from "../../queries/filters/record-filter.ts";
import { queryXref, type XrefBrief } from "../../queries/records/xref.ts";
import type { RecordSort } from "../../queries/records/record-order.ts";
import { countPlaysByMonth } from "../../queries/statistics/calendar-periods.ts";
import { readCollectionTotals } from "../../queries/statistics/stats-by-dimension.ts";
import { queryRecap } from "../../queries/time/recap.ts";
import { queryTop } from "../../queries/top/top.ts";
import { getCollectionService, getListeningService } from "../../sources/service-lookup.ts";
import { readAccounts } from "../../store/file/cache-facts.ts";
import type { Database } from "../../store/file/database.ts";

export const cardKinds = ["year", "wall", "never", "now"] as const;
export type CardKind = (typeof cardKinds)[number];

export interface CardQuery {
  readonly kind: CardKind;
  /** The year of the card of a year. */
  readonly year: number;
  /** Read for the card of what is playing. */
  readonly playing: PlayingReport;
  readonly nowUts: number;
}

export interface CardTile {
  /** The record whose cover is shown; null: the album is on no record. */
  readonly recordId: number | null;
  readonly artist: string;
  readonly title: string;
  /** "139 plays"; "" for none. */
  readonly figure: string;
}

export interface CardContents {
  readonly kind: CardKind;
  readonly title: string;
  readonly subtitle: string;
  readonly tiles: readonly CardTile[];
  /** The plays of each month of a year; otherwise empty. */
  readonly months: readonly number[];
}

/** Throws NotReadyError for a year without a complete listening history. */
export function readCardContents(database: Database, question: CardQuery): CardContents {
  return { kind: question.kind, months: [], ...readers[question.kind](database, question) };
}

type CardReader = (
  database: Database,
  question: CardQuery,
) => Omit<CardContents, "kind" | "months"> & Partial<Pick<CardContents, "months">>;

const readers: Readonly<Record<CardKind, CardReader>> = {
  year: readYear,
  wall: readWall,
  never: readNever,
  now: readPlaying,
};

const maxAlbumsOfYear = 5;

function readYear(database: Database, { year, nowUts }: CardQuery) {
  const span = getYearPeriod(year, null);
  const { plays, destinations } = queryRecap(database, { span, nowUts });
  const { rows, sums } = queryTop(database, {
    subject: "albums",
    filter: { during: span },
    isOwned: null,
    sort: "plays",
    paging: { page: 1, limit: maxAlbumsOfYear },
  });
  const owned = plays === 0 ? [] : `${formatPercent(destinations.owned, plays)} of the plays from the shelf`;
  return {
    title: `${findOwner(database, "listening")}${year}`,
    subtitle: [pluralize(plays, "play"), pluralize(sums.total, "album"), ...[owned].flat()].join(" · "),
    tiles: rows.map(({ artist, title, plays: playsOfAlbum, records }) => ({
      recordId: records[0]?.id ?? null,
      artist,
      title,
      figure: pluralize(playsOfAlbum, "play"),
    })),
    months: plays === 0 ? [] : countPlaysByMonth(database, span).map((month) => month.plays),
  };
}

const maxTilesOfWall = 50;

function readWall(database: Database) {
  const { records, scrobbled } = readCollectionTotals(database, null);
  return {
    title: `${findOwner(database, "collection")}shelf`,
    subtitle:
      records === 0
        ? "no records yet"
        : `${pluralize(records, "record")}, ${formatPercent(scrobbled, records)} of them played`,
    tiles: listTiles(database, {}, "plays", maxTilesOfWall),
  };
}

const maxTilesOfNever = 10;

function readNever(database: Database) {
  const { records, scrobbled } = readCollectionTotals(database, null);
  return {
    title: "Never played",
    subtitle:
      records === scrobbled
        ? "nothing on the shelf"
        : `${formatNumber(records - scrobbled)} of ${pluralize(records, "record")} on ${findOwner(database, "collection")}shelf`,
    tiles: listTiles(database, { never: true, perArtist: 1 }, "artist-plays", maxTilesOfNever),
  };
}

function readPlaying(database: Database, { playing: report }: CardQuery) {
  const { playing, record } = queryNow(database, { report, shelfField: null });
  if (playing === null) return { title: "Nothing is playing", subtitle: "", tiles: [] };
  const { artist, title, album } = playing;
  const spins = record?.spins == null ? [] : pluralize(record.spins, "spin");
  const figure =
    record === null ? "not on the shelf" : [`on the shelf: ${record.form}`, ...[spins].flat()].join(" · ");
  return {
    title,
    subtitle: artist,
    tiles: [{ recordId: record?.id ?? null, artist, title: album ?? title, figure }],
  };
}

function listTiles(database: Database, filter: RecordFilter, sort: RecordSort, limit: number): CardTile[] {
  const { briefs } = queryXref(database, { filter, sort, paging: { page: 1, limit }, isCollapsed: true });
  return Array.from(briefs, ({ id, artist, title, playCount }: XrefBrief) => ({
    recordId: id,
    artist,
    title,
    figure: playCount === 0 ? "" : pluralize(playCount, "play"),
  }));
}

/** "sample's "; "My " without an account. */
function findOwner(database: Database, side: "collection" | "listening"): string {
  const accounts = readAccounts(database);
  const service = side === "collection" ? getCollectionService(accounts) : getListeningService(accounts);
  const name = accounts[service.id] ?? "";
  return name === "" ? "My " : `${name}'s `;
}
