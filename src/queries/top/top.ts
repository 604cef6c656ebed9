// What I play most, and whether I own it.
import type { Database } from "../../store/file/database.ts";
import { readPublications } from "../../store/file/listings.ts";
import { pageOf, type Paging } from "../documents/paging.ts";
import { albumTest, holdingFilterWords, type AlbumFilter, needsOf } from "../filters/record-filter.ts";
import type { AlbumFacts } from "../filters/filter.ts";
import { emptiedBy, type Emptied } from "../filters/emptied-by.ts";
import { historyState, playSources, requireHistory, type HistoryState } from "../figures/readiness.ts";
import { mostPlayed, sumOfPlays, type HeardMost, type PlayedMost } from "../figures/played-most.ts";
import { playedAlbums, withTracksOfAlbums } from "./top-albums.ts";
import { playedArtists, withTracksOfArtists } from "./top-artists.ts";
import { withRecords, type TopRow } from "./top-records.ts";
import { playedTracks, songPage } from "./top-tracks.ts";

export const topSubjects = ["albums", "artists", "tracks"] as const;
export type TopSubject = (typeof topSubjects)[number];

export const topSorts = ["plays", "spins"] as const;
export type TopSort = (typeof topSorts)[number];

export interface TopQuestion {
  readonly subject: TopSubject;
  readonly filter: AlbumFilter;
  /** null: owned or not. */
  readonly isOwned: boolean | null;
  readonly sort: TopSort;
  /** null: everything. */
  readonly paging: Paging | null;
}

interface TopSums {
  readonly total: number;
  readonly owned: number;
  readonly plays: number;
  readonly ownedPlays: number;
}

export interface TopAnswer {
  readonly question: TopQuestion;
  readonly history: HistoryState;
  readonly playsFrom: string;
  readonly otherSources: string;
  readonly rows: readonly TopRow[];
  /** On all pages. */
  readonly sums: TopSums;
  /** The filters that left nothing, if nothing is left. */
  readonly emptied: () => Emptied;
}

const needs = {
  albums: undefined,
  artists: "Plays of each artist",
  tracks: "Plays of each track",
} as const;

/** Throws NotReadyError if the question needs a complete listening history. */
export function ask(database: Database, question: TopQuestion): TopAnswer {
  const { subject, filter, sort } = question;
  const published = readPublications(database);
  requireHistory(
    database,
    published,
    ...needsOf(filter),
    needs[subject],
    sort === "spins" ? "Spins" : undefined,
  );
  const history = historyState(published);
  const { rows, sums } = rankedPage(database, question);
  return {
    question,
    history,
    ...playSources(database),
    rows: withRecords(database, rows, history),
    sums,
    emptied: () =>
      emptiedBy(filter, (each) => rankedPage(database, { ...question, filter: each }).sums.total),
  };
}

type Ranked = HeardMost & { readonly rank: number };

interface RankedPage {
  readonly rows: readonly Ranked[];
  readonly sums: TopSums;
}

function rankedPage(database: Database, question: TopQuestion): RankedPage {
  const { subject, filter, isOwned, paging } = question;
  const { during: span = null, ...others } = filter;
  const isBare = Object.keys(others).length === 0;
  if (subject === "tracks" && isBare && paging !== null) {
    const { rows, ...sums } = songPage(database, { span, isOwned, paging });
    return { rows: withRanks(rows, paging), sums };
  }
  if (subject === "tracks") return paged(playedTracks(database, span), question, (rows) => rows);
  if (subject === "artists") {
    return paged(playedArtists(database, span), question, (rows) =>
      withTracksOfArtists(database, span, rows),
    );
  }
  return paged(playedAlbums(database, span), question, (rows) => withTracksOfAlbums(database, span, rows));
}

/** `heard` adds the slower figures, to the rows of a page or, if a filter needs them, to all rows. */
function paged<Row extends PlayedMost>(
  all: readonly Row[],
  { filter, isOwned, sort, paging }: TopQuestion,
  heard: (rows: readonly Row[]) => readonly (Row & HeardMost)[],
): RankedPage {
  const { during: _, ...others } = filter;
  const [byName, byChart] = [albumTest(others, "name"), albumTest(others, "chart")];
  const isBare = Object.keys(others).length === 0;
  const left = holdingFilterWords(all, others).filter((row) => {
    if (isOwned !== null && row.isOwned !== isOwned) return false;
    if (isBare) return true;
    const facts = factsOf(row, null);
    return byName(facts) && byChart(facts);
  });
  const byHistory = albumTest(others, "history");
  const isHeardAsked = filter.tracks !== undefined || filter.albumKind !== undefined;
  const asked: readonly Row[] = isHeardAsked
    ? heard(left).filter((row) => byHistory(factsOf(row, row.tracks)))
    : left;
  const spinsFirst = (row: PlayedMost): number => (sort === "spins" ? (row.spins ?? -1) : 0);
  const ranked = mostPlayed(asked).toSorted((a, b) => spinsFirst(b) - spinsFirst(a));
  const page = pageOf(ranked, paging);
  const owned = ranked.filter((row) => row.isOwned);
  return {
    rows: withRanks(heard(page), paging),
    sums: {
      total: ranked.length,
      owned: owned.length,
      plays: sumOfPlays(ranked),
      ownedPlays: sumOfPlays(owned),
    },
  };
}

function factsOf(row: PlayedMost, tracks: number | null): AlbumFacts {
  const title = row.title ?? "";
  return { ...row, title, titles: [title], tracks };
}

function withRanks(rows: readonly HeardMost[], paging: Paging | null): Ranked[] {
  const before = paging === null ? 0 : (paging.page - 1) * paging.limit;
  return rows.map((row, at) => ({ ...row, rank: before + at + 1 }));
}
