import { daySeconds } from "../../model/times.ts";
import type { Context } from "../../context.ts";
import { CacheError, UsageError } from "../../model/errors.ts";
import { ask, document, type PickRow, type PickAnswer } from "../../queries/albums/pick.ts";
import { redact } from "../../model/redact.ts";
import { secretsOf } from "../../settings/connection.ts";
import { transact, type Database } from "../../store/file/database.ts";
import { rememberProposals } from "../../store/decisions/user-decisions.ts";
import type { Call } from "../shared/declaration.ts";
import { readListingOptions, runRecordListing } from "../shared/listing/run-listing.ts";
import { sleeveFor } from "../shared/listing/record-sleeve.ts";
import { whyInFull, yearsInWords, whyInShort } from "../shared/listing/times-in-words.ts";
import { isAboutSnoozes, runSnooze, type SnoozeOptions } from "./snooze.ts";
import { type TerminalStyle, linkText, screenText } from "../../output/screen.ts";
import { fieldsWithin, namedColumns, type Field } from "../../output/field.ts";
import { printable, safe, type SafeText } from "../../output/escape.ts";
import { footerLines, joinParts, sideBySide, wrapText } from "../../output/paragraph.ts";
import { counted, thousands } from "../../output/number-text.ts";
import type { TableView } from "../../output/present.ts";
import { beside, widthBeside, type Sleeve } from "../../output/sleeve.ts";
import { cutEnd, padEnd, widthOf } from "../../output/width.ts";
import { nothingLeft } from "../shared/listing/page-footer.ts";
import { recordPage } from "../shared/listing/list-fields.ts";
import { recordFields } from "../shared/listing/record-columns.ts";

/** An album that was drawn is not drawn again for this long. */
const monthSeconds = 31 * daySeconds;
/** If a sync holds the cache longer than this, the pick is shown and not remembered. */
const memoryTimeoutMs = 500;

interface Options extends SnoozeOptions {
  readonly limit?: number;
  readonly seed?: number;
  readonly images?: boolean;
}

export async function runPick(context: Context, call: Call): Promise<void> {
  const { limit: count = 1, seed = null, images, ...snoozing } = call.options as Options;
  if (isAboutSnoozes(snoozing)) {
    return runSnooze(context, snoozing, readListingOptions(call.options, context).as);
  }
  if (snoozing.for !== undefined) {
    throw new UsageError("--for needs --snooze", "For example: rewind pick --snooze 733 --for 6mo");
  }
  await runRecordListing(context, call, ({ filter, as, nowUts }) => {
    const fromUts = nowUts - monthSeconds;
    const shelfField = context.settings()("shelf_field");
    const why = (row: PickRow): string => whyInFull(row, nowUts);
    const draw = {
      filter,
      count,
      seed,
      random: context.random,
      proposedSinceUts: fromUts,
      nowUts,
      shelfField,
    };
    return {
      ask: (database) => {
        const answer = ask(database, draw);
        if (shelfField !== null && answer.knownFields !== null) {
          noteNoField(context, shelfField, answer.knownFields.join(", "));
        }
        if (seed === null) remember(context, database, answer.rows, { nowUts, fromUts });
        return answer;
      },
      document: (answer) => document(answer, why),
      fields: pickFields(nowUts),
      rows: ({ rows }) => rows,
      table: async (answer, database) => {
        const [only, ...others] = answer.rows;
        const isWanted = as === "table" && images !== false;
        const isPictured = isWanted && others.length === 0;
        const sleeve = await sleeveFor(context, database, isPictured ? (only?.recordId ?? null) : null);
        return pickTable(answer, nowUts, sleeve);
      },
    };
  });
}

function noteNoField(context: Context, name: string, fieldNames: string): void {
  // A user may have put a secret into the wrong setting.
  const safeName = redact(name, secretsOf(context.settings()));
  const fields = fieldNames === "" ? "" : `; it has ${fieldNames}`;
  const text = `rewind: the setting shelf_field is "${safeName}", but your collection has no such field${fields}`;
  context.note(text);
}

/** If the cache cannot be written, notes that and returns. */
function remember(
  context: Context,
  database: Database,
  picks: readonly PickRow[],
  span: { readonly nowUts: number; readonly fromUts: number },
): void {
  if (picks.length === 0) return;
  try {
    database.pragma(`busy_timeout = ${memoryTimeoutMs}`);
    transact(database, () => rememberProposals(database, picks, span));
  } catch (error) {
    if (!(error instanceof CacheError)) throw error;
    const text = `rewind: this pick could not be remembered and may come up again soon: ${error.message}`;
    context.note(text);
  }
}

// The screen: one record as a card, several as a table.

function pickFields(nowUts: number): readonly Field<PickRow>[] {
  return [
    ...fieldsWithin(
      recordFields,
      ({ record }: PickRow) => record,
      ({ record, copies, form }) => ({ ...record, copies, form }),
    ),
    { name: "shelf", value: ({ shelf }) => shelf },
    {
      name: "why",
      header: "Why",
      value: (row) => whyInFull(row, nowUts),
      cell: (row) => whyInShort(row, nowUts),
      flexible: { share: 3, maxWidth: 60, cut: "wrap" },
    },
  ];
}

function pickTable(answer: PickAnswer, nowUts: number, sleeve: Sleeve | null): TableView<PickRow> {
  const { rows, seed } = answer;
  const isCard = rows.length === 1;
  return {
    columns: (style) =>
      namedColumns(pickFields(nowUts), style, { names: ["id", "artist", "title", "form", "why"] }),
    lines: rows,
    ...(isCard && {
      draw: (lines, style) => lines.flatMap((only) => cardLines(only, style, { seed, nowUts, sleeve })),
    }),
    footer: () => (isCard ? [] : footerOf(answer)),
    empty: () => emptyText(answer),
  };
}

function emptyText({ albums, excepted, snoozed, emptied }: PickAnswer): string {
  if (albums === 0 && snoozed > 0) {
    return `All ${counted(snoozed, "album")} that fit are snoozed. To list them: rewind pick --snoozed`;
  }
  return excepted > 0 && excepted === albums
    ? `All ${counted(albums, "album")} that fit were drawn within the last month. To draw from them anyway: --seed 1`
    : nothingLeft("record", emptied());
}

function cardLines(
  row: PickRow,
  { screen, colours }: TerminalStyle,
  {
    seed,
    nowUts,
    sleeve,
  }: { readonly seed: number | null; readonly nowUts: number; readonly sleeve: Sleeve | null },
): SafeText[] {
  const { record, copies, recordId, shelf } = row;
  const width = widthBeside(screen.width, sleeve, margin);
  const ellipsis = screenText("…", screen);
  const number = safe`#${recordId}`;
  const room = width - 2 - widthOf(number) - 2;
  const times = screenText(copies > 1 ? ` ×${copies}` : "", screen);
  const title = cutEnd(safe`${printable(record.title.trim())}${times}`, room, ellipsis);
  const shownTitle = linkText(colours.bold(title), recordPage(record.releaseId), screen);
  const pressing = joinParts([record.label ?? "", record.catalogNumber ?? ""], " ");
  const facts = [
    screenText(record.form, screen),
    pressing,
    yearsInWords(record),
    record.folder === null ? "" : `folder ${record.folder}`,
    shelf === null || shelf === "" ? "" : `shelf ${shelf}`,
    record.rating > 0 ? `rated ${record.rating}` : "",
  ];
  const inner = { ...screen, width: width - 2 };
  const commands = [
    "Another: rewind pick",
    `Playing it: rewind played ${recordId}`,
    `Not this year: rewind pick --snooze ${recordId}`,
    `Its plays: rewind explain ${recordId}`,
    ...(seed === null ? [] : [`The same again: --seed ${seed}`]),
  ];
  const lines = [
    safe`  ${colours.bold(cutEnd(printable(record.artist), width - 2, ellipsis))}`,
    safe`  ${shownTitle}${padEnd(safe`  `, room - widthOf(title) + 2)}${colours.dim(number)}`,
    safe``,
    ...indent(footerLines([facts], inner)),
    ...indent(wrapText(whyInFull(row, nowUts), inner)),
    safe``,
    ...indent(sideBySide(commands, "     ", inner).map(colours.dim)),
  ];
  return [safe``, ...beside(sleeve, lines, margin)];
}

/** Columns left of the sleeve and the card. */
const margin = 2;

function indent(lines: readonly SafeText[]): SafeText[] {
  return lines.map((line) => safe`  ${line}`);
}

function footerOf({ albums, records, excepted, snoozed, seed }: PickAnswer): string[][] {
  return [
    [
      `From ${counted(albums, "album")} that fit (${counted(records, "record")})`,
      excepted > 0 ? `${thousands(excepted)} drawn within the last month left out` : "",
      snoozed > 0 ? `${thousands(snoozed)} snoozed` : "",
      seed === null ? "" : `the same again: --seed ${seed}`,
    ],
  ];
}
