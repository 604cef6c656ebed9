// Reads the printed position of a track: A1, 1-3, CD2-4, B4.1, 5a. It names the disc, the side and the number, and
// perhaps a part of a track.
export interface Position {
  /** The text before the disc's number: "CD", "DVD"; "" if there is none. */
  readonly medium: string;
  /** null if the position names none. */
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
const discs = new RegExp(`^(${media})?[ -]?(?:(\\d{1,3})\\s?[-–:]\\s?)?(.+)$`, "i");
/** A1, A-1, A 1, A, AA2, 12, with .1 or a behind */
const track = /^([A-Z]{1,2})?[- ]?(\d{1,4})?((?:[.-]\d{1,3}|[a-z]{1,2}|\.[a-z]{1,4})?)$/;

/** Returns undefined for an unknown format. */
export function readPosition(position: string): Position | undefined {
  const text = position.trim().replace(/[\s*.:]+$/, "");
  const [, medium = "", disc, rest = ""] = discs.exec(text) ?? [];
  const isLower = /^(?:[a-z]{1,2}[- ]?\d|[a-z]$)/.test(rest);
  const [, side, number, part = ""] =
    track.exec(isLower ? rest.replace(/^[a-z]+/, (letters) => letters.toUpperCase()) : rest) ?? [];
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
export function discOfSide(side: string, { hasB }: { readonly hasB: boolean }): number {
  // A single may have sides A and AA.
  if (/^([A-Z])\1$/.test(side) && !hasB) return discOfSide(side.slice(0, 1), { hasB });
  const place = Array.from(side).reduce((sum, letter) => sum * 26 + (letter.charCodeAt(0) - 64), 0) - 1;
  return Math.floor(place / 2) + 1;
}

/** Returns true if the positions are Roman numerals, beginning with I and II. */
export function areRoman(positions: readonly string[]): boolean {
  const numerals = positions.filter((position) => position !== "");
  return (
    numerals.length > 1 &&
    numerals[0] === "I" &&
    numerals[1] === "II" &&
    numerals.every((each) => /^[IVX]+$/.test(each))
  );
}
