import type { Context } from "../../context.ts";
import { RewindError } from "../../model/errors.ts";
import { toPrintableLines } from "../../output/safe-text.ts";
import { redact } from "../../model/redact.ts";
import { declareCommand, declareOptions, type Invocation } from "../shared/command-declaration.ts";
import { listKnownSecrets, openBackgroundSync } from "../shared/access/background-sync.ts";
import type { ToolContext } from "../../interfaces/mcp/tools/tool.ts";
import { withSnapshot } from "../../store/file/database.ts";
import { getFileIdentity } from "../../store/file/file-lock.ts";
import { openMatchedCache, openCacheIfAny } from "../shared/access/matched-cache.ts";
import { explainPickInFull } from "../shared/listing/format-times.ts";
import { createActionAccess } from "../shared/access/action-access.ts";
import { createPlayingReader } from "../shared/access/playing-reader.ts";
import { isAmbiguous, createAmbiguityError } from "../../actions/resolve-target.ts";
import { createSqlRunner } from "./sql-process.ts";

const mcpOptions = declareOptions({
  flags: "--write",
  help: "also offer tools that log a play, start a sync or decide a match",
});

export const declaration = declareCommand({
  name: "mcp",
  runsUntilStopped: true,
  details: `Starts a Model Context Protocol server on stdin and stdout. You give the command to your assistant, which then starts
the server when it needs it. Answers come from the cache. Without --write the server changes nothing.`,
  options: mcpOptions,
  examples: [
    ["claude mcp add rewind -- rewind mcp", "set up Claude Code"],
    ["codex mcp add rewind -- rewind mcp --write", "set up Codex, and allow changes"],
  ],
  load: async () => runMcp,
});

async function runMcp(context: Context, call: Invocation<typeof mcpOptions>): Promise<void> {
  const { serve } = await import("../../interfaces/mcp/serve.ts");
  if (context.stdin.isTTY === true) {
    context.note(
      "rewind: waiting for an assistant on stdin (Ctrl-D ends it). To set one up: rewind mcp --help",
    );
  }
  const shelf = openToolContext(context);
  try {
    await serve({
      shelf,
      version: context.version,
      canWrite: call.options.write === true,
      describeError: (error) => formatError(context, error),
      input: context.stdin,
      write: (text) => context.write(text),
      onError: (error) => context.note(`rewind: ${error.message}`),
    });
  } finally {
    await shelf.close();
  }
}

/** The error and its remedy, for the assistant. Unexpected errors go to the log in full. */
function formatError(context: Context, error: unknown): string {
  const secrets = listKnownSecrets(context);
  if (error instanceof RewindError) {
    const lines = [error.message, ...error.hint.split("\n")].map(toOneLine).filter((line) => line !== "");
    return redact(lines.join("\n"), secrets);
  }
  const stack = error instanceof Error ? (error.stack ?? error.message) : String(error);
  context.noteLines(toPrintableLines(redact(stack, secrets)));
  return "this is a bug in rewind; its log says more";
}

const maxLogLength = 1000;

function toOneLine(text: string): string {
  const line = text.replaceAll(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, " ").trim();
  return line.length > maxLogLength ? `${line.slice(0, maxLogLength)}…` : line;
}

/**
 * The MCP tools work with this: the cache, one query or action after another. close() stops what
 * is still running.
 */
function openToolContext(context: Context): ToolContext & { close(): Promise<void> } {
  let last: Promise<unknown> = Promise.resolve();

  // One question at a time. The cache stays open until another file replaces it or a question fails.
  let identity = "";
  const runInTurn = <Result>(work: () => Promise<Result>): Promise<Result> => {
    const result = last.then(async () => {
      const before = identity;
      identity = getFileIdentity(context.cachePath);
      if (identity !== before) await context.close();
      try {
        return await work();
      } catch (error) {
        const explained = await context.explain(error);
        await context.close();
        throw explained;
      }
    });
    last = result.catch(() => {});
    return result;
  };

  const syncs = openBackgroundSync(context);
  const scrobbler = createSqlRunner(context);
  const closed = new AbortController();
  return {
    cachePath: context.cachePath,
    read: (work, { needsCollection } = { needsCollection: true }) =>
      runInTurn(async () => {
        const { database } = await openMatchedCache(context, { notifies: false, needsCollection });
        const state = {
          database,
          nowUts: Math.floor(context.clock.now() / 1000),
          random: () => context.random(),
          // Settings that can't be read stop no question that needs none.
          get shelfField() {
            return context.settings()("shelf_field");
          },
          whyPicked: explainPickInFull,
        };
        return withSnapshot(database, () => work(state));
      }),
    readAny: (work) =>
      runInTurn(async () => {
        const database = await openCacheIfAny(context);
        return database === null ? work(null) : withSnapshot(database, () => work(database));
      }),
    write: (signal, act) =>
      runInTurn(async () => {
        const { database } = await openMatchedCache(context, { notifies: false });
        const access = { ...createActionAccess(context, database), interruptible: () => signal };
        const result = await act(access);
        if (isAmbiguous(result)) throw createAmbiguityError(result);
        return result;
      }),
    async askSql(sql, paging, signal) {
      // Makes sure that the cache exists and its matches are current.
      await runInTurn(() => openMatchedCache(context, { notifies: false }));
      return scrobbler.askSql(sql, paging, signal);
    },
    startSync() {
      const before = syncs.getLastRun()?.error ?? null;
      return { started: syncs.start({ scope: "all" }) !== undefined, failure: before };
    },
    fetchPlaying: createPlayingReader(context, closed.signal),
    async close() {
      closed.abort();
      await scrobbler.stop();
      await syncs.stop();
      await last;
      await context.close();
    },
  };
}
