// Decodes JPEG and PNG files. Damaged files that the decoders misread, and files that expand to more than a cover
// needs, never reach them.
import { inflateSync } from "node:zlib";
import { convertIndexedToRgb, decode as decodePngChunks, type DecodedPng } from "fast-png";
import { decode as decodeJpegFile } from "jpeg-js";
import { jpegFrame, jpegSegments, readableHead, type PictureHead } from "./picture-head.ts";
import type { Pixels } from "./thumbhash.ts";

/** Returns null for a file that is damaged, too large or of another type. */
export function unpack(bytes: Buffer): Pixels | null {
  try {
    const head = readableHead(bytes);
    if (head === null) return null;
    return head.type === "jpeg" ? decodeJpeg(bytes) : decodePng(bytes, head);
  } catch {
    return null;
  }
}

const mostMegabytes = 64;
const mostBytes = mostMegabytes * 1024 * 1024;

/** Throws if the file is damaged, cut off, or expands to more than its size says. */
function decodePng(bytes: Buffer, head: PictureHead): Pixels {
  const chunks = drawnChunks(bytes);
  const form = formOf(chunks);
  checkLength(chunks, form, head);
  // Drops the chunks without pixels, since some of them are compressed too.
  const png = decodePngChunks(Buffer.concat([bytes.subarray(0, 8), ...chunks.map(({ whole }) => whole)]));
  return { width: png.width, height: png.height, rgba: rgbaOf(samplesOf(png, form), png) };
}

interface Chunk {
  readonly type: string;
  readonly data: Buffer;
  readonly whole: Buffer;
}

const pixelChunkTypes = new Set(["IHDR", "PLTE", "tRNS", "IDAT", "IEND"]);

function drawnChunks(bytes: Buffer): Chunk[] {
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

/** The layout of its pixels. */
interface PngForm {
  readonly isIndexed: boolean;
  readonly isInterlaced: boolean;
  readonly channels: number;
  readonly depth: number;
}

const channelsByColourType: Readonly<Record<number, number>> = { 0: 1, 2: 3, 3: 1, 4: 2, 6: 4 };

function formOf(chunks: readonly Chunk[]): PngForm {
  const [depth = 0, colourType = -1, , , interlacing] = chunks[0]?.data.subarray(8) ?? [];
  const channels = channelsByColourType[colourType];
  if (channels === undefined) throw new Error("the picture has no header");
  const isInterlaced = interlacing !== 0;
  // The decoder misreads the row length of such pictures.
  if (isInterlaced && depth < 8) throw new Error("the picture is interlaced in less than bytes");
  return { isIndexed: colourType === 3, isInterlaced, channels, depth };
}

function checkLength(chunks: readonly Chunk[], form: PngForm, { width, height }: PictureHead): void {
  const rows = (Math.ceil((width * form.channels * form.depth) / 8) + 1) * height;
  // An interlaced picture is seven pictures, so more rows have a filter byte.
  const expectedBytes = form.isInterlaced ? rows * 2 + 64 : rows;
  if (expectedBytes > mostBytes) throw new Error("the picture takes too much memory");
  const packed = chunks.filter(({ type }) => type === "IDAT").map(({ data }) => data);
  const { length } = inflateSync(Buffer.concat(packed), { maxOutputLength: expectedBytes });
  if (!form.isInterlaced && length < expectedBytes) throw new Error("the picture is cut off");
}

/** The value of each channel of each pixel, from 0 to `most`. */
interface Samples {
  readonly values: ArrayLike<number>;
  readonly channels: number;
  readonly most: number;
  /** The transparent colour. */
  readonly clear: readonly number[] | null;
}

function samplesOf(png: DecodedPng, { isIndexed, channels, depth }: PngForm): Samples {
  if (isIndexed) {
    const values = convertIndexedToRgb(png);
    return { values, channels: values.length / (png.width * png.height), most: 255, clear: null };
  }
  const values = depth < 8 ? spread(png) : png.data;
  const clear = png.transparency?.length === channels ? [...png.transparency] : null;
  return { values, channels, most: 2 ** depth - 1, clear };
}

/** Unpacks pixels that share a byte. Each row begins with a filter byte. */
function spread({ width, height, depth, data }: DecodedPng): Uint8Array {
  const rowBytes = Math.ceil((width * depth) / 8);
  const values = new Uint8Array(width * height);
  for (let pixel = 0; pixel < values.length; pixel += 1) {
    const bit = (pixel % width) * depth;
    const byte = data[Math.floor(pixel / width) * rowBytes + (bit >> 3)] ?? 0;
    values[pixel] = (byte >> (8 - depth - (bit & 7))) & (2 ** depth - 1);
  }
  return values;
}

function rgbaOf(
  { values, channels, most, clear }: Samples,
  { width, height }: Pick<Pixels, "width" | "height">,
): Uint8Array {
  const rgba = new Uint8Array(width * height * 4);
  const [green, blue] = channels < 3 ? [0, 0] : [1, 2];
  const hasAlpha = channels % 2 === 0;
  for (let from = 0, to = 0; to < rgba.length; from += channels, to += 4) {
    const value = (channel: number): number => ((values[from + channel] ?? 0) * 255) / most;
    const isClear = clear?.every((level, channel) => level === values[from + channel]) === true;
    rgba[to] = Math.round(value(0));
    rgba[to + 1] = Math.round(value(green));
    rgba[to + 2] = Math.round(value(blue));
    rgba[to + 3] = isClear ? 0 : hasAlpha ? Math.round(value(channels - 1)) : 255;
  }
  return rgba;
}

/** Throws if the file is damaged or cut off. */
function decodeJpeg(bytes: Buffer): Pixels {
  const segments = [...jpegSegments(bytes)];
  if (segments.filter(({ marker }) => marker === startOfScan).length > mostScans)
    throw new Error("the picture takes too long");
  // The decoder checks this only while it allocates.
  if (memoryFor(bytes) > mostBytes) throw new Error("the picture takes too much memory");
  const { width, height, data } = decodeJpegFile(bytes, {
    useTArray: true,
    formatAsRGBA: true,
    tolerantDecoding: false,
    maxMemoryUsageInMB: mostMegabytes,
    ...(isPlainRgb(bytes) ? { colorTransform: false } : {}),
  });
  return { width, height, rgba: data };
}

/** Each scan covers the whole picture. Ten are usual. */
const mostScans = 30;
const startOfScan = 0xda;

/** Four bytes per sample and per pixel. */
function memoryFor(bytes: Buffer): number {
  const frame = jpegFrame(bytes);
  if (frame === null) return Infinity;
  const samplings = frame.components.map(({ across, down }) => across * down);
  const samples = samplings.reduce((sum, sampling) => sum + sampling, 0) / Math.max(1, ...samplings);
  return frame.width * frame.height * 4 * (samples + 1);
}

/** Returns true if Adobe's marker says that the three components are RGB. The decoder knows only its other values. */
function isPlainRgb(bytes: Buffer): boolean {
  for (const { marker, start, length } of jpegSegments(bytes)) {
    if (marker === 0xee && length >= 12 && bytes.toString("latin1", start, start + 5) === "Adobe") {
      return bytes[start + 11] === 0;
    }
  }
  return false;
}
