// rewind played --from: logs the tracks that a recogniser writes, one JSON object a line, and answers each with a line.
import { createReadStream } from "node:fs";
import type { Context } from "../../context.ts";
import { UsageError } from "../../model/errors.ts";
import { jsonText } from "../../output/json.ts";
import { systemWords } from "../../output/stream.ts";
import { answerLines } from "../../decisions/recognised/recognised-lines.ts";
import { shelfTracks, type ShelfTracks } from "../../decisions/recognised/shelf-tracks.ts";
import type { Database } from "../../store/file/database.ts";
import { openMatchedAnswers } from "../shared/opening/matched-answers.ts";

/** "-" is stdin. */
export async function logFrom(context: Context, file: string): Promise<void> {
  const { database } = await openMatchedAnswers(context);
  const shelfOf = shelfReader(database);
  if (file === "-" && context.stdin.isTTY === true) {
    context.note("rewind: waiting for tracks on stdin, one JSON object a line (Ctrl-D ends it)");
  }
  for await (const lines of linesFrom(context, file)) {
    const nowUts = Math.floor(context.clock.now() / 1000);
    for (const answer of answerLines(database, shelfOf(), lines, nowUts)) {
      await context.write(jsonText(answer, { indent: false }));
    }
  }
}

/** Reads the tracklists again after another process wrote to the cache, since a sync may have brought new ones. */
function shelfReader(database: Database): () => ShelfTracks {
  const versionOf = database.prepare<[], number>("PRAGMA data_version").pluck();
  let version: number | undefined;
  let shelf: ShelfTracks | undefined;
  return () => {
    const now = versionOf.get();
    if (shelf === undefined || now !== version) shelf = shelfTracks(database);
    version = now;
    return shelf;
  };
}

const longestLine = 64 * 1024;

/** The lines that have arrived so far, again and again. */
async function* linesFrom(context: Context, file: string): AsyncGenerator<string[]> {
  const decoder = new TextDecoder();
  let rest = "";
  try {
    for await (const chunk of file === "-" ? context.stdin : createReadStream(file)) {
      const lines = (
        rest + (typeof chunk === "string" ? chunk : decoder.decode(chunk as Uint8Array, { stream: true }))
      ).split("\n");
      rest = lines.pop() ?? "";
      if (rest.length > longestLine) throw new UsageError("a line is too long", "Write one track a line.");
      yield lines.filter((line) => line.trim() !== "");
    }
  } catch (error) {
    if (!(error instanceof Error) || !("code" in error)) throw error;
    throw new UsageError(
      `can't read ${file}: ${systemWords(error)}`,
      "Give a file with one JSON object a line, or - for stdin.",
      { cause: error },
    );
  }
  if (rest.trim() !== "") yield [rest];
}
