// The screen of rewind have: yes or no in one line, then the copies or similar records.
import { localDay, localDayInWords } from "../../output/dates.ts";
import { safe, type SafeText } from "../../output/escape.ts";
import { counted, thousands } from "../../output/number-text.ts";
import { joinParts, sideBySide, wrapText } from "../../output/paragraph.ts";
import { type TerminalStyle, isFitted, type Screen } from "../../output/screen.ts";
import { beside, widthBeside, type Sleeve } from "../../output/sleeve.ts";
import { sectionTable } from "../../output/table.ts";
import type { Column } from "../../output/field.ts";
import type { HaveAnswer, OwnedAlbum, OwnedCopy } from "../../queries/albums/have.ts";
import { albumTable } from "../shared/choosing/choice.ts";
import { labelText, nameWidth, numberColumn } from "../shared/listing/list-fields.ts";
import { playFacts } from "../shared/listing/times-in-words.ts";

/** Albums on a terminal; a pipe gets all. */
const mostShown = 12;
const mostOfArtist = 3;

export function haveLines(answer: HaveAnswer, style: TerminalStyle, sleeve: Sleeve | null): SafeText[] {
  return answer.verdict === "no" ? noLines(answer, style) : ownedLines(answer, style, sleeve);
}

/** The copies, if the answer is about one album. */
export function onlyAlbum(answer: HaveAnswer): OwnedAlbum | null {
  const [only = null, ...others] = answer.verdict === "no" ? [] : shownAlbums(answer);
  return others.length > 0 ? null : only;
}

/** The albums that were found as well as the first. */
function shownAlbums({ verdict, ownedAlbums }: HaveAnswer): readonly OwnedAlbum[] {
  const found = (ways: readonly OwnedCopy["foundBy"][]): readonly OwnedAlbum[] =>
    ownedAlbums.filter((copies) => copies.some(({ foundBy }) => ways.includes(foundBy)));
  if (verdict === "maybe") return ownedAlbums;
  const titled = found(["title", "record", "release", "master", "catalog number", "barcode", "bare number"]);
  return titled.length > 0 ? titled : found(["words"]);
}

function ownedLines(answer: HaveAnswer, style: TerminalStyle, sleeve: Sleeve | null): SafeText[] {
  const { text, verdict, ownedAlbums } = answer;
  const { screen } = style;
  const albums = shownAlbums(answer);
  const others = ownedAlbums.filter((album) => !albums.includes(album)).flat().length;
  const only = onlyAlbum(answer);
  const narrow = { ...style, screen: { ...screen, width: widthBeside(screen.width, sleeve) } };
  const word = verdict === "yes" ? "YES" : "MAYBE";
  return [
    ...(only === null
      ? severalLines(word, text, albums, style)
      : beside(sleeve, albumLines(word, only, narrow))),
    ...(verdict === "maybe" ? wrapText(whyMaybe(answer), screen) : []),
    ...(others === 0
      ? []
      : wrapText(`${counted(others, "record")} more with these words: rewind xref ${text}`, screen)),
  ];
}

function whyMaybe({ text, ownedAlbums, didYouMean, leftOver }: HaveAnswer): string {
  const [foundBy] = ownedAlbums.flat().map((copy) => copy.foundBy);
  if (foundBy === "bare number") return `${text} is a number in your collection. No title is "${text}".`;
  if (foundBy === "words") return `"${text}" is the title of an album that you don't own.`;
  if (foundBy === "beginning") return `No record has "${text}" as whole words.`;
  const [readAs] = didYouMean;
  return leftOver.length > 0
    ? `No record has all of "${text}". Left out: ${leftOver.join(", ")}`
    : `No record has "${text}". Read as "${readAs ?? text}".`;
}

function noLines(answer: HaveAnswer, style: TerminalStyle): SafeText[] {
  const { text, ownedAlbums, playedAlbums, wantedAlbums, didYouMean, byArtist } = answer;
  const { screen } = style;
  const [[album], [want]] = [playedAlbums, wantedAlbums];
  const since = want?.addedUts == null ? "" : ` since ${localDayInWords(want.addedUts)}`;
  const others = playedAlbums.length - 1;
  const played = album && playFacts(album.playCount, null, album.lastPlayedUts).join(", ");
  return [
    ...headLine(
      [
        `NO record called "${text}"`,
        album === undefined ? "" : `you play it: a${album.id} ${album.artist} · ${album.title}, ${played}`,
        album !== undefined || want === undefined ? "" : `you want it: ${want.artist} · ${want.title}`,
      ],
      style,
    ),
    ...indented(
      [
        want === undefined ? "" : `★ on your wantlist${since}`,
        byArtist === null ? "" : shelfText(byArtist),
        others > 0 ? `${counted(others, "other album")} with these words in your plays` : "",
      ],
      screen,
    ),
    ...meantLines(didYouMean, screen),
    ...(ownedAlbums.length === 0
      ? []
      : [...wrapText("These have a part of it:", screen), ...firstAlbums(text, ownedAlbums, style)]),
  ];
}

function meantLines(didYouMean: readonly string[], screen: Screen): SafeText[] {
  if (didYouMean.length === 0) return [];
  const suggestions = didYouMean.slice(0, 3).map((text) => `"${text}"`);
  return wrapText(`Did you mean ${suggestions.join(" or ")}?`, screen);
}

/** "by D'Angelo you own 1: Brown Sugar (2×LP, 2015)" */
function shelfText({ artist, records }: NonNullable<HaveAnswer["byArtist"]>): string {
  const titles = records.slice(0, mostOfArtist).map(({ title, form, year }) => {
    const facts = joinParts([form, String(year ?? "")], ", ");
    return facts === "" ? title : `${title} (${facts})`;
  });
  const rest = records.length > titles.length ? " …" : "";
  return `by ${artist} you own ${thousands(records.length)}: ${titles.join(", ")}${rest}`;
}

function albumLines(word: string, copies: OwnedAlbum, style: TerminalStyle): SafeText[] {
  const [{ artist, title, playCount, spins, lastPlayedUts, creditedWith }] = copies;
  const facts = playFacts(playCount, spins === 0 ? null : spins, lastPlayedUts);
  const parts = [
    copies.length === 1 ? word : `${word}, ${copies.length} copies`,
    artist,
    title,
    facts.length === 0 ? "never played" : facts.join(", "),
    creditedWith === null ? "" : `credited with a${creditedWith.id} ${creditedWith.title}`,
  ];
  return [
    ...headLine(parts, style),
    ...sectionTable(copyColumns(style), copies, style.screen, { hasHeader: false }),
  ];
}

function severalLines(
  word: string,
  words: string,
  albums: readonly OwnedAlbum[],
  style: TerminalStyle,
): SafeText[] {
  const records = albums.flat().length;
  return [
    ...headLine([`${word}, ${counted(records, "record")} of ${counted(albums.length, "album")}`], style),
    ...firstAlbums(words, albums, style),
  ];
}

function firstAlbums(words: string, albums: readonly OwnedAlbum[], style: TerminalStyle): SafeText[] {
  const { screen } = style;
  const shown = isFitted(screen) ? albums.slice(0, mostShown) : albums;
  const rest = albums.length - shown.length;
  return [
    ...albumTable(shown, style),
    ...indented([rest === 0 ? "" : `${counted(rest, "album")} more: rewind xref ${words} --all`], screen),
  ];
}

function headLine(parts: readonly string[], { screen, colours }: TerminalStyle): SafeText[] {
  return sideBySide(parts, screen).map((text, at) => (at === 0 ? colours.bold(text) : text));
}

function indented(parts: readonly string[], screen: Screen): SafeText[] {
  return sideBySide(parts, { ...screen, width: screen.width - 2 }).map((line) => safe`  ${line}`);
}

function copyColumns({ colours }: TerminalStyle): Column<OwnedCopy>[] {
  return [
    numberColumn(colours, ({ id }) => id),
    { header: "Form", cell: ({ form }) => form },
    { header: "Year", cell: ({ year }) => year ?? "", numeric: true },
    { header: "Label", cell: labelText, flexible: { share: 3, maxWidth: 40, cut: "end" } },
    {
      header: "Folder",
      cell: ({ folder }) => (folder === null ? "" : `folder ${folder}`),
      flexible: nameWidth,
    },
    {
      header: "Added",
      cell: ({ addedUts }) => (addedUts === null ? "" : `added ${localDay(addedUts)}`),
      dropOrder: 1,
    },
  ];
}
