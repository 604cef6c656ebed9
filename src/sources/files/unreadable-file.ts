import { UsageError } from "../../model/errors.ts";

const nothingImported = "Nothing was imported.";

/** A file that can't be imported: which, in which line if that is known, and why. */
export class UnreadableFile extends UsageError {
  constructor(file: string, line: number | null, why: string, hint = nothingImported) {
    super(`${file}${line === null ? "" : `, line ${line}`}: ${why}`, hint);
  }
}

/** A failure to read a file in words. yauzl and zlib say of a zip in many ways that its data is wrong. */
export function readFailure(file: string, line: number | null, error: unknown): UnreadableFile {
  if (error instanceof UnreadableFile) return error;
  const code = error instanceof Error && "code" in error ? String(error.code) : "";
  const reasons = {
    ENOENT: "there is no such file",
    EACCES: "you may not read it",
    EPERM: "you may not read it",
  };
  if (code in reasons) return new UnreadableFile(file, line, reasons[code as keyof typeof reasons]);
  if (/^E[A-Z]+$/.test(code)) return new UnreadableFile(file, line, `it can't be read (${code})`);
  const isName =
    error instanceof Error && /\b(?:relative|absolute) path\b|invalid characters/.test(error.message);
  const why = isName ? "the zip has a file name that leads out of it" : "the zip is damaged or was cut off";
  return new UnreadableFile(file, line, why);
}
