import { appleActivity, appleDaily, appleLibrary } from "./apple-music.ts";
import type { FileFormat } from "./file-format.ts";
import { lastfmCsv, lastfmJson, lastfmstatsCsv, lastfmstatsJson, lastfmToCsv } from "./lastfm-dumps.ts";
import {
  listenbrainzJson,
  listenbrainzLines,
  koitoExport,
  librefmCsv,
  malojaExport,
  panoScrobbler,
  scrobblerLog,
} from "./other-exports.ts";
import { spotifyAccount, spotifyHistory } from "./spotify-history.ts";

/** The first that detects a file reads it. */
export const fileFormats: readonly FileFormat[] = [
  spotifyHistory,
  spotifyAccount,
  appleActivity,
  appleDaily,
  appleLibrary,
  listenbrainzLines,
  listenbrainzJson,
  malojaExport,
  koitoExport,
  panoScrobbler,
  lastfmstatsJson,
  lastfmstatsCsv,
  lastfmJson,
  lastfmCsv,
  librefmCsv,
  scrobblerLog,
  lastfmToCsv,
];
