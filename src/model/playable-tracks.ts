// The tracks of a release that can be played, with the disc and side of each.
import type { ArtistCredit, ListedTrack } from "./model.ts";

export interface PlayableTrack {
  /** The printed position; for a track with parts, that of the whole. "" if there is none. */
  readonly position: string;
  readonly title: string;
  readonly artists: readonly ArtistCredit[];
  readonly durationSeconds: number | null;
  readonly disc: number;
  /** "A"; null if there are no sides. */
  readonly side: string | null;
}

interface Line extends Pick<ListedTrack, "position" | "title" | "artists" | "durationSeconds"> {
  readonly read: Position | undefined;
  /** The index track that it belongs to. */
  readonly index: ListedTrack | null;
  readonly isHeading: boolean;
}

/** Headings are not played, the parts of a track are played as one, and tracks under a common title are tracks. */
export function listPlayableTracks(list: readonly ListedTrack[]): PlayableTrack[] {
  const lines = toLines(list);
  const sides = new Set(lines.map(({ read }) => read?.side));
  const place = createPositionTracker(sides.has("B"), listDiscKeys(lines));
  const tracks: PlayableTrack[] = [];
  for (const group of groupLines(lines)) {
    const [first] = group;
    if (first === undefined) continue;
    if (first.isHeading) {
      place.pass(first.title);
      continue;
    }
    tracks.push({ ...toTrack(group), ...place.of(first.read) });
  }
  return tracks;
}

function toLines(list: readonly ListedTrack[]): Line[] {
  const positions = list.flatMap(({ position, parts }) => [position, ...parts.map((part) => part.position)]);
  const isRoman = hasRomanPositions(positions);
  const read = positions.map((position) => parsePosition(position));
  // 1.1, 1.2, 2.1 on every line means disc and track, not a part of a track.
  const readPositions = read.filter((position) => position !== undefined);
  const isDotted =
    list.every(({ parts }) => parts.length === 0) &&
    readPositions.length > 1 &&
    readPositions.every(({ side, disc, part }) => side === null && disc === null && /^\.\d+$/.test(part));
  const toLine = (track: ListedTrack, index: ListedTrack | null): Line => {
    const position = isRoman ? undefined : parsePosition(track.position);
    return {
      ...track,
      artists: track.artists.length > 0 ? track.artists : (index?.artists ?? []),
      read:
        isDotted && position !== undefined
          ? { ...position, disc: position.number, number: Number(position.part.slice(1)), part: "" }
          : position,
      index,
      isHeading: track.kind === "heading",
    };
  };
  return list.flatMap((track) => {
    const parts = track.parts.filter(({ kind }) => kind !== "heading");
    if (parts.length === 0) return [toLine(track, null)];
    return parts.map((part) => toLine(part, track));
  });
}

/** Groups the lines of one track: parts with the same number, or lines without a position under one index. */
function groupLines(lines: readonly Line[]): Line[][] {
  const groups: Line[][] = [];
  for (const line of lines) {
    const group = groups.at(-1);
    const before = group?.[0];
    if (before !== undefined && group !== undefined && isSameTrack(before, line)) group.push(line);
    else groups.push([line]);
  }
  return groups;
}

function isSameTrack(a: Line, b: Line): boolean {
  if (a.isHeading || b.isHeading || a.index !== b.index) return false;
  if (a.index !== null && a.position === "" && b.position === "") return true;
  const [one, other] = [a.read, b.read];
  if (one === undefined || other === undefined || one.part === "" || other.part === "") return false;
  return (
    one.medium === other.medium &&
    one.disc === other.disc &&
    one.side === other.side &&
    one.number === other.number &&
    one.part !== other.part
  );
}

function toTrack(group: readonly Line[]): Omit<PlayableTrack, "disc" | "side"> {
  const [first] = group;
  const { index = null, position = "", title = "", artists = [], durationSeconds = null } = first ?? {};
  const isPart = first?.read !== undefined && first.read.part !== "";
  const isWholeIndex =
    index !== null &&
    (group.length === index.parts.length || isPart || position === "") &&
    index.title !== "";
  // If the parts of an index have several numbers, they are several tracks, and its title is none of theirs.
  const isPlayedAsOne = group.length === index?.parts.filter(({ kind }) => kind !== "heading").length;
  if (group.length === 1 && !(isWholeIndex && (isPart || position === ""))) {
    return { position, title, artists, durationSeconds };
  }
  const lengths = group.map((line) => line.durationSeconds);
  const sum = lengths.reduce<number | null>(
    (total, length) => (total === null || length === null ? null : total + length),
    0,
  );
  return {
    position: isPart ? stripPart(position, first.read.part) : (index?.position ?? position),
    title: isWholeIndex && isPlayedAsOne ? index.title : group.map((line) => line.title).join(" / "),
    artists,
    durationSeconds: (group.length === index?.parts.length ? index.durationSeconds : null) ?? sum,
  };
}

function stripPart(position: string, part: string): string {
  return position.trim().endsWith(part) ? position.trim().slice(0, -part.length) : position;
}

/** The discs in the order of the list, if several media have their own numbers. */
function listDiscKeys(lines: readonly Line[]): readonly string[] {
  const media = new Set(lines.flatMap(({ read }) => (read === undefined ? [] : [read.medium])));
  if (media.size < 2) return [];
  const hasB = lines.some(({ read }) => read?.side === "B");
  return [...new Set(lines.flatMap(({ read }) => (read === undefined ? [] : [toDiscKey(read, hasB)])))];
}

function toDiscKey(position: Position, hasB: boolean): string {
  return `${position.medium} ${getDiscNumber(position, hasB) ?? 1}`;
}

function getDiscNumber({ disc, side }: Position, hasB: boolean): number | null {
  return disc ?? (side === null ? null : computeSideDisc(side, hasB));
}

const numberWords = ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"];

/** "Disc 2", "CD Two", "LP 1: Live", "Side B", "Record 3" */
const headingPattern = new RegExp(
  `^(disc|disk|cd|lp|dvd|record|cassette|vinyl|side|face|seite)\\s*(\\d{1,2}|[a-z]|${numberWords.join("|")})\\b`,
  "i",
);

/** The last heading, or else the line before, completes a position that leaves something out. */
function createPositionTracker(hasB: boolean, discKeys: readonly string[]) {
  let disc = 1;
  let side: string | null = null;
  return {
    /** Reads a heading, which may name the disc or side of the next tracks. */
    pass(heading: string): void {
      const [, kind = "", which = ""] = headingPattern.exec(heading) ?? [];
      if (kind === "") return;
      const word = numberWords.indexOf(which.toLowerCase());
      const number = /^\d+$/.test(which) ? Number(which) : word === -1 ? null : word + 1;
      if (!/^(?:side|face|seite)$/i.test(kind)) {
        if (number !== null && number > 0) [disc, side] = [number, null];
        return;
      }
      side = number === null ? which.toUpperCase() : String.fromCharCode(64 + number);
      disc = Math.max(disc, computeSideDisc(side, true));
    },
    of(position: Position | undefined): Pick<PlayableTrack, "disc" | "side"> {
      if (position === undefined) return { disc, side };
      const own = getDiscNumber(position, hasB);
      const keyed = discKeys.indexOf(toDiscKey(position, hasB));
      if (keyed !== -1) disc = keyed + 1;
      else if (own !== null) disc = own;
      if (position.side !== null) side = position.side;
      else if (position.disc !== null || keyed !== -1) side = null;
      return { disc, side };
    },
  };
}

// Reads the printed position of a track: A1, 1-3, CD2-4, B4.1, 5a. It names the disc, the side and the number, and
// perhaps a part of a track.

interface Position {
  /** The text before the disc's number: "CD", "DVD"; "" if there is none. */
  readonly medium: string;
  readonly disc: number | null;
  /** "A", "AA"; null if there are no sides. */
  readonly side: string | null;
  /** The number on the side or disc; null for a side with one track. */
  readonly number: number | null;
  /** The part of a track: ".1", "a"; "" for a whole track. */
  readonly part: string;
}

const media = "CD|DVD|BD|BR|LP|MC|CASS|CS|USB|VHS|SACD|FLEXI|VINYL|DISC|DISK|FILE";

/** CD2-4, 2-4, 2-A1, LP1 A1, CD4 */
const discPattern = new RegExp(`^(${media})?[ -]?(?:(\\d{1,3})\\s?[-–:]\\s?)?(.+)$`, "i");
/** A1, A-1, A 1, A, AA2, 12, with .1 or a behind */
const trackPattern = /^([A-Z]{1,2})?[- ]?(\d{1,4})?((?:[.-]\d{1,3}|[a-z]{1,2}|\.[a-z]{1,4})?)$/;

function parsePosition(position: string): Position | undefined {
  const text = position.trim().replace(/(?<![\s*.:])[\s*.:]+$/, "");
  const [, medium = "", disc, rest = ""] = discPattern.exec(text) ?? [];
  const isLower = /^(?:[a-z]{1,2}[- ]?\d|[a-z]$)/.test(rest);
  const [, side, number, part = ""] =
    trackPattern.exec(isLower ? rest.replace(/^[a-z]+/, (letters) => letters.toUpperCase()) : rest) ?? [];
  if (side === undefined && number === undefined) return undefined;
  return {
    medium: medium.toUpperCase(),
    disc: disc === undefined ? null : Number(disc),
    side: side ?? null,
    number: number === undefined ? null : Number(number),
    part,
  };
}

/** Each record has two letters: A and B the first, C and D the second. After Z come AA and AB. */
function computeSideDisc(side: string, hasB: boolean): number {
  // A single may have sides A and AA.
  if (/^([A-Z])\1$/.test(side) && !hasB) return computeSideDisc(side.slice(0, 1), hasB);
  const place = Array.from(side).reduce((sum, letter) => sum * 26 + (letter.charCodeAt(0) - 64), 0) - 1;
  return Math.floor(place / 2) + 1;
}

/** Returns true if the positions are Roman numerals, beginning with I and II. */
function hasRomanPositions(positions: readonly string[]): boolean {
  const numerals = positions.filter((position) => position !== "");
  return (
    numerals.length > 1 &&
    numerals[0] === "I" &&
    numerals[1] === "II" &&
    numerals.every((each) => /^[IVX]+$/.test(each))
  );
}
