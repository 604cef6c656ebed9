// Thumbhashes: a picture in about 25 bytes.
import { rgbaToThumbHash, thumbHashToRGBA } from "thumbhash";
import { fitInto, type Pixels } from "./pixels.ts";

const side = 6;
const headBytes = 54;

/** A tiny bitmap as a data address, a tenth of the size of a PNG, which the browser blurs. null for an invalid hash. */
export function tinyBitmap(thumbhash: string): string | null {
  const pixels = pixelsOfThumbhash(thumbhash);
  if (pixels === null) return null;
  const { width, height, rgba } = fitInto(pixels, side);
  // In a BMP, rows are padded to four bytes, and the lowest row comes first.
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
export const hashedSide = 100;

/** Base64. */
export function thumbhashOf({ width, height, rgba }: Pixels): string {
  return Buffer.from(rgbaToThumbHash(width, height, rgba)).toString("base64");
}

/** At most 32 pixels wide and high; null for a text that is no hash, as a damaged cache may hold. */
export function pixelsOfThumbhash(hash: string): Pixels | null {
  const bytes = Buffer.from(hash, "base64");
  if (bytes.length < 5) return null;
  const { w: width, h: height, rgba } = thumbHashToRGBA(bytes);
  return width > 0 && height > 0 ? { width, height, rgba } : null;
}
