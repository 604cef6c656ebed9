// A file that a command writes, and replaces only if it wrote it.
import { randomUUID } from "node:crypto";
import {
  closeSync,
  existsSync,
  fstatSync,
  openSync,
  readSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { getErrorCode, getSystemMessage, SystemError, UsageError } from "../../../model/errors.ts";
import type { Markup } from "../../../output/markup.ts";
import { createChunkWriter, type Sink } from "../../../output/stream.ts";

export interface OwnFile {
  readonly path: string;
  /** Matches the beginning of the files that the command writes. */
  readonly pattern: RegExp;
  /** "rewind report" */
  readonly command: string;
  /** A name for such a file. */
  readonly example: string;
}

/** Throws UsageError if there is a file with this name that rewind has not written. */
export function refuseOtherFile(file: OwnFile): void {
  const { path, pattern, command } = file;
  translateWriteErrors(file, () => {
    const stats = statSync(path, { throwIfNoEntry: false });
    if (stats?.isFile() === false) {
      throw new UsageError(
        `${JSON.stringify(path)} is not a regular file`,
        `Give another name, or write to stdout: ${command} --out -`,
      );
    }
    if (stats !== undefined && !isOwnFile(path, pattern)) {
      throw new UsageError(
        `${JSON.stringify(path)} already exists, and rewind did not write it`,
        `Give another name, or remove it first: ${command} --out FILE`,
      );
    }
  });
}

/** Writes a temporary file and renames it. Returns its size in bytes. Throws SystemError if nothing can be written. */
export async function writeOwnFile(own: OwnFile, pieces: Iterable<Markup>): Promise<number> {
  const { path } = own;
  const target = existsSync(path) ? realpathSync(path) : path;
  // The name can't be guessed, so nobody can plant a link there, and an existing file is never opened.
  const unfinished = `${target}.${randomUUID()}.part`;
  const file = translateWriteErrors(own, () => openSync(unfinished, "wx"));
  try {
    await writePieces(pieces, async (text) => translateWriteErrors(own, () => writeFileSync(file, text)));
    return translateWriteErrors(own, () => {
      const { size } = fstatSync(file);
      closeSync(file);
      renameSync(unfinished, target);
      return size;
    });
  } finally {
    rmSync(unfinished, { force: true });
  }
}

export async function writePieces(pieces: Iterable<Markup>, write: Sink["write"]): Promise<void> {
  const chunks = createChunkWriter({ write });
  for (const piece of pieces) await chunks.add(piece);
  await chunks.end();
}

/** true: rewind wrote the file, or it is empty. */
function isOwnFile(path: string, pattern: RegExp): boolean {
  const file = openSync(path, "r");
  try {
    const start = Buffer.alloc(400);
    const length = readSync(file, start);
    return length === 0 || pattern.test(start.toString("utf8", 0, length));
  } finally {
    closeSync(file);
  }
}

function translateWriteErrors<Value>({ path, command, example }: OwnFile, work: () => Value): Value {
  try {
    return work();
  } catch (error) {
    const code = getErrorCode(error);
    if (!(error instanceof Error) || code === "") throw error;
    if (code === "ERR_INVALID_ARG_VALUE") {
      throw new UsageError(
        "--out takes the path of a file, or - for stdout",
        `Try: ${command} --out ${example}`,
      );
    }
    const hint = `Give another place: ${command} --out FILE`;
    throw new SystemError(`can't write ${path}: ${getSystemMessage(error)}`, hint, { cause: error });
  }
}
