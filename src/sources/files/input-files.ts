// Turns the files, folders and zips that the user named into the files in them.
import { createReadStream } from "node:fs";
import { readdir, stat } from "node:fs/promises";
import { join } from "node:path";
import { type InputFile, readFailure, UnreadableFile } from "./file-format.ts";
import { readHead } from "./file-text.ts";
import type { Entry, ZipFile } from "yauzl";

/** An export has some hundred files. */
const mostFiles = 5_000;

/**
 * The files, `isNamed` if the user named the file itself, so that it must be an export. Nothing but a regular file is
 * opened: a pipe would never end. Throws UnreadableFile.
 */
export async function openInputs(paths: readonly string[]) {
  const files: (InputFile & { readonly isNamed: boolean })[] = [];
  const archives: ZipFile[] = [];
  const close = (): void => {
    for (const archive of archives) archive.close();
  };
  const add = async (path: string, isNamed: boolean): Promise<void> => {
    const { size } = await complaining(path, () => stat(path));
    const file = { name: path, bytes: size, isNamed, open: async () => createReadStream(path) };
    if (isZip(await readHead(file))) {
      const { openPromise } = await import("yauzl");
      const archive = await complaining(path, () => openPromise(path, options));
      const entries = await filesIn(archive, path, 1, archives);
      files.push(...entries.map((entry) => ({ ...entry, isNamed: false })));
    } else files.push(file);
  };
  try {
    for (const path of paths) {
      const kind = await complaining(path, () => stat(path));
      if (kind.isDirectory()) for (const inner of await filesBelow(path)) await add(inner, false);
      else if (kind.isFile()) await add(path, true);
      else throw new UnreadableFile(path, null, "this is a pipe or a device, not a file");
    }
    return { files, close };
  } catch (error) {
    close();
    throw error;
  }
}

/** Links are not followed: they may lead anywhere, or back. */
async function filesBelow(folder: string): Promise<string[]> {
  const entries = await complaining(folder, () => readdir(folder, { withFileTypes: true }));
  const paths: string[] = [];
  for (const entry of entries.toSorted((a, b) => (a.name < b.name ? -1 : 1))) {
    const path = join(folder, entry.name);
    if (entry.isFile()) paths.push(path);
    else if (entry.isDirectory()) paths.push(...(await filesBelow(path)));
    if (paths.length > mostFiles) throw tooMany(folder);
  }
  return paths;
}

// The door to yauzl, opened only for a zip. Sizes come from the zip itself; yauzl stops where the data says otherwise.

// Real exports have files of up to 400 MB, packed ten to thirty to one.
const mostEntryBytes = 2_000_000_000;
const harmlessBytes = 10_000_000;
const mostTimesPacked = 400;
/** A zip in a zip is unpacked in memory. */
const mostInnerBytes = 48_000_000;
/** A zip in a zip in a zip is not an export. */
const deepestZip = 2;

const options = { lazyEntries: true, autoClose: false };

/** Adds the zip to `archives`, and zips within it, so that the caller can close them. */
async function filesIn(
  archive: ZipFile,
  name: string,
  depth: number,
  archives: ZipFile[],
): Promise<InputFile[]> {
  archives.push(archive);
  if (archive.entryCount > mostFiles) throw tooMany(name);
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

function tooMany(name: string): UnreadableFile {
  return new UnreadableFile(name, null, `it has more than ${mostFiles} files, too many for an export`);
}

/** "PK", 3, 4 */
function isZip(head: Buffer): boolean {
  return head.length >= 4 && head.readUInt32BE() === 0x504b0304;
}

/** Puts a failure to read a file into words. */
async function complaining<Value>(name: string, work: () => Promise<Value>): Promise<Value> {
  try {
    return await work();
  } catch (error) {
    throw readFailure(name, error);
  }
}
