// Why a record is matched as it is, verdict first (rewind explain).

import { type Colours, linked, type Look } from "../../output/look.ts";
import type { Column } from "../../output/field.ts";
import { localDay } from "../../output/dates.ts";
import { printable, safe, type SafeText, trusted } from "../../output/escape.ts";
import { ends, sideBySide, spacedBlocks, wrapped } from "../../output/paragraph.ts";
import type { Screen } from "../../output/screen.ts";
import { beside, type Sleeve, widthBeside } from "../../output/sleeve.ts";
import { sectionTable } from "../../output/table.ts";
import { widthOf } from "../../output/width.ts";
import { numberColumn, titleWidth } from "../shared/listing/name-columns.ts";
import { creditInWords, type Rule } from "../../match/matcher.ts";
import { counted } from "../../output/numbers.ts";
import { playFacts } from "../shared/listing/times-in-words.ts";
import type { AlbumExplanation, CreditedRecord } from "../../queries/explain/explain-album.ts";

export interface AlbumLine {
  /** "a12"; left out for songs. */
  readonly id?: string;
  readonly name: string;
  readonly playCount: number;
  readonly lastPlayedUts: number | null;
  readonly url?: string | null;
  readonly why?: string;
}

export interface AlbumSection {
  readonly heading: string;
  /** What the columns of names and reasons are called. */
  readonly nameHeader: string;
  readonly whyHeader: string;
  readonly lines: readonly AlbumLine[];
  /** What isn't listed; "" for nothing. */
  readonly rest: string;
}

export interface ExplainView {
  readonly id: number;
  readonly releaseId: number;
  readonly artist: string;
  readonly title: string;
  readonly facts: string;
  readonly copies: string;
  readonly verdict: string;
  readonly isDoubtful: boolean;
  readonly remarks: readonly string[];
  readonly sections: readonly AlbumSection[];
  /** A lead word and what can be typed. */
  readonly commands: readonly string[];
}

export function explainLines(
  view: ExplainView,
  { screen, colours }: { readonly screen: Screen; readonly colours: Colours },
  sleeve: Sleeve | null,
): SafeText[] {
  const narrow = { ...screen, width: widthBeside(screen.width, sleeve) };
  const verdict = [
    headLines(view, narrow, colours),
    wrapped(view.verdict, narrow).map((line, at) =>
      at === 0 && view.isDoubtful ? colours.yellow(line) : colours.bold(line),
    ),
    ...view.remarks.map((remark) => wrapped(remark, narrow)),
  ];
  const evidence = [
    ...view.sections.map((section) => sectionLines(section, screen, colours)),
    sideBySide(view.commands, "   ", screen).map(colours.dim),
  ];
  return spacedBlocks([beside(sleeve, spacedBlocks(verdict)), ...evidence]);
}

function headLines(view: ExplainView, screen: Screen, colours: Colours): SafeText[] {
  const name = printable(`${view.artist}${screen.unicode ? " · " : " - "}${view.title}`);
  const numbers = safe`#${view.id}  r${view.releaseId}`;
  const [first = name, ...others] = ends(name, numbers, { ...screen, unicode: true });
  const url = `https://www.discogs.com/release/${view.releaseId}`;
  const shared = widthOf(first) > widthOf(name) && first.endsWith(numbers);
  const painted = shared
    ? safe`${linked(colours.bold(name), url, screen)}${trusted(first.slice(name.length, -numbers.length))}${colours.dim(numbers)}`
    : linked(colours.bold(first), url, screen);
  return [painted, ...others, ...factLines(view.facts, view.copies, screen)];
}

/** Below each other, they break between facts rather than within one. */
function factLines(facts: string, copies: string, screen: Screen): SafeText[] {
  const lines = ends(facts, copies, screen);
  return lines.length === 1
    ? lines
    : [...sideBySide(facts.split(" · "), screen.unicode ? " · " : " - ", screen), ...wrapped(copies, screen)];
}

function sectionLines(section: AlbumSection, screen: Screen, colours: Colours): SafeText[] {
  const { heading, nameHeader, whyHeader, lines, rest } = section;
  const table =
    lines.length === 0
      ? []
      : sectionTable(columnsOf(nameHeader, whyHeader, lines, { screen, colours }), lines, screen);
  return [
    ...(heading === "" ? [] : wrapped(heading, screen)),
    ...table,
    ...(rest === ""
      ? []
      : wrapped(rest, { ...screen, width: screen.width - 2 }).map((line) => safe`  ${line}`)),
  ];
}

function columnsOf(
  nameHeader: string,
  whyHeader: string,
  lines: readonly AlbumLine[],
  { screen, colours }: { readonly screen: Screen; readonly colours: Colours },
): Column<AlbumLine>[] {
  const columns: (Column<AlbumLine> & { readonly shown?: boolean })[] = [
    {
      header: "id",
      cell: (line) => line.id ?? "",
      isKey: true,
      paint: (cell) => colours.dim(cell),
      shown: lines.some(({ id }) => id !== undefined),
    },
    { header: "plays", cell: (line) => line.playCount, numeric: true },
    {
      header: "last",
      cell: (line) => localDay(line.lastPlayedUts),
      dropOrder: 1,
      shown: lines.some(({ lastPlayedUts }) => lastPlayedUts !== null),
    },
    {
      header: nameHeader,
      cell: (line) => line.name,
      flexible: titleWidth,
      isName: true,
      paint: (cell, line) => linked(cell, line.url ?? null, screen),
    },
    {
      header: whyHeader,
      cell: (line) => line.why ?? "",
      flexible: { share: 2, maxWidth: 100, cut: "wrap" },
      shown: lines.some(({ why }) => why !== undefined),
    },
  ];
  return columns.filter(({ shown }) => shown !== false);
}

export function albumLines(answer: AlbumExplanation, look: Look): SafeText[] {
  const { album, tracks, spins, records } = answer;
  const { screen, colours } = look;
  const [name = safe``, ...more] = ends(`${album.artist} · ${album.title}`, `a${album.id}`, screen);
  const [plays = "", ...facts] = playFacts(album.playCount, spins, album.lastPlayedUts);
  const heard = tracks === 0 ? [] : [`${counted(tracks, "different track")} heard`];
  const verdict =
    records.length === 0
      ? "NOT CREDITED · no record of yours is known to be this album"
      : `CREDITED to ${counted(records.length, "record")} of yours`;
  const [first] = records;
  const commands =
    first === undefined
      ? [
          `It is one of yours?   rewind link RECORD --add a${album.id}`,
          `Never among the gaps: rewind gaps hide a${album.id}`,
        ]
      : [`Wrong?   rewind link ${first.id} --not a${album.id}`, `Why: rewind explain ${first.id}`];
  return [
    linked(colours.bold(name), album.url, screen),
    ...more,
    ...sideBySide([plays, ...heard, ...facts], screen.unicode ? " · " : " - ", screen),
    safe``,
    ...wrapped(verdict, screen).map(colours.bold),
    ...(records.length === 0 ? [] : sectionTable(recordColumnsOf(look), records, screen)),
    safe``,
    ...sideBySide(commands, "   ", screen).map(colours.dim),
  ];
}

function recordColumnsOf({ colours }: Look): Column<CreditedRecord>[] {
  return [
    numberColumn(colours, ({ id }) => id),
    {
      header: "record",
      cell: ({ artist, title }) => printable(`${artist.trim()} · ${title.trim()}`),
      flexible: titleWidth,
      isName: true,
    },
    { header: "form", cell: ({ form }) => form, dropOrder: 2 },
    { header: "year", cell: ({ year }) => year ?? "", numeric: true, dropOrder: 1 },
    {
      header: "why",
      cell: ({ rule }) => (rule === "user" ? "added by you" : creditInWords(rule as Rule, null)),
      flexible: { share: 2, maxWidth: 100, cut: "wrap" },
    },
  ];
}
