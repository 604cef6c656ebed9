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
      "the process was killed or crashed",
      "Check the system's log, for example for lack of memory.",
    );
  }
  return new Kind(failure.message, failure.hint);
}
