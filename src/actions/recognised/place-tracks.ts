// Finds the sides that were on the turntable from the tracks that a recogniser heard: it looks for the cheapest story of a sitting:
// changing the record costs more than turning it over, and a misheard track costs less than two changes. The story
// depends on the times of the tracks alone, never on the order in which they arrived.
import { addToList } from "../../model/grouping.ts";
import type { RecognisedRow } from "../../store/decisions/recognised-tracks.ts";
import type { ListedRelease, Place } from "./track-index.ts";

export interface HeardTrack {
  readonly row: RecognisedRow;
  readonly places: readonly Place[];
}

/** A logged play that does not change any more. */
export interface EarlierPlay {
  readonly uuid: string;
  readonly releaseId: number;
  readonly fromUts: number;
  readonly toUts: number;
  /** The tracks of the play; null if they are unknown. */
  readonly places: ReadonlySet<Place> | null;
  /** The last track that a recogniser heard; null if the user logged the play. */
  readonly end: { readonly place: Place; readonly lastUts: number } | null;
}

/** A track that was heard on a side, once or several times in a row. */
interface HeardPlay {
  readonly rows: readonly RecognisedRow[];
  readonly firstUts: number;
  readonly lastUts: number;
  readonly places: readonly Place[];
}

export interface PlacedTrack extends HeardPlay {
  readonly place: Place;
}

/** One side in one go. */
export interface Side {
  readonly release: ListedRelease;
  readonly sounds: readonly PlacedTrack[];
  /** The logged play that it continues. */
  readonly continues: EarlierPlay | null;
  /** The side began no earlier: until then, something else was heard. */
  readonly notBeforeUts: number;
}

/** One record in one go. */
export interface ListeningSession {
  readonly state: "logged" | "pending" | "alone";
  /** The releases that fit; one if it is logged. */
  readonly releases: readonly ListedRelease[];
  readonly sides: readonly Side[];
}

const cost = { missed: 1, maxMissed: 6, flip: 3, jump: 7, again: 13, misheard: 13, change: 14 } as const;
/** Two stories fit equally well if their costs differ by no more than this. */
const maxCostDifference = 5;
/** How late a recogniser may be, and by how much lengths may be wrong. */
const toleranceSeconds = 120;
const minLengthRatio = 0.8;
/** A story never has more misheard tracks in a row. */
const maxMisheard = 12;

/**
 * `joinedTracks`: those that belong to a play that is logged already. Tracks that neither a sitting nor such a play has
 * were misheard.
 */
export function placeTracks(tracks: readonly HeardTrack[], plays: readonly EarlierPlay[]) {
  const joinedTracks = new Map<number, { play: EarlierPlay; place: Place }>();
  const byPlay = new Map<EarlierPlay | null, HeardTrack[]>();
  const playsInOrder = plays.toSorted((a, b) => a.fromUts - b.fromUts);
  for (const track of tracks.toSorted(({ row: a }, { row: b }) => a.uts - b.uts || a.id - b.id)) {
    const { uts, id } = track.row;
    const home = playsInOrder
      .map((play) => ({ play, place: findPlaceInPlay(play, track) }))
      .find(({ place }) => place);
    if (home?.place !== undefined) {
      joinedTracks.set(id, { play: home.play, place: home.place });
      continue;
    }
    const before = playsInOrder.findLast(({ fromUts }) => fromUts <= uts) ?? null;
    if (before?.end != null && uts <= before.end.lastUts) continue;
    addToList(byPlay, before, track);
  }
  const sittings = [...byPlay].flatMap(([before, sittingTracks]) =>
    findSessions(before, mergeRepeats(sittingTracks)),
  );
  return { sittings, joinedTracks };
}

/** The place of a track on a play that was logged while the track was heard. Undefined if it is not on it. */
function findPlaceInPlay(play: EarlierPlay, { row: { uts }, places }: HeardTrack): Place | undefined {
  if (uts < play.fromUts - toleranceSeconds || uts > play.toUts + toleranceSeconds) return undefined;
  return places.find((place) => place.release.id === play.releaseId && (play.places?.has(place) ?? true));
}

/** A track that was recognised several times in a row is one. */
function mergeRepeats(tracks: readonly HeardTrack[]): HeardPlay[] {
  const sounds: HeardPlay[] = [];
  for (const { row, places } of tracks) {
    const { uts } = row;
    const last = sounds.at(-1);
    const isSame =
      last?.places.length === places.length &&
      last.places.every((place, at) => place === places[at]) &&
      places.some(({ seconds }) => uts - last.firstUts <= seconds + toleranceSeconds);
    if (!isSame) sounds.push({ rows: [row], firstUts: uts, lastUts: uts, places });
    else sounds[sounds.length - 1] = { ...last, rows: [...last.rows, row], lastUts: uts };
  }
  return sounds;
}

interface PathStep {
  readonly heard: HeardPlay;
  readonly at: number;
  readonly place: Place;
  readonly cost: number;
  readonly previous: PathStep | null;
}

function findSessions(play: EarlierPlay | null, sounds: readonly HeardPlay[]): ListeningSession[] {
  const story = findCheapestPath(sounds, (to, sound) => computeCostAfterPlay(play, to, sound));
  const sittings: ListeningSession[] = [];
  for (let at = 0; at < story.length;) {
    let until = at + 1;
    while (until < story.length && isSameSession(story[until] as PathStep)) until += 1;
    sittings.push(buildSession(story.slice(at, until), play));
    at = until;
  }
  const ends = sittings.map(({ sides }) => [sides[0]?.sounds[0], sides.at(-1)?.sounds.at(-1)]);
  const storySounds = new Set(story.map((step) => step.heard));
  const isInside = ({ firstUts }: HeardPlay): boolean =>
    ends.some(([first, last]) => firstUts > (first?.firstUts ?? 0) && firstUts < (last?.lastUts ?? 0));
  const alone = sounds.filter((sound) => !storySounds.has(sound) && !isInside(sound));
  return [...sittings, ...alone.map(buildSingleTrackSession)];
}

/** A track without another one of its record before or after it. */
function buildSingleTrackSession(sound: HeardPlay): ListeningSession {
  const [place] = sound.places as [Place];
  const { release } = place;
  const side = { release, sounds: [{ ...sound, place }], continues: null, notBeforeUts: sound.firstUts };
  const releases = [...new Set(sound.places.map((each) => each.release))];
  return { state: isChosen(sound) ? "logged" : "alone", releases, sides: [side] };
}

/** If the user chose the release, no second track has to prove it. */
function isChosen({ rows }: HeardPlay): boolean {
  return rows.some(({ chosenRelease }) => chosenRelease !== null);
}

function isSameSession({ previous, place, heard }: PathStep): boolean {
  return (
    previous !== null && computeStepCost(previous.place, previous.heard.lastUts, place, heard) < cost.change
  );
}

/** The places of the sounds that were not misheard. */
function findCheapestPath(
  sounds: readonly HeardPlay[],
  first: (to: Place, sound: HeardPlay) => number,
): PathStep[] {
  const steps: PathStep[][] = [];
  let best: { readonly step: PathStep | null; readonly cost: number } = {
    step: null,
    cost: sounds.length * cost.misheard,
  };
  for (const [at, sound] of sounds.entries()) {
    steps[at] = sound.places.map((place): PathStep => {
      let step: PathStep = {
        heard: sound,
        at,
        place,
        cost: at * cost.misheard + first(place, sound),
        previous: null,
      };
      for (const before of steps.slice(Math.max(0, at - maxMisheard - 1), at).flat()) {
        const misheard = (at - before.at - 1) * cost.misheard;
        const whole =
          before.cost + misheard + computeStepCost(before.place, before.heard.lastUts, place, sound);
        if (whole < step.cost) step = { ...step, cost: whole, previous: before };
      }
      return step;
    });
    for (const step of steps[at] ?? []) {
      const whole = step.cost + (sounds.length - 1 - at) * cost.misheard;
      if (whole < best.cost) best = { step, cost: whole };
    }
  }
  const story: PathStep[] = [];
  for (let step = best.step; step !== null; step = step.previous) story.unshift(step);
  return story;
}

function computeCostAfterPlay(play: EarlierPlay | null, to: Place, sound: HeardPlay): number {
  if (play === null) return cost.change;
  if (play.end !== null) return computeStepCost(play.end.place, play.end.lastUts, to, sound);
  const isOn = play.releaseId === to.release.id && sound.firstUts <= play.toUts + to.part.seconds;
  return isOn ? cost.flip : cost.change;
}

function computeStepCost(
  from: Place,
  lastUts: number,
  to: Place,
  { firstUts, lastUts: endUts }: HeardPlay,
): number {
  const gap = firstUts - lastUts;
  const rest = from.part.seconds - from.offsetSeconds;
  if (from.release !== to.release || gap > rest + from.part.seconds) return cost.change;
  if (from.part !== to.part) {
    const other = cost.flip + computeMissedCost(to.index - to.part.firstIndex, to.offsetSeconds, gap);
    // A track of an earlier side was more likely misheard, unless another one follows.
    if (to.index < from.index) return other - cost.flip + cost.again;
    // The next side costs nothing: a pressing with fewer sides does not fit better.
    const missed = from.release.tracks.slice(from.index + 1, to.index);
    const between = missed.reduce((sum, { seconds }) => sum + seconds, 0);
    const isNext = to.part.number === from.part.number + 1;
    return isNext ? Math.min(other, computeMissedCost(missed.length, between, gap)) : other;
  }
  if (isSilence(from, to, gap) || from.index > to.index) return cost.again;
  if (from.index === to.index) return endUts - lastUts <= to.seconds + toleranceSeconds ? 0 : cost.again;
  return computeMissedCost(
    to.index - from.index - 1,
    to.offsetSeconds - from.offsetSeconds - from.seconds,
    gap,
  );
}

/** A silence longer than the side ends it. Missed tracks are no silence. */
function isSilence(from: Place, to: Place, gap: number): boolean {
  return gap - Math.max(0, to.offsetSeconds - from.offsetSeconds) > from.part.seconds;
}

/** Tracks that nobody heard may have been missed, if there was the time for them. */
function computeMissedCost(count: number, seconds: number, gap: number): number {
  if (count === 0) return 0;
  return hasTimeFor(seconds, gap) ? Math.min(cost.maxMissed, count * cost.missed) : cost.jump;
}

export function hasTimeFor(seconds: number, gap: number): boolean {
  return seconds * minLengthRatio - toleranceSeconds / 2 <= gap;
}

function buildSession(steps: readonly PathStep[], play: EarlierPlay | null): ListeningSession {
  const [first] = steps as [PathStep];
  const { release } = first.place;
  const computeStartCost = (to: Place, sound: HeardPlay): number =>
    first.previous === null
      ? computeCostAfterPlay(play, to, sound)
      : computeStepCost(first.previous.place, first.previous.heard.lastUts, to, sound);
  const computeReleaseCost = (candidate: ListedRelease): number => {
    const sounds = steps.map(({ heard }) => ({
      ...heard,
      places: heard.places.filter((place) => place.release === candidate),
    }));
    const story = findCheapestPath(sounds, computeStartCost);
    const misheard = sounds.length - 1 - (story.at(-1)?.at ?? -1);
    return (story.at(-1)?.cost ?? 0) + misheard * cost.misheard;
  };
  const own = computeReleaseCost(release);
  const others = new Set(steps.flatMap(({ heard }) => heard.places.map((place) => place.release)));
  others.delete(release);
  const equals = [...others].filter((other) => computeReleaseCost(other) <= own + maxCostDifference);
  const isProved =
    new Set(steps.map(({ place }) => place)).size > 1 ||
    steps.some(({ heard }) => isChosen(heard)) ||
    (first.previous === null &&
      play !== null &&
      computeCostAfterPlay(play, first.place, first.heard) < cost.change);
  return {
    state: !isProved ? "alone" : equals.length > 0 ? "pending" : "logged",
    releases: [release, ...equals],
    sides: splitIntoSides(steps, play),
  };
}

function splitIntoSides(steps: readonly PathStep[], play: EarlierPlay | null): Side[] {
  const sides: (Side & { readonly sounds: PlacedTrack[] })[] = [];
  for (const { heard, place, previous } of steps) {
    const placed: PlacedTrack = { ...heard, place };
    const end = previous === null ? play?.end : { place: previous.place, lastUts: previous.heard.lastUts };
    const isNext = end != null && isContinued(end.place, end.lastUts, place, heard);
    const side = sides.at(-1);
    if (isNext && side !== undefined) side.sounds.push(placed);
    else {
      const continues = isNext && previous === null ? play : null;
      const notBeforeUts = end?.lastUts ?? Number.NEGATIVE_INFINITY;
      sides.push({ release: place.release, sounds: [placed], continues, notBeforeUts });
    }
  }
  return sides;
}

function isContinued(from: Place, lastUts: number, to: Place, sound: HeardPlay): boolean {
  return (
    from.part === to.part &&
    computeStepCost(from, lastUts, to, sound) < cost.again &&
    !isSilence(from, to, sound.firstUts - lastUts)
  );
}
