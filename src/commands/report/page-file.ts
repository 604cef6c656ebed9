// The file of a page: written beside its place and put there whole, and never in the place of a file that is none of ours.
import {
  closeSync,
  existsSync,
  fstatSync,
  openSync,
  readSync,
  realpathSync,
  renameSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { SystemError, UsageError } from "../../model/errors.ts";
import type { SafeText } from "../../output/escape.ts";
import { systemWords } from "../../output/stream.ts";

interface PageFile {
  write(this: void, text: SafeText): void;
  /** Puts it in its place; how many bytes it has. */
  finish(this: void): number;
  /** Leaves no trace of what was not finished. */
  discard(this: void): void;
}

/** Throws UsageError where another file stands there, SystemError where nothing can be written. */
export function createPageFile(path: string, generator: string): PageFile {
  return orUnwritable(path, () => {
    const target = existsSync(path) ? realpathSync(path) : path;
    if (existsSync(target) && !isOurs(target, generator)) {
      throw new UsageError(
        `${JSON.stringify(path)} is there already, and is no page that rewind wrote`,
        "Give another name, or remove it first: rewind report --out FILE",
      );
    }
    const unfinished = `${target}.${process.pid}.part`;
    const file = openSync(unfinished, "w");
    let isOpen = true;
    const close = (): void => {
      if (isOpen) closeSync(file);
      isOpen = false;
    };
    return {
      write: (text) => orUnwritable(path, () => writeFileSync(file, text)),
      finish: () =>
        orUnwritable(path, () => {
          const { size } = fstatSync(file);
          close();
          renameSync(unfinished, target);
          return size;
        }),
      discard() {
        close();
        rmSync(unfinished, { force: true });
      },
    };
  });
}

/** What is no file, as a pipe or a device, may be written to as by > of a shell. */
function isOurs(path: string, generator: string): boolean {
  const file = openSync(path, "r");
  try {
    if (!fstatSync(file).isFile()) return false;
    const start = Buffer.alloc(400);
    const length = readSync(file, start);
    return (
      length === 0 || start.toString("utf8", 0, length).includes(`name="generator" content="${generator} `)
    );
  } finally {
    closeSync(file);
  }
}

function orUnwritable<Value>(path: string, work: () => Value): Value {
  try {
    return work();
  } catch (error) {
    if (!(error instanceof Error) || !("code" in error) || error instanceof UsageError) throw error;
    if (error.code === "ERR_INVALID_ARG_VALUE") {
      throw new UsageError(
        "--out takes the path of a file, or - for stdout",
        "Try: rewind report --out shelf.html",
      );
    }
    throw new SystemError(
      `can't write ${path}: ${systemWords(error)}`,
      "Give another place: rewind report --out FILE",
      {
        cause: error,
      },
    );
  }
}
