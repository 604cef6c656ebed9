import { pathToFileURL } from "node:url";
import type { Context } from "../../context.ts";
import { UsageError } from "../../model/errors.ts";
import { quoteForShell } from "../../model/names.ts";
import { toLine } from "../../output/safe-text.ts";
import { formatBytes, pluralize, formatNumber } from "../../output/format-numbers.ts";
import { dimensionNames } from "../../queries/statistics/stats-by-dimension.ts";
import { parseRecordFilter } from "../../queries/filters/parse-filter.ts";
import { joinPeriodWords, tryParsePeriod } from "../../queries/conditions/period.ts";
import { recordSorts } from "../../queries/records/record-order.ts";
import { readReportContents } from "../../interfaces/page/parts/report-contents.ts";
import { ownPagePattern } from "../../interfaces/page/parts/document.ts";
import { getCoversPath } from "../../host/paths.ts";
import type { PageCovers } from "../../interfaces/page/parts/page-covers.ts";
import { openMatchedCache } from "../shared/access/matched-cache.ts";
import { declareCommand, declareOptions, type Invocation } from "../shared/command-declaration.ts";
import { refuseOtherFile, writeOwnFile, writePieces, type OwnFile } from "../shared/terminal/own-file.ts";
import { reportFilterReading } from "../shared/listing/run-listing.ts";
import { toOptionName } from "../../queries/filters/filter.ts";
import {
  duringOption,
  buildFilterOptions,
  refreshOption,
  wordsArgument,
} from "../shared/listing/list-options.ts";

/** The year of the pressing is left out, since a report has a year of its own. */
const filterOptions = buildFilterOptions("cross-reference").filter(
  ({ flags }) => !flags.startsWith("--year "),
);

const reportOptions = declareOptions(
  {
    flags: "-o, --out <file>",
    help: "write to this file; - is stdout",
    defaultValue: "rewind-report.html",
    choices: { source: "file" },
  },
  { flags: "--open", help: "open the report in the browser" },
  { flags: "--covers", help: "include fetched covers, up to 60 MB" },
  {
    flags: "--wall <layout>",
    help: "how the wall shows which records you play most",
    choices: { words: ["sized", "dimmed"] },
    defaultValue: "sized",
  },
  { flags: "--group <field>", help: "divide the wall by this field", choices: { words: dimensionNames } },
  {
    flags: "-s, --sort <order>",
    help: "order of the wall",
    choices: { words: recordSorts },
    defaultValue: "plays",
  },
  { flags: "--reverse", help: "reverse the order; unknown values stay last" },
  ...filterOptions,
  duringOption,
  {
    flags: "--year <year>",
    help: "tell the story of this year, as --during does of any period",
    excludes: ["during"],
  },
  refreshOption,
);

export const declaration = declareCommand({
  name: "report",
  isQuestion: true,
  details: `Writes one HTML file that works without a network, a server or scripts. It shows your plays by day, year and genre,
every album on a wall, and the lists of never played, neglected and missing albums.
With --year or --during it tells the story of that time: what you heard, and what your shelf gained. Filters choose
the records on the wall and in the lists. It replaces an earlier report, and no other file.`,
  arguments: [wordsArgument],
  options: reportOptions,
  examples: [
    ["rewind report --open", "write the report and open it"],
    ["rewind report --year 2025 --out 2025.html", "tell the story of a year"],
    ["rewind report --group genre --sort artist --wall dimmed", "print a catalogue by genre"],
  ],
  load: async () => runReport,
});

async function runReport(context: Context, call: Invocation<typeof reportOptions>): Promise<void> {
  const {
    arguments: [words],
    options,
  } = call;
  const { out = "rewind-report.html", wall = "sized", group = null, sort = "plays" } = options;
  if (out === "-" && options.open === true) {
    throw new UsageError("--open needs a file, not --out -", "Try: rewind report --open");
  }
  const nowUts = Math.floor(context.clock.now() / 1000);
  const { year, ...others } = options;
  const period = year === undefined ? {} : { during: parseYear(year) };
  const filter = parseRecordFilter("cross-reference", { ...others, ...period }, words, nowUts);
  const file: OwnFile = {
    path: out,
    pattern: ownPagePattern,
    command: "rewind report",
    example: "shelf.html",
  };
  if (out !== "-") refuseOtherFile(file);
  const { database } = await openMatchedCache(context, { call });
  reportFilterReading(context, database, filter);
  const contents = readReportContents(database, {
    filter,
    sort,
    reverse: options.reverse === true,
    groupBy: group,
    wall,
    nowUts,
  });
  const typedWords = filter.words ?? [];
  if (typedWords.length > 0 && contents.records === 0) {
    throw new UsageError(
      `no record has "${typedWords.join(" ")}" in artist or title`,
      suggestMeant(typedWords, filter.during === undefined, nowUts),
    );
  }
  const { createPageCovers } = await import("../../interfaces/page/parts/page-covers.ts");
  const pictures = createPageCovers(database, {
    recordIds: contents.wall.flatMap(({ records }) => records.map(({ id }) => id)),
    directory: options.covers === true ? getCoversPath(context.env, context.platform) : null,
  });
  // A story shows one cover in any case.
  const topRecord = contents.kind === "story" ? contents.recap.topRecord : null;
  const large = createPageCovers(database, {
    recordIds: topRecord === null ? [] : [topRecord.id],
    directory: getCoversPath(context.env, context.platform),
    maxBytes: maxLargeCoverBytes,
  });
  const { version } = context;
  const page = await import("../../interfaces/page/page.ts");
  const pages = page.renderPage(contents, {
    version,
    covers: pictures,
    largeCover: topRecord === null ? undefined : large.getCover(topRecord.id),
    filters: describeFilters(options, words),
  });
  if (out === "-") return writePieces(pages, (text) => context.write(text));
  const bytes = await writeOwnFile(file, pages);
  const covers = options.covers === true ? `, ${describeCovers(pictures)}` : "";
  const size = formatBytes(bytes);
  await context.write(toLine(`Wrote ${out}: ${pluralize(contents.records, "record")}${covers}, ${size}`));
  if (options.open !== true) return;
  const address = pathToFileURL(out).href;
  // Print the address if there is no browser.
  if (!(await context.openPage(address))) await context.write(toLine(`No browser here: ${address}`));
}

const maxLargeCoverBytes = 200_000;

function parseYear(text: string): string {
  if (/^\d{4}$/.test(text)) return text;
  throw new UsageError(
    `--year takes a year, not ${JSON.stringify(text.slice(0, 40))}`,
    "Try: rewind report --year 2025, or --during last-month",
  );
}

/** A time or the name of a file is more likely an option. */
function suggestMeant(words: readonly string[], takesTime: boolean, nowUts: number): string {
  const spanText = joinPeriodWords(words);
  if (takesTime && tryParsePeriod(spanText, nowUts) !== undefined)
    return `For the plays of that time: rewind report --during ${spanText}`;
  const path = words.join(" ");
  return /\.html?$|[/\\]/i.test(path)
    ? `To write to that file: rewind report --out ${quoteForShell(path)}`
    : "For a page of all records: rewind report";
}

function describeCovers({ counts: { embedded, leftOut } }: PageCovers): string {
  if (embedded === 0) return "no covers on this machine; to fetch them: rewind sync --covers";
  return `${pluralize(embedded, "cover")}${leftOut === 0 ? "" : ` (${formatNumber(leftOut)} more left out: 60 MB are full)`}`;
}

/** "miles davis, genre Jazz, not-kind box"; "" without filters. */
function describeFilters(options: Readonly<Record<string, unknown>>, words: unknown): string {
  const wordsText = (words as readonly string[]).join(" ");
  const filterTexts = filterOptions.flatMap(({ flags }) => {
    const [flag = ""] = flags.slice(2).split(" ");
    const values: readonly unknown[] = [options[toOptionName(flag)] ?? []].flat();
    return values.length === 0 ? [] : [values[0] === true ? flag : `${flag} ${values.join(" or ")}`];
  });
  return [...(wordsText === "" ? [] : [`"${wordsText}"`]), ...filterTexts].join(", ");
}
