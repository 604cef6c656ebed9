// The cache's tables, and which format they are.
import { artists } from "./schema/artists.ts";
import { covers, thumbnails } from "./schema/covers.ts";
import { listening } from "./schema/listening.ts";
import { lookups } from "./schema/lookups.ts";
import { matching } from "./schema/matching.ts";
import { noted } from "./schema/noted.ts";
import { nameKeys } from "./schema/name-keys.ts";
import { artistPlays, recordFigures, straySongs, trackCounts } from "./schema/figures.ts";
import { shelf } from "./schema/shelf.ts";
import { syncing } from "./schema/syncing.ts";
import { trackLengths } from "./schema/track-lengths.ts";

/** "Rewd" in ASCII: how a cache of rewind is told from other programs' SQLite files. */
export const applicationId = 0x52657764;

/** What a new cache is made of. Tables are named after one row. */
export const baseTables = [shelf, lookups, listening, matching, syncing].join("");

/** PRAGMA user_version of a cache made of the base; it never goes back. */
export const baseFormat = 14;

/** Since the base, in order. One that has been released is never edited: the next one corrects it. */
export const migrations: readonly string[] = [
  recordFigures,
  noted,
  trackCounts,
  straySongs,
  artists,
  covers,
  nameKeys,
  trackLengths,
  thumbnails,
  artistPlays,
];

/** The format that this program writes. */
export const currentFormat: number = baseFormat + migrations.length;
