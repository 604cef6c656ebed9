// A picture of a few pixels as the address of an image: a browser makes a blur of it, in a tenth of the letters of a PNG.
import { fitInto } from "./box-average.ts";
import { pixelsOfThumbhash } from "./thumbhash.ts";

const side = 6;
const headBytes = 54;

/** null for what is no hash. */
export function tinyBitmap(thumbhash: string): string | null {
  const pixels = pixelsOfThumbhash(thumbhash);
  if (pixels === null) return null;
  const { width, height, rgba } = fitInto(pixels, side);
  // Rows end on four bytes, and the lowest is the first.
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
