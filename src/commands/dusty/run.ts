import type { Context } from "../../context.ts";
import { dustyQuery, type DustyResult, type DustyRow } from "../../queries/albums/dusty.ts";
import { type DataEnd, findDataEnd } from "../../queries/shelf/sources.ts";
import { describeDataEnd } from "../../output/describe-sources.ts";
import type { Invocation, CommandDeclaration } from "../shared/command-declaration.ts";
import { buildQueryOptions, runQuery } from "../shared/listing/run-query.ts";
import type { Field } from "../../output/field.ts";
import { formatAge, formatDay } from "../../output/format-dates.ts";
import { describeEmptyList } from "../shared/listing/list-notices.ts";
import { formatRange } from "../shared/listing/format-times.ts";
import { dayField } from "../shared/listing/list-fields.ts";
import { allRecordFields, selectRecordColumns } from "../shared/listing/record-fields.ts";
import { wordsArgument } from "../shared/listing/list-options.ts";
import type { TableView } from "../../output/present.ts";

export const declaration: CommandDeclaration = {
  name: "dusty",
  isQuestion: true,
  details: `Lists albums that you used to spin often and have not spun for a while. A spin is one sitting in which you heard
at least half of the album. Copies of one album share a line. Last play is shown if you played
single tracks of it since.`,
  json: async () => [{ schema: (await import("../../queries/documents/album-documents.ts")).dustySchema }],
  arguments: [wordsArgument],
  options: buildQueryOptions(dustyQuery).map((option) =>
    option.flags.startsWith("--spins") ? { ...option, defaultValue: "5.." } : option,
  ),
  examples: [
    ["rewind dusty", "5 spins or more, none in the last 12 months"],
    ["rewind dusty --spins 10.. --idle 3y", "10 spins or more, none in the last 3 years"],
    ["rewind dusty --genre Jazz --as csv > dusty.csv", "write a spreadsheet"],
  ],
  load: async () => runDusty,
};

async function runDusty(context: Context, call: Invocation): Promise<void> {
  await runQuery(context, call, dustyQuery, {
    fields: buildDustyFields,
    table: (answer, { database }) => buildDustyTable(answer, findDataEnd(database, answer.question.nowUts)),
  });
}

function buildDustyFields({ idleFromUts, question: { nowUts } }: DustyResult): readonly Field<DustyRow>[] {
  return [
    ...allRecordFields,
    { name: "copies", value: ({ copies }) => copies, numeric: true },
    dayField("last_spin", "Last spin", ({ lastSpinUts }) => lastSpinUts),
    {
      name: "asleep",
      header: "Asleep",
      value: ({ lastSpinUts }) => formatAge(lastSpinUts, nowUts),
      dropOrder: 4,
      isOfScreens: true,
    },
    {
      name: "last_play",
      header: "Last play",
      value: (row) => (isPlayedSince(row, idleFromUts) ? formatDay(row.lastPlayedUts ?? 0) : ""),
      dropOrder: 5,
      isOfScreens: true,
    },
  ];
}

/** Single tracks of a sleeping album may still be played. */
function isPlayedSince({ lastPlayedUts }: DustyRow, idleFromUts: number): boolean {
  return lastPlayedUts !== null && lastPlayedUts >= idleFromUts;
}

const defaultColumns = ["id", "artist", "title", "form", "spins", "last_spin", "asleep"];

function buildDustyTable(
  { question, idleFromUts, rows, total, emptied }: DustyResult,
  dataEnd: DataEnd | null,
): TableView<DustyRow> {
  const { idle } = question;
  const names = rows.some((row) => isPlayedSince(row, idleFromUts))
    ? [...defaultColumns, "last_play"]
    : defaultColumns;
  const { spins, ...otherFilters } = question.filter;
  const often = spins.map(formatRange).join(" or ");
  const rules = `with ${often} spins, none in the last ${formatIdle(idle)}`;
  return {
    ...selectRecordColumns(question, names, "spins"),
    page: { total, noun: "album", about: rules },
    footer: () => [[describeDataEnd(dataEnd)]],
    empty: () => {
      const unfiltered = `No album ${rules}.`;
      return Object.keys(otherFilters).length === 0
        ? unfiltered
        : describeEmptyList(`album ${rules},`, emptied(), unfiltered);
    },
  };
}

/** "12 months" for 12mo, "year" for 1y. */
function formatIdle(idle: string): string {
  const [, count = "", unit = ""] = /^(\d+)([a-z]+)$/.exec(idle) ?? [];
  const name = unitNames.get(unit) ?? unit;
  return count === "1" ? name.replace(/s$/, "") : `${count} ${name}`;
}

const unitNames = new Map([
  ["d", "days"],
  ["w", "weeks"],
  ["mo", "months"],
  ["y", "years"],
]);
