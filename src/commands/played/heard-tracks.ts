// Tracks from a recogniser. --from logs the tracks that it writes, one JSON object a line, and answers each with a line.
// --pending lists the sides that fit several records, and logs one as the record that the user chooses.
import { createReadStream } from "node:fs";
import type { Context } from "../../context.ts";
import { entriesNamed, notesDocument, shownSession } from "../../actions/logged/logged-plays.ts";
import {
  logPending,
  pendingDocument,
  pendingSides,
  recordOf,
  type PendingSide,
} from "../../actions/recognised/pending-sides.ts";
import { answerLines } from "../../actions/recognised/recognised-lines.ts";
import { shelfTracks } from "../../actions/recognised/shelf-tracks.ts";
import { codeOf, UsageError, systemWords } from "../../model/errors.ts";
import { localDay, localTime } from "../../output/dates.ts";
import { linesText, printable } from "../../output/escape.ts";
import type { Column } from "../../output/field.ts";
import { jsonText, writeJson } from "../../output/json.ts";
import { counted } from "../../output/number-text.ts";
import { present } from "../../output/present.ts";
import { chooseRelease } from "../../store/decisions/recognised-tracks.ts";
import type { Database } from "../../store/file/database.ts";
import { chooseRecord } from "../shared/choosing/ask-which.ts";
import type { Call } from "../shared/declaration.ts";
import { openMatchedAnswers } from "../shared/opening/matched-answers.ts";

/** "-" is stdin. */
export async function logFrom(context: Context, file: string): Promise<void> {
  const { database } = await openMatchedAnswers(context, { notifies: false });
  if (file === "-" && context.stdin.isTTY === true) {
    context.note("rewind: waiting for tracks on stdin, one JSON object a line (Ctrl-D ends it)");
  }
  for await (const lines of linesFrom(context, file)) {
    const nowUts = Math.floor(context.clock.now() / 1000);
    for (const answer of answerLines(database, lines, nowUts)) {
      await context.write(jsonText(answer, { indent: false }));
    }
  }
}

const longestLine = 64 * 1024;

/** The lines that have arrived so far, again and again. */
async function* linesFrom(context: Context, file: string): AsyncGenerator<string[]> {
  const decoder = new TextDecoder();
  let rest = "";
  try {
    for await (const chunk of file === "-" ? context.stdin : createReadStream(file)) {
      const bytes = Buffer.from(chunk as Uint8Array | string);
      const lines = (rest + decoder.decode(bytes, { stream: true })).split("\n");
      rest = lines.pop() ?? "";
      if (rest.length > longestLine) throw new UsageError("a line is too long", "Write one track a line.");
      yield lines.filter((line) => line.trim() !== "");
    }
  } catch (error) {
    if (!(error instanceof Error) || codeOf(error) === "") throw error;
    throw new UsageError(
      `can't read ${file}: ${systemWords(error)}`,
      "Give a file with one JSON object a line, or - for stdin.",
      { cause: error },
    );
  }
  if (rest.trim() !== "") yield [rest];
}

/** `entry` true lists the sides. */
export async function settlePending(context: Context, entry: string | true, call: Call): Promise<void> {
  const { words, asJson } = call;
  const { database } = await openMatchedAnswers(context, { notifies: false });
  const shelf = shelfTracks(database);
  const sides = pendingSides(database, shelf);
  if (entry === true) return listPending(context, database, sides, call.form);
  const [side, ...others] = entriesNamed(sides, entry);
  if (side === undefined || others.length > 0) {
    throw new UsageError(
      `no pending side ${JSON.stringify(entry.slice(0, 40))}`,
      "To see them: rewind played --pending",
    );
  }
  if (words.length === 0) {
    throw new UsageError(
      "no record given",
      "Give its number, or none if you did not play it: rewind played 733 --pending ENTRY",
    );
  }
  if (words.join(" ") === "none") {
    chooseRelease(database, side.uuid, null);
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
  const rows = plays.map((play) => shownSession(database, play));
  if (asJson) {
    const question = { filter: {}, span: null, paging: null };
    return writeJson(context, notesDocument({ question, rows, total: rows.length }));
  }
  const lines = rows.map(
    ({ play, artist, title }) =>
      `Logged: ${artist ?? ""} · ${title ?? ""}, ${counted(play.tracks.length, "track")}, played on ${localDay(play.startUts)} at ${localTime(play.startUts)}.`,
  );
  await context.write(linesText((lines.length === 0 ? ["Logged nothing."] : lines).map(printable)));
}

async function listPending(
  context: Context,
  database: Database,
  sides: readonly PendingSide[],
  form: Call["form"],
): Promise<void> {
  await present(context, form, {
    document: () => pendingDocument(database, sides),
    table: () => ({
      columns: () => pendingColumns(database),
      lines: sides,
      footer: () => [
        [
          counted(sides.length, "side"),
          "log one: rewind played # --pending ENTRY",
          "or none: rewind played none --pending ENTRY",
        ],
      ],
      empty: () => "No side waits for you.",
    }),
  });
}

function pendingColumns(database: Database): Column<PendingSide>[] {
  return [
    { header: "Day", cell: ({ tracks }) => localDay(tracks[0]?.uts ?? 0) },
    { header: "Time", cell: ({ tracks }) => localTime(tracks[0]?.uts ?? 0) },
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
        const names = releases.map(
          ({ id, instanceId, title }) => `${recordOf(database, id, instanceId).record_id ?? ""} ${title}`,
        );
        return names.join("; ");
      },
      flexible: { share: 2, maxWidth: 60, cut: "end" },
    },
    // Eight digits are almost always enough to name an entry.
    { header: "Entry", cell: ({ uuid }) => uuid.slice(0, 8) },
  ];
}
