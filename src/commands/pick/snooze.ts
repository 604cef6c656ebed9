// Leaving an album out of the draw, for a time or until that is undone (rewind pick --snooze, --not, --snoozed, --unsnooze).
import type { Context } from "../../context.ts";
import { UsageError } from "../../model/errors.ts";
import { localDay, localDayInWords } from "../../output/dates.ts";
import { linesText } from "../../output/escape.ts";
import { writeJson } from "../../output/json.ts";
import { counted } from "../../output/numbers.ts";
import { sentence } from "../../output/paragraph.ts";
import { present } from "../../output/present.ts";
import type { ListingForm } from "../../output/field.ts";
import { document, shownSnoozes, snooze, unsnooze } from "../../decisions/snoozes.ts";
import { openMatchedAnswers } from "../shared/opening/matched-answers.ts";
import { hitName } from "../shared/choosing/chosen-record.ts";
import { artistColumn, numberColumn, titleColumn } from "../shared/listing/name-columns.ts";
import { sureRecord } from "../shared/choosing/sure-choice.ts";

export interface SnoozeOptions {
  readonly snooze?: string;
  readonly not?: string;
  readonly unsnooze?: string;
  readonly snoozed?: true;
  readonly for?: string;
  readonly json?: true;
}

export function isAboutSnoozes({ snooze: some, not, unsnooze: undone, snoozed }: SnoozeOptions): boolean {
  return [some, not, undone, snoozed].some((each) => each !== undefined);
}

const usualTime = "12mo";

export async function runSnooze(context: Context, options: SnoozeOptions, as: ListingForm): Promise<void> {
  const nowUts = Math.floor(context.clock.now() / 1000);
  if (options.snoozed === true) return listSnoozed(context, as, nowUts);
  const untilUts = options.snooze === undefined ? null : after(nowUts, options.for ?? usualTime);
  const { database } = await openMatchedAnswers(context);
  const named = options.snooze ?? options.not ?? options.unsnooze ?? "";
  const { hit } = await sureRecord(context, database, [named], { asJson: options.json === true });
  const { artist, title, id } = hit[0];
  if (options.unsnooze !== undefined) {
    const was = unsnooze(database, { artist, title });
    await say(
      context,
      options,
      was ? `${hitName(hit)} is drawn again.` : `${hitName(hit)} was not snoozed.`,
      nowUts,
    );
    return;
  }
  snooze(database, { artist, title, untilUts, snoozedUts: nowUts });
  const time = untilUts === null ? "any more" : `until ${localDayInWords(untilUts)}`;
  await say(
    context,
    options,
    `${hitName(hit)} is not proposed ${time}. Undo: rewind pick --unsnooze ${id}`,
    nowUts,
  );
}

/** What was said, or in JSON all that is snoozed now. */
async function say(context: Context, { json }: SnoozeOptions, text: string, nowUts: number): Promise<void> {
  if (json === true) return writeJson(context, document(shownSnoozes(await context.store(), nowUts)));
  await context.write(linesText(sentence(text, context.screen)));
}

async function listSnoozed(context: Context, as: ListingForm, nowUts: number): Promise<void> {
  const { database } = await openMatchedAnswers(context);
  const snoozes = shownSnoozes(database, nowUts);
  await present(
    context,
    { as },
    {
      document: () => document(snoozes),
      fields: [
        { name: "id", value: ({ recordId }) => recordId, numeric: true },
        { name: "artist", value: ({ artist }) => artist },
        { name: "title", value: ({ title }) => title },
        { name: "until", value: ({ untilUts }) => (untilUts === null ? null : localDay(untilUts)) },
        { name: "since", value: ({ snoozedUts }) => localDay(snoozedUts) },
      ],
      rows: snoozes,
      table: () => ({
        columns: ({ colours }) => [
          numberColumn(colours, ({ recordId }) => (recordId === null ? "" : String(recordId))),
          artistColumn(({ artist }) => artist),
          titleColumn(({ title }) => title),
          {
            header: "Until",
            cell: ({ untilUts }) => (untilUts === null ? "undone" : localDay(untilUts)),
          },
          { header: "Since", cell: ({ snoozedUts }) => localDay(snoozedUts), dropOrder: 2 },
        ],
        lines: snoozes,
        footer: () => [[counted(snoozes.length, "snoozed album"), "undo: rewind pick --unsnooze #"]],
        empty: () => "No album is snoozed. To leave one out: rewind pick --snooze NUMBER",
      }),
    },
  );
}

/** The local day so long from now, at this time of day; where a month has no such day, its last. */
function after(nowUts: number, text: string): number {
  const [, count = "", unit = ""] = /^([1-9]\d{0,2})(d|w|mo|y)$/.exec(text) ?? [];
  if (count === "") {
    throw new UsageError(
      `--for takes a time, not ${JSON.stringify(text.slice(0, 40))}`,
      "For example: --for 90d, --for 6mo, --for 2y",
    );
  }
  const date = new Date(nowUts * 1000);
  const day = date.getDate();
  if (unit === "d" || unit === "w") date.setDate(day + Number(count) * (unit === "w" ? 7 : 1));
  else {
    date.setDate(1);
    date.setMonth(date.getMonth() + Number(count) * (unit === "y" ? 12 : 1));
    const last = new Date(date.getFullYear(), date.getMonth() + 1, 0).getDate();
    date.setDate(Math.min(day, last));
  }
  return Math.floor(date.getTime() / 1000);
}
