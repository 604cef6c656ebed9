// What is kept of a cover, on pictures of all kinds.
import { deflateSync } from "node:zlib";
import { encode } from "jpeg-js";
import { describe, expect, test } from "vitest";
import { previewOf } from "../../src/images/cover-preview.ts";
import { unpack } from "../../src/images/unpack.ts";
import { pictureType } from "../../src/images/kept-pictures.ts";
import { type Pixels, pixelsOfThumbhash } from "../../src/images/thumbhash.ts";
import { jpeg, jpegSegment, painted, png, pngChunk, sleeve, type Blocks } from "../support/pictures.ts";

/** Blocks of one colour each. */
const fields = (...colours: readonly (readonly number[])[]): Blocks => [
  colours.map((colour) => [...colour]),
  colours.toReversed().map((colour) => [...colour]),
];

/** The pixels of the same, where the levels are red, green, blue. */
function pixelsOf(
  blocks: Blocks,
  toRgb: (levels: readonly number[]) => readonly [number, number, number],
): Pixels {
  return painted((blocks[0]?.length ?? 0) * 8, blocks.length * 8, (x, y) =>
    toRgb(blocks[Math.floor(y / 8)]?.[Math.floor(x / 8)] ?? []),
  );
}

const grey = ([level = 0]: readonly number[]): [number, number, number] => [level, level, level];
/** Adobe writes inks upside down: 255 is none. */
const ofInks = ([cyan = 0, magenta = 0, yellow = 0, black = 0]: readonly number[]): [
  number,
  number,
  number,
] => [cyan, magenta, yellow].map((ink) => Math.floor((ink * black) / 255)) as [number, number, number];

const inks = fields([255, 255, 255, 255], [10, 200, 90, 240], [255, 0, 128, 255], [0, 0, 0, 30]);
const greys = fields([0], [90], [200], [255]);

/** Of pictures, the pixels that they stand for. */
const readable: readonly (readonly [name: string, file: Buffer, pixels: Pixels])[] = [
  ...(
    [
      [1, 1, 1],
      [101, 100, 5],
      [333, 77, 10],
    ] as const
  ).map(([width, height, seed]) => {
    const pixels = sleeve(width, height, seed);
    return [`a PNG of ${width} × ${height}`, png(pixels), pixels] as const;
  }),
  ["a PNG that one sees through", png(sleeve(160, 120, 20, true)), sleeve(160, 120, 20, true)],
  ["a PNG of nothing at all", png(painted(9, 9, () => [7, 8, 9, 0])), painted(9, 9, () => [7, 8, 9, 0])],
  ["a PNG without alpha", png(sleeve(60, 60, 22), { hasAlpha: false }), sleeve(60, 60, 22)],
  ["a grey JPEG", jpeg(greys), pixelsOf(greys, grey)],
  ["a CMYK JPEG", jpeg(inks, { adobe: 0 }), pixelsOf(inks, ofInks)],
];

/** Thumbhash, dominant colour and accent, which change only if the rules do. */
const previews: Readonly<Record<string, string>> = {
  "a CMYK JPEG": "HSgSDIyYeHj3uFiHiFgIqIiEgA== #ff0080 #ffffff",
  "a PNG of 1 × 1": "ugh2JwII9wiIh4hwj3CI+AiIgIAICIgA #f5f0e1 #f5f0e1",
  "a PNG of 101 × 100": "ZRcGR5J+hXmQd4iIiaeHeXeG2Pd8eQ0H #c186e7 #b0c538",
  "a PNG of 333 × 77": "IRoKQo6Beob/V3iHgKEIWII= #cd7971 #331508",
  "a PNG of nothing at all": "AAiCBQAAAAAAAAAAAAAAAAAAAAAAAAAAAA== #000000 #666666",
  "a PNG that one sees through": "4FmGHIgHf4WTd3iYVwiGhfSnR790V2ZVCA== #496d31 #c16498",
  "a PNG without alpha": "m/YJPwqPdXkap2h3end6eXho92d+fe8H #72acbe #345de5",
  "a grey JPEG": "IggWBIB4iIgIh3d4iKgAAAAAAA== #e4e4e4 #000000",
};

function shown(file: Buffer): string {
  const { thumbhash, dominantColour, accentColour } = previewOf(file) ?? {};
  return [thumbhash, dominantColour, accentColour].join(" ");
}

test.each(readable)("%s has its pixels and its preview", (name, file, pixels) => {
  const { rgba, ...size } = unpack(file) ?? painted(0, 0, () => [0, 0, 0]);
  expect(size).toEqual({ width: pixels.width, height: pixels.height });
  expect(Buffer.compare(seen(rgba), seen(pixels.rgba))).toBe(0);
  expect(shown(file)).toBe(previews[name]);
});

/** A colour that isn't seen is none. */
function seen(rgba: Uint8Array): Uint8Array {
  return rgba.map((value, at) => (rgba[at - (at % 4) + 3] === 0 ? 0 : value));
}

test("a JPEG as a camera writes it comes close to its pixels", () => {
  const pixels = sleeve(250, 250, 30);
  const file = encode({ ...pixels, data: pixels.rgba }, 92).data;
  const unpacked = unpack(file);
  if (unpacked === null) throw new Error("not unpacked");
  expect(shown(file)).toBe("JPgNPxB/hXmkd4h3eJd3eHiHp6iPjygH #2d286f #dd71ec");
  const distance = unpacked.rgba.reduce(
    (sum, value, at) => sum + Math.abs(value - (pixels.rgba[at] ?? 0)),
    0,
  );
  expect(distance / unpacked.rgba.length).toBeLessThan(4);
});

const whole = encode({ width: 64, height: 64, data: sleeve(64, 64, 3).rgba }, 80).data;
const small = png(sleeve(40, 40, 4));
const huge = { width: 30_000, height: 30_000 };
const thumbnail = jpegSegment(0xe1, Buffer.concat([Buffer.from("Exif\0\0"), whole]));

const unreadable: readonly (readonly [name: string, file: Buffer])[] = [
  ["nothing", Buffer.alloc(0)],
  ["a web page", Buffer.from("<!doctype html><title>Not found</title>")],
  ["a GIF", Buffer.from("R0lGODdhAQABAIAAAP///////ywAAAAAAQABAAACAkQBADs=", "base64")],
  ["a WebP", Buffer.from("UklGRiIAAABXRUJQVlA4IBYAAAAwAQCdASoBAAEADsD+JaQAA3AAAAAA", "base64")],
  ["half a JPEG", whole.subarray(0, whole.length / 2)],
  ["a JPEG without its last two bytes", whole.subarray(0, -2)],
  [
    "half a JPEG with a whole one inside of it",
    Buffer.concat([whole.subarray(0, 2), thumbnail, whole.subarray(2, whole.length / 2)]),
  ],
  ["the first three bytes of a JPEG", whole.subarray(0, 3)],
  ["half a PNG", small.subarray(0, small.length / 2)],
  ["a PNG without its end", small.subarray(0, -12)],
  ["a PNG with fewer rows than it says", png(sleeve(40, 40, 4), { claims: { width: 40, height: 44 } })],
  ["a PNG of no size", png(sleeve(4, 4, 4), { claims: { width: 0, height: 4 } })],
  ["a PNG of 900 megapixels", png(sleeve(4, 4, 4), { claims: huge })],
  ["a JPEG of 900 megapixels", jpeg(greys, { claims: huge })],
  [
    "a PNG whose rows unpack to a hundred times its size",
    Buffer.concat([
      small.subarray(0, 33),
      pngChunk("IDAT", deflateSync(Buffer.alloc(4_000_000))),
      pngChunk("IEND", Buffer.alloc(0)),
    ]),
  ],
  ["an interlaced PNG", png(sleeve(50, 37, 21), { header: [8, 6, 0, 0, 1] })],
  ["a PNG of 16 bits", png(sleeve(30, 40, 23), { header: [16, 6, 0, 0, 0] })],
  ["a PNG with a palette", png(sleeve(30, 40, 23), { header: [8, 3, 0, 0, 0] })],
  ["a JPEG with inks that nobody names", jpeg(inks)],
  ["two pictures in one JPEG", Buffer.concat([whole.subarray(0, -2), whole.subarray(2)])],
];

test.each(unreadable)("%s is no cover", (_, file) => {
  expect(previewOf(file)).toBeNull();
});

test.each([
  // Fifty apart is near, fifty-one is not.
  [
    "#646464",
    "#649764",
    [
      [60, [100, 100, 100]],
      [25, [150, 100, 100]],
      [15, [100, 151, 100]],
    ],
  ],
  // Where all are near, the next largest.
  [
    "#646464",
    "#786464",
    [
      [60, [100, 100, 100]],
      [25, [120, 100, 100]],
      [15, [100, 130, 100]],
    ],
  ],
  ["#0a141e", "#0a141e", [[100, [10, 20, 30]]]],
] as const)("most of it is %s, and %s the next that differs", (dominantColour, accentColour, shares) => {
  const colours = shares.flatMap(([count, colour]) => Array.from({ length: count }, () => colour));
  const pixels = painted(10, 10, (x, y) => colours[y * 10 + x] ?? [0, 0, 0]);
  expect(previewOf(png(pixels))).toMatchObject({ dominantColour, accentColour });
});

test("packed notes in a PNG are left packed", () => {
  const bomb = Buffer.concat([Buffer.from("icc\0\0"), deflateSync(Buffer.alloc(40_000_000))]);
  const file = png(sleeve(20, 20, 6), { chunks: [["iCCP", bomb]] });
  const before = process.memoryUsage().arrayBuffers;
  expect(shown(file)).toBe("YVcJZx58dniweHeHi6eHe3d2B6d4eb8H #338a12 #02ebf8");
  expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(20_000_000);
});

test("types are told by the magic bytes, readable or not", () => {
  const types = unreadable.slice(0, 5).map(([, file]) => pictureType(file));
  expect(types).toEqual([null, null, null, null, "jpeg"]);
  expect(pictureType(small)).toBe("png");
});

describe("a thumbhash", () => {
  const thumbhash = "5GkNPppwenZ5iHeHiHeIeHd4j3YIl3c=";

  test("unpacks to a small picture of the same shape", () => {
    const pixels = pixelsOfThumbhash(thumbhash);
    expect(pixels).toMatchObject({ width: 32, height: 27 });
    expect(pixels?.rgba).toHaveLength(32 * 27 * 4);
  });

  test.each(["", "%", "AAAA", "AAAAAAA=", "<script>"])("that is none, like %j, is no picture", (text) => {
    expect(pixelsOfThumbhash(text)).toBeNull();
  });
});
