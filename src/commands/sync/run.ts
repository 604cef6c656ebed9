import type { Context } from "../../context.ts";
import { UsageError } from "../../errors.ts";
import type { Call } from "../shared/call.ts";
import { announce, requestLine, waitLine } from "./announcement.ts";
import type { Opened, SyncFlags } from "./session.ts";

/** Says what it is about to do, and only then loads what does it. */
export async function runSync(context: Context, { options }: Call): Promise<void> {
  const flags = options as SyncFlags;
  if (flags.acceptRemovals === true && flags.full !== true) {
    throw new UsageError(
      "--accept-removals needs --full: only a complete listing shows what is gone",
      "Run: rewind sync --full --accept-removals",
    );
  }
  const announcement = announce(context);
  const [opened, { runSession }] = await open(context, announcement.show).finally(announcement.erase);
  return runSession(context, opened, flags);
}

/** Settings first: where they are missing, no cache is made. */
async function open(context: Context, onConnect: () => void) {
  const connected = await context.connect({
    ...(context.options.verbose === true ? { onRequest: (report) => context.note(requestLine(report)) } : {}),
    onWait: (...wait) => context.note(waitLine(...wait)),
    onConnect,
  });
  const opened: Opened = { ...connected, database: await context.writableStore() };
  return [opened, await import("./session.ts")] as const;
}
