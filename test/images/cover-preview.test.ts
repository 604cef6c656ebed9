// The preview of a cover that is kept, on pictures of all kinds.
import { readFileSync } from "node:fs";
import { deflateSync } from "node:zlib";
import { encode } from "jpeg-js";
import { describe, expect, test } from "vitest";
import { buildCoverPreview } from "../../src/images/cover-preview.ts";
import { decodeImage } from "../../src/images/decode-image.ts";
import { detectImageType } from "../../src/images/cached-covers.ts";
import { decodeThumbhash } from "../../src/images/thumbhash.ts";
import { paintPixels, encodePng, encodePngChunk, paintCover } from "../support/test-images.ts";

/** Four colours of 8 × 8 pixels each, grey or in four inks. */
const readJpeg = (name: string): Buffer => readFileSync(new URL(`jpegs/${name}.jpg`, import.meta.url));

/** A cover with its thumbhash, dominant colour and accent, which change only if the rules do. */
const readable: readonly (readonly [name: string, file: Buffer, preview: string])[] = [
  ["a PNG of 1 × 1", encodePng(paintCover(1, 1, 1)), "ugh2JwII9wiIh4hwj3CI+AiIgIAICIgA #f5f0e1 #f5f0e1"],
  [
    "a PNG of 101 × 100",
    encodePng(paintCover(101, 100, 5)),
    "ZRcGR5J+hXmQd4iIiaeHeXeG2Pd8eQ0H #c186e7 #b0c538",
  ],
  ["a PNG of 333 × 77", encodePng(paintCover(333, 77, 10)), "IRoKQo6Beob/V3iHgKEIWII= #cd7971 #331508"],
  [
    "a PNG that one sees through",
    encodePng(paintCover(160, 120, 20, true)),
    "4FmGHIgHf4WTd3iYVwiGhfSnR790V2ZVCA== #496d31 #c16498",
  ],
  [
    "a PNG of nothing at all",
    encodePng(paintPixels(9, 9, () => [7, 8, 9, 0])),
    "AAiCBQAAAAAAAAAAAAAAAAAAAAAAAAAAAA== #000000 #666666",
  ],
  [
    "a PNG without alpha",
    encodePng(paintCover(60, 60, 22), { hasAlpha: false }),
    "m/YJPwqPdXkap2h3end6eXho92d+fe8H #72acbe #345de5",
  ],
  ["a grey JPEG", readJpeg("grey"), "IggWBIB4iIgIh3d4iKgAAAAAAA== #e4e4e4 #000000"],
  ["a CMYK JPEG", readJpeg("inks"), "HSgSDIyYeHj3uFiHiFgIqIiEgA== #ff0080 #ffffff"],
];

function describePreview(file: Buffer): string {
  const { thumbhash, dominantColour, accentColour } = buildCoverPreview(file) ?? {};
  return [thumbhash, dominantColour, accentColour].join(" ");
}

test.each(readable)("computes the preview of %s", (_, file, preview) => {
  expect(describePreview(file)).toBe(preview);
});

test("a JPEG as a camera writes it comes close to its pixels", () => {
  const pixels = paintCover(250, 250, 30);
  const file = encode({ ...pixels, data: pixels.rgba }, 92).data;
  const unpacked = decodeImage(file);
  if (unpacked === null) throw new Error("not unpacked");
  expect(describePreview(file)).toBe("JPgNPxB/hXmkd4h3eJd3eHiHp6iPjygH #2d286f #dd71ec");
  const distance = unpacked.rgba.reduce(
    (sum, value, at) => sum + Math.abs(value - (pixels.rgba[at] ?? 0)),
    0,
  );
  expect(distance / unpacked.rgba.length).toBeLessThan(4);
});

const whole = encode({ width: 64, height: 64, data: paintCover(64, 64, 3).rgba }, 80).data;
const small = encodePng(paintCover(40, 40, 4));
const huge = { width: 30_000, height: 30_000 };
/** A thumbnail in a segment of Exif data. */
const thumbnail = Buffer.concat([Buffer.from([0xff, 0xe1, 0, 0]), Buffer.from("Exif\0\0"), whole]);
thumbnail.writeUInt16BE(whole.length + 8, 2);

/** A JPEG whose frame says another width and height. */
function changeClaimedSize(file: Buffer, side: number): Buffer {
  const claiming = Buffer.from(file);
  const frame = claiming.indexOf(Buffer.from("ffc0", "hex"));
  claiming.writeUInt16BE(side, frame + 5);
  claiming.writeUInt16BE(side, frame + 7);
  return claiming;
}

/** The JPEG with its only scan so often. */
function repeatScan(count: number): Buffer {
  const scan = whole.indexOf(Buffer.from("ffda", "hex"));
  const scans = Array.from({ length: count }, () => whole.subarray(scan, -2));
  return Buffer.concat([whole.subarray(0, scan), ...scans, whole.subarray(-2)]);
}

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
  [
    "a PNG with fewer rows than it says",
    encodePng(paintCover(40, 40, 4), { claims: { width: 40, height: 44 } }),
  ],
  ["a PNG of no size", encodePng(paintCover(4, 4, 4), { claims: { width: 0, height: 4 } })],
  ["a PNG of 900 megapixels", encodePng(paintCover(4, 4, 4), { claims: huge })],
  ["a JPEG of 900 megapixels", changeClaimedSize(readJpeg("grey"), 30_000)],
  [
    "a PNG whose rows unpack to a hundred times its size",
    Buffer.concat([
      small.subarray(0, 33),
      encodePngChunk("IDAT", deflateSync(Buffer.alloc(4_000_000))),
      encodePngChunk("IEND", Buffer.alloc(0)),
    ]),
  ],
  ["an interlaced PNG", encodePng(paintCover(50, 37, 21), { header: [8, 6, 0, 0, 1] })],
  ["a PNG of 16 bits", encodePng(paintCover(30, 40, 23), { header: [16, 6, 0, 0, 0] })],
  ["a PNG with a palette", encodePng(paintCover(30, 40, 23), { header: [8, 3, 0, 0, 0] })],
  ["a JPEG with inks that nobody names", readJpeg("unnamed-inks")],
  ["a JPEG with 101 scans", repeatScan(101)],
  [
    "a JPEG with a segment of length 0",
    Buffer.concat([whole.subarray(0, 2), Buffer.from("ffe30000", "hex"), whole.subarray(2)]),
  ],
  ["two pictures in one JPEG", Buffer.concat([whole.subarray(0, -2), whole.subarray(2)])],
];

test.each(unreadable)("rejects %s", (_, file) => {
  expect(buildCoverPreview(file)).toBeNull();
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
  // The next largest colour is the accent if all are near.
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
] as const)("finds the dominant colour %s and the accent %s", (dominantColour, accentColour, shares) => {
  const colours = shares.flatMap(([count, colour]) => Array.from({ length: count }, () => colour));
  const pixels = paintPixels(10, 10, (x, y) => colours[y * 10 + x] ?? [0, 0, 0]);
  expect(buildCoverPreview(encodePng(pixels))).toMatchObject({ dominantColour, accentColour });
});

test("a JPEG with 100 scans is unpacked as with one", () => {
  expect(describePreview(repeatScan(100))).toBe(describePreview(whole));
});

test("does not unpack compressed text in a PNG", () => {
  const bomb = Buffer.concat([Buffer.from("icc\0\0"), deflateSync(Buffer.alloc(40_000_000))]);
  const file = encodePng(paintCover(20, 20, 6), { chunks: [["iCCP", bomb]] });
  const before = process.memoryUsage().arrayBuffers;
  expect(describePreview(file)).toBe("YVcJZx58dniweHeHi6eHe3d2B6d4eb8H #338a12 #02ebf8");
  expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(20_000_000);
});

test("detects types by magic bytes, even of unreadable files", () => {
  const types = unreadable.slice(0, 5).map(([, file]) => detectImageType(file));
  expect(types).toEqual([null, null, null, null, "jpeg"]);
  expect(detectImageType(small)).toBe("png");
});

describe("a thumbhash", () => {
  const thumbhash = "5GkNPppwenZ5iHeHiHeIeHd4j3YIl3c=";

  test("unpacks to a small picture of the same shape", () => {
    const pixels = decodeThumbhash(thumbhash);
    expect(pixels).toMatchObject({ width: 32, height: 27 });
    expect(pixels?.rgba).toHaveLength(32 * 27 * 4);
  });

  test.each(["", "%", "AAAA", "AAAAAAA=", "<script>"])("is not decoded if invalid, like %j", (text) => {
    expect(decodeThumbhash(text)).toBeNull();
  });
});
