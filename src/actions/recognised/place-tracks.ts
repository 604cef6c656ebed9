// Finds the sides that were on the turntable from the tracks that a recogniser heard: it looks for the cheapest story of a sitting:
// changing the record costs more than turning it over, and a misheard track costs less than two changes. The story
// depends on the times of the tracks alone, never on the order in which they arrived.
import type { RecognisedRow } from "../../store/decisions/recognised-tracks.ts";
import type { ListedRelease, Place } from "./shelf-tracks.ts";

export interface HeardTrack {
  readonly row: RecognisedRow;
  readonly places: readonly Place[];
}

/** A logged play that does not change any more. */
export interface LoggedPlay {
  readonly uuid: string;
  readonly releaseId: number;
  readonly fromUts: number;
  readonly toUts: number;
  /** Its tracks; null if they are unknown. */
  readonly places: ReadonlySet<Place> | null;
  /** The last track that a recogniser heard; null if the user logged the play. */
  readonly end: { readonly place: Place; readonly lastUts: number } | null;
}

/** A track that was heard on a side, once or several times in a row. */
interface Sound {
  readonly rows: readonly RecognisedRow[];
  readonly firstUts: number;
  readonly lastUts: number;
  readonly places: readonly Place[];
}

export interface PlacedSound extends Sound {
  readonly place: Place;
}

/** One side in one go. */
export interface Side {
  readonly release: ListedRelease;
  readonly sounds: readonly PlacedSound[];
  /** The logged play that it continues. */
  readonly continues: LoggedPlay | null;
  /** The side began no earlier: until then, something else was heard. */
  readonly notBeforeUts: number;
}

/** One record in one go. */
export interface Sitting {
  readonly state: "logged" | "pending" | "alone";
  /** The releases that fit; one if it is logged. */
  readonly releases: readonly ListedRelease[];
  readonly sides: readonly Side[];
}

const cost = { missed: 1, mostMissed: 6, flip: 3, jump: 7, again: 13, misheard: 13, change: 14 } as const;
/** Two stories fit equally well if their costs differ by no more than this. */
const equalWithin = 5;
/** How late a recogniser may be, and by how much lengths may be wrong. */
const slackSeconds = 120;
const fastest = 0.8;
/** A story never has more misheard tracks in a row. */
const mostMisheard = 12;

/**
 * `joinedTracks`: those that belong to a play that is logged already. Tracks that neither a sitting nor such a play has
 * were misheard.
 */
export function placeTracks(tracks: readonly HeardTrack[], plays: readonly LoggedPlay[]) {
  const joinedTracks = new Map<number, { play: LoggedPlay; place: Place }>();
  const byPlay = new Map<LoggedPlay | null, HeardTrack[]>();
  const playsInOrder = plays.toSorted((a, b) => a.fromUts - b.fromUts);
  for (const track of tracks.toSorted(({ row: a }, { row: b }) => a.uts - b.uts || a.id - b.id)) {
    const { uts, id } = track.row;
    const home = playsInOrder
      .map((play) => ({ play, place: placeIn(play, track) }))
      .find(({ place }) => place);
    if (home?.place !== undefined) {
      joinedTracks.set(id, { play: home.play, place: home.place });
      continue;
    }
    const before = playsInOrder.findLast(({ fromUts }) => fromUts <= uts) ?? null;
    if (before?.end != null && uts <= before.end.lastUts) continue;
    byPlay.set(before, [...(byPlay.get(before) ?? []), track]);
  }
  const sittings = [...byPlay].flatMap(([before, sittingTracks]) =>
    sittingsAfter(before, soundsOf(sittingTracks)),
  );
  return { sittings, joinedTracks };
}

/** The place of a track on a play that was logged while the track was heard. Undefined if it is not on it. */
function placeIn(play: LoggedPlay, { row: { uts }, places }: HeardTrack): Place | undefined {
  if (uts < play.fromUts - slackSeconds || uts > play.toUts + slackSeconds) return undefined;
  return places.find((place) => place.release.id === play.releaseId && (play.places?.has(place) ?? true));
}

/** A track that was recognised several times in a row is one. */
function soundsOf(tracks: readonly HeardTrack[]): Sound[] {
  const sounds: Sound[] = [];
  for (const { row, places } of tracks) {
    const { uts } = row;
    const last = sounds.at(-1);
    const isSame =
      last?.places.length === places.length &&
      last.places.every((place, at) => place === places[at]) &&
      places.some(({ seconds }) => uts - last.firstUts <= seconds + slackSeconds);
    if (!isSame) sounds.push({ rows: [row], firstUts: uts, lastUts: uts, places });
    else sounds[sounds.length - 1] = { ...last, rows: [...last.rows, row], lastUts: uts };
  }
  return sounds;
}

interface Step {
  readonly sound: Sound;
  readonly at: number;
  readonly place: Place;
  readonly cost: number;
  readonly before: Step | null;
}

function sittingsAfter(play: LoggedPlay | null, sounds: readonly Sound[]): Sitting[] {
  const story = cheapest(sounds, (to, sound) => costAfter(play, to, sound));
  const sittings: Sitting[] = [];
  for (let at = 0; at < story.length;) {
    let until = at + 1;
    while (until < story.length && isSameSitting(story[until] as Step)) until += 1;
    sittings.push(sittingOf(story.slice(at, until), play));
    at = until;
  }
  const ends = sittings.map(({ sides }) => [sides[0]?.sounds[0], sides.at(-1)?.sounds.at(-1)]);
  const storySounds = new Set(story.map((step) => step.sound));
  const isInside = ({ firstUts }: Sound): boolean =>
    ends.some(([first, last]) => firstUts > (first?.firstUts ?? 0) && firstUts < (last?.lastUts ?? 0));
  const alone = sounds.filter((sound) => !storySounds.has(sound) && !isInside(sound));
  return [...sittings, ...alone.map(aloneOf)];
}

/** A track without another one of its record before or after it. */
function aloneOf(sound: Sound): Sitting {
  const [place] = sound.places as [Place];
  const { release } = place;
  const side = { release, sounds: [{ ...sound, place }], continues: null, notBeforeUts: sound.firstUts };
  const releases = [...new Set(sound.places.map((each) => each.release))];
  return { state: isChosen(sound) ? "logged" : "alone", releases, sides: [side] };
}

/** If the user chose the release, no second track has to prove it. */
function isChosen({ rows }: Sound): boolean {
  return rows.some(({ chosenRelease }) => chosenRelease !== null);
}

function isSameSitting({ before, place, sound }: Step): boolean {
  return before !== null && costFrom(before.place, before.sound.lastUts, place, sound) < cost.change;
}

/** The places of the sounds that were not misheard. */
function cheapest(sounds: readonly Sound[], first: (to: Place, sound: Sound) => number): Step[] {
  const steps: Step[][] = [];
  let best: { readonly step: Step | null; readonly cost: number } = {
    step: null,
    cost: sounds.length * cost.misheard,
  };
  for (const [at, sound] of sounds.entries()) {
    steps[at] = sound.places.map((place): Step => {
      let step: Step = {
        sound,
        at,
        place,
        cost: at * cost.misheard + first(place, sound),
        before: null,
      };
      for (const before of steps.slice(Math.max(0, at - mostMisheard - 1), at).flat()) {
        const misheard = (at - before.at - 1) * cost.misheard;
        const whole = before.cost + misheard + costFrom(before.place, before.sound.lastUts, place, sound);
        if (whole < step.cost) step = { ...step, cost: whole, before };
      }
      return step;
    });
    for (const step of steps[at] ?? []) {
      const whole = step.cost + (sounds.length - 1 - at) * cost.misheard;
      if (whole < best.cost) best = { step, cost: whole };
    }
  }
  const story: Step[] = [];
  for (let step = best.step; step !== null; step = step.before) story.unshift(step);
  return story;
}

function costAfter(play: LoggedPlay | null, to: Place, sound: Sound): number {
  if (play === null) return cost.change;
  if (play.end !== null) return costFrom(play.end.place, play.end.lastUts, to, sound);
  const isOn = play.releaseId === to.release.id && sound.firstUts <= play.toUts + to.part.seconds;
  return isOn ? cost.flip : cost.change;
}

function costFrom(from: Place, lastUts: number, to: Place, { firstUts, lastUts: endUts }: Sound): number {
  const gap = firstUts - lastUts;
  const rest = from.part.seconds - from.begins;
  if (from.release !== to.release || gap > rest + from.part.seconds) return cost.change;
  if (from.part !== to.part) {
    const other = cost.flip + costOfMissing(to.index - to.part.firstIndex, to.begins, gap);
    // A track of an earlier side was more likely misheard, unless another one follows.
    if (to.index < from.index) return other - cost.flip + cost.again;
    // The next side costs nothing: a pressing with fewer sides does not fit better.
    const missed = from.release.tracks.slice(from.index + 1, to.index);
    const between = missed.reduce((sum, { seconds }) => sum + seconds, 0);
    const isNext = to.part.number === from.part.number + 1;
    return isNext ? Math.min(other, costOfMissing(missed.length, between, gap)) : other;
  }
  if (isSilence(from, to, gap) || from.index > to.index) return cost.again;
  if (from.index === to.index) return endUts - lastUts <= to.seconds + slackSeconds ? 0 : cost.again;
  return costOfMissing(to.index - from.index - 1, to.begins - from.begins - from.seconds, gap);
}

/** A silence longer than the side ends it. Missed tracks are no silence. */
function isSilence(from: Place, to: Place, gap: number): boolean {
  return gap - Math.max(0, to.begins - from.begins) > from.part.seconds;
}

/** Tracks that nobody heard may have been missed, if there was the time for them. */
function costOfMissing(count: number, seconds: number, gap: number): number {
  if (count === 0) return 0;
  return wasTimeFor(seconds, gap) ? Math.min(cost.mostMissed, count * cost.missed) : cost.jump;
}

export function wasTimeFor(seconds: number, gap: number): boolean {
  return seconds * fastest - slackSeconds / 2 <= gap;
}

function sittingOf(steps: readonly Step[], play: LoggedPlay | null): Sitting {
  const [first] = steps as [Step];
  const { release } = first.place;
  const start = (to: Place, sound: Sound): number =>
    first.before === null
      ? costAfter(play, to, sound)
      : costFrom(first.before.place, first.before.sound.lastUts, to, sound);
  const costAs = (candidate: ListedRelease): number => {
    const sounds = steps.map(({ sound }) => ({
      ...sound,
      places: sound.places.filter((place) => place.release === candidate),
    }));
    const story = cheapest(sounds, start);
    const misheard = sounds.length - 1 - (story.at(-1)?.at ?? -1);
    return (story.at(-1)?.cost ?? 0) + misheard * cost.misheard;
  };
  const own = costAs(release);
  const others = new Set(steps.flatMap(({ sound }) => sound.places.map((place) => place.release)));
  others.delete(release);
  const equals = [...others].filter((other) => costAs(other) <= own + equalWithin);
  const isProved =
    new Set(steps.map(({ place }) => place)).size > 1 ||
    steps.some(({ sound }) => isChosen(sound)) ||
    (first.before === null && play !== null && costAfter(play, first.place, first.sound) < cost.change);
  return {
    state: !isProved ? "alone" : equals.length > 0 ? "pending" : "logged",
    releases: [release, ...equals],
    sides: sidesOf(steps, play),
  };
}

function sidesOf(steps: readonly Step[], play: LoggedPlay | null): Side[] {
  const sides: (Side & { readonly sounds: PlacedSound[] })[] = [];
  for (const { sound, place, before } of steps) {
    const placed: PlacedSound = { ...sound, place };
    const end = before === null ? play?.end : { place: before.place, lastUts: before.sound.lastUts };
    const isNext = end != null && isContinued(end.place, end.lastUts, place, sound);
    const side = sides.at(-1);
    if (isNext && side !== undefined) side.sounds.push(placed);
    else {
      const continues = isNext && before === null ? play : null;
      const notBeforeUts = end?.lastUts ?? Number.NEGATIVE_INFINITY;
      sides.push({ release: place.release, sounds: [placed], continues, notBeforeUts });
    }
  }
  return sides;
}

function isContinued(from: Place, lastUts: number, to: Place, sound: Sound): boolean {
  return (
    from.part === to.part &&
    costFrom(from, lastUts, to, sound) < cost.again &&
    !isSilence(from, to, sound.firstUts - lastUts)
  );
}
