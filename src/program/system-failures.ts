// Messages for errors of the operating system: files, directories, memory.
import { RewindError, SystemError } from "../model/errors.ts";
import { isClosedPipe, systemWords } from "../output/stream.ts";

const whatFailed = new Map<string, string>(
  Object.entries({
    open: "can't open",
    read: "can't read",
    scandir: "can't read",
    stat: "can't access",
    lstat: "can't access",
    access: "can't access",
    write: "can't write",
    mkdir: "can't make the directory",
    mkdtemp: "can't make a directory",
    unlink: "can't remove",
    rmdir: "can't remove",
    rm: "can't remove",
    rename: "can't rename",
    chmod: "can't change the permissions of",
    uv_cwd: "can't find the current directory",
  }),
);

/** Translates errors of the system and of exhausted memory; returns any other error unchanged. */
export function explainSystemError(error: unknown): unknown {
  if (!(error instanceof Error) || error instanceof RewindError || isClosedPipe(error)) return error;
  const code = "code" in error && typeof error.code === "string" ? error.code : "";
  if (isTooLarge(error, code)) {
    return new SystemError("the answer is too large to hold in memory", "Ask for less at a time.", {
      cause: error,
    });
  }
  const syscall = "syscall" in error && typeof error.syscall === "string" ? error.syscall : "";
  if (code === "ERR_SYSTEM_ERROR") {
    return new SystemError(`the system refused: ${error.message}`, "To find out more: rewind doctor", {
      cause: error,
    });
  }
  if (syscall === "" || !/^E[A-Z0-9]+$/.test(code)) return error;
  const path = "path" in error && typeof error.path === "string" ? ` ${error.path}` : "";
  const what = whatFailed.get(syscall) ?? `${syscall} failed on`;
  return new SystemError(
    `${what}${path}: ${systemWords(error)}`,
    syscall === "mkdtemp" ? "Set TMPDIR to a writable directory." : "",
    { cause: error },
  );
}

function isTooLarge(error: Error, code: string): boolean {
  return (
    code === "ERR_STRING_TOO_LONG" ||
    code === "ERR_BUFFER_TOO_LARGE" ||
    code === "ERR_FS_FILE_TOO_LARGE" ||
    (error instanceof RangeError &&
      /^(?:Invalid (?:string|array|typed array) length|Array buffer allocation failed)/.test(error.message))
  );
}
