// What is kept of a cover for good: a hash that gives an idea of it, and two colours.
import { fitInto } from "./box-average.ts";
import { coloursOf } from "./colours.ts";
import { decodeJpeg } from "./jpeg.ts";
import { readableHead } from "./picture-head.ts";
import type { Pixels } from "./pixels.ts";
import { decodePng } from "./png.ts";
import { hashedSide, thumbhashOf } from "./thumbhash.ts";

export interface CoverLook {
  /** Base64. */
  readonly thumbhash: string;
  /** #rrggbb */
  readonly dominantColour: string;
  /** #rrggbb */
  readonly accentColour: string;
}

/** null for what can't be unpacked: damaged, too large, of another type. */
export function lookOf(bytes: Buffer): CoverLook | null {
  const pixels = unpack(bytes);
  if (pixels === null) return null;
  const small = fitInto(pixels, hashedSide);
  const { dominant, accent } = coloursOf(small);
  return { thumbhash: thumbhashOf(small), dominantColour: dominant, accentColour: accent };
}

/** null as for lookOf. */
export function unpack(bytes: Buffer): Pixels | null {
  const head = readableHead(bytes);
  if (head === null) return null;
  try {
    return head.type === "jpeg" ? decodeJpeg(bytes) : decodePng(bytes, head);
  } catch {
    // The decoders' own words are for their authors.
    return null;
  }
}
