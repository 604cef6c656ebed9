// Finds the files in the files, folders and zips that the user named. One file is open at a time, and one zip in one zip.
import { createReadStream } from "node:fs";
import { readdir, stat } from "node:fs/promises";
import { join } from "node:path";
import { type InputFile, createReadError, UnreadableFile } from "./file-format.ts";
import { readHead } from "./file-text.ts";
import type { ImportBudget } from "./import-budget.ts";
import type { Entry, ZipFile } from "yauzl";

/** A file on the disk. */
interface DiskFile {
  readonly path: string;
  readonly bytes: number;
  /** The user named the file itself, so it must be an export. */
  readonly isNamedByUser: boolean;
}

export interface FoundFile extends InputFile {
  readonly head: Buffer;
  readonly isNamedByUser: boolean;
  /** The bytes on the disk that a byte of the file takes: less than 1 in a zip. */
  readonly diskShare: number;
}

/**
 * Lists the files on the disk. Links are not followed, because they may lead anywhere, or back. Nothing but a regular file is
 * listed, because a pipe would never end. Throws UnreadableFile.
 */
export async function listFiles(paths: readonly string[], budget: ImportBudget): Promise<DiskFile[]> {
  const files: DiskFile[] = [];
  const addFile = async (path: string, isNamed: boolean): Promise<void> => {
    const { size } = await translateReadErrors(path, () => stat(path));
    files.push({ path, bytes: size, isNamedByUser: isNamed });
  };
  const addFolder = async (folder: string): Promise<void> => {
    const entries = await translateReadErrors(folder, () => readdir(folder, { withFileTypes: true }));
    for (const entry of entries.toSorted((a, b) => (a.name < b.name ? -1 : 1))) {
      const path = join(folder, entry.name);
      if (entry.isDirectory()) await addFolder(path);
      if (!entry.isFile()) continue;
      budget.takeFile(folder);
      await addFile(path, false);
    }
  };
  for (const path of paths) {
    const kind = await translateReadErrors(path, () => stat(path));
    if (kind.isDirectory()) await addFolder(path);
    else if (kind.isFile()) await addFile(path, true);
    else throw new UnreadableFile(path, null, "this is a pipe or a device, not a file");
  }
  return files;
}

/** The files and what is in their zips, one after the other. Read each before you ask for the next. Throws UnreadableFile. */
export async function* openFiles(
  files: readonly DiskFile[],
  budget: ImportBudget,
): AsyncGenerator<FoundFile> {
  for (const { path, bytes, isNamedByUser } of files) {
    const file: InputFile = { name: path, bytes, open: async () => createReadStream(path) };
    const head = await readHead(file);
    if (!isZip(head)) {
      yield { ...file, head, isNamedByUser, diskShare: 1 };
      continue;
    }
    budget.addZip(bytes);
    const { openPromise } = await import("yauzl");
    yield* readZipFiles(() => openPromise(path, zipOptions), path, 1, budget);
  }
}

// The door to yauzl, opened only for a zip. Sizes come from the zip itself; yauzl stops where the data says otherwise.

/** A zip in a zip in a zip is not an export. */
const maxDepth = 2;
const maxNameLength = 1_000;

const zipOptions = { lazyEntries: true, autoClose: false };

/** `openZip` is called twice, since a zip can be listed only once. */
async function* readZipFiles(
  openZip: () => Promise<ZipFile>,
  name: string,
  diskShare: number,
  budget: ImportBudget,
  depth = 1,
): AsyncGenerator<FoundFile> {
  // The claimed size is counted first: yauzl stops where an entry has more bytes than it claims.
  for await (const { entry } of readZipEntries(openZip, name)) {
    budget.takeFile(name);
    if (entry.fileName.length > maxNameLength) {
      throw new UnreadableFile(name, null, "a file in it has too long a name");
    }
    budget.takeUnpacked(`${name}: ${entry.fileName}`, entry.uncompressedSize);
  }
  for await (const { entry, archive } of readZipEntries(openZip, name)) {
    if (entry.fileName.endsWith("/") || entry.uncompressedSize === 0) continue;
    const file = toInputFile(archive, entry, name);
    const share = diskShare * Math.min(1, entry.compressedSize / entry.uncompressedSize);
    const head = await readHead(file);
    if (!isZip(head)) yield { ...file, head, isNamedByUser: false, diskShare: share };
    else if (depth < maxDepth)
      yield* readZipFiles(await unpackInnerZip(file, budget), file.name, share, budget, depth + 1);
  }
}

async function* readZipEntries(openZip: () => Promise<ZipFile>, name: string) {
  const archive = await translateReadErrors(name, openZip);
  try {
    for await (const entry of archive.eachEntry()) yield { archive, entry };
  } catch (error) {
    throw createReadError(name, error);
  } finally {
    archive.close();
  }
}

function toInputFile(archive: ZipFile, entry: Entry, zip: string): InputFile {
  const name = `${zip}: ${entry.fileName}`;
  return {
    name,
    bytes: entry.uncompressedSize,
    open: async () => {
      if (entry.isEncrypted()) throw new UnreadableFile(name, null, "it is encrypted");
      return translateReadErrors(name, () => archive.openReadStreamPromise(entry));
    },
  };
}

async function unpackInnerZip(file: InputFile, budget: ImportBudget): Promise<() => Promise<ZipFile>> {
  const memory = budget.innerZipMemory(file.name, file.bytes);
  const { fromBufferPromise } = await import("yauzl");
  let length = 0;
  await translateReadErrors(file.name, async () => {
    for await (const part of await file.open()) length += (part as Buffer).copy(memory, length);
  });
  return () => fromBufferPromise(memory.subarray(0, length), zipOptions);
}

/** "PK", 3, 4 */
function isZip(head: Buffer): boolean {
  return head.length >= 4 && head.readUInt32BE() === 0x504b0304;
}

/** Puts a failure to read a file into words. */
async function translateReadErrors<Value>(name: string, work: () => Promise<Value>): Promise<Value> {
  try {
    return await work();
  } catch (error) {
    throw createReadError(name, error);
  }
}
