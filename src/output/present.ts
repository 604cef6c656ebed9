// Writes an answer in the form that was asked for: a table on a terminal, the same rows in a pipe, or a form for
// programs. Code that draws is loaded only if something is drawn.
import { type TerminalStyle, loadColours, type Terminal } from "./terminal.ts";
import {
  type Column,
  selectFields,
  buildColumns,
  type Field,
  isTableFormat,
  type OutputFormat,
  type TableFormat,
} from "./field.ts";
import { createChunkWriter, type Sink } from "./stream.ts";
import { joinLines, safe, type SafeText } from "./safe-text.ts";
import { writeJson, type JsonDocument } from "./json.ts";
import { pluralize, formatNumber } from "./format-numbers.ts";
import { renderFooter, wrapText } from "./paragraph.ts";

/** An answer for programs and for people. */
export interface Presentation<Row> {
  /** The JSON document. Default: the fields of each row. */
  readonly document?: () => JsonDocument;
  /** The fields of CSV and the other forms of rows, and of tables that name their columns. */
  readonly fields?: readonly Field<Row>[];
  readonly rows?: Iterable<Row>;
  readonly table: () => TableView<Row> | Promise<TableView<Row>>;
  /** The age of the answer, for the end of the footer. */
  readonly synced?: string;
}

/** An answer as a table, with the same columns on a terminal and in a pipe. */
export interface TableView<Line> {
  readonly columns?: (style: TerminalStyle) => readonly Column<Line>[];
  /** The names of the fields that are the columns, in a table without columns of its own. */
  readonly names?: readonly string[];
  /** The names of columns that stay even on a narrow screen. */
  readonly requested?: readonly string[];
  /** Default: the rows. */
  readonly lines?: Iterable<Line>;
  /** Draws something else than a table on a terminal. */
  readonly draw?: (lines: readonly Line[], style: TerminalStyle) => readonly SafeText[];
  /** Writes something else than columns in a pipe. */
  readonly plain?: (lines: readonly Line[], style: TerminalStyle) => readonly SafeText[];
  /** The extent in the first line below the table on a terminal. */
  readonly page?: ListExtent;
  /** The other lines. Each consists of parts that may wrap. Columns that left a narrow screen are not shown. */
  readonly footer?: ((isShown: (header: string) => boolean) => readonly (readonly string[])[]) | undefined;
  /** Lines between the table and the footer on a terminal. */
  readonly summary?: ((screen: Terminal) => Promise<readonly SafeText[]>) | undefined;
  /** A sentence instead of an empty table on a terminal. Default: the header. */
  readonly empty?: (() => string) | undefined;
}

/** The whole list that the lines belong to. */
interface ListExtent {
  /** The number of lines on all pages, if several items share one. */
  readonly rows?: number;
  /** The number of items on all pages. */
  readonly total: number;
  /** The name of an item: "record". */
  readonly noun: string;
  /** A property that all items share: "of all time". */
  readonly about?: string;
}

/** An answer that is not a list: the same drawing on a terminal and in a pipe. */
export function createDrawingView(
  draw: (style: TerminalStyle) => readonly SafeText[],
): Pick<TableView<unknown>, "draw" | "plain"> & { readonly lines: readonly never[] } {
  // The rows are not read for it.
  return { lines: [], draw: (_, style) => draw(style), plain: (_, style) => draw(style) };
}

interface PresentOptions {
  readonly as: OutputFormat;
  readonly safeCsv?: boolean;
  /** The names of the chosen columns; null: the default columns. */
  readonly columns?: readonly string[] | null;
  /** The page of a list that has pages; null: everything is on one page. */
  readonly paging?: { readonly page: number; readonly limit: number } | null;
}

interface Output extends Sink {
  readonly screen: Terminal;
  /** Writes a remark to stderr, unless the user wants none. */
  readonly note?: (text: string) => void;
  /** Like write(), for text that may be longer than the terminal. */
  readonly page?: (text: SafeText) => Promise<void>;
}

/**
 * Forms for programs are written as the rows are read, so that a shelf of 100,000 records need not fit in memory. A
 * terminal gets one page.
 */
export async function present<Row>(
  output: Output,
  { as, safeCsv = false, columns: chosen = null, paging = null }: PresentOptions,
  { document, fields: all = [], rows = [], table, synced = "" }: Presentation<Row>,
): Promise<void> {
  const listed = all.filter(({ isOfScreens }) => isOfScreens !== true);
  const fields = chosen === null ? listed : selectFields(isTableFormat(as) ? all : listed, chosen);
  if (!isTableFormat(as) && as !== "markdown") {
    if (as === "json" && document !== undefined) return writeJson(output, document());
    const { writeListing } = await import("./row-formats.ts");
    return writeListing(output, fields, rows, { as, safeCsv });
  }
  const view = await table();
  const style: TerminalStyle = { screen: output.screen, colours: await loadColours(output.screen) };
  const place = view.page && { paging, ...view.page };
  const isDrawing = view.columns === undefined && view.names === undefined;
  // --columns chooses fields. A frame and Markdown need columns, so they also use fields instead of a drawing.
  if (chosen !== null || (as !== "table" && isDrawing && fields.length > 0)) {
    const names = fields.map(({ name }) => name);
    // Columns that the user names never leave the screen.
    const columns = buildColumns(fields, style, { names, requested: names });
    const { summary, footer, empty } = view;
    return writeView(output, { lines: rows, columns, place, summary, footer, empty, synced }, as, style);
  }
  const { names, requested, lines = rows } = view;
  const columns =
    names === undefined ? view.columns?.(style) : buildColumns(all, style, { names, requested });
  return writeView(output, { ...view, lines, columns, place, synced }, as, style);
}

/** A view with its lines and columns. */
interface ReadyView<Line> extends Pick<TableView<Line>, "draw" | "plain" | "summary" | "footer" | "empty"> {
  readonly lines: Iterable<Line>;
  /** undefined: a drawing. */
  readonly columns: readonly Column<Line>[] | undefined;
  readonly place: PagePosition | undefined;
  readonly synced: string;
}

interface PagePosition extends ListExtent {
  /** null: everything is on one page. */
  readonly paging: { readonly page: number; readonly limit: number } | null;
}

async function writeView<Line>(
  output: Output,
  view: ReadyView<Line>,
  as: TableFormat | "markdown",
  style: TerminalStyle,
): Promise<void> {
  const { columns, lines, place } = view;
  if (as === "markdown") {
    const { writeMarkdown } = await import("./row-formats.ts");
    return writeMarkdown(output, columns ?? [], lines);
  }
  const isFramed = as === "box" && columns !== undefined;
  if (!style.screen.isTerminal && !isFramed) return writePlain(output, view, style);
  const shown = await renderView(view, style, isFramed);
  if (shown.length === 0 && !style.screen.isTerminal) noteEmpty(output, view);
  const text = joinLines(shown);
  const isOnePage = style.screen.isTerminal && place?.paging === null;
  await (isOnePage && output.page !== undefined ? output.page(text) : output.write(text));
}

/** Writes to a pipe: one line per row, nothing cut, no header and footer, no colour unless forced. */
async function writePlain<Line>(output: Output, view: ReadyView<Line>, style: TerminalStyle): Promise<void> {
  const { columns = [], lines, plain } = view;
  let isEmpty = true;
  if (plain === undefined) {
    const { renderPlainRows } = await import("./table.ts");
    const chunks = createChunkWriter(output);
    for (const line of renderPlainRows(columns, lines, style.screen)) {
      isEmpty = false;
      await chunks.add(safe`${line}\n`);
    }
    await chunks.end();
  } else {
    const shown = plain([...lines], style);
    isEmpty = shown.length === 0;
    await output.write(joinLines(shown));
  }
  if (isEmpty) noteEmpty(output, view);
}

/** A pipe gets no row, so the reason goes to stderr. */
function noteEmpty<Line>(output: Output, { place, empty }: ReadyView<Line>): void {
  const reason = describePastEnd(place) ?? empty?.() ?? "";
  if (reason !== "") output.note?.(reason);
}

/** A frame in a pipe has no footer. The age of the answer ends the last line of the footer. */
async function renderView<Line>(
  view: ReadyView<Line>,
  style: TerminalStyle,
  isFramed: boolean,
): Promise<readonly SafeText[]> {
  const { screen, colours } = style;
  const { columns = [], place, synced } = view;
  const lines = [...view.lines];
  const past = lines.length === 0 ? describePastEnd(place) : undefined;
  const nothing = lines.length === 0 ? (past ?? view.empty?.()) : undefined;
  const summary = screen.isTerminal ? await view.summary?.(screen) : undefined;
  const summaryBlock = summary === undefined ? [] : [safe``, ...summary];
  if (nothing !== undefined) return screen.isTerminal ? [...wrapText(nothing, screen), ...summaryBlock] : [];
  const table =
    view.draw === undefined || isFramed
      ? await drawTable(lines, columns, style, isFramed)
      : view.draw(lines, style);
  if (!screen.isTerminal) return table;
  // The headers are on the first line, or below the edge of a frame.
  const isShown = (header: string): boolean => table.slice(0, 2).some((line) => line.includes(header));
  const parts = [
    ...(place === undefined ? [] : [describePage(place, lines.length)]),
    ...(view.footer?.(isShown) ?? []),
  ].filter((line) => line.some((part) => part !== ""));
  const dated = parts.map((line, at) => (at === parts.length - 1 ? [...line, synced] : line));
  const footer = renderFooter(dated, screen);
  return [...table, ...summaryBlock, ...(footer.length === 0 ? [] : [safe``, ...footer.map(colours.dim)])];
}

async function drawTable<Line>(
  lines: readonly Line[],
  columns: readonly Column<Line>[],
  { screen, colours }: TerminalStyle,
  isFramed: boolean,
): Promise<readonly SafeText[]> {
  if (isFramed) return (await import("./box.ts")).renderBoxTable(columns, lines, screen);
  const { renderTable } = await import("./table.ts");
  return renderTable(columns, lines, screen, { paintRule: colours.dim });
}

/** "166 records", or "Page 2 of 9 (20 of 166 records)" and how to get the next page. */
function describePage(place: PagePosition, lineCount: number): string[] {
  const { paging, total, rows = total, noun, about = "" } = place;
  const whole = pluralize(total, noun);
  const pages = computePageCount(place);
  if (paging === null || pages === 1) return [whole, about];
  const share = `${formatNumber(lineCount)} of ${rows === total ? "" : `${pluralize(rows, "line")}, `}${whole}`;
  const next = paging.page < pages ? `next: --page ${paging.page + 1} or --all` : "";
  return [`Page ${formatNumber(paging.page)} of ${formatNumber(pages)} (${share})`, about, next];
}

function computePageCount({ paging, total, rows = total }: PagePosition): number {
  return paging === null ? 1 : Math.ceil(rows / paging.limit);
}

/** Returns undefined if the page is not past the end. */
function describePastEnd(place: PagePosition | undefined): string | undefined {
  if (place === undefined || place.paging === null || place.total === 0) return undefined;
  const { paging, total, noun } = place;
  const whole = `${pluralize(total, noun)} on ${pluralize(computePageCount(place), "page")}`;
  return `Page ${formatNumber(paging.page)} is past the end: ${whole}.`;
}
