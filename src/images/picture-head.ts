// Reads the type and size of a picture before it is decoded, because a few bytes may expand to gigabytes.

/** Recognises a format by its magic bytes. The Content-Type of a server proves nothing. */
export type PictureType = "jpeg" | "png" | "gif" | "webp";

export interface PictureHead {
  readonly type: PictureType;
  readonly width: number;
  readonly height: number;
}

/** A longer file is not read. */
const mostPictureBytes = 2 * 1024 * 1024;
/** Covers have at most 600 by 600. */
const mostPixels = 4_000_000;

const signatures: readonly (readonly [type: PictureType, at: number, magic: string])[] = [
  ["jpeg", 0, "ffd8ff"],
  ["png", 0, "89504e470d0a1a0a"],
  ["gif", 0, "474946383761"],
  ["gif", 0, "474946383961"],
  ["webp", 8, "57454250"],
];

/** Returns null for an unknown type. */
export function pictureType(bytes: Buffer): PictureType | null {
  const signature = signatures.find(
    ([, at, magic]) => bytes.toString("hex", at, at + magic.length / 2) === magic,
  );
  if (signature?.[0] === "webp" && bytes.toString("latin1", 0, 4) !== "RIFF") return null;
  return signature?.[0] ?? null;
}

/** Returns null for another type, or a picture that is too large or has no size. Throws for a malformed JPEG. */
export function readableHead(bytes: Buffer): PictureHead | null {
  if (bytes.length > mostPictureBytes) return null;
  const type = pictureType(bytes);
  const size = type === "jpeg" ? jpegFrame(bytes) : type === "png" ? pngSize(bytes) : null;
  if (type === null || size === null) return null;
  const { width, height } = size;
  return width > 0 && height > 0 && width * height <= mostPixels ? { type, width, height } : null;
}

type Size = Omit<PictureHead, "type">;

function pngSize(bytes: Buffer): Size | null {
  if (bytes.length < 33 || bytes.toString("latin1", 12, 16) !== "IHDR") return null;
  return { width: bytes.readUInt32BE(16), height: bytes.readUInt32BE(20) };
}

interface JpegFrame extends Size {
  /** Samples per block, across and down, of each component. */
  readonly components: readonly { readonly across: number; readonly down: number }[];
}

/** Returns null if there is none, or more than one. */
export function jpegFrame(bytes: Buffer): JpegFrame | null {
  const frames = [...jpegSegments(bytes)].filter(({ marker }) => isFrame(marker));
  const [frame] = frames;
  if (frame === undefined || frames.length > 1 || frame.length < 6) return null;
  const body = bytes.subarray(frame.start, frame.start + frame.length);
  return {
    width: body.readUInt16BE(3),
    height: body.readUInt16BE(1),
    components: Array.from({ length: body[5] ?? 0 }, (_, at) => {
      const sampling = body[7 + at * 3] ?? 0;
      return { across: sampling >> 4, down: sampling & 15 };
    }),
  };
}

interface Segment {
  readonly marker: number;
  /** Offset of its content. */
  readonly start: number;
  readonly length: number;
}

/**
 * The segments before the end of the image, also those between scans. Throws for a segment whose length is impossible: a
 * decoder would read on behind it.
 */
export function* jpegSegments(bytes: Buffer): Generator<Segment> {
  let at = 2;
  while (at + 4 <= bytes.length) {
    const marker = bytes[at + 1] ?? 0;
    if (bytes[at] === 0xff && marker === endOfImage) return;
    // Data of a scan, a fill byte, or a marker without a length: none of them begins a segment.
    if (bytes[at] !== 0xff || marker === 0xff || marker <= 0x01 || (marker >= 0xd0 && marker <= 0xd8)) {
      at += 1;
      continue;
    }
    const length = bytes.readUInt16BE(at + 2);
    if (length < 2 || at + 2 + length > bytes.length)
      throw new Error("a segment of the picture is malformed");
    yield { marker, start: at + 4, length: length - 2 };
    at += 2 + length;
  }
}

const endOfImage = 0xd9;

/** SOF0 to SOF15, without the table markers between them. */
function isFrame(marker: number): boolean {
  return marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker);
}
