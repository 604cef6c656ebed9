import type { Context } from "../../context.ts";
import { UsageError } from "../../model/errors.ts";
import { collectionServices } from "../../sources/all-services.ts";
import type { Call } from "../shared/declaration.ts";
import { type Notice, openNotice } from "../shared/opening/notice.ts";
import { asking, requestLine, waitNotes } from "./announcement.ts";
import type { Opened, SyncFlags } from "./session.ts";

/** Prints its first line before it loads the code that syncs. */
export async function runSync(context: Context, { options }: Call): Promise<void> {
  const flags = options as SyncFlags;
  if (flags.acceptRemovals === true && flags.full !== true) {
    throw new UsageError(
      "--accept-removals needs --full: only a complete sync knows what is gone",
      "Run: rewind sync --full --accept-removals",
    );
  }
  refuseUnasked(flags);
  let notice: Notice | undefined;
  const show = (): void => {
    notice = openNotice(context, asking);
  };
  const [connection, { runSession }] = await open(context, show).finally(() => notice?.close());
  return runSession(context, connection, flags);
}

/** Refuses options that need a service which --only leaves out. */
function refuseUnasked({ only, masters, tracklists }: SyncFlags): void {
  const flag = tracklists === true ? "--tracklists" : masters === true ? "--masters" : null;
  if (flag === null || only === undefined || collectionServices.some(({ id }) => id === only)) return;
  const [{ id, name }] = collectionServices;
  throw new UsageError(
    `${flag} asks ${name}, which --only ${only} leaves out`,
    `Run: rewind sync --only ${id} ${flag}`,
  );
}

/** Checks the settings before it opens the cache, so that missing settings leave no empty cache behind. */
async function open(context: Context, onConnect: () => void) {
  const connected = await context.connect({
    ...(context.options.verbose === true
      ? { onRequest: (report) => context.noteLines(requestLine(report)) }
      : {}),
    onWait: waitNotes(context),
    onConnect,
  });
  const connection: Opened = { ...connected, database: await context.writableStore() };
  return [connection, await import("./session.ts")] as const;
}
