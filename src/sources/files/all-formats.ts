import { appleActivity, appleDaily, appleLibrary, appleRecent } from "./apple-music.ts";
import type { FileFormat } from "./file-format.ts";
import { koitoExport } from "./koito-export.ts";
import { lastfmCsv, lastfmJson, lastfmstatsCsv, lastfmstatsJson, lastfmToCsv } from "./lastfm-dumps.ts";
import { librefmCsv } from "./librefm-csv.ts";
import { listenbrainzJson, listenbrainzLines } from "./listenbrainz-export.ts";
import { malojaExport } from "./maloja-export.ts";
import { panoScrobbler } from "./pano-scrobbler.ts";
import { scrobblerLog } from "./scrobbler-log.ts";
import { spotifyAccount, spotifyHistory } from "./spotify-history.ts";

/** The first that detects a file reads it. */
export const fileFormats: readonly FileFormat[] = [
  spotifyHistory,
  spotifyAccount,
  appleActivity,
  appleDaily,
  appleRecent,
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
