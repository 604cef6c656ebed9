// What was noted (rewind played --list).
import type { Context } from "../../context.ts";
import type { Look } from "../../output/look.ts";
import type { Column, Field } from "../../output/field.ts";
import { localDay, localTime } from "../../output/dates.ts";
import { counted } from "../../output/numbers.ts";
import type { TableView } from "../../output/present.ts";
import { isoSeconds } from "../../queries/records/contract.ts";
import { ask, document, type NotedAnswer } from "../../decisions/noted/noted-list.ts";
import type { ShownSession } from "../../decisions/noted/log-play.ts";
import type { NotedPlay } from "../../store/decisions/noted-plays.ts";
import type { Call } from "../shared/declaration.ts";
import { runRecordListing } from "../shared/listing/run-listing.ts";
import { artistColumn, numberColumn, titleColumn } from "../shared/listing/name-columns.ts";
import { nextPage } from "../shared/listing/page-footer.ts";

export async function listNoted(context: Context, call: Call): Promise<void> {
  await runRecordListing(context, call, ({ filter: { during: span = null, ...filter }, paging }) => ({
    ask: (database) => ask(database, { filter, span, paging }),
    document,
    fields: notedFields,
    rows: ({ rows }) => rows,
    table: notedTable,
    showsAge: false,
  }));
}

/** These names and their order are promised; more may follow them. */
const notedFields: readonly Field<ShownSession>[] = [
  { name: "uuid", value: ({ play }) => play.uuid },
  { name: "played_at", value: ({ play }) => isoSeconds(play.startUts) },
  { name: "precision", value: ({ play }) => play.precision },
  { name: "id", value: ({ recordId }) => recordId, numeric: true },
  { name: "release_id", value: ({ play }) => play.releaseId, numeric: true },
  { name: "artist", value: ({ artist }) => artist },
  { name: "title", value: ({ title }) => title },
  { name: "tracks", value: ({ play }) => play.tracks.map(({ position }) => position) },
  { name: "note", value: ({ play }) => play.note },
  { name: "source", value: ({ play }) => play.source },
];

function notedTable({ question, rows, total }: NotedAnswer): TableView<ShownSession> {
  const { paging, filter, span } = question;
  const isAll = Object.keys(filter).length === 0 && span === null;
  return {
    columns: (look) => columnsOf(rows, look),
    lines: rows,
    footer: () => [
      [counted(total, "noted play"), nextPage(paging, total), "take one back: rewind played --undo ENTRY"],
    ],
    empty: () =>
      isAll ? "Nothing is noted yet. To note a play: rewind played RECORD" : "Nothing that was noted fits.",
    place: () => ({ paging, total, noun: "noted play" }),
  };
}

/** As many digits as `--undo` needs, mostly. */
const shownDigits = 8;

function columnsOf(rows: readonly ShownSession[], { colours }: Look): Column<ShownSession>[] {
  const hasNotes = rows.some(({ play }) => play.note !== "");
  return [
    { header: "Day", cell: ({ play }) => localDay(play.startUts) },
    { header: "Time", cell: ({ play }) => timeOf(play), dropOrder: 2 },
    numberColumn(colours, ({ recordId, play }) =>
      recordId === null ? `r${play.releaseId}` : String(recordId),
    ),
    artistColumn(({ artist }) => artist ?? ""),
    titleColumn(({ title }) => title ?? "not in the collection now"),
    ...(hasNotes
      ? [
          {
            header: "Note",
            cell: ({ play }: ShownSession) => play.note,
            flexible: { share: 2, maxWidth: 40, cut: "end" },
            dropOrder: 1,
          } satisfies Column<ShownSession>,
        ]
      : []),
    // What the foot names is typed from here: it stays on the narrowest screen.
    {
      header: "Entry",
      cell: ({ play }) => (play.source === "field" ? "from a field" : play.uuid.slice(0, shownDigits)),
      paint: (cell) => colours.dim(cell),
    },
  ];
}

function timeOf({ precision, startUts }: NotedPlay): string {
  return precision === "day" ? "" : localTime(startUts);
}
