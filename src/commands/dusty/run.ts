import type { Context } from "../../context.ts";
import { dustyQuery, type DustyAnswer, type DustyRow } from "../../queries/albums/dusty.ts";
import { type DataEnd, findDataEnd } from "../../queries/shelf/sources.ts";
import { dataEndText } from "../../output/source-text.ts";
import type { Call, CommandDeclaration } from "../shared/declaration.ts";
import { queryOptions, runQuery } from "../shared/listing/run-query.ts";
import type { Field } from "../../output/field.ts";
import { age, localDay } from "../../output/dates.ts";
import { nothingLeft } from "../shared/listing/list-notes.ts";
import { rangeInWords } from "../shared/listing/times-in-words.ts";
import { dayField } from "../shared/listing/list-fields.ts";
import { allRecordFields, shelfColumns } from "../shared/listing/record-columns.ts";
import { wordsArgument } from "../shared/listing/options.ts";
import type { TableView } from "../../output/present.ts";

export const declaration: CommandDeclaration = {
  name: "dusty",
  isQuestion: true,
  details: `Lists albums that you used to spin often and have not spun for a while. A spin is one sitting in which you heard
at least half of the album. Copies of one album share a line. Last play is shown if you played
single tracks of it since.`,
  json: async () => [{ schema: (await import("../../queries/documents/album-documents.ts")).dustySchema }],
  arguments: [wordsArgument],
  options: queryOptions(dustyQuery).map((option) =>
    option.flags.startsWith("--spins") ? { ...option, help: "number of spins (5..)" } : option,
  ),
  examples: [
    ["rewind dusty", "5 spins or more, none in the last 12 months"],
    ["rewind dusty --spins 10.. --idle 3y", "10 spins or more, none in the last 3 years"],
    ["rewind dusty --genre Jazz --as csv > dusty.csv", "write a spreadsheet"],
  ],
  load: async () => runDusty,
};

async function runDusty(context: Context, call: Call): Promise<void> {
  await runQuery(context, call, dustyQuery, {
    fields: dustyFields,
    table: (answer, { database }) => dustyTable(answer, findDataEnd(database, answer.question.nowUts)),
  });
}

function dustyFields({ idleFromUts, question: { nowUts } }: DustyAnswer): readonly Field<DustyRow>[] {
  return [
    ...allRecordFields,
    { name: "copies", value: ({ copies }) => copies, numeric: true },
    dayField("last_spin", "Last spin", ({ lastSpinUts }) => lastSpinUts),
    {
      name: "asleep",
      header: "Asleep",
      value: ({ lastSpinUts }) => age(nowUts - lastSpinUts),
      dropOrder: 4,
      isOfScreens: true,
    },
    {
      name: "last_play",
      header: "Last play",
      value: (row) => (isPlayedSince(row, idleFromUts) ? localDay(row.lastPlayedUts ?? 0) : ""),
      dropOrder: 5,
      isOfScreens: true,
    },
  ];
}

/** Single tracks of a sleeping album may still be played. */
function isPlayedSince({ lastPlayedUts }: DustyRow, idleFromUts: number): boolean {
  return lastPlayedUts !== null && lastPlayedUts >= idleFromUts;
}

const shownColumns = ["id", "artist", "title", "form", "spins", "last_spin", "asleep"];

function dustyTable(
  { question, idleFromUts, rows, total, emptied }: DustyAnswer,
  dataEnd: DataEnd | null,
): TableView<DustyRow> {
  const { idle } = question;
  const names = rows.some((row) => isPlayedSince(row, idleFromUts))
    ? [...shownColumns, "last_play"]
    : shownColumns;
  const { spins, ...otherFilters } = question.filter;
  const often = spins.map(rangeInWords).join(" or ");
  const rules = `with ${often} spins, none in the last ${idle.replace(/[a-z]+$/, (unit) => ` ${units.get(unit) ?? unit}`)}`;
  return {
    ...shelfColumns(question, names, "spins"),
    page: { total, noun: "album", about: rules },
    footer: () => [[dataEndText(dataEnd)]],
    empty: () =>
      Object.keys(otherFilters).length === 0
        ? `No album ${rules}.`
        : nothingLeft(`album ${rules},`, emptied()),
  };
}

const units = new Map([
  ["d", "days"],
  ["w", "weeks"],
  ["mo", "months"],
  ["y", "years"],
]);
