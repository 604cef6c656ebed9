// Turns the reported failure of another process of this program into an error.
import type { ChildEnd } from "../../../host/host.ts";
import {
  AccountError,
  AlreadySyncing,
  CacheError,
  InterruptedError,
  NotReadyError,
  type RewindError,
  ServiceError,
  SystemError,
  UsageError,
} from "../../../model/errors.ts";

const kinds = new Map<number, new (message: string, hint: string) => RewindError>([
  [1, CacheError],
  [2, UsageError],
  [3, ServiceError],
  [4, AccountError],
  [5, NotReadyError],
]);

/** Returns undefined if it did not fail. */
export function childFailure({ code, failure }: ChildEnd): RewindError | undefined {
  if (code === 0) return undefined;
  if (code === 130 || code === 143) return new InterruptedError(code === 130 ? "SIGINT" : "SIGTERM");
  const Kind = failure?.isAlreadySyncing === true ? AlreadySyncing : kinds.get(failure?.exitCode ?? 0);
  if (failure === null || Kind === undefined) {
    return new SystemError(
      "its process was ended from outside, or could not go on",
      "The system's log may say why: memory, a signal.",
    );
  }
  return new Kind(failure.message, failure.hint);
}
