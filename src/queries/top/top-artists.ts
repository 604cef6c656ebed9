// Artists by the plays of their tracks, in any spelling.
import type { Database } from "../../store/file/database.ts";
import { queryRows } from "../../store/file/sql.ts";
import type { Period } from "../conditions/period.ts";
import { createArtistKeyMaker, isPlaceholderKey } from "../statistics/artist-collections.ts";
import { buildHeardTrackSql } from "../statistics/play-counts.ts";
import { groupByKey } from "../../model/grouping.ts";
import {
  getLastPlayedUts,
  getMostPlayedName,
  sumPlays,
  type PlayedItem,
} from "../statistics/played-items.ts";

/** Does not read the shelf, so nobody counts as owned. Leaves out names that stand for no artist, such as Various. */
export function readPlayedArtists(database: Database, span: Period | null): PlayedItem[] {
  return [...readSpellings(database, span)].flatMap(([key, spellings]) =>
    isPlaceholderKey(key) ? [] : buildPlayedArtist(spellings),
  );
}

/** The same with the placeholders. */
export function readPlayedArtistNames(database: Database, span: Period | null): PlayedItem[] {
  return Array.from(readSpellings(database, span).values(), buildPlayedArtist);
}

interface Spelling {
  readonly artist: string;
  readonly plays: number;
  readonly lastPlayedUts: number | null;
}

function readSpellings(database: Database, span: Period | null) {
  const all = queryRows<Spelling>(database)`
    WITH ${buildHeardTrackSql(span)}
    SELECT artist, sum(plays) AS plays, max(last_uts) AS lastPlayedUts
    FROM heard_track JOIN track ON track.id = track_id GROUP BY artist`;
  const toKey = createArtistKeyMaker(database);
  return groupByKey(all, ({ artist }) => toKey(artist));
}

function buildPlayedArtist(spellings: readonly Spelling[]): PlayedItem {
  return {
    artist: getMostPlayedName(spellings, ({ artist }) => artist),
    title: "",
    titles: [],
    albumIds: [],
    members: spellings.map(({ artist }) => artist),
    plays: sumPlays(spellings),
    lastPlayedUts: getLastPlayedUts(spellings),
    tracks: null,
    spins: null,
    isOwned: false,
    isWanted: false,
  };
}
