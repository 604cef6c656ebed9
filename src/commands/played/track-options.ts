// The tracks that were played and their lengths: from the cache, or fetched if the command needs them.
import type { Context } from "../../context.ts";
import type { PlayTarget } from "../../model/model.ts";
import { quotedName } from "../../model/names.ts";
import { isFailure, UsageError } from "../../model/errors.ts";
import { playableTracks, type PlayableTrack } from "../../model/playable-tracks.ts";
import { chosenTracks, type TrackChoice } from "../../decisions/noted/played-tracks.ts";
import type { NotedRelease } from "../../decisions/noted/log-play.ts";
import type { Moment } from "../../decisions/noted/play-session.ts";
import { transact, type Database } from "../../store/file/database.ts";
import { tracklistReader } from "../../store/shelf/tracklists.ts";
import { tracklistOf } from "../shared/listing/fetched-tracklist.ts";
import { sendableSeconds } from "../../sync/plays/sending.ts";

interface ChoiceOptions {
  readonly side?: readonly string[];
  readonly disc?: readonly string[];
  readonly tracks?: readonly string[];
}

export function choiceOf({ side = [], disc = [], tracks = [] }: ChoiceOptions): TrackChoice {
  return {
    sides: splitByComma(side),
    discs: splitByComma(disc).map((text) => {
      if (/^[1-9]\d{0,2}$/.test(text)) return Number(text);
      throw new UsageError(
        `--disc takes a disc number, not ${JSON.stringify(text.slice(0, 40))}`,
        "For example: --disc 2",
      );
    }),
    tracks: splitByComma(tracks),
  };
}

function splitByComma(texts: readonly string[]): string[] {
  return texts
    .flatMap((text) => text.split(","))
    .map((text) => text.trim())
    .filter((text) => text !== "");
}

interface Need {
  readonly release: NotedRelease;
  /** The command fails without a tracklist. */
  readonly isNeeded: boolean;
  /** The command fetches the tracklist if it can. */
  readonly isUseful: boolean;
}

/** The tracklist of the release, empty if it is not known. Throws UsageError if it is needed and Discogs has none. */
export async function tracksOf(
  context: Context,
  database: Database,
  { release, isNeeded, isUseful }: Need,
): Promise<PlayableTrack[]> {
  const ask = async (): Promise<PlayableTrack[]> =>
    playableTracks((await tracklistOf(context, database, release.id)) ?? []);
  if (isNeeded) {
    const tracks = await ask();
    if (tracks.length > 0) return tracks;
    throw new UsageError(
      `Discogs lists no tracks for ${quotedName(release)}`,
      "Log the whole record, without --side, --disc and --tracks.",
    );
  }
  const cachedTracks = playableTracks(tracklistReader(database)(release.id) ?? []);
  if (!isUseful || cachedTracks.length > 0) return cachedTracks;
  try {
    return await ask();
  } catch (error) {
    if (!isFailure(error)) throw error;
    context.note(`The tracklist could not be fetched: ${error.message}`);
    return [];
  }
}

/** Last.fm takes plays that have a time and are not too old. */
export function isSendable(moment: Moment, nowUts: number, targets: readonly PlayTarget[]): boolean {
  return moment.kind !== "day" && (targets.includes("listenbrainz") || moment.uts > nowUts - sendableSeconds);
}

/** The tracklist, with lengths from other services for the played tracks that Discogs gives no length for. */
export async function measured(
  context: Context,
  database: Database,
  parts: {
    readonly release: NotedRelease;
    readonly list: readonly PlayableTrack[];
    readonly choice: TrackChoice;
  },
): Promise<readonly PlayableTrack[]> {
  const { release, list, choice } = parts;
  const playedTracks = chosenTracks(list, choice);
  if (playedTracks.every(({ durationSeconds }) => durationSeconds !== null)) return list;
  const [{ services, choices }, { withLengths }] = await Promise.all([
    context.connect(),
    import("../../sync/lookups/track-lengths.ts"),
  ]);
  return withLengths(
    {
      database,
      services,
      asksMusicBrainz: choices.musicbrainz === true,
      release,
      call: { signal: context.interruptible() },
      nowMs: () => context.clock.now(),
      write: (work) => transact(database, work),
    },
    { all: list, toPlay: playedTracks },
  );
}
