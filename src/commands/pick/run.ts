import { daySeconds } from "../../model/times.ts";
import type { Context } from "../../context.ts";
import { CacheError, UsageError } from "../../model/errors.ts";
import { ask, document, type PickRow, type PickAnswer } from "../../queries/albums/pick.ts";
import { redact } from "../../model/redact.ts";
import { secretsOf } from "../../settings/connection.ts";
import { transact, type Database } from "../../store/file/database.ts";
import { rememberProposals } from "../../store/decisions/user-decisions.ts";
import type { Call, CommandDeclaration } from "../shared/declaration.ts";
import {
  filterOptions,
  formOptions,
  imagesOption,
  wholeNumber,
  wordsArgument,
} from "../shared/listing/options.ts";
import { readListingOptions, runRecordListing } from "../shared/listing/run-listing.ts";
import { sleeveFor } from "../shared/listing/record-sleeve.ts";
import { whyInFull, yearsInWords, whyInShort } from "../shared/listing/times-in-words.ts";
import { isAboutSnoozes, runSnooze, type SnoozeOptions } from "./snooze.ts";
import type { TerminalStyle } from "../../output/screen.ts";
import type { Field } from "../../output/field.ts";
import { safe, type SafeText } from "../../output/escape.ts";
import { nameLines, sideBySide, wrapText } from "../../output/paragraph.ts";
import { counted, thousands } from "../../output/number-text.ts";
import { beside, widthBeside, type Sleeve } from "../../output/sleeve.ts";
import { noteNumber, nothingLeft } from "../shared/listing/list-notes.ts";
import { labelText, recordPage } from "../shared/listing/list-fields.ts";
import { allRecordFields } from "../shared/listing/record-columns.ts";
import type { TableView } from "../../output/present.ts";

/** Options of lists; refused together with options that print a sentence. */
const listOptions = ["as", "columns", "safe-csv"];

export const declaration: CommandDeclaration = {
  name: "pick",
  isQuestion: true,
  details: `Draws a random album or EP from your shelf. Neglected records, highly rated ones, and ones that you used to spin
often come up more. Copies of one album count once. An album is not drawn again within a month, unless you give --seed.
The card shows where the record is: label, catalogue number, folder, and the custom field named by the setting
shelf_field.`,
  json: async () => [
    { schema: (await import("../../queries/documents/album-documents.ts")).pickSchema },
    {
      when: "With --snooze, --not, --snoozed or --unsnooze",
      schema: (await import("../../queries/documents/decision-documents.ts")).snoozesSchema,
    },
  ],
  arguments: [wordsArgument],
  options: [
    {
      flags: "-n, --limit <number>",
      help: "number of records to draw, 1 to 100 (1)",
      parse: wholeNumber("--limit", 1, 100),
    },
    {
      flags: "--seed <number>",
      help: "repeat a draw: the same number draws the same records",
      parse: wholeNumber("--seed", 0),
    },
    {
      flags: "--snooze <record>",
      help: "stop drawing its album for a time (12 months, or see --for)",
      excludes: ["not", "unsnooze", "snoozed", ...listOptions],
    },
    { flags: "--for <time>", help: "with --snooze: how long, such as 90d, 6mo, 2y (12mo)" },
    {
      flags: "--not <record>",
      help: "stop drawing its album until you undo it with --unsnooze",
      excludes: ["for", "unsnooze", "snoozed", ...listOptions],
    },
    { flags: "--snoozed", help: "list the snoozed albums", excludes: ["for", "unsnooze"] },
    {
      flags: "--unsnooze <record>",
      help: "allow its album to be drawn again",
      excludes: ["for", ...listOptions],
    },
    ...filterOptions("records"),
    imagesOption,
    ...formOptions(),
  ],
  examples: [
    ["rewind pick", "a record for tonight"],
    ["rewind pick -n 3 --folder Jazz --rating 4..", "three well-rated records from a folder"],
    ["rewind pick --snooze 733 --for 6mo", "stop drawing this one for half a year"],
    ["rewind pick --never --kind any", "a record that you never played"],
  ],
  load: async () => runPick,
};

/** An album that was drawn is not drawn again for this long. */
const monthSeconds = 31 * daySeconds;
/** If a sync holds the cache longer than this, the pick is shown and not remembered. */
const memoryTimeoutMs = 500;

interface Options extends SnoozeOptions {
  readonly limit?: number;
  readonly seed?: number;
  readonly images?: boolean;
}

async function runPick(context: Context, call: Call): Promise<void> {
  const { limit: count = 1, seed = null, images, ...snoozing } = call.options as Options;
  if (isAboutSnoozes(snoozing)) {
    return runSnooze(context, snoozing, readListingOptions(call.options, context));
  }
  if (snoozing.for !== undefined) {
    throw new UsageError("--for needs --snooze", "For example: rewind pick --snooze 733 --for 6mo");
  }
  noteNumber(context, call.words, "pick");
  await runRecordListing(context, call, ({ filter, as, nowUts }) => {
    const proposedSinceUts = nowUts - monthSeconds;
    const shelfField = context.settings()("shelf_field");
    return {
      ask: (database) => {
        const { random } = context;
        const answer = ask(database, { filter, count, seed, random, proposedSinceUts, nowUts, shelfField });
        if (shelfField !== null && answer.knownFields !== null) {
          // A user may have put a secret into the wrong setting.
          const name = redact(shelfField, secretsOf(context.settings()));
          const fields = answer.knownFields.join(", ") || "none";
          context.note(
            `rewind: the setting shelf_field is "${name}", but your collection has no such field. Its fields: ${fields}`,
          );
        }
        if (seed === null) remember(context, database, answer.rows, { nowUts, fromUts: proposedSinceUts });
        return answer;
      },
      document: (answer) => document(answer, (album) => whyInFull(album, nowUts)),
      fields: pickFields(nowUts),
      table: async (answer, database) => {
        const [only, ...others] = answer.rows;
        const isPictured = as === "table" && images !== false && only !== undefined && others.length === 0;
        const sleeve = await sleeveFor(context, database, isPictured ? only.recordId : null);
        return pickTable(answer, nowUts, sleeve);
      },
    };
  });
}

/** If the cache cannot be written, notes that and returns. */
function remember(
  context: Context,
  database: Database,
  picks: readonly PickRow[],
  span: { readonly nowUts: number; readonly fromUts: number },
): void {
  try {
    database.pragma(`busy_timeout = ${memoryTimeoutMs}`);
    transact(database, () => rememberProposals(database, picks, span));
  } catch (error) {
    if (!(error instanceof CacheError)) throw error;
    context.note(`rewind: this pick could not be remembered and may come up again soon: ${error.message}`);
  }
}

// The screen: one record as a card, several as a table.

function pickFields(nowUts: number): readonly Field<PickRow>[] {
  return [
    ...allRecordFields,
    { name: "shelf", value: ({ shelf }) => shelf },
    {
      name: "why",
      header: "Why",
      value: ({ album }) => whyInFull(album, nowUts),
      cell: ({ album }) => whyInShort(album, nowUts),
      flexible: { share: 3, maxWidth: 60, cut: "wrap" },
    },
  ];
}

function pickTable(answer: PickAnswer, nowUts: number, sleeve: Sleeve | null): TableView<PickRow> {
  const { rows, seed } = answer;
  const isCard = rows.length === 1;
  return {
    names: ["id", "artist", "title", "form", "why"],
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
    : nothingLeft("album", emptied());
}

interface CardFacts {
  readonly seed: number | null;
  readonly nowUts: number;
  readonly sleeve: Sleeve | null;
}

function cardLines(
  row: PickRow,
  { screen, colours }: TerminalStyle,
  { seed, nowUts, sleeve }: CardFacts,
): SafeText[] {
  const inner = { ...screen, width: widthBeside(screen.width, sleeve) - 2 };
  const { id, copies, shelf } = row;
  const title = `${row.title.trim()}${copies > 1 ? ` ×${copies}` : ""}`;
  const facts = [
    row.form,
    labelText(row),
    yearsInWords(row),
    row.folder === null ? "" : `folder ${row.folder}`,
    shelf === null || shelf === "" ? "" : `shelf ${shelf}`,
    row.rating > 0 ? `rated ${row.rating}` : "",
  ];
  const commands = [
    "Another: rewind pick",
    `Playing it: rewind played ${id}`,
    `Not this year: rewind pick --snooze ${id}`,
    `Its plays: rewind explain ${id}`,
    ...(seed === null ? [] : [`The same again: --seed ${seed}`]),
  ];
  const lines = [
    ...wrapText(row.artist, inner).map(colours.bold),
    ...nameLines(title, `#${id}`, { screen: inner, colours }, recordPage(row.releaseId)),
    safe``,
    ...sideBySide(facts, inner),
    ...wrapText(whyInFull(row.album, nowUts), inner),
    safe``,
    ...sideBySide(commands, inner, "     ").map(colours.dim),
  ].map((line) => (line === "" ? line : safe`  ${line}`));
  return [safe``, ...beside(sleeve, lines)];
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
