// rewind pick --snooze, --not, --snoozed and --unsnooze: albums that are not drawn, for a time or until the user undoes it.
import type { Context } from "../../context.ts";
import { UsageError } from "../../model/errors.ts";
import { formatArtistAndTitle } from "../../model/names.ts";
import { formatDay, formatLongDay } from "../../output/format-dates.ts";
import { joinLines } from "../../output/safe-text.ts";
import { writeJson } from "../../output/json.ts";
import { pluralize } from "../../output/format-numbers.ts";
import { joinParts, wrapSentence } from "../../output/paragraph.ts";
import { present } from "../../output/present.ts";
import type { Field } from "../../output/field.ts";
import { computeDayAgo, suggestAge } from "../../queries/conditions/period.ts";
import {
  buildSnoozesDocument,
  querySnoozes,
  snooze,
  unsnooze,
  type SnoozeWithRecord,
} from "../../actions/snoozes.ts";
import { describeUndo } from "../shared/access/undo-hint.ts";
import { openMatchedCache } from "../shared/access/matched-cache.ts";
import { artistField, numberField, titleField } from "../shared/listing/list-fields.ts";
import type { ListingOptions } from "../shared/listing/run-listing.ts";
import { chooseRecords } from "../shared/prompting/prompt-choice.ts";

export interface SnoozeOptions {
  readonly snooze?: string;
  readonly not?: string;
  readonly unsnooze?: string;
  readonly snoozed?: true;
  readonly for?: string;
  readonly json?: true;
}

export function isAboutSnoozes(options: SnoozeOptions): boolean {
  return [options.snooze, options.not, options.unsnooze, options.snoozed].some((each) => each !== undefined);
}

const defaultSnooze = "12mo";

export async function runSnooze(
  context: Context,
  options: SnoozeOptions,
  form: ListingOptions,
): Promise<void> {
  const nowUts = Math.floor(context.clock.now() / 1000);
  if (options.snoozed === true) return listSnoozed(context, form, nowUts);
  const untilUts =
    options.snooze === undefined ? null : computeSnoozeEnd(nowUts, options.for ?? defaultSnooze);
  const { database } = await openMatchedCache(context, { notifies: false });
  const words = options.snooze ?? options.not ?? options.unsnooze ?? "";
  const records = await chooseRecords(context, database, [words], { asJson: options.json === true });
  const albums = records.map(({ hit }) => hit[0]);
  if (options.unsnooze !== undefined) {
    const freed = albums.filter((album) => unsnooze(database, album));
    const others = albums.filter((album) => !freed.includes(album));
    const text = joinParts(
      [
        freed.length === 0 ? "" : `${formatNames(freed)} can be drawn again.`,
        others.length === 0
          ? ""
          : `${formatNames(others)} ${others.length === 1 ? "was" : "were"} not snoozed.`,
      ],
      " ",
    );
    return writeResult(context, options, text, nowUts);
  }
  for (const { hit } of records) {
    const { artist, title } = hit[0];
    snooze(database, { artist, title, untilUts, snoozedUts: nowUts });
  }
  const time = untilUts === null ? "" : ` until ${formatLongDay(untilUts)}`;
  const ids = records.map(({ hit }) => hit[0].id).join(",");
  const text = `${formatNames(albums)} will not be drawn${time}. ${describeUndo(context, `rewind pick --unsnooze ${ids}`)}`;
  return writeResult(context, options, text, nowUts);
}

function formatNames(albums: readonly Parameters<typeof formatArtistAndTitle>[0][]): string {
  return new Intl.ListFormat("en").format(albums.map(formatArtistAndTitle));
}

/** Writes the text, or with --json all snoozed albums. */
async function writeResult(
  context: Context,
  { json }: SnoozeOptions,
  text: string,
  nowUts: number,
): Promise<void> {
  if (json === true)
    return writeJson(context, buildSnoozesDocument(querySnoozes(await context.openCache(), nowUts)));
  await context.write(joinLines(wrapSentence(text, context.screen)));
}

const snoozeFields: readonly Field<SnoozeWithRecord>[] = [
  numberField("id", ({ recordId }) => recordId),
  artistField("artist", ({ artist }) => artist),
  titleField("title", ({ title }) => title),
  {
    name: "until",
    header: "Until",
    value: ({ untilUts }) => (untilUts === null ? null : formatDay(untilUts)),
    cell: ({ untilUts }) => (untilUts === null ? "you undo it" : formatDay(untilUts)),
  },
  { name: "since", header: "Since", value: ({ snoozedUts }) => formatDay(snoozedUts), dropOrder: 2 },
];

async function listSnoozed(context: Context, form: ListingOptions, nowUts: number): Promise<void> {
  const { database } = await openMatchedCache(context, { notifies: false });
  const snoozes = querySnoozes(database, nowUts);
  await present(context, form, {
    document: () => buildSnoozesDocument(snoozes),
    fields: snoozeFields,
    rows: snoozes,
    table: () => ({
      names: snoozeFields.map(({ name }) => name),
      footer: () => [[pluralize(snoozes.length, "snoozed album"), "undo: rewind pick --unsnooze #"]],
      empty: () => "No album is snoozed. To snooze one: rewind pick --snooze NUMBER",
    }),
  });
}

/** The start of the day that is this much later. */
function computeSnoozeEnd(nowUts: number, text: string): number {
  const [, count = "", unit = ""] = /^([1-9]\d{0,2})(d|w|mo|y)$/.exec(text) ?? [];
  if (count === "") {
    throw new UsageError(
      `--for takes a time such as 6mo, not ${JSON.stringify(text.slice(0, 40))}`,
      suggestAge("--for", text) ?? "For example: --for 90d, --for 6mo, --for 2y",
    );
  }
  return computeDayAgo(nowUts, -Number(count), unit);
}
