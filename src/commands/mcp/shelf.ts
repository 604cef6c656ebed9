// What the tools of an assistant work on: the cache, one question after the other, and other commands of the program.
import type { Context } from "../../context.ts";
import type { Host, OutputStream, StopSignal } from "../../host.ts";
import { NotReadyError } from "../../errors.ts";
import type { Shelf } from "../../mcp/tool.ts";
import type { Database } from "../../store/database.ts";
import { openAnswers } from "../shared/answers.ts";
import type { Call } from "../shared/call.ts";
import { whyInFull } from "../shared/pick-reason.ts";

export interface OpenShelf extends Shelf {
  /** Ends what is still running. */
  close(): Promise<void>;
}

export function openShelf(
  context: Context,
  { runCommand }: Call,
  told: (error: unknown) => string,
): OpenShelf {
  let last: Promise<unknown> = Promise.resolve();
  const cache = `--db=${context.cachePath}`;

  // Opened for each question: what took the place of the cache meanwhile is what is asked. One at a time.
  const inTurn = <Result>(work: () => Promise<Result>): Promise<Result> => {
    const result = last.then(async () => {
      try {
        return await work();
      } catch (error) {
        throw await context.explain(error);
      } finally {
        await context.close();
      }
    });
    last = result.catch(() => {});
    return result;
  };

  const sync = syncing((host) => runCommand([cache, "sync", "--quiet"], host), told);
  return {
    cachePath: context.cachePath,
    nowUts: () => Math.floor(context.clock.now() / 1000),
    random: () => context.random(),
    read: (work) => inTurn(async () => ofOneState((await openAnswers(context)).database, work)),
    readAny: (work) =>
      inTurn(async () => {
        const database = await storeOf(context);
        return database === null ? work(null) : ofOneState(database, work);
      }),
    shelfField: () => context.settings()("shelf_field"),
    whyPicked: whyInFull,
    run: (line) =>
      inTurn(async () => {
        const { stdout, text } = heldOutput();
        await runCommand([cache, "--no-input", ...line], { stdout });
        return JSON.parse(text()) as unknown;
      }),
    startSync: sync.start,
    async close() {
      await sync.stop();
      await last;
    },
  };
}

async function ofOneState<Result>(
  database: Database,
  work: (database: Database) => Result | Promise<Result>,
): Promise<Result> {
  database.exec("BEGIN");
  try {
    return await work(database);
  } finally {
    if (database.inTransaction) database.exec("ROLLBACK");
  }
}

/** null: nothing was ever synced. */
async function storeOf(context: Context): Promise<Database | null> {
  try {
    return await context.store();
  } catch (error) {
    if (error instanceof NotReadyError) return null;
    throw error;
  }
}

/** stdout is the protocol's own: what a command writes is held. */
function heldOutput(): { readonly stdout: OutputStream; text(this: void): string } {
  const pieces: string[] = [];
  return {
    stdout: {
      isTTY: false,
      write(text, done) {
        pieces.push(text);
        if (done !== undefined) queueMicrotask(done);
        return true;
      },
      once: () => undefined,
    },
    text: () => pieces.join(""),
  };
}

/** A sync at a time, which goes on while questions are answered, and ends with the connection. */
function syncing(
  run: (host: Partial<Host>) => Promise<void>,
  told: (error: unknown) => string,
): { start: Shelf["startSync"]; stop(): Promise<void> } {
  let failure: string | null = null;
  let running: Promise<void> | undefined;
  const listeners = new Map<StopSignal, () => void>();
  const signals: Host["signals"] = {
    on: (signal, listener) => {
      if (signal === "SIGINT" || signal === "SIGTERM") listeners.set(signal, listener);
    },
    removeListener: (signal, listener) => {
      for (const [name, own] of listeners) if (name === signal && own === listener) listeners.delete(name);
    },
    raise: () => {},
  };
  return {
    start() {
      if (running !== undefined) return { started: false, failure: null };
      const before = failure;
      failure = null;
      running = run({ stdout: heldOutput().stdout, signals })
        .catch((error: unknown) => {
          failure = told(error);
        })
        .finally(() => {
          running = undefined;
        });
      return { started: true, failure: before };
    },
    async stop() {
      listeners.get("SIGTERM")?.();
      await running;
    },
  };
}
