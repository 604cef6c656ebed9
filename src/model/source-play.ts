// A play as a listening source other than the cache's listening service wrote it.

export interface SourceName {
  /** "listenbrainz", "spotify", "apple", "maloja" … */
  readonly name: string;
  readonly kind: "service" | "file";
}

export interface SourcePlay {
  /** Unix seconds. With less precision: the first second of the minute, or of the day in the user's zone. */
  readonly startUts: number;
  readonly precisionSeconds: 1 | 60 | 86400;
  /** The artist of the track, as written; "" if unknown. */
  readonly artist: string;
  readonly albumArtist: string | null;
  /** "" if there is none. */
  readonly album: string;
  readonly title: string;
  readonly durationSeconds: number | null;
  readonly recordingMbid: string | null;
  readonly releaseMbid: string | null;
  readonly releaseGroupMbid: string | null;
  /** The service that this source imported the play from, recognised by its markers. */
  readonly origin: "lastfm" | "spotify" | null;
  /** startUts is really the end of the play, whose length is not known well enough to correct it. */
  readonly isEndStamped: boolean;
  /** false: the album belongs to the track, not to the play, and does not say which album was heard (Maloja). */
  readonly hasOwnAlbum: boolean;
  /** The source's own identity of the play, beside its names and second (ListenBrainz: recording_msid). */
  readonly sourceKey: string | null;
}

/** A play on ListenBrainz. */
export interface Listen {
  /** The service's record of when it began, or ended: unix seconds. With `msid` it is the service's unique key. */
  readonly listenedUts: number;
  readonly msid: string;
  readonly play: SourcePlay;
}
