// Turns the files, folders and zips that the user named into the files in them.
import { createReadStream } from "node:fs";
import { readdir, stat } from "node:fs/promises";
import { join } from "node:path";
import type { InputFile } from "./file-format.ts";
import { readHead } from "./file-text.ts";
import { readFailure, UnreadableFile } from "./unreadable-file.ts";
import { isZip, openArchive } from "./zip-archive.ts";

/** An unpacked export has some hundred files, a few folders deep. */
const mostFiles = 5_000;
const deepestFolder = 8;

export interface InputFiles {
  readonly files: readonly (InputFile & {
    /** The user named this file itself, so it must be an export. */
    readonly isNamed: boolean;
  })[];
  close(): void;
}

/** Nothing but a regular file is opened: a pipe would never end. Throws UnreadableFile. */
export async function openInputs(paths: readonly string[]): Promise<InputFiles> {
  const files: InputFiles["files"][number][] = [];
  const archives: { close(): void }[] = [];
  const close = (): void => {
    for (const archive of archives) archive.close();
  };
  const add = async (path: string, isNamed: boolean): Promise<void> => {
    const { size } = await statOf(path);
    const file = { name: path, bytes: size, isNamed, open: async () => createReadStream(path) };
    if (isZip(await readHead(file))) {
      const archive = await openArchive(path);
      archives.push(archive);
      files.push(...archive.files.map((entry) => ({ ...entry, isNamed: false })));
    } else files.push(file);
    if (files.length > mostFiles) {
      throw new UnreadableFile(path, null, `there are more than ${mostFiles} files, too many for an export`);
    }
  };
  try {
    for (const path of paths) {
      const kind = await statOf(path);
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

async function statOf(path: string) {
  try {
    return await stat(path);
  } catch (error) {
    throw readFailure(path, null, error);
  }
}

/** Links are not followed: they may lead anywhere, or back. */
async function filesBelow(folder: string, depth = 0): Promise<string[]> {
  if (depth > deepestFolder) {
    throw new UnreadableFile(folder, null, `it is nested more than ${deepestFolder} folders deep`);
  }
  const paths: string[] = [];
  for (const entry of (await listing(folder)).toSorted((a, b) => (a.name < b.name ? -1 : 1))) {
    const path = join(folder, entry.name);
    if (entry.isFile()) paths.push(path);
    else if (entry.isDirectory()) paths.push(...(await filesBelow(path, depth + 1)));
    if (paths.length > mostFiles) {
      throw new UnreadableFile(folder, null, `it has more than ${mostFiles} files, too many for an export`);
    }
  }
  return paths;
}

async function listing(folder: string) {
  try {
    return await readdir(folder, { withFileTypes: true });
  } catch (error) {
    throw readFailure(folder, null, error);
  }
}
