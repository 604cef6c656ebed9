// rewind played --pending: lists the sides that wait for the user, and logs one as the record that the user chooses.
import type { Context } from "../../context.ts";
import { UsageError } from "../../model/errors.ts";
import { localDay, localTime } from "../../output/dates.ts";
import { linesText, printable } from "../../output/escape.ts";
import { writeJson } from "../../output/json.ts";
import { counted } from "../../output/number-text.ts";
import { present } from "../../output/present.ts";
import { entriesNamed, releaseOfRecord, shownSession } from "../../decisions/noted/log-play.ts";
import { document } from "../../decisions/noted/noted-list.ts";
import {
  logPending,
  pendingDocument,
  pendingSides,
  recordOf,
  type PendingSide,
} from "../../decisions/recognised/pending-sides.ts";
import { shelfTracks } from "../../decisions/recognised/shelf-tracks.ts";
import { chooseRelease } from "../../store/decisions/recognised-tracks.ts";
import type { Database } from "../../store/file/database.ts";
import { sureRecord } from "../shared/choosing/sure-choice.ts";
import { openMatchedAnswers } from "../shared/opening/matched-answers.ts";

/** Almost always enough to name an entry. */
const shownDigits = 8;

interface PendingCall {
  /** true: list them. */
  readonly entry: string | true;
  readonly words: readonly string[];
  readonly asJson: boolean;
}

export async function settlePending(context: Context, { entry, words, asJson }: PendingCall): Promise<void> {
  const { database } = await openMatchedAnswers(context);
  const shelf = shelfTracks(database);
  const sides = pendingSides(database, shelf);
  if (entry === true) return list(context, database, sides, asJson);
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
    return tell(context, database, [], asJson);
  }
  const { hit } = await sureRecord(context, database, words, { isOnePressing: true, asJson });
  const releaseId = releaseOfRecord(database, hit[0].id)?.id ?? 0;
  const nowUts = Math.floor(context.clock.now() / 1000);
  return tell(context, database, logPending(database, shelf, side, { releaseId, nowUts }), asJson);
}

async function tell(
  context: Context,
  database: Database,
  plays: ReturnType<typeof logPending>,
  asJson: boolean,
): Promise<void> {
  const rows = plays.map((play) => shownSession(database, play));
  if (asJson) {
    const question = { filter: {}, span: null, paging: null };
    return writeJson(context, document({ question, rows, total: rows.length }));
  }
  const lines = rows.map(
    ({ play, artist, title }) =>
      `Logged: ${artist ?? ""} · ${title ?? ""}, ${counted(play.tracks.length, "track")}, played on ${localDay(play.startUts)} at ${localTime(play.startUts)}.`,
  );
  await context.write(linesText((lines.length === 0 ? ["Logged nothing."] : lines).map(printable)));
}

async function list(
  context: Context,
  database: Database,
  sides: readonly PendingSide[],
  asJson: boolean,
): Promise<void> {
  await present(
    context,
    { as: asJson ? "json" : "table" },
    {
      document: () => pendingDocument(database, sides),
      table: () => ({
        columns: () => [
          { header: "Day", cell: ({ tracks }: PendingSide) => localDay(tracks[0]?.uts ?? 0) },
          { header: "Time", cell: ({ tracks }: PendingSide) => localTime(tracks[0]?.uts ?? 0) },
          {
            header: "Heard",
            cell: ({ tracks }: PendingSide) => {
              const [first] = tracks;
              const count = new Set(tracks.map(({ title }) => title)).size;
              return `${first?.artist ?? ""} · ${first?.title ?? ""}${count > 1 ? ` and ${count - 1} more` : ""}`;
            },
            flexible: { share: 2, maxWidth: 50, cut: "end" },
            isName: true,
          },
          {
            header: "May be",
            cell: ({ releases }: PendingSide) =>
              releases
                .map(
                  ({ id, instanceId, title }) =>
                    `${recordOf(database, id, instanceId).record_id ?? ""} ${title}`,
                )
                .join("; "),
            flexible: { share: 2, maxWidth: 60, cut: "end" },
          },
          { header: "Entry", cell: ({ uuid }: PendingSide) => uuid.slice(0, shownDigits) },
        ],
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
    },
  );
}
