// Thumbhashes, which are a picture in about 25 bytes, and the scaling of pictures.
import { rgbaToThumbHash, thumbHashToRGBA } from "thumbhash";

const bitmapSide = 6;
const headBytes = 54;

/** A tiny bitmap as a data address, a tenth of the size of a PNG, which the browser blurs. null for an invalid hash. */
export function tinyBitmap(thumbhash: string): string | null {
  const pixels = pixelsOfThumbhash(thumbhash);
  if (pixels === null) return null;
  const { width, height, rgba } = fitInto(pixels, bitmapSide);
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

/** A decoded picture: red, green, blue and alpha of each pixel, row by row. */
export interface Pixels {
  readonly width: number;
  readonly height: number;
  readonly rgba: Uint8Array;
}

/** Scales the picture into a square by averaging. Never enlarges it. */
export function fitInto(pixels: Pixels, side: number): Pixels {
  const { width, height } = pixels;
  const larger = Math.max(width, height);
  if (larger <= side) return pixels;
  return average(pixels, {
    width: Math.max(1, Math.round((width * side) / larger)),
    height: Math.max(1, Math.round((height * side) / larger)),
  });
}

/** The old pixels that a new pixel covers, with their weights in whole numbers. */
interface Span {
  readonly first: number;
  readonly weights: readonly number[];
}

function spans(from: number, to: number): Span[] {
  return Array.from({ length: to }, (_, at) => {
    const first = Math.floor((at * from) / to);
    const end = Math.ceil(((at + 1) * from) / to);
    const weights = Array.from({ length: end - first }, (_unused, n) => {
      const old = first + n;
      return Math.min((at + 1) * from, (old + 1) * to) - Math.max(at * from, old * to);
    });
    return { first, weights };
  });
}

function average(pixels: Pixels, size: Omit<Pixels, "rgba">): Pixels {
  const columns = spans(pixels.width, size.width);
  const rows = spans(pixels.height, size.height);
  const rgba = new Uint8Array(size.width * size.height * 4);
  let at = 0;
  for (const row of rows) {
    for (const column of columns) {
      rgba.set(averageOf(pixels, row, column), at);
      at += 4;
    }
  }
  return { ...size, rgba };
}

/** Colours are weighted by their alpha. */
function averageOf({ width, rgba }: Pixels, row: Span, column: Span): [number, number, number, number] {
  let [red, green, blue, alpha, area] = [0, 0, 0, 0, 0];
  for (let y = 0; y < row.weights.length; y += 1) {
    let at = ((row.first + y) * width + column.first) * 4;
    for (let x = 0; x < column.weights.length; x += 1, at += 4) {
      const weight = (row.weights[y] ?? 0) * (column.weights[x] ?? 0);
      const opacity = weight * (rgba[at + 3] ?? 0);
      red += opacity * (rgba[at] ?? 0);
      green += opacity * (rgba[at + 1] ?? 0);
      blue += opacity * (rgba[at + 2] ?? 0);
      alpha += opacity;
      area += weight;
    }
  }
  if (alpha === 0) return [0, 0, 0, 0];
  return [
    Math.round(red / alpha),
    Math.round(green / alpha),
    Math.round(blue / alpha),
    Math.round(alpha / area),
  ];
}
