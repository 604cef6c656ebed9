// Writes an answer in the form that was asked for: a table on a terminal, the same rows in a pipe, or a form for
// programs. Code that draws is loaded only if something is drawn.
import { type TerminalStyle, coloursFor, type Screen } from "./screen.ts";
import {
  type Column,
  chosenFields,
  namedColumns,
  type Field,
  isTable,
  type ListingForm,
  type TableForm,
} from "./field.ts";
import { createChunks, type Sink } from "./stream.ts";
import { linesText, safe, type SafeText } from "./escape.ts";
import { writeJson, type JsonDocument } from "./json.ts";
import { counted, thousands } from "./number-text.ts";
import { footerLines, wrapText } from "./paragraph.ts";

/** An answer for programs and for people. */
export interface Presentation<Row> {
  /** For JSON. Default: the fields of each row. */
  readonly document?: () => JsonDocument;
  /** For CSV and the other forms of rows, and for tables that name their columns. */
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
  /** For the first line below the table on a terminal. */
  readonly page?: WholeList;
  /** The other lines. Each consists of parts that may wrap. Columns that left a narrow screen are not shown. */
  readonly footer?: ((isShown: (header: string) => boolean) => readonly (readonly string[])[]) | undefined;
  /** Lines between the table and the footer on a terminal. */
  readonly summary?: ((screen: Screen) => Promise<readonly SafeText[]>) | undefined;
  /** A sentence instead of an empty table on a terminal. Default: the header. */
  readonly empty?: (() => string) | undefined;
}

/** The whole list that the lines belong to. */
interface WholeList {
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
export function drawing(
  draw: (style: TerminalStyle) => readonly SafeText[],
): Pick<TableView<unknown>, "draw" | "plain"> {
  return { draw: (_, style) => draw(style), plain: (_, style) => draw(style) };
}

interface Form {
  readonly as: ListingForm;
  readonly safeCsv?: boolean;
  /** The names of the chosen columns; null: the default columns. */
  readonly columns?: readonly string[] | null;
  /** The page of a list that has pages; null: everything is on one page. */
  readonly paging?: { readonly page: number; readonly limit: number } | null;
}

interface Output extends Sink {
  readonly screen: Screen;
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
  { as, safeCsv = false, columns: chosen = null, paging = null }: Form,
  { document, fields: all = [], rows = [], table, synced = "" }: Presentation<Row>,
): Promise<void> {
  const listed = all.filter(({ isOfScreens }) => isOfScreens !== true);
  const fields = chosen === null ? listed : chosenFields(isTable(as) ? all : listed, chosen);
  if (!isTable(as) && as !== "markdown") {
    if (as === "json" && document !== undefined) return writeJson(output, document());
    const { writeListing } = await import("./row-formats.ts");
    return writeListing(output, fields, rows, { as, safeCsv });
  }
  const view = await table();
  const style: TerminalStyle = { screen: output.screen, colours: await coloursFor(output.screen) };
  const place = view.page && { paging, ...view.page };
  const isDrawing = view.columns === undefined && view.names === undefined;
  // --columns chooses fields. A frame and Markdown need columns, so they also use fields instead of a drawing.
  if (chosen !== null || (as !== "table" && isDrawing && fields.length > 0)) {
    const names = fields.map(({ name }) => name);
    // Columns that the user names never leave the screen.
    const columns = namedColumns(fields, style, { names, requested: names });
    const { summary, footer, empty } = view;
    return writeView(output, { lines: rows, columns, place, summary, footer, empty, synced }, as, style);
  }
  const { names, requested, lines = rows } = view;
  const columns =
    names === undefined ? view.columns?.(style) : namedColumns(all, style, { names, requested });
  return writeView(output, { ...view, lines, columns, place, synced }, as, style);
}

/** A view with its lines and columns. */
interface ReadyView<Line> extends Pick<TableView<Line>, "draw" | "plain" | "summary" | "footer" | "empty"> {
  readonly lines: Iterable<Line>;
  /** undefined: a drawing. */
  readonly columns: readonly Column<Line>[] | undefined;
  readonly place: PagePlace | undefined;
  readonly synced: string;
}

interface PagePlace extends WholeList {
  /** null: everything is on one page. */
  readonly paging: { readonly page: number; readonly limit: number } | null;
}

async function writeView<Line>(
  output: Output,
  view: ReadyView<Line>,
  as: TableForm | "markdown",
  style: TerminalStyle,
): Promise<void> {
  const { columns, lines, place } = view;
  if (as === "markdown") {
    const { writeMarkdown } = await import("./row-formats.ts");
    return writeMarkdown(output, columns ?? [], lines);
  }
  const isFramed = as === "box" && columns !== undefined;
  if (!style.screen.isTerminal && !isFramed) return writePlain(output, view, style);
  const shown = await linesOf(view, style, isFramed);
  if (shown.length === 0 && !style.screen.isTerminal) noteEmpty(output, view);
  const text = linesText(shown);
  const isOnePage = style.screen.isTerminal && place?.paging === null;
  await (isOnePage && output.page !== undefined ? output.page(text) : output.write(text));
}

/** For a pipe: one line per row, nothing cut, no header and footer, no colour unless forced. */
async function writePlain<Line>(output: Output, view: ReadyView<Line>, style: TerminalStyle): Promise<void> {
  const { columns = [], lines, plain } = view;
  let isEmpty = true;
  if (plain === undefined) {
    const { plainLines } = await import("./table.ts");
    const chunks = createChunks(output);
    for (const line of plainLines(columns, lines, style.screen)) {
      isEmpty = false;
      await chunks.add(safe`${line}\n`);
    }
    await chunks.end();
  } else {
    const shown = plain([...lines], style);
    isEmpty = shown.length === 0;
    await output.write(linesText(shown));
  }
  if (isEmpty) noteEmpty(output, view);
}

/** A pipe gets no row, so the reason goes to stderr. */
function noteEmpty<Line>(output: Output, { place, empty }: ReadyView<Line>): void {
  const reason = pastEnd(place) ?? empty?.() ?? "";
  if (reason !== "") output.note?.(reason);
}

/** A frame in a pipe has no footer. The age of the answer ends the last line of the footer. */
async function linesOf<Line>(
  view: ReadyView<Line>,
  style: TerminalStyle,
  isFramed: boolean,
): Promise<readonly SafeText[]> {
  const { screen, colours } = style;
  const { columns = [], place, synced } = view;
  const lines = [...view.lines];
  const past = lines.length === 0 ? pastEnd(place) : undefined;
  const nothing = lines.length === 0 ? (past ?? view.empty?.()) : undefined;
  const summary = screen.isTerminal && past === undefined ? await view.summary?.(screen) : undefined;
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
    ...(place === undefined ? [] : [placeParts(place, lines.length)]),
    ...(view.footer?.(isShown) ?? []),
  ].filter((line) => line.some((part) => part !== ""));
  const dated = parts.map((line, at) => (at === parts.length - 1 ? [...line, synced] : line));
  const footer = footerLines(dated, screen);
  return [...table, ...summaryBlock, ...(footer.length === 0 ? [] : [safe``, ...footer.map(colours.dim)])];
}

async function drawTable<Line>(
  lines: readonly Line[],
  columns: readonly Column<Line>[],
  { screen, colours }: TerminalStyle,
  isFramed: boolean,
): Promise<readonly SafeText[]> {
  if (isFramed) return (await import("./box.ts")).boxTable(columns, lines, screen);
  const { fittedTable } = await import("./table.ts");
  return fittedTable(columns, lines, screen, { paintRule: colours.dim });
}

/** "166 records", or "Page 2 of 9 (20 of 166 records)" and how to get the next page. */
function placeParts(place: PagePlace, lineCount: number): string[] {
  const { paging, total, rows = total, noun, about = "" } = place;
  const whole = counted(total, noun);
  const pages = pageCount(place);
  if (paging === null || pages === 1) return [whole, about];
  const share = `${thousands(lineCount)} of ${rows === total ? "" : `${counted(rows, "line")}, `}${whole}`;
  const next = paging.page < pages ? `next: --page ${paging.page + 1} or --all` : "";
  return [`Page ${thousands(paging.page)} of ${thousands(pages)} (${share})`, about, next];
}

function pageCount({ paging, total, rows = total }: PagePlace): number {
  return paging === null ? 1 : Math.ceil(rows / paging.limit);
}

/** Returns undefined if the page is not past the end. */
function pastEnd(place: PagePlace | undefined): string | undefined {
  if (place === undefined || place.paging === null || place.total === 0) return undefined;
  const { paging, total, noun } = place;
  const whole = `${counted(total, noun)} on ${counted(pageCount(place), "page")}`;
  return `Page ${thousands(paging.page)} is past the end: ${whole}.`;
}
