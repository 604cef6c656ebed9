// Several records could be meant: a list to choose from, never a prompt.
import type { Colours } from "../../output/look.ts";
import type { Column } from "../../output/column.ts";
import { formsTogether } from "../../queries/copies.ts";
import type { Hit } from "../../queries/find-records.ts";
import { printable, safe, type SafeText } from "../../output/escape.ts";
import { counted } from "../../output/numbers.ts";
import { wrapped } from "../../output/paragraph.ts";
import type { Screen } from "../../output/screen.ts";
import { sectionTable } from "../../output/section-table.ts";
import { artistColumn, numberColumn, titleColumn } from "./name-columns.ts";

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

function records(some: readonly ChoiceLine[]): number {
  return some.reduce((sum, { copies }) => sum + copies, 0);
}

/** Each album once, with the form and the plays of all its copies. */
export function choiceLines(
  words: string,
  hits: readonly Hit[],
  { screen, colours }: { readonly screen: Screen; readonly colours: Colours },
): SafeText[] {
  const lines = hits.map((hit): ChoiceLine => ({
    ...hit[0],
    playCount: hit.reduce((most, { playCount }) => Math.max(most, playCount), 0),
    copies: hit.length,
    form: formsTogether(hit.map(({ form }) => form)),
  }));
  const shown = screen.isTerminal ? lines.slice(0, mostShown) : lines;
  const rest = records(lines.slice(shown.length));
  const question = `${counted(records(lines), "record")} have "${words}" in artist or title. Which one? Give the number, or more words.`;
  return [
    ...wrapped(question, screen),
    printable(""),
    ...sectionTable(columnsOf(colours), shown, screen),
    ...(rest === 0
      ? []
      : wrapped(`${counted(rest, "record")} more: rewind xref ${words} --all`, screen).map(
          (line) => safe`  ${line}`,
        )),
  ];
}

function columnsOf(colours: Colours): Column<ChoiceLine>[] {
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
  ];
}
