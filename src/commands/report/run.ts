import { randomUUID } from "node:crypto";
import { pathToFileURL } from "node:url";
import type { Context } from "../../context.ts";
import { codeOf, SystemError, UsageError, systemWords } from "../../model/errors.ts";
import { createChunks } from "../../output/stream.ts";
import { lineText, type SafeText } from "../../output/escape.ts";
import { bytesText, counted, thousands } from "../../output/number-text.ts";
import { type DimensionName, dimensionNames } from "../../queries/figures/breakdown.ts";
import { readFilter } from "../../queries/filters/read-filter.ts";
import { joinedSpan, spanOf } from "../../queries/conditions/span.ts";
import { type RecordSort, recordSorts } from "../../queries/records/record-order.ts";
import { collect, type WallForm } from "../../doors/page/parts/contents.ts";
import { ownStart } from "../../doors/page/parts/document.ts";
import type { pageOf } from "../../doors/page/page.ts";
import { coversPath } from "../../host/paths.ts";
import type { Pictures } from "../../doors/page/parts/pictures.ts";
import { openMatchedAnswers } from "../shared/opening/matched-answers.ts";
import type { Call, CommandDeclaration } from "../shared/declaration.ts";
import { noteReadWords } from "../shared/listing/run-listing.ts";
import { optionOf } from "../../queries/filters/filter.ts";
import {
  closeSync,
  existsSync,
  fstatSync,
  openSync,
  readSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { duringOption, filterOptions, refreshOption, wordsArgument } from "../shared/listing/options.ts";

export const declaration: CommandDeclaration = {
  name: "report",
  isQuestion: true,
  details: `Writes one HTML file that works without a network, a server or scripts. It shows your plays by day, year and genre,
every album on a wall, and the lists of never played, neglected and missing albums. Each plot has its numbers in a table.
Filters choose the records on the wall and in the lists; --during chooses the plays. An earlier report of the same name is
replaced, any other file is not.`,
  arguments: [wordsArgument],
  options: [
    {
      flags: "-o, --out <file>",
      help: "write to this file (default: rewind-report.html); - is stdout",
      choices: { source: "file" },
    },
    { flags: "--open", help: "open the report in the browser" },
    { flags: "--covers", help: "include fetched covers, up to 60 MB" },
    {
      flags: "--wall <form>",
      help: "how the wall shows plays",
      choices: { words: ["sized", "dimmed"] },
      usual: "sized",
    },
    { flags: "--group <quality>", help: "divide the wall into parts", choices: { words: dimensionNames } },
    {
      flags: "-s, --sort <order>",
      help: "order of the wall",
      choices: { words: recordSorts },
      usual: "plays",
    },
    { flags: "--reverse", help: "reverse the order; unknown values stay last" },
    ...filterOptions("cross-reference"),
    duringOption,
    refreshOption,
  ],
  examples: [
    ["rewind report --open", "write the report and open it"],
    ["rewind report --during 2025 --out 2025.html", "look back on a year"],
    ["rewind report --group genre --sort artist --wall dimmed", "print a catalogue by genre"],
  ],
  load: async () => runReport,
};

interface ReportFlags {
  readonly out?: string;
  readonly open?: true;
  readonly covers?: true;
  readonly wall?: WallForm;
  readonly group?: DimensionName;
  readonly sort?: RecordSort;
  readonly reverse?: true;
}

async function runReport(context: Context, call: Call): Promise<void> {
  const {
    arguments: [words],
    options,
  } = call;
  const flags = options as ReportFlags;
  const { out = "rewind-report.html", wall = "sized", group = null, sort = "plays" } = flags;
  if (out === "-" && flags.open === true) {
    throw new UsageError("--open needs a file, not --out -", "Try: rewind report --open");
  }
  const nowUts = Math.floor(context.clock.now() / 1000);
  const filter = readFilter("cross-reference", options, words, nowUts);
  const spanText = joinedSpan(filter.words ?? []);
  const isTime = spanText !== "" && filter.during === undefined && spanOf(spanText, nowUts) !== undefined;
  if (out !== "-") refuseOtherFile(out);
  const { database } = await openMatchedAnswers(context, { call });
  noteReadWords(context, database, filter);
  const contents = collect(database, {
    filter,
    sort,
    reverse: flags.reverse === true,
    groupBy: group,
    wall,
    nowUts,
  });
  if (isTime && contents.records === 0) {
    throw new UsageError(
      `no record has "${spanText}" in artist or title`,
      `For the plays of that time: rewind report --during ${spanText}`,
    );
  }
  const { createPictures } = await import("../../doors/page/parts/pictures.ts");
  const pictures = createPictures(database, {
    recordIds: contents.wall.flatMap(({ records }) => records.map(({ id }) => id)),
    directory: flags.covers === true ? coversPath(context.env, context.platform) : null,
  });
  const { version } = context;
  const page = await import("../../doors/page/page.ts");
  const pages = page.pageOf(contents, { version, pictures, filters: filterWords(options, words) });
  if (out === "-") return writePieces(pages, (text) => context.write(text));
  const bytes = await writePage(out, pages);
  const covers = flags.covers === true ? `, ${coversText(pictures)}` : "";
  const size = bytesText(bytes);
  await context.write(lineText(`Wrote ${out}: ${counted(contents.records, "record")}${covers}, ${size}`));
  if (flags.open !== true) return;
  const address = pathToFileURL(out).href;
  // Without a browser, print the address.
  if (!(await context.openPage(address))) await context.write(lineText(`No browser here: ${address}`));
}

function coversText({ counts: { embedded, leftOut } }: Pictures): string {
  if (embedded === 0) return "no covers on this machine; to fetch them: rewind sync --covers";
  return `${counted(embedded, "cover")}${leftOut === 0 ? "" : ` (${thousands(leftOut)} more left out: 60 MB are full)`}`;
}

/** "miles davis, genre Jazz, not-kind box"; "" without filters. */
function filterWords(options: Readonly<Record<string, unknown>>, words: unknown): string {
  const wordsText = (words as readonly string[]).join(" ");
  const filterTexts = filterOptions("cross-reference").flatMap(({ flags }) => {
    const [flag = ""] = flags.slice(2).split(" ");
    const values: readonly unknown[] = [options[optionOf(flag)] ?? []].flat();
    return values.length === 0 ? [] : [values[0] === true ? flag : `${flag} ${values.join(" or ")}`];
  });
  return [...(wordsText === "" ? [] : [`"${wordsText}"`]), ...filterTexts].join(", ");
}

/** Throws UsageError if there is a file with this name that rewind has not written. */
function refuseOtherFile(path: string): void {
  orUnwritable(path, () => {
    const stats = statSync(path, { throwIfNoEntry: false });
    if (stats?.isFile() === false) {
      throw new UsageError(
        `${JSON.stringify(path)} is not a regular file`,
        "Give another name, or write to stdout: rewind report --out -",
      );
    }
    if (stats !== undefined && !isOurs(path)) {
      throw new UsageError(
        `${JSON.stringify(path)} already exists, and rewind did not write it`,
        "Give another name, or remove it first: rewind report --out FILE",
      );
    }
  });
}

/** Writes a temporary file and renames it. Returns its size in bytes. Throws SystemError if nothing can be written. */
async function writePage(path: string, pieces: ReturnType<typeof pageOf>): Promise<number> {
  const target = existsSync(path) ? realpathSync(path) : path;
  // The name can't be guessed, so nobody can plant a link there, and an existing file is never opened.
  const unfinished = `${target}.${randomUUID()}.part`;
  const file = orUnwritable(path, () => openSync(unfinished, "wx"));
  try {
    await writePieces(pieces, async (text) => orUnwritable(path, () => writeFileSync(file, text)));
    return orUnwritable(path, () => {
      const { size } = fstatSync(file);
      closeSync(file);
      renameSync(unfinished, target);
      return size;
    });
  } finally {
    rmSync(unfinished, { force: true });
  }
}

async function writePieces(
  pieces: ReturnType<typeof pageOf>,
  write: (text: SafeText) => Promise<void>,
): Promise<void> {
  const chunks = createChunks({ write });
  for (const piece of pieces) await chunks.add(piece);
  await chunks.end();
}

/** true: rewind wrote the file, or it is empty. */
function isOurs(path: string): boolean {
  const file = openSync(path, "r");
  try {
    const start = Buffer.alloc(400);
    const length = readSync(file, start);
    return length === 0 || ownStart.test(start.toString("utf8", 0, length));
  } finally {
    closeSync(file);
  }
}

function orUnwritable<Value>(path: string, work: () => Value): Value {
  try {
    return work();
  } catch (error) {
    const code = codeOf(error);
    if (!(error instanceof Error) || code === "") throw error;
    if (code === "ERR_INVALID_ARG_VALUE") {
      throw new UsageError(
        "--out takes the path of a file, or - for stdout",
        "Try: rewind report --out shelf.html",
      );
    }
    const hint = "Give another place: rewind report --out FILE";
    throw new SystemError(`can't write ${path}: ${systemWords(error)}`, hint, { cause: error });
  }
}
