// The shelf at a glance, in one screen (rewind stats).
import { sparkline } from "../../output/bars.ts";
import type { Colours } from "../../output/colour.ts";
import { localDayInWords, monthInWords } from "../../output/dates.ts";
import { printable, type SafeText } from "../../output/escape.ts";
import { footerLines } from "../../output/footer.ts";
import { counted, percent, thousands } from "../../output/numbers.ts";
import { inAscii, type Screen } from "../../output/screen.ts";
import { shareLines, type ShareLine } from "./share-lines.ts";
import { cutEnd, padEnd, padStart, widthOf } from "../../output/width.ts";

interface PartView {
  readonly value: string | null;
  readonly records: number;
  readonly scrobbled: number;
}

export interface StatsView {
  readonly records: number;
  readonly albums: number;
  readonly scrobbled: number;
  readonly neverArtistKnown: number;
  readonly neverArtistUnknown: number;
  /** Records heard by half in one sitting; null where that is not known. */
  readonly spun: number | null;
  readonly byKind: readonly PartView[];
  readonly byDecade: readonly PartView[];
  readonly owned: number;
  readonly notOwned: number;
  readonly noAlbumTag: number | null;
  /** null where the history is not there. */
  readonly scrobbles: number | null;
  readonly sinceUts: number | null;
  readonly months: readonly { readonly year: number; readonly month: number; readonly plays: number }[];
  /** "2 h": the age of the data. */
  readonly age: string;
  /** "14 Mar 2025 to 14 Mar 2026"; null: of all time. */
  readonly span: string | null;
  /** Sentences on what is missing. */
  readonly notes: readonly string[];
}

/** A screen wider than this leaves its right side empty. */
const mostWidth = 100;

const kindNames = new Map<string, readonly [name: string, remark: string]>(
  Object.entries({
    album: ["Albums", ""],
    single: ["Singles", "Last.fm files them under albums"],
    compilation: ["Compilations", "under each track's artist"],
    ep: ["EPs", ""],
    box: ["Box sets", "under the albums inside"],
    other: ["Other", ""],
  }),
);

export function statsLines(
  view: StatsView,
  { screen, colours }: { screen: Screen; colours: Colours },
): SafeText[] {
  const width = Math.min(mostWidth, screen.width);
  const fitted = { ...screen, width };
  const groups = [
    headLines(view, fitted),
    totalLines(view, fitted),
    partLines("By kind", view.byKind.map(kindLine), fitted),
    partLines("By pressing", view.byDecade.map(decadeLine), fitted),
    destinationLines(view, fitted),
    monthLines(view, fitted),
    footerLines(
      [
        ...view.notes.map((note) => [note]),
        ["More: --by genre | style | label | folder | form | format | added | artist", "--during 2025"],
      ],
      fitted,
    ).map(colours.dim),
  ];
  return groups
    .filter((lines) => lines.length > 0)
    .flatMap((lines, at) => (at === 0 ? lines : [printable(""), ...lines]));
}

function headLines(view: StatsView, { width, unicode }: Screen): SafeText[] {
  const left = `${counted(view.records, "record")} of ${counted(view.albums, "album")}`;
  const plays =
    view.scrobbles === null
      ? ""
      : view.span !== null
        ? `${counted(view.scrobbles, "scrobble")} from ${view.span}`
        : counted(view.scrobbles, "scrobble") +
          (view.sinceUts === null ? "" : ` since ${localDayInWords(view.sinceUts)}`);
  const right = [plays, `synced ${view.age} ago`].filter((part) => part !== "").join(unicode ? " · " : " - ");
  const gap = width - widthOf(left) - widthOf(right);
  return (gap >= 2 ? [left + " ".repeat(gap) + right] : [left, right]).map((line) =>
    cutEnd(printable(line), width),
  );
}

function totalLines(view: StatsView, { width }: Screen): SafeText[] {
  const inSpan = view.span !== null;
  const rows: [label: string, count: number, remark: string][] = [
    [
      inSpan ? "Scrobbled in this time" : "Scrobbled at least once",
      view.scrobbled,
      view.spun === null ? "" : `of these ${thousands(view.spun)} with half an album in one sitting (a spin)`,
    ],
    [
      inSpan ? "Not, artist known" : "Never, artist known",
      view.neverArtistKnown,
      inSpan ? "" : "rewind xref --never --sort artist-plays",
    ],
    [
      inSpan ? "Not, artist unknown" : "Never, artist unknown",
      view.neverArtistUnknown,
      inSpan ? "" : "rewind xref --match none",
    ],
  ];
  return rows.map(([label, count, remark]) => {
    const line =
      padEnd(label, 23) + padStart(thousands(count), 8) + padStart(percent(count, view.records), 7);
    return printable(
      remark !== "" && widthOf(line) + 3 + widthOf(remark) <= width ? `${line}   ${remark}` : line,
    );
  });
}

function partLines(heading: string, lines: readonly ShareLine[], screen: Screen): SafeText[] {
  if (lines.length === 0) return [];
  return shareLines(
    { heading, names: ["records", "scrobbled", "share"], lines, labelWidth: 15, figureWidths: [7, 11] },
    screen,
  );
}

function kindLine({ value, records, scrobbled }: PartView): ShareLine {
  const [label, remark] = kindNames.get(value ?? "") ?? [value ?? "unknown", ""];
  return {
    label,
    figures: [records, scrobbled],
    part: scrobbled,
    whole: records,
    ...(remark === "" ? {} : { remark }),
  };
}

function decadeLine({ value, records, scrobbled }: PartView): ShareLine {
  return { label: value ?? "unknown", figures: [records, scrobbled], part: scrobbled, whole: records };
}

function destinationLines(view: StatsView, screen: Screen): SafeText[] {
  const rows: [string, number | null][] = [
    ["records you own", view.owned],
    ["albums you do not own", view.notOwned],
    ["no album tag", view.noAlbumTag],
  ];
  const known = rows.flatMap(([label, plays]) => (plays === null ? [] : [{ label, plays }]));
  const whole = known.reduce((sum, { plays }) => sum + plays, 0);
  return shareLines(
    {
      heading: "Where your plays go",
      names: [],
      lines: known.map(({ label, plays }) => ({ label, figures: [plays], part: plays, whole })),
      labelWidth: 24,
      figureWidths: [9],
    },
    screen,
  );
}

function monthLines({ months }: StatsView, { width, unicode }: Screen): SafeText[] {
  const [first, last] = [months[0], months.at(-1)];
  if (first === undefined || last === undefined || !months.some(({ plays }) => plays > 0)) return [];
  const half = months.length / 2;
  const sum = (part: typeof months): string => thousands(part.reduce((total, { plays }) => total + plays, 0));
  const head = `Plays a month, ${monthInWords(first)} to ${monthInWords(last)}`;
  const line = sparkline(
    months.map(({ plays }) => plays),
    { unicode },
  );
  const tail = `${sum(months.slice(0, half))}, then ${sum(months.slice(half))} a year`;
  const whole = `${head}   ${line}   ${tail}`;
  const lines = widthOf(whole) <= width ? [whole] : [head, `  ${line}  ${tail}`];
  return lines.map((text) => cutEnd(printable(unicode ? text : inAscii(text)), width));
}
