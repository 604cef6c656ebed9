import { decode } from "jpeg-js";
import { jpegFrame, jpegSegments } from "./picture-head.ts";
import type { Pixels } from "./pixels.ts";

/** In megabytes: far more than a cover takes. */
const mostMemory = 256;

/** Throws for what is damaged or cut off. */
export function decodeJpeg(bytes: Buffer): Pixels {
  if (scanCount(bytes) > mostScans) throw new Error("the picture takes too long");
  // The decoder counts as well, but only while it takes it.
  if (memoryFor(bytes) > mostMemory * 1024 * 1024) throw new Error("the picture takes too much memory");
  const { width, height, data } = decode(bytes, {
    useTArray: true,
    formatAsRGBA: true,
    tolerantDecoding: false,
    maxMemoryUsageInMB: mostMemory,
    ...(isPlainRgb(bytes) ? { colorTransform: false } : {}),
  });
  return { width, height, rgba: data };
}

/** Each goes through all of the picture; ten are usual. */
const mostScans = 100;
const startOfScan = 0xda;

function scanCount(bytes: Buffer): number {
  let count = 0;
  for (const { marker } of jpegSegments(bytes)) if (marker === startOfScan) count += 1;
  return count;
}

/** Four bytes for each sample, and for each pixel. */
function memoryFor(bytes: Buffer): number {
  const frame = jpegFrame(bytes);
  if (frame === null) return Infinity;
  const samplings = frame.components.map(({ across, down }) => across * down);
  const samples = samplings.reduce((sum, sampling) => sum + sampling, 0) / Math.max(1, ...samplings);
  return frame.width * frame.height * 4 * (samples + 1);
}

/** Adobe's mark on pictures whose three components are red, green and blue: the decoder takes only its other words. */
function isPlainRgb(bytes: Buffer): boolean {
  for (const { marker, start, length } of jpegSegments(bytes)) {
    if (marker === 0xee && length >= 12 && bytes.toString("latin1", start, start + 5) === "Adobe") {
      return bytes[start + 11] === 0;
    }
  }
  return false;
}
