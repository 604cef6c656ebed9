// The screen of rewind explain: the verdict first, then the albums behind it, then what would change it.
import { type Colours, linkText, type TerminalStyle, type Screen } from "../../output/screen.ts";
import { printable, safe, type SafeText, trusted } from "../../output/escape.ts";
import type { Column } from "../../output/field.ts";
import { counted } from "../../output/number-text.ts";
import { ends, footerLines, sideBySide, spacedBlocks, wrapText } from "../../output/paragraph.ts";
import { beside, type Sleeve, widthBeside } from "../../output/sleeve.ts";
import { sectionTable } from "../../output/table.ts";
import { widthOf } from "../../output/width.ts";
import type { AlbumExplanation, CreditedRecord } from "../../queries/explain/explain-album.ts";
import type { ExplainAnswer } from "../../queries/explain/explain-record.ts";
import { numberColumn, titleWidth } from "../shared/listing/list-fields.ts";
import { playFacts } from "../shared/listing/times-in-words.ts";
import { creditText, creditedSection, rejectedSection, sectionLines, specialCase } from "./album-sections.ts";
import { commandsOf, copiesText, factsOf, remarksOf, verdictOf } from "./verdict.ts";

interface Showing {
  readonly sleeve: Sleeve | null;
  /** Lists every album that was compared. */
  readonly isVerbose: boolean;
}

export function explainLines(
  answer: ExplainAnswer,
  style: TerminalStyle,
  { sleeve, isVerbose }: Showing,
): SafeText[] {
  const { screen, colours } = style;
  const narrow = { ...screen, width: widthBeside(screen.width, sleeve) };
  const isDoubtful = answer.type === "fuzzy" || answer.rule === "tie" || answer.decidedBy === "user";
  const special = specialCase(answer);
  const verdict = [
    headLines(answer, narrow, colours),
    wrapText(verdictOf(answer), narrow).map((line, at) =>
      at === 0 && isDoubtful ? colours.yellow(line) : colours.bold(line),
    ),
    ...remarksOf(answer, special.remarks).map((remark) => wrapText(remark, narrow)),
  ];
  const sections = [
    ...creditedSection(answer),
    ...special.sections,
    ...rejectedSection(answer, { isVerbose, others: special.sections }),
  ];
  return spacedBlocks([
    beside(sleeve, spacedBlocks(verdict)),
    ...sections.map((section) => sectionLines(section, style)),
    sideBySide(special.commands ?? commandsOf(answer), "   ", screen).map(colours.dim),
  ]);
}

function headLines(answer: ExplainAnswer, screen: Screen, colours: Colours): SafeText[] {
  const { record, copies } = answer;
  const between = screen.unicode ? " · " : " - ";
  const name = printable(`${record.artist.trim()}${between}${record.title.trim()}`);
  const numbers = safe`#${record.id}  r${record.releaseId}`;
  const [first = name, ...others] = ends(name, numbers, { ...screen, unicode: true });
  const url = `https://www.discogs.com/release/${record.releaseId}`;
  const isOneLine = widthOf(first) > widthOf(name) && first.endsWith(numbers);
  const headLine = isOneLine
    ? safe`${linkText(colours.bold(name), url, screen)}${trusted(first.slice(name.length, -numbers.length))}${colours.dim(numbers)}`
    : linkText(colours.bold(first), url, screen);
  return [headLine, ...others, ...factLines(factsOf(answer), copiesText(copies), screen)];
}

function factLines(facts: readonly string[], copies: string, screen: Screen): SafeText[] {
  const lines = ends(facts.join(" · "), copies, screen);
  return lines.length === 1 ? lines : [...footerLines([facts], screen), ...wrapText(copies, screen)];
}

/** An album of the user's plays, and the records that it is credited to. */
export function albumLines(answer: AlbumExplanation, style: TerminalStyle): SafeText[] {
  const { album, tracks, spins, records } = answer;
  const { screen, colours } = style;
  const [name = safe``, ...more] = ends(`${album.artist} · ${album.title}`, `a${album.id}`, screen);
  const [plays = "", ...facts] = playFacts(album.playCount, spins, album.lastPlayedUts);
  const trackText = tracks === 0 ? "" : `${counted(tracks, "different track")} heard`;
  const [first] = records;
  const verdict =
    first === undefined
      ? "NOT CREDITED · no record of yours is known to be this album"
      : `CREDITED to ${counted(records.length, "record")} of yours`;
  const commands =
    first === undefined
      ? [
          `Is it one of yours?   rewind link RECORD --add a${album.id}`,
          `Hide it from gaps: rewind gaps hide a${album.id}`,
        ]
      : [`Wrong?   rewind link ${first.id} --not a${album.id}`, `Why: rewind explain ${first.id}`];
  return [
    linkText(colours.bold(name), album.url, screen),
    ...more,
    ...footerLines([[plays, trackText, ...facts]], screen),
    safe``,
    ...wrapText(verdict, screen).map(colours.bold),
    ...(first === undefined ? [] : sectionTable(recordColumns(album.title, style), records, screen)),
    safe``,
    ...sideBySide(commands, "   ", screen).map(colours.dim),
  ];
}

function recordColumns(album: string, { colours }: TerminalStyle): Column<CreditedRecord>[] {
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
      cell: ({ rule }) => creditText(rule, album, null),
      flexible: { share: 2, maxWidth: 100, cut: "wrap" },
    },
  ];
}
