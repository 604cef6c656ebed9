// Decodes JPEG and PNG files. Files that expand to more than a cover needs are refused before they take memory.
import { inflateSync } from "node:zlib";
import { decode as decodePngChunks } from "fast-png";
import { decode as decodeJpegFile } from "jpeg-js";
import { detectImageType } from "./cached-covers.ts";
import type { Pixels } from "../model/cover-preview.ts";

/** Covers have at most 600 by 600. */
const maxMegapixels = 4;
const maxMegabytes = 64;

/** Returns null for a file that is damaged, too large or of another type. */
export function decodeImage(bytes: Buffer): Pixels | null {
  const type = detectImageType(bytes);
  if (type === null) return null;
  try {
    return type === "jpeg" ? decodeJpeg(bytes) : decodePng(bytes);
  } catch {
    return null;
  }
}

/** A progressive picture has about ten scans. */
const maxScans = 100;

/** Throws if the file is damaged or cut off, or has too many scans. */
function decodeJpeg(bytes: Buffer): Pixels {
  checkSegments(bytes);
  if (countScans(bytes) > maxScans) throw new Error("the picture has too many scans");
  const { width, height, data } = decodeJpegFile(bytes, {
    useTArray: true,
    formatAsRGBA: true,
    tolerantDecoding: false,
    maxResolutionInMP: maxMegapixels,
    maxMemoryUsageInMB: maxMegabytes,
  });
  return { width, height, rgba: data };
}

const scanMarker = Buffer.from("ffda", "hex");

/** Counts the marker anywhere in the file. Each scan may cost a pass over the whole picture, however short it is. */
function countScans(bytes: Buffer): number {
  let count = 0;
  for (let at = bytes.indexOf(scanMarker); at !== -1; at = bytes.indexOf(scanMarker, at + 2)) count += 1;
  return count;
}

/** Throws if a segment before the first scan is shorter than its own length field. */
function checkSegments(bytes: Buffer): void {
  let at = 2;
  while (at + 4 <= bytes.length && bytes[at] === 0xff && bytes[at + 1] !== 0xda) {
    const isFill = bytes[at + 1] === 0xff;
    const length = isFill ? -1 : bytes.readUInt16BE(at + 2);
    if (!isFill && length < 2) throw new Error("the picture has a segment without a length");
    at += 2 + length;
  }
}

/** Channels of a pixel by colour type: colours without alpha, and with it. No cover has another form. */
const channelsByColourType: Readonly<Record<number, number>> = { 2: 3, 6: 4 };

/** Throws if the file is damaged, cut off, in a rare form, or expands to more than its size says. */
function decodePng(bytes: Buffer): Pixels {
  const chunks = selectPixelChunks(bytes);
  const header = chunks[0]?.data ?? Buffer.alloc(0);
  const [width, height] = [header.readUInt32BE(0), header.readUInt32BE(4)];
  const [depth, colourType = -1, , , interlacing] = header.subarray(8);
  const channels = channelsByColourType[colourType];
  if (channels === undefined || depth !== 8 || interlacing !== 0)
    throw new Error("the picture has a rare form");
  if (width * height > maxMegapixels * 1_000_000) throw new Error("the picture is too large");
  checkLength(chunks, (1 + width * channels) * height);
  // Drops the chunks without pixels, since some of them are compressed too.
  const { data } = decodePngChunks(
    Buffer.concat([bytes.subarray(0, 8), ...chunks.map(({ whole }) => whole)]),
  );
  const rgba = new Uint8Array(width * height * 4).fill(255);
  for (let pixel = 0; pixel < width * height; pixel += 1) {
    rgba.set(data.subarray(pixel * channels, (pixel + 1) * channels), pixel * 4);
  }
  return { width, height, rgba };
}

interface Chunk {
  readonly type: string;
  readonly data: Buffer;
  readonly whole: Buffer;
}

const pixelChunkTypes = new Set(["IHDR", "IDAT", "IEND"]);

function selectPixelChunks(bytes: Buffer): Chunk[] {
  const chunks: Chunk[] = [];
  let at = 8;
  while (at + 12 <= bytes.length) {
    const end = at + 12 + bytes.readUInt32BE(at);
    if (end > bytes.length) break;
    const type = bytes.toString("latin1", at + 4, at + 8);
    if (pixelChunkTypes.has(type)) {
      chunks.push({ type, data: bytes.subarray(at + 8, end - 4), whole: bytes.subarray(at, end) });
    }
    if (type === "IEND") return chunks;
    at = end;
  }
  throw new Error("the picture is cut off");
}

function checkLength(chunks: readonly Chunk[], expectedBytes: number): void {
  const packed = chunks.filter(({ type }) => type === "IDAT").map(({ data }) => data);
  const { length } = inflateSync(Buffer.concat(packed), { maxOutputLength: expectedBytes });
  if (length < expectedBytes) throw new Error("the picture is cut off");
}
