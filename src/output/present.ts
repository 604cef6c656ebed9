// One answer in the form that was asked for: a table on a terminal, the same rows in a pipe, or a form for programs.
// What draws is loaded only where something is drawn.
import { type Look, coloursFor } from "./look.ts";
import {
  type Column,
  chosenFields,
  columnsOfFields,
  type Field,
  isTable,
  type ListingForm,
  type TableForm,
} from "./field.ts";
import { createChunks, type Sink } from "./stream.ts";
import { linesText, safe, type SafeText } from "./escape.ts";
import { writeJson, type JsonDocument } from "./json.ts";
import { counted, thousands } from "./numbers.ts";
import { wrapped } from "./paragraph.ts";
import type { Screen } from "./screen.ts";
import type { MeasuredRow, PlainLayout } from "./table.ts";

/** What a door to a question hands over: its answer for programs and, where a table is wanted, for people. */
export interface Presentation<Row, Line> {
  /** For JSON; without it, the fields of each row. */
  readonly document?: () => JsonDocument;
  /** For CSV and the like, where the command has them. */
  readonly fields?: readonly Field<Row>[];
  readonly rows?: Iterable<Row>;
  readonly table: () => TableView<Line> | Promise<TableView<Line>>;
  /** The lines of the table with all that the fields tell, where its own tell less. */
  readonly inFull?: Iterable<Row>;
  /** How old the answer is, for the end of its footer. */
  readonly synced?: string;
}

/** An answer as a table: the same columns on a terminal and in a pipe, but where one of them has its own drawing. */
export interface TableView<Line> {
  readonly columns?: (look: Look) => readonly Column<Line>[];
  /** For a pipe they are gone through twice where there are many. */
  readonly lines: Iterable<Line>;
  /** On a terminal, what is drawn in place of a table. */
  readonly draw?: (lines: readonly Line[], look: Look) => readonly SafeText[];
  /** In a pipe, what is written in place of the columns. */
  readonly plain?: (lines: readonly Line[], look: Look) => readonly SafeText[];
  /** On a terminal, the lines below, each of parts that may go on the next line. */
  readonly footer?: (shown: Shown<Line>, screen: Screen) => readonly (readonly string[])[];
  /** On a terminal, the sentence in place of a table without rows; without it, its header stands. */
  readonly empty?: () => string;
  readonly place?: () => PagePlace;
}

/** Where in the whole the lines are. */
interface PagePlace {
  /** null: everything is on one page. */
  readonly paging: { readonly page: number; readonly limit: number } | null;
  /** Lines of all pages, where several of what is listed share one. */
  readonly rows?: number;
  /** What is listed on all pages. */
  readonly total: number;
  /** What that is: "record". */
  readonly noun: string;
}

/** An answer that is no list: the same drawing on a terminal and in a pipe. */
export function drawing(draw: (look: Look) => readonly SafeText[]): TableView<null> {
  return { lines: [null], draw: (_, look) => draw(look), plain: (_, look) => draw(look) };
}

interface Shown<Line> {
  readonly lines: readonly Line[];
  /** Whether they show the numbers that the next command needs. */
  readonly hasKeys: boolean;
  /** Whether all columns found room. */
  readonly isWhole: boolean;
}

interface Form {
  readonly as: ListingForm;
  readonly safeCsv?: boolean;
  /** The names of the columns that were asked for; null: those that the form has by itself. */
  readonly columns?: readonly string[] | null;
}

interface Output extends Sink {
  readonly screen: Screen;
  /** As write(), for what may be longer than the terminal. */
  readonly page?: (text: SafeText) => Promise<void>;
}

/** Rows go out as they come, so that a shelf of 100 000 records needn't fit in memory; a terminal gets a page of them. */
export async function present<Row, Line>(
  output: Output,
  { as, safeCsv = false, columns = null }: Form,
  { document, fields: all = [], rows = [], table, inFull = rows, synced = "" }: Presentation<Row, Line>,
): Promise<void> {
  const fields = columns === null ? all : chosenFields(all, columns);
  if (isTable(as)) {
    const view = await table();
    // A frame has columns, also around what else is a drawing.
    const isOfFields = columns !== null || (as === "box" && view.columns === undefined && fields.length > 0);
    return isOfFields
      ? writeTable(output, withFields(withAge(view, synced), fields, inFull), as)
      : writeTable(output, withAge(view, synced), as);
  }
  if (as === "markdown") {
    const view = await table();
    const look: Look = { screen: output.screen, colours: await coloursFor(output.screen) };
    const { writeMarkdown } = await import("./listing.ts");
    if (columns !== null || (view.columns === undefined && fields.length > 0)) {
      return writeMarkdown(output, columnsOfFields(fields, look), inFull);
    }
    if (view.columns !== undefined) return writeMarkdown(output, view.columns(look), view.lines);
  }
  if (as === "json" && document !== undefined) return writeJson(output, document());
  const { writeListing } = await import("./listing.ts");
  await writeListing(output, fields, rows, { as, safeCsv });
}

/** The same answer, whose last line below ends with how old it is. */
function withAge<Line>(view: TableView<Line>, synced: string): TableView<Line> {
  const { footer } = view;
  if (footer === undefined || synced === "") return view;
  return {
    ...view,
    footer: (shown, screen) => {
      const lines = footer(shown, screen);
      const last = lines.at(-1);
      return last === undefined ? lines : [...lines.slice(0, -1), [...last, synced]];
    },
  };
}

/** The same answer with other columns. */
function withFields<Row, Line>(
  { footer, empty, place }: TableView<Line>,
  fields: readonly Field<Row>[],
  lines: Iterable<Row>,
): TableView<Row> {
  return {
    columns: (look) => columnsOfFields(fields, look),
    lines,
    ...(empty === undefined ? {} : { empty }),
    ...(place === undefined ? {} : { place }),
    // A footer tells of lines what both kinds of them have.
    ...(footer === undefined
      ? {}
      : { footer: (shown, screen) => footer(shown as unknown as Shown<Line>, screen) }),
  };
}

async function writeTable<Line>(output: Output, view: TableView<Line>, form: TableForm): Promise<void> {
  const look: Look = { screen: output.screen, colours: await coloursFor(output.screen) };
  const isFramed = form === "box" && view.columns !== undefined;
  if (!output.screen.isTerminal) {
    return isFramed ? output.write(linesText(await framedLines(view, look))) : writePlain(output, view, look);
  }
  const text = linesText(await (isFramed ? framedLines : screenLines)(view, look));
  const isWhole = view.place?.().paging === null;
  await (isWhole && output.page !== undefined ? output.page(text) : output.write(text));
}

async function screenLines<Line>(view: TableView<Line>, look: Look): Promise<readonly SafeText[]> {
  const lines = [...view.lines];
  const { screen } = look;
  const nothing = nothingText(view, lines);
  if (nothing !== undefined) return wrapped(nothing, screen);
  const { fittedTable } = await import("./table.ts");
  const columns = view.columns?.(look) ?? [];
  const drawn = view.draw?.(lines, look);
  const table =
    drawn === undefined
      ? fittedTable(columns, lines, screen, { hasRule: true, paintRule: look.colours.dim })
      : { lines: drawn, isWhole: true };
  const shown = { lines, hasKeys: hasKeys(columns), isWhole: table.isWhole };
  return [...table.lines, ...(await below(view, shown, look))];
}

/** In a pipe as well: with a header there, and without a footer. */
async function framedLines<Line>(view: TableView<Line>, look: Look): Promise<readonly SafeText[]> {
  const lines = [...view.lines];
  const { screen } = look;
  const nothing = nothingText(view, lines);
  if (nothing !== undefined) return screen.isTerminal ? wrapped(nothing, screen) : [];
  const columns = view.columns?.(look) ?? [];
  const { boxed } = await import("./box.ts");
  const table = boxed(columns, lines, screen);
  if (!screen.isTerminal) return table.lines;
  const shown = { lines, hasKeys: hasKeys(columns), isWhole: table.isWhole };
  return [...table.lines, ...(await below(view, shown, look))];
}

function nothingText<Line>(view: TableView<Line>, lines: readonly Line[]): string | undefined {
  return lines.length === 0 ? (pastEnd(view.place?.()) ?? view.empty?.()) : undefined;
}

function hasKeys<Line>(columns: readonly Column<Line>[]): boolean {
  return columns.some(({ isKey }) => isKey === true);
}

async function below<Line>(
  view: TableView<Line>,
  shown: Shown<Line>,
  { screen, colours }: Look,
): Promise<readonly SafeText[]> {
  const { footerLines } = await import("./paragraph.ts");
  const footer = footerLines(view.footer?.(shown, screen) ?? [], screen);
  return [...(footer.length === 0 ? [] : [safe``]), ...footer.map(colours.dim)];
}

/** Most lists are kept between measuring and writing; a longer one is read twice. */
const mostKept = 5000;

/** For a pipe: one row a line, nothing cut, no header, no footer, and no colour unless it is forced. */
async function writePlain<Line>(
  sink: Sink,
  { columns, lines, plain }: TableView<Line>,
  look: Look,
): Promise<void> {
  if (plain !== undefined) return sink.write(linesText(plain([...lines], look)));
  const { plainLayout } = await import("./table.ts");
  const layout = plainLayout(columns?.(look) ?? [], look.screen);
  let kept: MeasuredRow<Line>[] | null = [];
  for (const line of lines) {
    const measured = layout.measure(line);
    if (kept !== null && kept.push(measured) > mostKept) kept = null;
  }
  const chunks = createChunks(sink);
  for (const line of kept ?? measuredAgain(lines, layout)) {
    const full = chunks.add(safe`${layout.line(line)}\n`);
    // Most lines wait for nobody.
    if (full !== undefined) await full;
  }
  await chunks.end();
}

function* measuredAgain<Line>(
  lines: Iterable<Line>,
  { measure }: PlainLayout<Line>,
): Generator<MeasuredRow<Line>> {
  for (const line of lines) yield measure(line);
}

/** undefined: it is not why there are no rows. */
function pastEnd(place: PagePlace | undefined): string | undefined {
  if (place === undefined || place.paging === null || place.total === 0) return undefined;
  const { paging, rows, total, noun } = place;
  const pages = counted(Math.ceil((rows ?? total) / paging.limit), "page");
  return `Page ${thousands(paging.page)} is past the end: ${counted(total, noun)} on ${pages}.`;
}
