// Thumbhashes, which are a picture in about 25 bytes, and the scaling of pictures.
import type { Pixels } from "../model/cover-preview.ts";
import { rgbaToThumbHash, thumbHashToRGBA } from "thumbhash";

const bitmapSide = 6;
const headBytes = 54;

/** A tiny bitmap as a data address, a tenth of the size of a PNG, which the browser blurs. null for an invalid hash. */
export function toBitmapUrl(thumbhash: string): string | null {
  const pixels = decodeThumbhash(thumbhash);
  if (pixels === null) return null;
  const { width, height, rgba } = shrinkToFit(pixels, bitmapSide);
  // Rows of a BMP are padded to four bytes, and the lowest row comes first.
  const rowBytes = Math.ceil((width * 3) / 4) * 4;
  const bytes = Buffer.alloc(headBytes + rowBytes * height);
  bytes.write("BM", "latin1");
  bytes.writeUInt32LE(bytes.length, 2);
  bytes.writeUInt32LE(headBytes, 10);
  bytes.writeUInt32LE(40, 14);
  bytes.writeInt32LE(width, 18);
  bytes.writeInt32LE(height, 22);
  bytes.writeUInt16LE(1, 26);
  bytes.writeUInt16LE(24, 28);
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      const from = (y * width + x) * 4;
      const to = headBytes + (height - 1 - y) * rowBytes + x * 3;
      bytes.set([rgba[from + 2] ?? 0, rgba[from + 1] ?? 0, rgba[from] ?? 0], to);
    }
  }
  return `data:image/bmp;base64,${bytes.toString("base64")}`;
}

/** The largest side that a thumbhash accepts. */
export const maxHashedSide = 100;

/** Base64. */
export function encodeThumbhash({ width, height, rgba }: Pixels): string {
  return Buffer.from(rgbaToThumbHash(width, height, rgba)).toString("base64");
}

/** Returns 32 pixels a side at most; null for a text that is not a hash, which a damaged cache may hold. */
export function decodeThumbhash(hash: string): Pixels | null {
  const bytes = Buffer.from(hash, "base64");
  if (bytes.length < 5) return null;
  const { w: width, h: height, rgba } = thumbHashToRGBA(bytes);
  return width > 0 && height > 0 ? { width, height, rgba } : null;
}

/** Scales the picture into a square by averaging. Never enlarges it. */
export function shrinkToFit(pixels: Pixels, side: number): Pixels {
  const larger = Math.max(pixels.width, pixels.height);
  if (larger <= side) return pixels;
  const width = Math.max(1, Math.round((pixels.width * side) / larger));
  const height = Math.max(1, Math.round((pixels.height * side) / larger));
  const rgba = new Uint8Array(width * height * 4);
  const columns = splitIntoRanges(pixels.width, width);
  for (const [y, row] of splitIntoRanges(pixels.height, height).entries()) {
    for (const [x, column] of columns.entries())
      rgba.set(averagePixels(pixels, row, column), (y * width + x) * 4);
  }
  return { width, height, rgba };
}

/** The old pixels that a new pixel stands for. */
interface PixelRange {
  readonly from: number;
  /** Excluded. */
  readonly until: number;
}

function splitIntoRanges(before: number, after: number): PixelRange[] {
  return Array.from({ length: after }, (_, at) => ({
    from: Math.floor((at * before) / after),
    until: Math.floor(((at + 1) * before) / after),
  }));
}

/** Colours are weighted by their alpha. */
function averagePixels({ width, rgba }: Pixels, row: PixelRange, column: PixelRange): number[] {
  let [red, green, blue, alpha, count] = [0, 0, 0, 0, 0];
  for (let y = row.from; y < row.until; y += 1) {
    for (let x = column.from; x < column.until; x += 1) {
      const at = (y * width + x) * 4;
      const opacity = rgba[at + 3] ?? 0;
      red += opacity * (rgba[at] ?? 0);
      green += opacity * (rgba[at + 1] ?? 0);
      blue += opacity * (rgba[at + 2] ?? 0);
      alpha += opacity;
      count += 1;
    }
  }
  if (alpha === 0) return [0, 0, 0, 0];
  return [red / alpha, green / alpha, blue / alpha, alpha / count].map(Math.round);
}
