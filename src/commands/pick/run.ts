import { daySeconds } from "../../model/times.ts";
import type { Context } from "../../context.ts";
import { CacheError, UsageError } from "../../model/errors.ts";
import { queryPick, buildPickDocument, type PickRow, type PickResult } from "../../queries/albums/pick.ts";
import { redact } from "../../model/redact.ts";
import { listSettingSecrets } from "../../settings/connection.ts";
import { transact, type Database } from "../../store/file/database.ts";
import { saveProposals } from "../../store/decisions/user-decisions.ts";
import { declareCommand, declareOptions, type Invocation } from "../shared/command-declaration.ts";
import {
  buildFilterOptions,
  buildOutputOptions,
  imagesOption,
  wholeNumber,
  wordsArgument,
} from "../shared/listing/list-options.ts";
import { readListingOptions, runRecordListing } from "../shared/listing/run-listing.ts";
import { drawRecordCover } from "../shared/listing/draw-record-cover.ts";
import { explainPickInFull, formatYears, explainPickBriefly } from "../shared/listing/format-times.ts";
import { isAboutSnoozes, runSnooze } from "./snooze.ts";
import type { TerminalStyle } from "../../output/terminal.ts";
import type { Field } from "../../output/field.ts";
import { safe, type SafeText } from "../../output/safe-text.ts";
import { renderNameHeader, flowParts, wrapText } from "../../output/paragraph.ts";
import { pluralize, formatNumber } from "../../output/format-numbers.ts";
import { placeBesideCover, computeTextWidth, type DrawnCover } from "../../output/terminal-cover.ts";
import { reportLoneNumber, describeEmptyList } from "../shared/listing/list-notices.ts";
import { formatLabel, buildRecordUrl } from "../shared/listing/list-fields.ts";
import { allRecordFields } from "../shared/listing/record-fields.ts";
import type { TableView } from "../../output/present.ts";

/** Options of lists; refused together with options that print a sentence. */
const listOptions = ["as", "columns", "safe-csv"];

const pickOptions = declareOptions(
  {
    flags: "-n, --limit <count>",
    help: "number of records to draw, 1 to 100",
    defaultValue: "1",
    parse: wholeNumber("--limit", 1, 100),
  },
  {
    flags: "--seed <number>",
    help: "repeat a draw: the same number draws the same records",
    parse: wholeNumber("--seed", 0),
  },
  {
    flags: "--snooze <record>",
    help: "stop drawing its album for the time in --for",
    excludes: ["not", "unsnooze", "snoozed", ...listOptions],
  },
  {
    flags: "--for <duration>",
    help: "with --snooze: how long to stop drawing the album",
    examples: "90d, 6mo, 2y",
    defaultValue: "12mo",
  },
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
  ...buildFilterOptions("records"),
  imagesOption,
  ...buildOutputOptions(),
);

export const declaration = declareCommand({
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
  options: pickOptions,
  examples: [
    ["rewind pick", "a record for tonight"],
    ["rewind pick -n 3 --folder Jazz --rating 4..", "three well-rated records from a folder"],
    ["rewind pick --snooze 733 --for 6mo", "stop drawing this one for half a year"],
    ["rewind pick --never --kind any", "a record that you never played"],
  ],
  load: async () => runPick,
});

/** An album that was drawn is not drawn again for this long. */
const repeatAfterSeconds = 31 * daySeconds;
/** If a sync holds the cache longer than this, the pick is shown and not remembered. */
const memoryTimeoutMs = 500;

async function runPick(context: Context, call: Invocation<typeof pickOptions>): Promise<void> {
  const { limit: count = 1, seed = null, images, ...snoozing } = call.options;
  if (isAboutSnoozes(snoozing)) {
    return runSnooze(context, snoozing, readListingOptions(call.options, context));
  }
  if (snoozing.for !== undefined) {
    throw new UsageError("--for needs --snooze", "For example: rewind pick --snooze 733 --for 6mo");
  }
  reportLoneNumber(context, call.words, "pick");
  await runRecordListing(context, call, ({ filter, as, nowUts }) => {
    const proposedSinceUts = nowUts - repeatAfterSeconds;
    const shelfField = context.settings()("shelf_field");
    return {
      switches: ["snoozed"],
      ask: (database) => {
        const { random } = context;
        const answer = queryPick(database, {
          filter,
          count,
          seed,
          random,
          proposedSinceUts,
          nowUts,
          shelfField,
        });
        if (shelfField !== null && answer.knownFields !== null) {
          // A user may have put a secret into the wrong setting.
          const name = redact(shelfField, listSettingSecrets(context.settings()));
          const fields = answer.knownFields.join(", ") || "none";
          context.note(
            `rewind: the setting shelf_field is "${name}", but your collection has no such field. Its fields: ${fields}`,
          );
        }
        if (seed === null) savePicks(context, database, answer.rows, { nowUts, fromUts: proposedSinceUts });
        return answer;
      },
      buildDocument: (answer) => buildPickDocument(answer, (album) => explainPickInFull(album, nowUts)),
      fields: buildPickFields(nowUts),
      table: async (answer, database) => {
        const [only, ...others] = answer.rows;
        const isPictured = as === "table" && images !== false && only !== undefined && others.length === 0;
        const sleeve = await drawRecordCover(context, database, isPictured ? only.recordId : null);
        return buildPickTable(answer, nowUts, sleeve);
      },
    };
  });
}

/** If the cache cannot be written, notes that and returns. */
function savePicks(
  context: Context,
  database: Database,
  picks: readonly PickRow[],
  span: { readonly nowUts: number; readonly fromUts: number },
): void {
  try {
    database.pragma(`busy_timeout = ${memoryTimeoutMs}`);
    transact(database, () => saveProposals(database, picks, span));
  } catch (error) {
    if (!(error instanceof CacheError)) throw error;
    context.note(`rewind: this pick could not be remembered and may come up again soon: ${error.message}`);
  }
}

// The screen: one record as a card, several as a table.

function buildPickFields(nowUts: number): readonly Field<PickRow>[] {
  return [
    ...allRecordFields,
    { name: "shelf", value: ({ shelf }) => shelf },
    {
      name: "why",
      header: "Why",
      value: ({ album }) => explainPickInFull(album, nowUts),
      cell: ({ album }) => explainPickBriefly(album, nowUts),
      flexible: { share: 3, maxWidth: 60, cut: "wrap" },
    },
  ];
}

function buildPickTable(answer: PickResult, nowUts: number, sleeve: DrawnCover | null): TableView<PickRow> {
  const { rows, seed } = answer;
  const isCard = rows.length === 1;
  return {
    names: ["id", "artist", "title", "form", "why"],
    ...(isCard && {
      draw: (lines, style) => lines.flatMap((only) => renderCard(only, style, { seed, nowUts, sleeve })),
    }),
    footer: () => (isCard ? [] : buildFooter(answer)),
    empty: () => describeEmpty(answer),
  };
}

function describeEmpty({ albums, excepted, snoozed, countAll, emptied }: PickResult): string {
  if (albums === 0 && snoozed > 0) {
    return `All ${pluralize(snoozed, "album")} that fit are snoozed. To list them: rewind pick --snoozed`;
  }
  return excepted > 0 && excepted === albums
    ? `All ${pluralize(albums, "album")} that fit were drawn within the last month. To draw from them anyway: --seed 1`
    : describeEmptyList(
        "album",
        emptied(),
        countAll() === 0
          ? "The collection is empty."
          : "You own no album or EP. To draw from all records: rewind pick --kind any",
      );
}

interface CardFacts {
  readonly seed: number | null;
  readonly nowUts: number;
  readonly sleeve: DrawnCover | null;
}

function renderCard(
  row: PickRow,
  { screen, colours }: TerminalStyle,
  { seed, nowUts, sleeve }: CardFacts,
): SafeText[] {
  const inner = { ...screen, width: computeTextWidth(screen.width, sleeve) - 2 };
  const { id, copies, shelf } = row;
  const title = `${row.title.trim()}${copies > 1 ? ` ×${copies}` : ""}`;
  const facts = [
    row.form,
    formatLabel(row),
    formatYears(row),
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
    ...renderNameHeader(title, `#${id}`, { screen: inner, colours }, buildRecordUrl(row.releaseId)),
    safe``,
    ...flowParts(facts, inner),
    ...wrapText(explainPickInFull(row.album, nowUts), inner),
    safe``,
    ...flowParts(commands, inner, "     ").map(colours.dim),
  ].map((line) => (line === "" ? line : safe`  ${line}`));
  return [safe``, ...placeBesideCover(sleeve, lines)];
}

function buildFooter({ albums, records, excepted, snoozed, seed }: PickResult): string[][] {
  return [
    [
      `From ${pluralize(albums, "album")} that fit (${pluralize(records, "record")})`,
      excepted > 0 ? `${formatNumber(excepted)} drawn within the last month left out` : "",
      snoozed > 0 ? `${formatNumber(snoozed)} snoozed` : "",
      seed === null ? "" : `the same again: --seed ${seed}`,
    ],
  ];
}
