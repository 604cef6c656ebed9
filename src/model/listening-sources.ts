// A play as a listening source other than the cache's listening service wrote it.
import { daySeconds } from "./times.ts";

export interface SourceName {
  /** "listenbrainz", "spotify", "apple", "maloja" … */
  readonly name: string;
  /** Clients send their plays to rewind by themselves. */
  readonly kind: "service" | "file" | "client";
}

export interface SourcePlay {
  /** Unix seconds. With less precision: the first second of the minute, or of the day in the user's zone. */
  readonly startUts: number;
  readonly precisionSeconds: 1 | 60 | 86400;
  /** The artist of the track, as written; "" if unknown. */
  readonly artist: string;
  readonly albumArtist: string | null;
  readonly album: string;
  readonly title: string;
  readonly durationSeconds: number | null;
  readonly recordingMbid: string | null;
  readonly releaseMbid: string | null;
  readonly releaseGroupMbid: string | null;
  /** The service that this source imported the play from, recognised by its markers. */
  readonly origin: "lastfm" | "spotify" | null;
  /** startUts is the end of the play, because its length is not known well enough to compute the start. */
  readonly isEndStamped: boolean;
  /** false: the album belongs to the track, not to the play, and does not say which album was heard (Maloja). */
  readonly hasOwnAlbum: boolean;
  /** The source's own identity of the play, beside its names and second (ListenBrainz: recording_msid). */
  readonly sourceKey: string | null;
  /** The program that sent the play to rewind, or played it; missing for other sources. */
  readonly client?: string;
  /** The artists of the track at MusicBrainz; missing if unknown. */
  readonly artistMbids?: readonly string[];
  /** Words that the user or the program gave to the play; missing if there are none. */
  readonly tags?: readonly string[];
}

/** The precision that a file or a service states; to the second if it states none that plays have. */
export function toPrecisionSeconds(seconds: number | null): SourcePlay["precisionSeconds"] {
  return seconds === 60 || seconds === daySeconds ? seconds : 1;
}

/** How many seconds the start of a play may be off. An end says when a play began to the minute at best. */
export function computeVagueness({
  precisionSeconds,
  isEndStamped,
}: {
  readonly precisionSeconds: number;
  readonly isEndStamped: boolean;
}): number {
  return isEndStamped ? Math.max(60, precisionSeconds) : precisionSeconds;
}

/** A play as one source reported it. */
export interface PlayReport {
  /** The name of the source. */
  readonly source: string;
  readonly play: SourcePlay;
}

/** A play of the merged history. Its time, names and album are those that all screens show. */
export interface HistoryPlay extends SourcePlay {
  /** There is at least one. The best source comes first. */
  readonly reports: readonly PlayReport[];
}

export interface Listen {
  /** The service's record of when it began, or ended: unix seconds. With `msid` it is the service's unique key. */
  readonly listenedUts: number;
  readonly msid: string;
  readonly play: SourcePlay;
}

/** How far the clock of a source was ahead of the others. */
export interface ClockOffset {
  /** The first second that it applies to, by the clock of the source. */
  readonly fromUts: number;
  readonly seconds: number;
  /** Plays that agree on it. */
  readonly pairs: number;
}

export interface FoundOffsets {
  /** Ordered by time. Empty if the clocks agree, or if too little is known. */
  readonly offsets: readonly ClockOffset[];
  /** Offsets in seconds that have enough pairs of their own. */
  readonly certain: readonly number[];
}

/** A time in which the clock of a source was wrong. */
export interface SourceOffset {
  readonly seconds: number;
  readonly fromUts: number;
  /** Exclusive. */
  readonly toUts: number;
  readonly plays: number;
}

// The listening sources by name: as people read them, the best first.

/** A source that knows more about a play comes earlier, and its names and albums win. Unknown names come last. */
const sourceTitles: ReadonlyMap<string, string> = new Map([
  ["lastfm", "Last.fm"],
  ["listenbrainz", "ListenBrainz"],
  ["direct", "sent to rewind"],
  ["rewind", "rewind's export"],
  ["listenbrainz-file", "ListenBrainz export"],
  ["lastfm-file", "Last.fm export"],
  ["pano", "Pano Scrobbler"],
  ["koito", "Koito"],
  ["librefm", "Libre.fm"],
  ["rockbox", ".scrobbler.log"],
  ["file", "Other files"],
  ["spotify", "Spotify"],
  ["apple", "Apple Music"],
  ["maloja", "Maloja"],
  ["lastfm-to-csv", "Last.fm export by the minute"],
  ["file-minutes", "Other files by the minute"],
  ["spotify-account", "Spotify account data"],
  ["apple-daily", "Apple Music by day"],
  ["file-days", "Other files by the day"],
]);

export function isKnownSource(name: string): boolean {
  return sourceTitles.has(name);
}

export function getSourceTitle(name: string): string {
  return sourceTitles.get(name) ?? name;
}

const sourceRanks: ReadonlyMap<string, number> = new Map(
  [...sourceTitles.keys()].map((name, at) => [name, at]),
);

function getSourceRank(name: string): number {
  return sourceRanks.get(name) ?? sourceRanks.size;
}

export function compareSources(one: string, other: string): number {
  return getSourceRank(one) - getSourceRank(other) || (one < other ? -1 : Number(one > other));
}
