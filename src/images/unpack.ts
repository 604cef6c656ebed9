// Decodes JPEG and PNG files. Damaged files that the decoders misread, and files that expand to more than a cover
// needs, never reach them.
import { inflateSync } from "node:zlib";
import { convertIndexedToRgb, decode as decodePngChunks } from "fast-png";
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

/** Throws if the file is damaged, cut off, in a form that no cover has, or expands to more than its size says. */
function decodePng(bytes: Buffer, { width, height }: PictureHead): Pixels {
  const chunks = drawnChunks(bytes);
  const [depth = 0, colourType = -1, , , interlacing] = chunks[0]?.data.subarray(8) ?? [];
  const isIndexed = colourType === indexed;
  if (interlacing !== 0 || (depth !== 8 && !isIndexed)) throw new Error("the picture has a rare form");
  const bytesPerRow = 1 + Math.ceil((width * (channelsByColourType[colourType] ?? 0) * depth) / 8);
  checkLength(chunks, bytesPerRow * height);
  // Drops the chunks without pixels, since some of them are compressed too.
  const png = decodePngChunks(Buffer.concat([bytes.subarray(0, 8), ...chunks.map(({ whole }) => whole)]));
  const values = isIndexed ? convertIndexedToRgb(png) : png.data;
  return { width, height, rgba: rgbaOf(values, values.length / (width * height)) };
}

const indexed = 3;
const channelsByColourType: Readonly<Record<number, number>> = { 0: 1, 2: 3, [indexed]: 1, 4: 2, 6: 4 };

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

function checkLength(chunks: readonly Chunk[], expectedBytes: number): void {
  if (expectedBytes > mostBytes) throw new Error("the picture takes too much memory");
  const packed = chunks.filter(({ type }) => type === "IDAT").map(({ data }) => data);
  const { length } = inflateSync(Buffer.concat(packed), { maxOutputLength: expectedBytes });
  if (length < expectedBytes) throw new Error("the picture is cut off");
}

/** From one value per pixel (grey), two (with alpha), three (colours) or four. */
function rgbaOf(values: ArrayLike<number>, channels: number): Uint8Array {
  const rgba = new Uint8Array((values.length / channels) * 4);
  const [green, blue] = channels < 3 ? [0, 0] : [1, 2];
  const hasAlpha = channels % 2 === 0;
  for (let from = 0, to = 0; to < rgba.length; from += channels, to += 4) {
    rgba[to] = values[from] ?? 0;
    rgba[to + 1] = values[from + green] ?? 0;
    rgba[to + 2] = values[from + blue] ?? 0;
    rgba[to + 3] = hasAlpha ? (values[from + channels - 1] ?? 0) : 255;
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
