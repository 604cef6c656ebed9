// What another process of this program said last before it failed, as an error of this one.
import type { ChildEnd } from "../../../host/host.ts";
import {
  AccountError,
  CacheError,
  InterruptedError,
  NotReadyError,
  type RewindError,
  ServiceError,
  SystemError,
  UsageError,
} from "../../../model/errors.ts";

const kinds = new Map<number | null, new (message: string, hint: string) => RewindError>([
  [1, CacheError],
  [2, UsageError],
  [3, ServiceError],
  [4, AccountError],
  [5, NotReadyError],
]);

const mark = "rewind: ";

/** undefined: it did not fail. */
export function childFailure({ code, complaint }: ChildEnd): RewindError | undefined {
  if (code === 0) return undefined;
  if (code === 130 || code === 143) return new InterruptedError(code === 130 ? "SIGINT" : "SIGTERM");
  const lines = complaint.trimEnd().split("\n");
  const at = lines.findLastIndex((line) => line.startsWith(mark));
  const message = lines[at]?.slice(mark.length);
  const Kind = kinds.get(code);
  if (message === undefined || Kind === undefined) {
    return new SystemError(
      "its process was ended from outside, or could not go on",
      "The system's log may say why: memory, a signal.",
    );
  }
  return new Kind(message, lines.slice(at + 1).join("\n"));
}
