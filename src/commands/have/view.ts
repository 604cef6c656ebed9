// The screen of rewind have: yes or no in one line, then the copies or similar records.
import { formatDay, formatLongDay } from "../../output/format-dates.ts";
import {
  describeArtistCollection,
  describeUnknownBarcodes,
  explainMaybe,
} from "../../output/describe-have.ts";
import { safe, type SafeText } from "../../output/safe-text.ts";
import { pluralize } from "../../output/format-numbers.ts";
import { flowParts, wrapText } from "../../output/paragraph.ts";
import { type TerminalStyle, isWidthLimited, type Terminal } from "../../output/terminal.ts";
import { placeBesideCover, computeTextWidth, type DrawnCover } from "../../output/terminal-cover.ts";
import { renderSectionTable } from "../../output/table.ts";
import type { Column } from "../../output/field.ts";
import {
  selectShownAlbums,
  type DescribedCopy,
  type HaveResult,
  type OwnedAlbum,
} from "../../queries/albums/have.ts";
import { toEditionKey } from "../../match/titles/title.ts";
import { renderAlbumChoices } from "../shared/prompting/record-choice.ts";
import { formatLabel, nameWidth, numberColumn } from "../shared/listing/list-fields.ts";
import { listPlayFacts } from "../shared/listing/format-times.ts";

/** Albums on a terminal; a pipe gets all. */
const maxShownAlbums = 12;

export function renderHave(answer: HaveResult, style: TerminalStyle, sleeve: DrawnCover | null): SafeText[] {
  return answer.verdict === "no" ? renderNotOwned(answer, style) : renderOwned(answer, style, sleeve);
}

/** The copies, if the answer is about one album. */
export function findOnlyAlbum(answer: HaveResult): OwnedAlbum | null {
  const [only = null, ...others] = answer.verdict === "no" ? [] : selectShownAlbums(answer);
  return others.length > 0 ? null : only;
}

function renderOwned(answer: HaveResult, style: TerminalStyle, sleeve: DrawnCover | null): SafeText[] {
  const { text, verdict, ownedAlbums } = answer;
  const { screen } = style;
  const albums = selectShownAlbums(answer);
  const shown = new Set(albums);
  const isOther = (album: OwnedAlbum): boolean => !shown.has(album) && album[0].foundBy !== "bare number";
  const others = ownedAlbums.filter(isOther).flat().length;
  const only = findOnlyAlbum(answer);
  const narrow = { ...style, screen: { ...screen, width: computeTextWidth(screen.width, sleeve) } };
  const word = verdict === "yes" ? "YES" : "MAYBE";
  return [
    ...(only === null
      ? renderSeveralAlbums(word, text, albums, style)
      : placeBesideCover(sleeve, renderAlbum(word, [...answer.describe(only)], narrow))),
    ...(verdict === "maybe" ? wrapText(explainMaybe(answer), screen) : []),
    ...renderIndented(listNotOwned(answer), screen),
    ...(others === 0
      ? []
      : wrapText(`${pluralize(others, "record")} more with these words: rewind xref ${text}`, screen)),
  ];
}

/** A release on the wantlist, and unless a record has the words, an album that is played but not owned. */
function listNotOwned({ verdict, playedAlbums, wantedAlbums }: HaveResult): string[] {
  const [album] = verdict === "yes" ? [] : playedAlbums.filter(({ isOwned }) => !isOwned);
  const [want] = wantedAlbums;
  const played = album && listPlayFacts(album.playCount, null, album.lastPlayedUts).join(", ");
  const since = want?.addedUts == null ? "" : ` since ${formatLongDay(want.addedUts)}`;
  const isSame =
    album && want && toEditionKey(album.artist, album.title) === toEditionKey(want.artist, want.title);
  return [
    album === undefined ? "" : `you play it: a${album.id} ${album.artist} · ${album.title}, ${played}`,
    want === undefined
      ? ""
      : `★ on your wantlist${isSame ? since : `: ${want.artist} · ${want.title}${since && `,${since}`}`}`,
  ];
}

function renderNotOwned(answer: HaveResult, style: TerminalStyle): SafeText[] {
  const { text, ownedAlbums, playedAlbums, wantedAlbums, didYouMean, byArtist, recordsWithoutBarcode } =
    answer;
  const { screen } = style;
  const [[album], [want]] = [playedAlbums, wantedAlbums];
  const since = want?.addedUts == null ? "" : ` since ${formatLongDay(want.addedUts)}`;
  const others = playedAlbums.length - 1;
  const played = album && listPlayFacts(album.playCount, null, album.lastPlayedUts).join(", ");
  return [
    ...renderVerdict(
      [
        `NO record called "${text}"`,
        album === undefined ? "" : `you play it: a${album.id} ${album.artist} · ${album.title}, ${played}`,
        album !== undefined || want === undefined ? "" : `you want it: ${want.artist} · ${want.title}`,
      ],
      style,
    ),
    ...renderIndented(
      [
        want === undefined ? "" : `★ on your wantlist${since}`,
        byArtist === null ? "" : describeArtistCollection(byArtist),
        describeUnknownBarcodes(recordsWithoutBarcode),
        others > 0 ? `${pluralize(others, "other album")} with these words in your plays` : "",
      ],
      screen,
    ),
    ...renderSuggestions(didYouMean, screen),
    ...(ownedAlbums.length === 0
      ? []
      : [...wrapText("These have a part of it:", screen), ...renderFirstAlbums(text, ownedAlbums, style)]),
  ];
}

function renderSuggestions(didYouMean: readonly string[], screen: Terminal): SafeText[] {
  if (didYouMean.length === 0) return [];
  const suggestions = didYouMean.slice(0, 3).map((text) => `"${text}"`);
  return wrapText(`Did you mean ${suggestions.join(" or ")}?`, screen);
}

function renderAlbum(word: string, copies: readonly DescribedCopy[], style: TerminalStyle): SafeText[] {
  const [first] = copies;
  if (first === undefined) return [];
  const { artist, title, playCount, spins, lastPlayedUts, creditedWith } = first;
  const facts = listPlayFacts(playCount, spins === 0 ? null : spins, lastPlayedUts);
  const parts = [
    copies.length === 1 ? word : `${word}, ${copies.length} copies`,
    artist,
    title,
    facts.length === 0 ? "never played" : facts.join(", "),
    creditedWith === null ? "" : `credited with a${creditedWith.id} ${creditedWith.title}`,
  ];
  return [
    ...renderVerdict(parts, style),
    ...renderSectionTable(buildCopyColumns(style), copies, style.screen, { hasHeader: false }),
  ];
}

function renderSeveralAlbums(
  word: string,
  words: string,
  albums: readonly OwnedAlbum[],
  style: TerminalStyle,
): SafeText[] {
  const records = albums.flat().length;
  return [
    ...renderVerdict(
      [`${word}, ${pluralize(records, "record")} of ${pluralize(albums.length, "album")}`],
      style,
    ),
    ...renderFirstAlbums(words, albums, style),
  ];
}

function renderFirstAlbums(words: string, albums: readonly OwnedAlbum[], style: TerminalStyle): SafeText[] {
  const { screen } = style;
  const shown = isWidthLimited(screen) ? albums.slice(0, maxShownAlbums) : albums;
  const rest = albums.length - shown.length;
  return [
    ...renderAlbumChoices(shown, style),
    ...renderIndented(
      [rest === 0 ? "" : `${pluralize(rest, "album")} more: rewind xref ${words} --all`],
      screen,
    ),
  ];
}

function renderVerdict(parts: readonly string[], { screen, colours }: TerminalStyle): SafeText[] {
  return flowParts(parts, screen).map((text, at) => (at === 0 ? colours.bold(text) : text));
}

function renderIndented(parts: readonly string[], screen: Terminal): SafeText[] {
  return flowParts(parts, { ...screen, width: screen.width - 2 }).map((line) => safe`  ${line}`);
}

function buildCopyColumns({ colours }: TerminalStyle): Column<DescribedCopy>[] {
  return [
    numberColumn(colours, ({ id }) => id),
    { header: "Form", cell: ({ form }) => form },
    { header: "Year", cell: ({ year }) => year ?? "", numeric: true },
    { header: "Label", cell: formatLabel, flexible: { share: 3, maxWidth: 40, cut: "end" } },
    {
      header: "",
      cell: ({ folder }) => (folder === null ? "" : `folder ${folder}`),
      flexible: nameWidth,
    },
    {
      header: "",
      cell: ({ addedUts }) => (addedUts === null ? "" : `added ${formatDay(addedUts)}`),
      dropOrder: 1,
    },
  ];
}
