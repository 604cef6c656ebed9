// Tracks from a recogniser. `played import` logs the tracks that it writes, one JSON object a line, and answers each with a
// line. `played pending` lists the sides that fit several records, and logs one as the record that the user chooses.
import { createReadStream } from "node:fs";
import type { Context } from "../../context.ts";
import {
  filterByUuidPrefix,
  buildLoggedPlaysDocument,
  attachRelease,
} from "../../actions/logged/logged-plays.ts";
import {
  logPending,
  buildPendingDocument,
  readPendingSides,
  readJsonRecord,
  type PendingSide,
} from "../../actions/recognised/pending-sides.ts";
import { processLines } from "../../actions/recognised/recognised-lines.ts";
import { createTrackIndex } from "../../actions/recognised/track-index.ts";
import { getErrorCode, UsageError, getSystemMessage } from "../../model/errors.ts";
import { formatDay, formatTime } from "../../output/format-dates.ts";
import { joinLines } from "../../output/safe-text.ts";
import type { Column } from "../../output/field.ts";
import { renderJson, writeJson } from "../../output/json.ts";
import { pluralize } from "../../output/format-numbers.ts";
import { joinParts, wrapSentence } from "../../output/paragraph.ts";
import { present } from "../../output/present.ts";
import { saveChosenRelease } from "../../store/decisions/recognised-tracks.ts";
import { readCopies } from "../../queries/find/find-records.ts";
import type { Database } from "../../store/file/database.ts";
import { listSql, sql } from "../../store/file/sql.ts";
import { describeUndo } from "../shared/access/undo-hint.ts";
import { chooseRecord } from "../shared/prompting/prompt-choice.ts";
import type { Invocation } from "../shared/command-declaration.ts";
import { openMatchedCache } from "../shared/access/matched-cache.ts";
import { formatName, formatRelativeDay } from "./view.ts";

/** "-" is stdin. */
export async function logFromFile(context: Context, file: string): Promise<void> {
  const { database } = await openMatchedCache(context, { notifies: false });
  if (file === "-" && context.stdin.isTTY === true) {
    context.note("rewind: waiting for tracks on stdin, one JSON object a line (Ctrl-D ends it)");
  }
  for await (const lines of readLines(context, file)) {
    const nowUts = Math.floor(context.clock.now() / 1000);
    for (const answer of processLines(database, lines, nowUts)) {
      await context.write(renderJson(answer, { indent: false }));
    }
  }
}

const maxLineLength = 64 * 1024;

/** The lines that have arrived so far, again and again. */
async function* readLines(context: Context, file: string): AsyncGenerator<string[]> {
  const decoder = new TextDecoder();
  let rest = "";
  try {
    for await (const chunk of file === "-" ? context.stdin : createReadStream(file)) {
      const bytes = Buffer.from(chunk as Uint8Array | string);
      const lines = (rest + decoder.decode(bytes, { stream: true })).split("\n");
      rest = lines.pop() ?? "";
      if (rest.length > maxLineLength) throw new UsageError("a line is too long", "Write one track a line.");
      yield lines.filter((line) => line.trim() !== "");
    }
  } catch (error) {
    if (!(error instanceof Error) || getErrorCode(error) === "") throw error;
    throw new UsageError(
      `can't read ${file}: ${getSystemMessage(error)}`,
      "Give a file with one JSON object a line, or - for stdin.",
      { cause: error },
    );
  }
  if (rest.trim() !== "") yield [rest];
}

/** Lists the sides, or logs the one whose entry is given. */
export async function resolvePending(context: Context, call: Invocation): Promise<void> {
  const {
    words: [entry],
    asJson,
  } = call;
  const words = [call.arguments[1] ?? []].flat().map(String);
  const { database } = await openMatchedCache(context, { notifies: false });
  const shelf = createTrackIndex(database);
  const sides = readPendingSides(database, shelf);
  if (entry === undefined) return listPending(context, database, sides, call.form);
  const [side, ...others] = filterByUuidPrefix(sides, entry);
  if (side === undefined || others.length > 0) {
    throw new UsageError(
      `no pending side ${JSON.stringify(entry.slice(0, 40))}`,
      "To see them: rewind played pending",
    );
  }
  if (words.length === 0) {
    throw new UsageError(
      "no record given",
      "Give its number, or none if you did not play it: rewind played pending ENTRY 733",
    );
  }
  if (words.join(" ") === "none") {
    saveChosenRelease(database, side.uuid, null);
    return writeLogged(context, database, [], asJson);
  }
  const { hit } = await chooseRecord(context, database, words, { isOnePressing: true, asJson });
  const [{ releaseId }] = hit;
  const nowUts = Math.floor(context.clock.now() / 1000);
  const plays = logPending(database, shelf, side, { releaseId, nowUts });
  return writeLogged(context, database, plays, asJson);
}

async function writeLogged(
  context: Context,
  database: Database,
  plays: ReturnType<typeof logPending>,
  asJson: boolean,
): Promise<void> {
  const rows = plays.map((play) => attachRelease(database, play));
  if (asJson) {
    const question = { filter: {}, period: null, paging: null };
    return writeJson(context, buildLoggedPlaysDocument({ question, rows, total: rows.length }));
  }
  const nowUts = Math.floor(context.clock.now() / 1000);
  const lines = rows.map((row) => {
    const { tracks, uuid } = row.play;
    const undo = describeUndo(context, `rewind played undo ${uuid.slice(0, 8)}`);
    return `Logged: ${formatName(row)}, ${pluralize(tracks.length, "track")}, played ${formatRelativeDay(row.play, nowUts)}. ${undo}`;
  });
  const { screen } = context;
  await context.write(
    joinLines(
      (lines.length === 0 ? ["Logged nothing."] : lines).flatMap((line) => wrapSentence(line, screen)),
    ),
  );
}

async function listPending(
  context: Context,
  database: Database,
  sides: readonly PendingSide[],
  form: Invocation["form"],
): Promise<void> {
  await present(context, form, {
    document: () => buildPendingDocument(database, sides),
    table: () => ({
      columns: () => buildPendingColumns(database),
      lines: sides,
      footer: () => [
        [
          pluralize(sides.length, "side"),
          "log one: rewind played pending ENTRY #",
          "or none: rewind played pending ENTRY none",
        ],
      ],
      empty: () => "No side waits for you.",
    }),
  });
}

function buildPendingColumns(database: Database): Column<PendingSide>[] {
  return [
    { header: "Day", cell: ({ tracks }) => formatDay(tracks[0]?.uts ?? 0) },
    { header: "Time", cell: ({ tracks }) => formatTime(tracks[0]?.uts ?? 0) },
    {
      header: "Heard",
      cell: ({ tracks }) => {
        const count = new Set(tracks.map(({ title }) => title)).size;
        const first = `${tracks[0]?.artist ?? ""} · ${tracks[0]?.title ?? ""}`;
        return count > 1 ? `${first} and ${count - 1} more` : first;
      },
      flexible: { share: 2, maxWidth: 50, cut: "end" },
      isName: true,
    },
    {
      header: "May be",
      cell: ({ releases }) => {
        const copies = readCopies(database, sql`release.id IN ${listSql(releases.map(({ id }) => id))}`);
        const names = releases.map(({ id, instanceId, title }) => {
          const { form = "", year = null } = copies.find(({ releaseId }) => releaseId === id) ?? {};
          const pressing = joinParts([form, String(year ?? "")], " ");
          return `${readJsonRecord(database, id, instanceId).record_id ?? ""} ${title} (${pressing})`;
        });
        return names.join("; ");
      },
      flexible: { share: 2, maxWidth: 60, cut: "wrap" },
    },
    // Eight digits are almost always enough to name an entry.
    { header: "Entry", cell: ({ uuid }) => uuid.slice(0, 8) },
  ];
}
