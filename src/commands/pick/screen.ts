// The screen of rewind pick: one record as a card, several as a table.
import { type Colours, type TerminalStyle, linked } from "../../output/terminal-style.ts";
import { type Column, fieldsWithin, type Field } from "../../output/field.ts";
import { yearsInWords, whyInFull, whyInShort } from "../shared/listing/times-in-words.ts";
import { printable, safe, type SafeText } from "../../output/escape.ts";
import { footerLines, joinParts, sideBySide, wrapped } from "../../output/paragraph.ts";
import { counted, thousands } from "../../output/number-text.ts";
import type { TableView } from "../../output/present.ts";
import { beside, widthBeside, type Sleeve } from "../../output/sleeve.ts";
import { inAscii } from "../../output/screen.ts";
import { cutEnd, padEnd, widthOf } from "../../output/width.ts";
import type { PickAnswer, PickRow } from "../../queries/albums/pick.ts";
import { nothingLeft } from "../shared/listing/page-footer.ts";
import { recordFields } from "../shared/listing/record-columns.ts";
import { artistColumn, numberColumn, titleColumn } from "../shared/listing/name-columns.ts";

export function pickFields(why: (row: PickRow) => string): readonly Field<PickRow>[] {
  return [
    ...fieldsWithin(
      recordFields,
      ({ record }: PickRow) => record,
      ({ record, copies, form }) => ({ ...record, copies, form }),
    ),
    { name: "shelf", value: ({ shelf }) => shelf },
    { name: "why", value: why },
  ];
}

export function pickTable(answer: PickAnswer, nowUts: number, sleeve: Sleeve | null): TableView<PickRow> {
  const { rows, seed } = answer;
  const isCard = rows.length === 1;
  return {
    columns: ({ colours }) => columnsOf(colours, nowUts),
    lines: rows,
    ...(isCard
      ? {
          draw: ([only], style) =>
            only === undefined ? [] : cardLines(only, style, { seed, nowUts, sleeve }),
        }
      : {}),
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
    : nothingLeft("record", emptied());
}

interface Card {
  readonly seed: number | null;
  readonly nowUts: number;
  readonly sleeve: Sleeve | null;
}

function cardLines(
  row: PickRow,
  { screen, colours }: TerminalStyle,
  { seed, nowUts, sleeve }: Card,
): SafeText[] {
  const { record, copies, recordId, shelf } = row;
  const width = widthBeside(screen.width, sleeve, margin);
  const glyphs = (text: string): SafeText => (screen.unicode ? printable(text) : inAscii(printable(text)));
  const ellipsis = glyphs("…");
  const number = safe`#${recordId}`;
  const room = width - 2 - widthOf(number) - 2;
  const title = cutEnd(
    safe`${printable(record.title.trim())}${copies > 1 ? glyphs(` ×${copies}`) : safe``}`,
    room,
    ellipsis,
  );
  const shownTitle = linked(
    colours.bold(title),
    `https://www.discogs.com/release/${record.releaseId}`,
    screen,
  );
  const pressing = joinParts([record.label ?? "", record.catalogNumber ?? ""], " ");
  const facts = [
    glyphs(record.form),
    pressing,
    yearsInWords(record),
    record.folder === null ? "" : `folder ${record.folder}`,
    shelf === null || shelf === "" ? "" : `shelf ${shelf}`,
    record.rating > 0 ? `rated ${record.rating}` : "",
  ];
  const inner = { ...screen, width: width - 2 };
  const lines = [
    safe`  ${colours.bold(cutEnd(printable(record.artist), width - 2, ellipsis))}`,
    safe`  ${shownTitle}${padEnd(safe`  `, room - widthOf(title) + 2)}${colours.dim(number)}`,
    safe``,
    ...indent(footerLines([facts], inner)),
    ...indent(wrapped(whyInFull(row, nowUts), inner)),
    safe``,
    ...indent(
      sideBySide(
        [
          "Another: rewind pick",
          `Playing it: rewind played ${recordId}`,
          `Not this year: rewind pick --snooze ${recordId}`,
          `Its plays: rewind explain ${recordId}`,
          ...(seed === null ? [] : [`The same again: --seed ${seed}`]),
        ],
        "     ",
        inner,
      ).map(colours.dim),
    ),
  ];
  return [safe``, ...beside(sleeve, lines, margin)];
}

/** Columns left of the sleeve and the card. */
const margin = 2;

function indent(lines: readonly SafeText[]): SafeText[] {
  return lines.map((line) => safe`  ${line}`);
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

function columnsOf(colours: Colours, nowUts: number): Column<PickRow>[] {
  return [
    numberColumn(colours, ({ recordId }) => String(recordId)),
    artistColumn(({ record }) => record.artist),
    titleColumn(
      ({ record }) => record.title,
      ({ copies }) => (copies > 1 ? ` ×${copies}` : ""),
    ),
    { header: "Form", cell: ({ form }) => form, dropOrder: 2 },
    {
      header: "Why",
      cell: (row) => whyInShort(row, nowUts),
      flexible: { share: 3, maxWidth: 60, cut: "wrap" },
    },
  ];
}
