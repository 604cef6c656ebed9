// Pictures, and PNG files of them.
import { crc32, deflateSync } from "node:zlib";
import type { Pixels } from "../../src/model/cover-preview.ts";
import { pickInteger, createSeededRandom } from "./random.ts";

type Paint = (x: number, y: number) => readonly [red: number, green: number, blue: number, alpha?: number];

export function paintPixels(width: number, height: number, paint: Paint): Pixels {
  const rgba = new Uint8Array(width * height * 4);
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      const [red, green, blue, alpha = 255] = paint(x, y);
      rgba.set([red, green, blue, alpha], (y * width + x) * 4);
    }
  }
  return { width, height, rgba };
}

/** Four fields, a diagonal and some grain: something of everything that a cover has. */
export function paintCover(width: number, height: number, seed: number, hasAlpha = false): Pixels {
  const random = createSeededRandom(seed);
  const fields = Array.from(
    { length: 4 },
    () => [pickInteger(random, 0, 255), pickInteger(random, 0, 255), pickInteger(random, 0, 255)] as const,
  );
  return paintPixels(width, height, (x, y) => {
    const field = fields[(x * 2 < width ? 0 : 1) + (y * 2 < height ? 0 : 2)] ?? [0, 0, 0];
    const grain = pickInteger(random, -6, 6);
    const isLine = Math.abs(x * height - y * width) < Math.max(width, height) * 2;
    const [red, green, blue] = isLine ? [250, 245, 230] : field;
    const clampByte = (value: number): number => Math.min(255, Math.max(0, value + grain));
    return [clampByte(red), clampByte(green), clampByte(blue), hasAlpha ? pickInteger(random, 0, 255) : 255];
  });
}

interface PngOptions {
  /** false: only red, green and blue. */
  readonly hasAlpha?: boolean;
  /** Chunks before the pixels, by their names. */
  readonly chunks?: readonly (readonly [name: string, data: Buffer])[];
  /** The size that it claims in place of its own. */
  readonly claims?: { readonly width: number; readonly height: number };
  /** Depth, colour type, two zeros and interlacing, in place of the true ones. */
  readonly header?: readonly number[];
}

/** Encodes unfiltered rows. */
export function encodePng(pixels: Pixels, form: PngOptions = {}): Buffer {
  const { width, height, rgba } = pixels;
  const { hasAlpha = true, chunks = [], claims = pixels } = form;
  const head = Buffer.alloc(13);
  head.writeUInt32BE(claims.width, 0);
  head.writeUInt32BE(claims.height, 4);
  head.set(form.header ?? [8, hasAlpha ? 6 : 2, 0, 0, 0], 8);
  const rows = Array.from({ length: height }, (_, row) => {
    const values = rgba.subarray(row * width * 4, (row + 1) * width * 4);
    return Buffer.from([0, ...(hasAlpha ? values : values.filter((_value, at) => at % 4 < 3))]);
  });
  return Buffer.concat([
    Buffer.from("89504e470d0a1a0a", "hex"),
    encodePngChunk("IHDR", head),
    ...chunks.map(([name, data]) => encodePngChunk(name, data)),
    encodePngChunk("IDAT", deflateSync(Buffer.concat(rows))),
    encodePngChunk("IEND", Buffer.alloc(0)),
  ]);
}

export function encodePngChunk(name: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(name, "latin1"), data]);
  const chunk = Buffer.alloc(body.length + 8);
  chunk.writeUInt32BE(data.length, 0);
  body.copy(chunk, 4);
  chunk.writeUInt32BE(crc32(body), body.length + 4);
  return chunk;
}
