// Writes an answer in the form that was asked for: a table on a terminal, the same rows in a pipe, or a form for
// programs. Code that draws is loaded only if something is drawn.
import { type TerminalStyle, coloursFor } from "./terminal-style.ts";
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
import { counted, thousands } from "./number-text.ts";
import { wrapped } from "./paragraph.ts";
import type { Screen } from "./screen.ts";
import type { MeasuredRow, PlainLayout } from "./table.ts";

/** An answer for programs and for people. */
export interface Presentation<Row, Line> {
  /** For JSON. Default: the fields of each row. */
  readonly document?: () => JsonDocument;
  /** For CSV and the other forms of rows. */
  readonly fields?: readonly Field<Row>[];
  readonly rows?: Iterable<Row>;
  readonly table: () => TableView<Line> | Promise<TableView<Line>>;
  /** The lines with everything that the fields need, if `lines` has less. */
  readonly inFull?: Iterable<Row>;
  /** The age of the answer, for the end of the footer. */
  readonly synced?: string;
}

/** An answer as a table, with the same columns on a terminal and in a pipe. */
export interface TableView<Line> {
  readonly columns?: (style: TerminalStyle) => readonly Column<Line>[];
  /** For a long list in a pipe they are iterated twice. */
  readonly lines: Iterable<Line>;
  /** Draws something else than a table on a terminal. */
  readonly draw?: (lines: readonly Line[], style: TerminalStyle) => readonly SafeText[];
  /** Writes something else than columns in a pipe. */
  readonly plain?: (lines: readonly Line[], style: TerminalStyle) => readonly SafeText[];
  /** The lines below the table on a terminal. Each consists of parts that may wrap. */
  readonly footer?: (shown: Shown<Line>, screen: Screen) => readonly (readonly string[])[];
  /** A sentence instead of an empty table on a terminal. Default: the header. */
  readonly empty?: () => string;
  readonly place?: () => PagePlace;
}

/** The position of the lines in the whole list. */
interface PagePlace {
  /** null: everything is on one page. */
  readonly paging: { readonly page: number; readonly limit: number } | null;
  /** The number of lines on all pages, if several items share one. */
  readonly rows?: number;
  /** The number of items on all pages. */
  readonly total: number;
  /** The name of an item: "record". */
  readonly noun: string;
}

/** An answer that is not a list: the same drawing on a terminal and in a pipe. */
export function drawing(draw: (style: TerminalStyle) => readonly SafeText[]): TableView<null> {
  return { lines: [null], draw: (_, style) => draw(style), plain: (_, style) => draw(style) };
}

interface Shown<Line> {
  readonly lines: readonly Line[];
  /** True if the numbers are shown that the next command needs. */
  readonly hasKeys: boolean;
  /** True if all columns are shown. */
  readonly isWhole: boolean;
}

interface Form {
  readonly as: ListingForm;
  readonly safeCsv?: boolean;
  /** The names of the chosen columns; null: the default columns. */
  readonly columns?: readonly string[] | null;
}

interface Output extends Sink {
  readonly screen: Screen;
  /** Like write(), for text that may be longer than the terminal. */
  readonly page?: (text: SafeText) => Promise<void>;
}

/**
 * Writes rows as they are read, so that a shelf of 100,000 records need not fit in memory. A terminal gets one page.
 */
export async function present<Row, Line>(
  output: Output,
  { as, safeCsv = false, columns = null }: Form,
  { document, fields: all = [], rows = [], table, inFull = rows, synced = "" }: Presentation<Row, Line>,
): Promise<void> {
  const fields = columns === null ? all : chosenFields(all, columns);
  if (isTable(as)) {
    const view = await table();
    // --columns chooses fields. A frame needs columns, so it also uses fields instead of a drawing.
    const isOfFields = columns !== null || (as === "box" && view.columns === undefined && fields.length > 0);
    return isOfFields
      ? writeTable(output, withFields(withAge(view, synced), fields, inFull), as)
      : writeTable(output, withAge(view, synced), as);
  }
  if (as === "markdown") {
    const view = await table();
    const style: TerminalStyle = { screen: output.screen, colours: await coloursFor(output.screen) };
    const { writeMarkdown } = await import("./row-formats.ts");
    if (columns !== null || (view.columns === undefined && fields.length > 0)) {
      return writeMarkdown(output, columnsOfFields(fields, style), inFull);
    }
    if (view.columns !== undefined) return writeMarkdown(output, view.columns(style), view.lines);
  }
  if (as === "json" && document !== undefined) return writeJson(output, document());
  const { writeListing } = await import("./row-formats.ts");
  await writeListing(output, fields, rows, { as, safeCsv });
}

/** Adds the age of the answer to the end of the footer. */
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

/** Replaces the columns by fields. */
function withFields<Row, Line>(
  { footer, empty, place }: TableView<Line>,
  fields: readonly Field<Row>[],
  lines: Iterable<Row>,
): TableView<Row> {
  return {
    columns: (style) => columnsOfFields(fields, style),
    lines,
    ...(empty === undefined ? {} : { empty }),
    ...(place === undefined ? {} : { place }),
    // The footer only uses what both kinds of lines have.
    ...(footer === undefined
      ? {}
      : { footer: (shown, screen) => footer(shown as unknown as Shown<Line>, screen) }),
  };
}

async function writeTable<Line>(output: Output, view: TableView<Line>, form: TableForm): Promise<void> {
  const style: TerminalStyle = { screen: output.screen, colours: await coloursFor(output.screen) };
  const isFramed = form === "box" && view.columns !== undefined;
  if (!output.screen.isTerminal) {
    return isFramed
      ? output.write(linesText(await framedLines(view, style)))
      : writePlain(output, view, style);
  }
  const text = linesText(await (isFramed ? framedLines : screenLines)(view, style));
  const isWhole = view.place?.().paging === null;
  await (isWhole && output.page !== undefined ? output.page(text) : output.write(text));
}

async function screenLines<Line>(view: TableView<Line>, style: TerminalStyle): Promise<readonly SafeText[]> {
  const lines = [...view.lines];
  const { screen } = style;
  const nothing = nothingText(view, lines);
  if (nothing !== undefined) return wrapped(nothing, screen);
  const { fittedTable } = await import("./table.ts");
  const columns = view.columns?.(style) ?? [];
  const drawn = view.draw?.(lines, style);
  const table =
    drawn === undefined
      ? fittedTable(columns, lines, screen, { hasRule: true, paintRule: style.colours.dim })
      : { lines: drawn, isWhole: true };
  const shown = { lines, hasKeys: hasKeys(columns), isWhole: table.isWhole };
  return [...table.lines, ...(await below(view, shown, style))];
}

/** In a pipe too: with a header, without a footer. */
async function framedLines<Line>(view: TableView<Line>, style: TerminalStyle): Promise<readonly SafeText[]> {
  const lines = [...view.lines];
  const { screen } = style;
  const nothing = nothingText(view, lines);
  if (nothing !== undefined) return screen.isTerminal ? wrapped(nothing, screen) : [];
  const columns = view.columns?.(style) ?? [];
  const { boxed } = await import("./box.ts");
  const table = boxed(columns, lines, screen);
  if (!screen.isTerminal) return table.lines;
  const shown = { lines, hasKeys: hasKeys(columns), isWhole: table.isWhole };
  return [...table.lines, ...(await below(view, shown, style))];
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
  { screen, colours }: TerminalStyle,
): Promise<readonly SafeText[]> {
  const { footerLines } = await import("./paragraph.ts");
  const footer = footerLines(view.footer?.(shown, screen) ?? [], screen);
  return [...(footer.length === 0 ? [] : [safe``]), ...footer.map(colours.dim)];
}

/** Shorter lists are kept in memory between measuring and writing; a longer one is read twice. */
const mostKept = 5000;

/** For a pipe: one line per row, nothing cut, no header and footer, no colour unless forced. */
async function writePlain<Line>(
  sink: Sink,
  { columns, lines, plain }: TableView<Line>,
  style: TerminalStyle,
): Promise<void> {
  if (plain !== undefined) return sink.write(linesText(plain([...lines], style)));
  const { plainLayout } = await import("./table.ts");
  const layout = plainLayout(columns?.(style) ?? [], style.screen);
  let kept: MeasuredRow<Line>[] | null = [];
  for (const line of lines) {
    const measured = layout.measure(line);
    if (kept !== null && kept.push(measured) > mostKept) kept = null;
  }
  const chunks = createChunks(sink);
  for (const line of kept ?? measuredAgain(lines, layout)) {
    const full = chunks.add(safe`${layout.line(line)}\n`);
    // Most writes need not be awaited.
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

/** Returns undefined if the page is not past the end. */
function pastEnd(place: PagePlace | undefined): string | undefined {
  if (place === undefined || place.paging === null || place.total === 0) return undefined;
  const { paging, rows, total, noun } = place;
  const pages = counted(Math.ceil((rows ?? total) / paging.limit), "page");
  return `Page ${thousands(paging.page)} is past the end: ${counted(total, noun)} on ${pages}.`;
}
