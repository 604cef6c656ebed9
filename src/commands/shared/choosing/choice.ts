// A list of records or albums to choose from.
import type { Colours, TerminalStyle } from "../../../output/terminal-style.ts";
import type { Column } from "../../../output/field.ts";
import { formsTogether } from "../../../queries/records/copies.ts";
import type { ChartAlbum } from "../../../queries/find/find-albums.ts";
import type { Hit } from "../../../queries/find/find-records.ts";
import { printable, safe, type SafeText } from "../../../output/escape.ts";
import { counted } from "../../../output/number-text.ts";
import { wrapped } from "../../../output/paragraph.ts";
import { sectionTable } from "../../../output/table.ts";
import { artistColumn, numberColumn, titleColumn } from "../listing/name-columns.ts";

interface ChoiceLine {
  readonly id: number;
  readonly artist: string;
  readonly title: string;
  readonly form: string;
  readonly year: number | null;
  readonly playCount: number;
  readonly copies: number;
}

const mostShown = 12;

export function recordCount(hits: readonly Hit[]): string {
  return counted(hits.flat().length, "record");
}

/** One line for each album, with the forms and plays of all its copies. */
export function choiceLines(
  question: string,
  hits: readonly Hit[],
  {
    screen,
    colours,
    words,
    insides = [],
  }: TerminalStyle & { readonly words: string; readonly insides?: readonly Hit[] },
): SafeText[] {
  const shown = screen.isTerminal ? hits.slice(0, mostShown) : hits;
  const inside = screen.isTerminal ? insides.slice(0, mostShown - shown.length) : insides;
  const rest = hits.slice(shown.length);
  const insideRest = insides.slice(inside.length);
  const notes = [
    rest.length === 0 ? "" : `${recordCount(rest)} more: rewind xref ${words} --all`,
    insideRest.length === 0 ? "" : `${recordCount(insideRest)} more with "${words}" inside a word.`,
  ].filter((note) => note !== "");
  return [
    ...wrapped(question, screen),
    printable(""),
    ...sectionTable(columnsOf(colours, inside), [...shown, ...inside].map(lineOf), screen),
    ...notes.flatMap((note) => wrapped(note, screen)).map((line) => safe`  ${line}`),
  ];
}

function lineOf(hit: Hit): ChoiceLine {
  return {
    ...hit[0],
    playCount: hit.reduce((most, { playCount }) => Math.max(most, playCount), 0),
    copies: hit.length,
    form: formsTogether(hit),
  };
}

function columnsOf(colours: Colours, insides: readonly Hit[]): Column<ChoiceLine>[] {
  const insideIds = new Set(insides.map(([{ id }]) => id));
  return [
    numberColumn(colours, ({ id }) => String(id)),
    artistColumn(({ artist }) => artist),
    titleColumn(
      ({ title }) => title,
      ({ copies }) => (copies > 1 ? ` ×${copies}` : ""),
    ),
    { header: "Form", cell: ({ form }) => form, dropOrder: 3 },
    { header: "Year", cell: ({ year }) => (year === null ? "" : String(year)), numeric: true, dropOrder: 2 },
    { header: "Plays", cell: ({ playCount }) => String(playCount), numeric: true, dropOrder: 4 },
    ...(insides.length === 0
      ? []
      : [{ header: "", cell: ({ id }: ChoiceLine) => (insideIds.has(id) ? "inside a word" : "") }]),
  ];
}

export function albumChoiceLines(
  question: string,
  albums: readonly ChartAlbum[],
  { screen, colours }: TerminalStyle,
): SafeText[] {
  const shown = albums.slice(0, mostShown);
  return [
    ...wrapped(question, screen),
    printable(""),
    ...sectionTable<ChartAlbum>(
      [
        numberColumn(colours, ({ id }) => `a${id}`),
        artistColumn(({ artist }) => artist),
        titleColumn(({ title }) => title),
        { header: "Plays", cell: ({ playCount }) => String(playCount), numeric: true },
      ],
      shown,
      screen,
    ),
    ...(albums.length > shown.length
      ? [
          printable(
            `  ${counted(albums.length - shown.length, "album")} more. Give more words to narrow the list.`,
          ),
        ]
      : []),
  ];
}
