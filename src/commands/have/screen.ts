// Yes or no in one line, then the copies, or what there is in its place.
import { localDay, localDayInWords } from "../../output/dates.ts";
import { printable, safe, type SafeText } from "../../output/escape.ts";
import { counted, thousands } from "../../output/numbers.ts";
import { sideBySide } from "../../output/paragraph.ts";
import type { Look } from "../../output/look.ts";
import { isFitted, type Screen } from "../../output/screen.ts";
import { beside, widthBeside, type Sleeve } from "../../output/sleeve.ts";
import { sectionTable } from "../../output/table.ts";
import type { Column } from "../../output/field.ts";
import { formsTogether } from "../../queries/records/copies.ts";
import type { HaveAnswer } from "../../queries/albums/have.ts";
import { isWholeAlbum, type OwnedCopy } from "../../queries/albums/owned-copies.ts";
import { artistColumn, nameWidth, numberColumn, titleColumn } from "../shared/listing/name-columns.ts";

/** A terminal shows so many albums; a pipe takes all. */
const mostShown = 12;
const mostOfArtist = 3;

export function haveLines(answer: HaveAnswer, look: Look, sleeve: Sleeve | null): SafeText[] {
  return answer.isOwned ? yesLines(answer, look, sleeve) : noLines(answer, look);
}

/** Its copies, where it is one album that the answer is about. */
export function onlyAlbum(answer: HaveAnswer): readonly OwnedCopy[] | null {
  const [only, ...others] = answer.isOwned ? shownAlbums(answer) : [];
  return only === undefined || others.length > 0 ? null : only;
}

/** Those with the very words, where there are such; else those with the words as whole words. */
function shownAlbums({ owned }: HaveAnswer): readonly (readonly OwnedCopy[])[] {
  const exact = owned.filter((copies) => copies.some(({ isExact }) => isExact));
  return exact.length > 0 ? exact : owned.filter(isWholeAlbum);
}

function yesLines(answer: HaveAnswer, look: Look, sleeve: Sleeve | null): SafeText[] {
  const { text, owned, didYouMean } = answer;
  const shown = shownAlbums(answer);
  const others = owned.slice(shown.length).flat().length;
  const only = onlyAlbum(answer);
  const narrow = { ...look, screen: { ...look.screen, width: widthBeside(look.screen.width, sleeve) } };
  const words = didYouMean[0] ?? text;
  return [
    ...meantLines(didYouMean, look.screen),
    ...(only === null ? severalLines(words, shown, look) : beside(sleeve, albumLines(only, narrow))),
    ...(others === 0
      ? []
      : line([`${counted(others, "record")} more with these words: rewind xref ${words}`], look.screen)),
  ];
}

function noLines(answer: HaveAnswer, look: Look): SafeText[] {
  const { text, owned, played, wanted, didYouMean, byArtist } = answer;
  const { screen, colours } = look;
  const [album] = played;
  const [want] = wanted;
  const first = [
    `NO record called "${text}"`,
    album === undefined
      ? ""
      : `you play it: a${album.id} ${album.artist} · ${album.title}, ${factsOf(album.plays, null, album.lastPlayedUts)}`,
    album === undefined && want !== undefined ? `you want it: ${want.artist} · ${want.title}` : "",
  ];
  const second = [
    want === undefined
      ? ""
      : `★ on your wantlist${want.addedUts === null ? "" : ` since ${localDayInWords(want.addedUts)}`}`,
    byArtist === null ? "" : shelfText(byArtist),
    played.length > 1 ? `${counted(played.length - 1, "other album")} with these words in your plays` : "",
  ];
  const [head = safe``, ...rest] = line(first, screen);
  return [
    colours.bold(head),
    ...rest,
    ...line(second, screen, 2),
    ...(owned.length === 0
      ? []
      : [
          ...(didYouMean.length === 0
            ? line(["These have it only as part of a word:"], screen)
            : meantLines(didYouMean, screen)),
          ...recordTable(isFitted(screen) ? owned.slice(0, mostShown) : owned, look),
        ]),
  ];
}

function meantLines(didYouMean: readonly string[], screen: Screen): SafeText[] {
  if (didYouMean.length === 0) return [];
  const named = didYouMean.slice(0, 3).map((text) => `"${text}"`);
  return line([`Did you mean ${named.join(" or ")}?`], screen);
}

/** "by D'Angelo you own 1: Brown Sugar (2×LP, 2015)" */
function shelfText({ artist, records }: NonNullable<HaveAnswer["byArtist"]>): string {
  const named = records.slice(0, mostOfArtist).map(({ title, form, year }) => {
    const facts = [form, year === null ? "" : String(year)].filter((fact) => fact !== "").join(", ");
    return facts === "" ? title : `${title} (${facts})`;
  });
  const rest = records.length > named.length ? " …" : "";
  return `by ${artist} you own ${thousands(records.length)}: ${named.join(", ")}${rest}`;
}

/** One album: what is known of it, and its copies below. */
function albumLines(copies: readonly OwnedCopy[], look: Look): SafeText[] {
  const [first] = copies;
  if (first === undefined) return [];
  const { record, creditedWith } = first;
  const many = copies.length === 1 ? "" : `, ${copies.length} copies`;
  const [head = safe``, ...rest] = line(
    [
      `YES${many}`,
      record.artist,
      record.title,
      record.playCount === 0 && record.lastPlayedUts === null
        ? "never scrobbled"
        : factsOf(record.playCount, record.spins, record.lastPlayedUts),
      creditedWith === null ? "" : `credited with a${creditedWith.id} ${creditedWith.title}`,
    ],
    look.screen,
  );
  return [
    look.colours.bold(head),
    ...rest,
    ...sectionTable(copyColumns(look), copies, look.screen, { hasHeader: false }),
  ];
}

function severalLines(words: string, albums: readonly (readonly OwnedCopy[])[], look: Look): SafeText[] {
  const records = albums.flat().length;
  const shown = isFitted(look.screen) ? albums.slice(0, mostShown) : albums;
  const rest = albums.length - shown.length;
  const [head = safe``, ...more] = line(
    [`YES, ${counted(records, "record")} of ${counted(albums.length, "album")}`],
    look.screen,
  );
  return [
    look.colours.bold(head),
    ...more,
    ...recordTable(shown, look),
    ...(rest === 0
      ? []
      : line([`${counted(rest, "album")} more: rewind xref ${words} --all`], look.screen, 2)),
  ];
}

/** "402 plays, 66 spins, last 15 Jan 2026" */
function factsOf(plays: number, spins: number | null, lastUts: number | null): string {
  return [
    plays === 0 ? "" : counted(plays, "play"),
    spins === null || spins === 0 ? "" : counted(spins, "spin"),
    lastUts === null ? "" : `last ${localDayInWords(lastUts)}`,
  ]
    .filter((part) => part !== "")
    .join(", ");
}

/** Parts of a sentence; on a terminal they break to fit. */
function line(parts: readonly string[], screen: Screen, indent = 0): SafeText[] {
  const given = parts.filter((part) => part !== "");
  if (given.length === 0) return [];
  const width = isFitted(screen) ? screen.width - indent : Infinity;
  const between = screen.unicode ? " · " : " - ";
  const margin = printable(" ".repeat(indent));
  return sideBySide(given, between, { width, unicode: screen.unicode }).map((each) => safe`${margin}${each}`);
}

function copyColumns({ colours }: Look): Column<OwnedCopy>[] {
  return [
    numberColumn(colours, ({ record }) => record.id),
    { header: "Form", cell: ({ record }) => record.form },
    { header: "Year", cell: ({ record }) => record.year ?? "", numeric: true },
    {
      header: "Label",
      cell: ({ record }) => [record.label ?? "", record.catalogNumber ?? ""].join(" ").trim(),
      flexible: { share: 3, maxWidth: 40, cut: "end" },
    },
    {
      header: "Folder",
      cell: ({ record }) => (record.folder === null ? "" : `folder ${record.folder}`),
      flexible: nameWidth,
    },
    {
      header: "Added",
      cell: ({ record }) => (record.addedUts === null ? "" : `added ${localDay(record.addedUts)}`),
      dropOrder: 1,
    },
  ];
}

const first = ([copy]: readonly OwnedCopy[]): OwnedCopy["record"] | undefined => copy?.record;

function recordTable(albums: readonly (readonly OwnedCopy[])[], { screen, colours }: Look): SafeText[] {
  return sectionTable<readonly OwnedCopy[]>(
    [
      numberColumn(colours, (copies) => first(copies)?.id ?? ""),
      artistColumn((copies) => first(copies)?.artist ?? ""),
      titleColumn(
        (copies) => first(copies)?.title ?? "",
        ({ length }) => (length > 1 ? ` ×${length}` : ""),
      ),
      {
        header: "Form",
        cell: (copies) => formsTogether(copies.map(({ record }) => record)),
        dropOrder: 3,
      },
      { header: "Year", cell: (copies) => first(copies)?.year ?? "", numeric: true, dropOrder: 2 },
      { header: "Plays", cell: (copies) => first(copies)?.playCount ?? "", numeric: true, dropOrder: 4 },
    ],
    albums,
    screen,
  );
}
