// What is played most, as a table and as the columns of the other forms.
import type { Column, Field } from "../../output/field.ts";
import { linked, type Look } from "../../output/look.ts";
import { localDay } from "../../output/dates.ts";
import { counted, percent } from "../../output/numbers.ts";
import type { TableView } from "../../output/present.ts";
import { isoSeconds } from "../../queries/records/contract.ts";
import type { TopRow } from "../../queries/top/top-records.ts";
import type { TopAnswer, TopSubject } from "../../queries/top/top.ts";
import { nextPage, nothingLeft, shownInWords } from "../shared/listing/page-footer.ts";
import { spanInWords } from "../shared/listing/times-in-words.ts";
import { nameWidth, titleWidth } from "../shared/listing/name-columns.ts";

const rankField: Field<TopRow> = {
  name: "rank",
  value: ({ rank }) => rank,
  numeric: true,
  column: ({ colours }) => ({
    header: "#",
    cell: ({ rank }) => rank,
    numeric: true,
    paint: (cell) => colours.dim(cell),
  }),
};

const artistField: Field<TopRow> = {
  name: "artist",
  value: ({ artist }) => artist,
  column: () => ({ header: "Artist", cell: ({ artist }) => artist, flexible: nameWidth, isName: true }),
};

const albumIdField: Field<TopRow> = {
  name: "album_id",
  value: ({ album }) => album?.id ?? null,
  numeric: true,
};

const playsField: Field<TopRow> = {
  name: "play_count",
  value: ({ plays }) => plays,
  numeric: true,
  column: () => ({ header: "Plays", cell: ({ plays }) => plays, numeric: true }),
};

const lastField: Field<TopRow> = {
  name: "last_played",
  value: ({ lastPlayedUts }) => isoSeconds(lastPlayedUts),
  column: () => ({
    header: "Last",
    cell: ({ lastPlayedUts }) => localDay(lastPlayedUts),
    dropOrder: 2,
  }),
};

function figure(field: string, header: string, value: (row: TopRow) => number | null): Field<TopRow> {
  return {
    name: field,
    value,
    numeric: true,
    column: () => ({ header, cell: (row) => value(row) ?? "", numeric: true, dropOrder: 3 }),
  };
}

const ownFields: readonly Field<TopRow>[] = [
  {
    name: "owned",
    value: ({ isOwned }) => isOwned,
    column: ({ colours }) => ({
      header: "Own",
      cell: ownText,
      paint: (cell, { isOwned }) => (isOwned ? cell : colours.dim(cell)),
    }),
  },
  { name: "record_ids", value: ({ records }) => records.map(({ id }) => String(id)) },
  { name: "forms", value: ({ records }) => [...new Set(records.map(({ form }) => form))] },
  { name: "wanted", value: ({ isWanted }) => isWanted },
];

/** "LP, CD", "a455 ★" */
function ownText({ isOwned, records, album, isWanted }: TopRow): string {
  if (isOwned) return [...new Set(records.map(({ form }) => form || "yes"))].join(", ") || "yes";
  return [album === null ? "" : `a${album.id}`, isWanted ? "★" : ""].filter((part) => part !== "").join(" ");
}

function titleField(field: "album_name" | "track", header: string): Field<TopRow> {
  return {
    name: field,
    value: (row) => row.title,
    column: ({ screen }) => ({
      header,
      cell: (row) => row.title ?? "",
      suffix: ({ albumIds }) =>
        field === "album_name" && albumIds.length > 1 ? ` +${albumIds.length - 1}` : "",
      flexible: titleWidth,
      isName: true,
      paint: (cell, { album }) => (field === "album_name" ? linked(cell, album?.url ?? null, screen) : cell),
    }),
  };
}

const heardOnField: Field<TopRow> = {
  name: "album_name",
  value: ({ album }) => album?.title ?? null,
  column: () => ({
    header: "From",
    cell: ({ album }) => album?.title ?? "",
    flexible: titleWidth,
    dropOrder: 1,
  }),
};

const tracksField = figure("tracks", "Tracks", ({ tracks }) => tracks);

const fields: Readonly<Record<TopSubject, readonly Field<TopRow>[]>> = {
  albums: [
    rankField,
    albumIdField,
    artistField,
    titleField("album_name", "Album"),
    playsField,
    figure("spins", "Spins", ({ spins }) => spins),
    tracksField,
    lastField,
    ...ownFields,
  ],
  artists: [
    rankField,
    artistField,
    playsField,
    tracksField,
    lastField,
    figure("owned_records", "Own", ({ ownedRecords }) => ownedRecords),
  ],
  tracks: [
    rankField,
    albumIdField,
    artistField,
    titleField("track", "Track"),
    heardOnField,
    playsField,
    lastField,
    ...ownFields,
  ],
};

/** These names and their order are promised; more may follow them. */
export function topFields(subject: TopSubject): readonly Field<TopRow>[] {
  return fields[subject];
}

/** Of the columns that there are, those of a screen. */
const shown: Readonly<Record<TopSubject, readonly string[]>> = {
  albums: ["rank", "artist", "album_name", "play_count", "spins", "last_played", "owned"],
  artists: ["rank", "artist", "play_count", "tracks", "last_played", "owned_records"],
  tracks: ["rank", "artist", "track", "album_name", "play_count", "last_played", "owned"],
};

export function topTable(answer: TopAnswer, nowMs: number): TableView<TopRow> {
  const { question, rows, sums, emptied } = answer;
  const { subject, paging, isOwned } = question;
  const noun = subject.replace(/s$/, "");
  return {
    columns: (look) => columnsOf(answer, look),
    lines: rows,
    footer: () => footerOf(answer, nowMs),
    empty: () =>
      Object.keys(question.filter).length > 0
        ? nothingLeft(noun, emptied())
        : isOwned === null
          ? "No plays yet."
          : `No ${noun} that you ${isOwned ? "own" : "do not own"} was played.`,
    place: () => ({ paging, total: sums.total, noun }),
  };
}

function columnsOf({ question: { subject, filter } }: TopAnswer, look: Look): Column<TopRow>[] {
  const names = filter.tracks === undefined ? shown[subject] : [...shown[subject], "tracks"];
  return fields[subject].flatMap((field) => (names.includes(field.name) ? (field.column?.(look) ?? []) : []));
}

function footerOf({ question, rows, sums, history, playsFrom }: TopAnswer, nowMs: number): string[][] {
  const { subject, paging, filter } = question;
  const noun = subject.replace(/s$/, "");
  const during = filter.during ?? null;
  return [
    [
      shownInWords(paging, { shown: rows.length, total: sums.total, noun }),
      during === null ? "of all time" : `from ${spanInWords(during, nowMs)}`,
      nextPage(paging, sums.total),
    ],
    [
      subject === "artists"
        ? "Own: your records by the artist"
        : `${subject === "tracks" ? "Tracks that you own" : "On records you own"} ${percent(sums.ownedPlays, sums.plays)} of ${counted(sums.plays, "play")}`,
      rows.some(({ isWanted }) => isWanted) ? "★ on your wantlist" : "",
      subject === "albums" && rows.some(({ albumIds }) => albumIds.length > 1) ? "+2 editions added up" : "",
    ],
    history === "complete"
      ? []
      : [
          history === "hidden"
            ? `Spins: unknown, the listening history is hidden on ${playsFrom}`
            : "Spins: not known yet, the listening history is still to come: rewind sync",
        ],
  ];
}
