// The door to yauzl, opened only for a zip. Sizes come from the zip itself; yauzl stops where the data says otherwise.
import type { Entry, ZipFile } from "yauzl";
import type { InputFile } from "./file-format.ts";
import { readHead } from "./file-text.ts";
import { readFailure, UnreadableFile } from "./unreadable-file.ts";

// Real exports have some hundred files of up to 400 MB, packed ten to thirty to one.
const mostEntries = 5_000;
const mostEntryBytes = 2_000_000_000;
const harmlessBytes = 10_000_000;
const mostTimesPacked = 400;
/** A zip in a zip is unpacked in memory. */
const mostInnerBytes = 48_000_000;
/** A zip in a zip in a zip is not an export. */
const deepestZip = 2;

export interface OpenArchive {
  readonly files: readonly InputFile[];
  close(): void;
}

/** Throws UnreadableFile. */
export async function openArchive(path: string): Promise<OpenArchive> {
  const { openPromise } = await import("yauzl");
  const archives: ZipFile[] = [];
  const close = (): void => {
    for (const archive of archives) archive.close();
  };
  try {
    const archive = await complaining(path, () => openPromise(path, options));
    archives.push(archive);
    return { files: await filesIn(archive, path, 1, archives), close };
  } catch (error) {
    close();
    throw error;
  }
}

const options = { lazyEntries: true, autoClose: false };

async function filesIn(
  archive: ZipFile,
  name: string,
  depth: number,
  archives: ZipFile[],
): Promise<InputFile[]> {
  if (archive.entryCount > mostEntries) {
    throw new UnreadableFile(name, null, `it has more than ${mostEntries} files, too many for an export`);
  }
  const entries: Entry[] = [];
  await complaining(name, async () => {
    for await (const entry of archive.eachEntry()) entries.push(entry);
  });
  const files: InputFile[] = [];
  for (const entry of entries) {
    if (entry.fileName.endsWith("/") || entry.uncompressedSize === 0) continue;
    const file = entryFile(archive, entry, `${name}: ${entry.fileName}`);
    if (!isZip(await readHead(file))) files.push(file);
    else if (depth < deepestZip) files.push(...(await filesInside(file, depth, archives)));
  }
  return files;
}

/** Apple puts single files into a zip of their own. */
async function filesInside(file: InputFile, depth: number, archives: ZipFile[]): Promise<InputFile[]> {
  if (file.bytes > mostInnerBytes) {
    const hint = "Unpack the outer zip, then run: rewind import FOLDER";
    throw new UnreadableFile(file.name, null, "it is too large for a zip within a zip", hint);
  }
  const { fromBufferPromise } = await import("yauzl");
  const archive = await complaining(file.name, async () => {
    const parts: Buffer[] = [];
    for await (const part of await file.open()) parts.push(part as Buffer);
    return fromBufferPromise(Buffer.concat(parts), options);
  });
  archives.push(archive);
  return filesIn(archive, file.name, depth + 1, archives);
}

function entryFile(archive: ZipFile, entry: Entry, name: string): InputFile {
  return {
    name,
    bytes: entry.uncompressedSize,
    open: async () => {
      if (entry.isEncrypted()) throw new UnreadableFile(name, null, "it is encrypted");
      const most = Math.min(mostEntryBytes, Math.max(harmlessBytes, entry.compressedSize * mostTimesPacked));
      if (entry.uncompressedSize > most) {
        throw new UnreadableFile(name, null, "it would unpack to far more than an export holds");
      }
      return complaining(name, () => archive.openReadStreamPromise(entry));
    },
  };
}

/** "PK", 3, 4 */
export function isZip(head: Buffer): boolean {
  return head.length >= 4 && head.readUInt32BE() === 0x504b0304;
}

async function complaining<Value>(name: string, work: () => Promise<Value>): Promise<Value> {
  try {
    return await work();
  } catch (error) {
    throw readFailure(name, null, error);
  }
}
