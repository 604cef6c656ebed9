// Chooses the played tracks of a release: by side, by disc, by number or by printed position.
import { UsageError } from "../../model/errors.ts";
import type { PlayableTrack } from "../../model/playable-tracks.ts";

export interface TrackChoice {
  /** "A,B" */
  readonly sides: readonly string[];
  readonly discs: readonly number[];
  /** "1-3", "A2" */
  readonly tracks: readonly string[];
}

export function isWhole({ sides, discs, tracks }: TrackChoice): boolean {
  return sides.length + discs.length + tracks.length === 0;
}

/** In the order of the release. Throws UsageError for a side, disc or track that it doesn't have. */
export function chosenTracks(all: readonly PlayableTrack[], choice: TrackChoice): readonly PlayableTrack[] {
  if (isWhole(choice)) return all;
  const sides = choice.sides.map((side) => side.toUpperCase());
  requireAll("side", sides, [...new Set(all.flatMap(({ side }) => (side === null ? [] : [side])))]);
  requireAll("disc", choice.discs.map(String), [...new Set(all.map(({ disc }) => String(disc)))]);
  const onThem = all.filter(
    ({ side, disc }) =>
      (sides.length === 0 || (side !== null && sides.includes(side))) &&
      (choice.discs.length === 0 || choice.discs.includes(disc)),
  );
  if (onThem.length === 0) {
    throw new UsageError(
      `no disc ${choice.discs.join(", ")} has a side ${sides.join(", ")}`,
      "To see sides and tracks: the same with --dry-run, without --disc and --side",
    );
  }
  if (choice.tracks.length === 0) return onThem;
  const ofNumbers = new Set(choice.tracks.flatMap((text) => tracksNamed(text, onThem)));
  return onThem.filter((track) => ofNumbers.has(track));
}

function requireAll(what: "side" | "disc", names: readonly string[], allNames: readonly string[]): void {
  const unknown = names.find((each) => !allNames.includes(each));
  if (unknown === undefined) return;
  throw new UsageError(
    allNames.length === 0
      ? `the release has no ${what}s: no ${what} ${JSON.stringify(unknown.slice(0, 40))}`
      : `the release has no ${what} ${JSON.stringify(unknown.slice(0, 40))}`,
    allNames.length === 0 ? "Choose by place: --tracks 1-3" : `It has: ${allNames.join(", ")}`,
  );
}

/** Finds tracks by printed position, or else by number among the remaining tracks: "3", "1-3", "2-". */
function tracksNamed(text: string, tracks: readonly PlayableTrack[]): PlayableTrack[] {
  const printedAt = text.trim().toUpperCase();
  const range = /^(\d{1,4})(-(\d{1,4})?)?$/.exec(printedAt);
  if (range !== null) {
    const first = Number(range[1]);
    const last = range[2] === undefined ? first : range[3] === undefined ? tracks.length : Number(range[3]);
    if (first >= 1 && first <= last && last <= tracks.length) return tracks.slice(first - 1, last);
    throw new UsageError(
      `--tracks ${text}: there are ${tracks.length} tracks to choose from`,
      `They are 1 to ${tracks.length}, with what is printed: ${tracks.map(({ position }) => position).join(", ")}`,
    );
  }
  const matches = tracks.filter(({ position }) => position.toUpperCase() === printedAt);
  if (matches.length > 0) return matches;
  throw new UsageError(
    `no track is marked ${JSON.stringify(text.slice(0, 40))}`,
    `The printed positions are: ${tracks.map(({ position }) => position).join(", ")}; by place: --tracks 1-3`,
  );
}
