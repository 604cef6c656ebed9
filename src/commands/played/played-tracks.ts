// Which tracks were played and how long they are: from the cache, else asked for where something hangs on it.
import type { Context } from "../../context.ts";
import { isFailure, UsageError } from "../../model/errors.ts";
import { playableTracks, type PlayableTrack } from "../../model/playable-tracks.ts";
import { chosenTracks, type TrackChoice } from "../../decisions/noted/played-tracks.ts";
import type { NotedRelease } from "../../decisions/noted/log-play.ts";
import type { Moment } from "../../decisions/noted/play-session.ts";
import { transact, type Database } from "../../store/file/database.ts";
import { tracklistReader } from "../../store/shelf/tracklists.ts";
import { tracklistOf } from "../shared/listing/fetched-tracklist.ts";
import { sendableSeconds } from "../../sync/plays/sending.ts";
import { say } from "./send-plays.ts";

interface ChoiceOptions {
  readonly side?: readonly string[];
  readonly disc?: readonly string[];
  readonly tracks?: readonly string[];
}

export function choiceOf({ side = [], disc = [], tracks = [] }: ChoiceOptions): TrackChoice {
  return {
    sides: listed(side),
    discs: listed(disc).map((text) => {
      if (/^[1-9]\d{0,2}$/.test(text)) return Number(text);
      throw new UsageError(
        `--disc takes the number of a disc, not ${JSON.stringify(text.slice(0, 40))}`,
        "For example: --disc 2",
      );
    }),
    tracks: listed(tracks),
  };
}

function listed(texts: readonly string[]): string[] {
  return texts
    .flatMap((text) => text.split(","))
    .map((text) => text.trim())
    .filter((text) => text !== "");
}

interface Need {
  readonly release: NotedRelease;
  /** A part of it is wanted: without a list there is nothing to note. */
  readonly isNeeded: boolean;
  /** With a list there is more to do; without one it is noted all the same. */
  readonly isWished: boolean;
}

/** What the cache knows of it; asked for only where it matters. Empty where nothing is known. */
export async function tracksOf(
  context: Context,
  database: Database,
  { release, isNeeded, isWished }: Need,
): Promise<PlayableTrack[]> {
  const ask = async (): Promise<PlayableTrack[]> =>
    playableTracks((await tracklistOf(context, database, release.id)) ?? []);
  if (isNeeded) {
    const tracks = await ask();
    if (tracks.length > 0) return tracks;
    throw new UsageError(
      `Discogs lists no tracks of ${release.artist} · ${release.title}`,
      "Note the whole record, without --side, --disc and --tracks.",
    );
  }
  const known = playableTracks(tracklistReader(database)(release.id) ?? []);
  if (!isWished || known.length > 0) return known;
  try {
    return await ask();
  } catch (error) {
    if (!isFailure(error)) throw error;
    say(context, `The tracklist could not be fetched: ${error.message}`);
    return [];
  }
}

/** Whether a play of that moment is taken at all. */
export function isSendable(moment: Moment, nowUts: number): boolean {
  return moment.kind !== "day" && moment.uts > nowUts - sendableSeconds;
}

/** The same tracks; of those that are chosen, lengths that Discogs doesn't know are looked for elsewhere. */
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
  const chosen = chosenTracks(list, choice);
  if (chosen.every(({ durationSeconds }) => durationSeconds !== null)) return list;
  const [{ services, musicbrainz }, { withLengths }] = await Promise.all([
    context.connect(),
    import("../../sync/lookups/track-lengths.ts"),
  ]);
  return withLengths(
    {
      database,
      services,
      asksMusicBrainz: musicbrainz === true,
      release,
      call: { signal: context.interruptible() },
      nowMs: () => context.clock.now(),
      write: (work) => transact(database, work),
    },
    { all: list, wanted: chosen },
  );
}
