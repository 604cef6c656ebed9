import type { ActionAccess } from "../../../actions/action-access.ts";
import type { Context } from "../../../context.ts";
import type { Database } from "../../../store/file/database.ts";

/** Makes the access for the actions of a command, or of a server that it runs. */
export function createActionAccess(context: Context, database: Database): ActionAccess {
  return {
    database,
    nowUts: Math.floor(context.clock.now() / 1000),
    nowMs: () => context.clock.now(),
    connect: () => context.connect(),
    interruptible: () => context.getInterruptSignal(),
    // The sample brings its own services.
    settings: () => (context.isSample ? null : context.settings()),
  };
}
