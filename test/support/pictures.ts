// Pictures as files, made here: PNGs, and JPEGs of flat blocks whose colours are known exactly.
import { deflateSync } from "node:zlib";
import type { Pixels } from "../../src/images/thumbhash.ts";
import { between, seeded } from "./random.ts";
import { crc32 } from "./zip-file.ts";

type Paint = (x: number, y: number) => readonly [red: number, green: number, blue: number, alpha?: number];

export function painted(width: number, height: number, paint: Paint): Pixels {
  const rgba = new Uint8Array(width * height * 4);
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      const [red, green, blue, alpha = 255] = paint(x, y);
      rgba.set([red, green, blue, alpha], (y * width + x) * 4);
    }
  }
  return { width, height, rgba };
}

/** Four fields, a diagonal and some grain: something of everything that a sleeve has. */
export function sleeve(width: number, height: number, seed: number, hasAlpha = false): Pixels {
  const random = seeded(seed);
  const fields = Array.from(
    { length: 4 },
    () => [between(random, 0, 255), between(random, 0, 255), between(random, 0, 255)] as const,
  );
  return painted(width, height, (x, y) => {
    const field = fields[(x * 2 < width ? 0 : 1) + (y * 2 < height ? 0 : 2)] ?? [0, 0, 0];
    const grain = between(random, -6, 6);
    const isLine = Math.abs(x * height - y * width) < Math.max(width, height) * 2;
    const [red, green, blue] = isLine ? [250, 245, 230] : field;
    const clamp = (value: number): number => Math.min(255, Math.max(0, value + grain));
    return [clamp(red), clamp(green), clamp(blue), hasAlpha ? between(random, 0, 255) : 255];
  });
}

interface PngForm {
  /** false: only red, green and blue. */
  readonly hasAlpha?: boolean;
  /** Chunks before the pixels, by their names. */
  readonly chunks?: readonly (readonly [name: string, data: Buffer])[];
  /** In place of the size that it has. */
  readonly claims?: { readonly width: number; readonly height: number };
  /** Depth, colour type, two zeros and interlacing, in place of the true ones. */
  readonly header?: readonly number[];
}

/** Its rows are unfiltered. */
export function png(pixels: Pixels, form: PngForm = {}): Buffer {
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
    pngChunk("IHDR", head),
    ...chunks.map(([name, data]) => pngChunk(name, data)),
    pngChunk("IDAT", deflateSync(Buffer.concat(rows))),
    pngChunk("IEND", Buffer.alloc(0)),
  ]);
}

export function pngChunk(name: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(name, "latin1"), data]);
  const chunk = Buffer.alloc(body.length + 8);
  chunk.writeUInt32BE(data.length, 0);
  body.copy(chunk, 4);
  chunk.writeUInt32BE(crc32(body), body.length + 4);
  return chunk;
}

interface JpegForm {
  /** What Adobe's segment says of the components; left out: there is none. */
  readonly adobe?: 0 | 1 | 2;
  readonly claims?: { readonly width: number; readonly height: number };
}

/** Levels of each component, 0 to 255, of each block of 8 × 8 pixels. */
export type Blocks = readonly (readonly (readonly number[])[])[];

/** A JPEG of flat blocks, row by row. Decoding gives back each level. */
export function jpeg(blocks: Blocks, form: JpegForm = {}): Buffer {
  const { adobe } = form;
  const components = blocks[0]?.[0]?.length ?? 0;
  const { width, height } = form.claims ?? { width: (blocks[0]?.length ?? 0) * 8, height: blocks.length * 8 };
  const numbers = Array.from({ length: components }, (_, at) => at + 1);
  const frame = Buffer.alloc(6 + components * 3);
  frame[0] = 8;
  frame.writeUInt16BE(height, 1);
  frame.writeUInt16BE(width, 3);
  frame.set([components, ...numbers.flatMap((number) => [number, 0x11, 0])], 5);
  // A code of eight bits for each size of a difference, and one of a bit that ends a block.
  const sizes = Buffer.from(Array.from({ length: 12 }, (_, size) => size));
  const dcTable = Buffer.concat([Buffer.from([0, 0, 0, 0, 0, 0, 0, 0, 12, 0, 0, 0, 0, 0, 0, 0, 0]), sizes]);
  const acTable = Buffer.from([0x10, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]);
  const scanHead = Buffer.from([components, ...numbers.flatMap((number) => [number, 0]), 0, 63, 0]);
  return Buffer.concat([
    Buffer.from("ffd8", "hex"),
    ...(adobe === undefined
      ? []
      : [jpegSegment(0xee, Buffer.concat([Buffer.from("Adobe\0d\0\0\0\0"), Buffer.from([adobe])]))]),
    jpegSegment(0xdb, Buffer.concat([Buffer.from([0]), Buffer.alloc(64, 1)])),
    jpegSegment(0xc0, frame),
    jpegSegment(0xc4, dcTable),
    jpegSegment(0xc4, acTable),
    jpegSegment(0xda, scanHead),
    scanData(blocks, components),
    Buffer.from("ffd9", "hex"),
  ]);
}

export function jpegSegment(marker: number, data: Buffer): Buffer {
  const head = Buffer.from([0xff, marker, 0, 0]);
  head.writeUInt16BE(data.length + 2, 2);
  return Buffer.concat([head, data]);
}

function scanData(blocks: Blocks, components: number): Buffer {
  const before = Array.from({ length: components }, () => 0);
  let bits = "";
  for (const block of blocks.flat()) {
    block.forEach((level, component) => {
      // Quantised by one: eight times the level, less that of the middle.
      const value = (level - 128) * 8;
      const difference = value - (before[component] ?? 0);
      before[component] = value;
      const size = difference === 0 ? 0 : Math.floor(Math.log2(Math.abs(difference))) + 1;
      const written = difference < 0 ? difference + 2 ** size - 1 : difference;
      bits += size.toString(2).padStart(8, "0");
      if (size > 0) bits += written.toString(2).padStart(size, "0");
      bits += "0";
    });
  }
  const bytes = Array.from({ length: Math.ceil(bits.length / 8) }, (_, at) =>
    Number.parseInt(bits.slice(at * 8, at * 8 + 8).padEnd(8, "1"), 2),
  );
  return Buffer.from(bytes.flatMap((byte) => (byte === 0xff ? [0xff, 0] : [byte])));
}
