// The limits of one import. All readers draw from one budget, so an import needs less than 150 MB of memory and its
// time grows with the size of its files, however they are made: 60,000 artists take as much memory as 120,000. Real
// exports stay far below each limit.
import { UnreadableFile } from "./file-format.ts";

/** Apple's download has some hundred files. */
const maxFiles = 5_000;
/** Real zips unpack to 10 to 30 times their size. */
const maxUnpackedRatio = 100;
const minUnpackedBytes = 20_000_000;
/** A zip in a zip is unpacked in memory. Apple puts single files into a zip of their own. */
const maxInnerZipBytes = 48_000_000;
/** Daily totals alone make several plays of a row. Real ones take more than 50 bytes a play. */
const minBytesPerPlay = 16;
const minPlays = 100_000;

export type ImportBudget = ReturnType<typeof createBudget>;

/** Each function throws UnreadableFile once the budget is used up. `name` is the file to blame. */
export function createBudget() {
  let files = 0;
  let unpackedBytes = 0;
  let maxUnpackedBytes = minUnpackedBytes;
  let bytes = 0;
  let plays = 0;
  let innerZip: Buffer | undefined;
  return {
    takeFile(name: string): void {
      files += 1;
      if (files <= maxFiles) return;
      throw new UnreadableFile(name, null, `it has more than ${maxFiles} files, too many for an export`);
    },
    /** A zip on the disk allows for more unpacked bytes. */
    addZip(zipBytes: number): void {
      maxUnpackedBytes += zipBytes * maxUnpackedRatio;
    },
    takeUnpacked(name: string, count: number): void {
      unpackedBytes += count;
      if (unpackedBytes <= maxUnpackedBytes) return;
      throw new UnreadableFile(name, null, "it would unpack to far more than an export holds");
    },
    /** Returns memory for a zip in a zip, which is the same each time: one of them is open at a time. */
    innerZipMemory(name: string, count: number): Buffer {
      if (count > maxInnerZipBytes) {
        const hint = "Unpack the outer zip, then run: rewind import FOLDER";
        throw new UnreadableFile(name, null, "it is too large for a zip within a zip", hint);
      }
      innerZip ??= Buffer.allocUnsafe(maxInnerZipBytes);
      return innerZip;
    },
    /** Counts text that was read: it allows for more plays. */
    addText(count: number): void {
      bytes += count;
    },
    takePlay(name: string): void {
      plays += 1;
      if (plays <= minPlays + bytes / minBytesPerPlay) return;
      throw new UnreadableFile(name, null, "it counts far more plays than it has rows");
    },
  };
}
