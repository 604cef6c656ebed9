// The function of each step, and how its rows are counted. The other facts of a step are a row in src/model/sync-steps.ts.
import type { PlayTarget } from "../model/play-targets.ts";
import type { ListingName, StepName } from "../model/sync-steps.ts";
import { countInStates } from "../store/decisions/logged-plays.ts";
import type { Database } from "../store/file/database.ts";
import { countPublished } from "../store/file/listings.ts";
import { queryValue } from "../store/file/sql.ts";
import { countMasters } from "../store/shelf/derived-columns.ts";
import { countKnownToMusicBrainz } from "../store/shelf/musicbrainz-cache.ts";
import { countCovers } from "../store/shelf/stored-covers.ts";
import { countTracklists } from "../store/shelf/tracklists.ts";
import { syncAlbumChart } from "./history/album-chart.ts";
import { syncHistory } from "./history/sync-history.ts";
import { syncListens } from "./listens/listens.ts";
import { syncCovers } from "./lookups/cover-lookups.ts";
import { syncMasters, syncTracklists } from "./lookups/discogs-lookups.ts";
import { syncMusicBrainz } from "./lookups/musicbrainz-lookups.ts";
import { syncMatches } from "./match-step.ts";
import { syncSending } from "./plays/send-to-services.ts";
import { syncCollection } from "./shelf/collection.ts";
import { syncWantlist } from "./shelf/wantlist.ts";
import type { Progress, StepOutcome } from "./paging/step.ts";

interface Step<Run> {
  /** The rows in the cache. */
  countRows(this: void, database: Database): number;
  work(this: void, run: Run, progress: Progress): Promise<StepOutcome>;
}

const published =
  (name: ListingName) =>
  (database: Database): number =>
    countPublished(database, name);
const sentTo =
  (target: PlayTarget) =>
  (database: Database): number =>
    countInStates(database, target, ["sent"]);
const matched = (database: Database): number => queryValue(database, 0)`SELECT count(*) FROM match`;

const table = {
  collection: { countRows: published("collection"), work: syncCollection },
  wantlist: { countRows: published("wantlist"), work: syncWantlist },
  albums: { countRows: published("albums"), work: syncAlbumChart },
  history: { countRows: published("history"), work: syncHistory },
  listens: { countRows: published("listens"), work: syncListens },
  sending: { countRows: sentTo("lastfm"), work: syncSending },
  submitting: { countRows: sentTo("listenbrainz"), work: syncSending },
  musicbrainz: { countRows: countKnownToMusicBrainz, work: syncMusicBrainz },
  masters: { countRows: countMasters, work: syncMasters },
  match: { countRows: matched, work: syncMatches },
  tracklists: { countRows: countTracklists, work: syncTracklists },
  covers: { countRows: countCovers, work: syncCovers },
} satisfies Readonly<Record<StepName, Step<never>>>;

/** The input of each step. */
export type StepRuns = { readonly [Name in StepName]: Parameters<(typeof table)[Name]["work"]>[0] };

export const stepTable: { readonly [Name in StepName]: Step<StepRuns[Name]> } = table;
