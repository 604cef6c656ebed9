// What an album of the chart counts for (rewind explain a46).
import { creditInWords, type Rule } from "../../match/matcher.ts";
import { linked, type Look } from "../../output/look.ts";
import { localDayInWords } from "../../output/dates.ts";
import { printable, safe, type SafeText } from "../../output/escape.ts";
import { counted } from "../../output/numbers.ts";
import { ends, sideBySide, wrapped } from "../../output/paragraph.ts";
import { sectionTable } from "../../output/table.ts";
import type { Column } from "../../output/field.ts";
import type { AlbumExplanation, CreditedRecord } from "../../queries/explain/explain-album.ts";
import { numberColumn, titleWidth } from "../shared/listing/name-columns.ts";

export function albumLines(answer: AlbumExplanation, look: Look): SafeText[] {
  const { album, tracks, spins, records } = answer;
  const { screen, colours } = look;
  const [name = safe``, ...more] = ends(`${album.artist} · ${album.title}`, `a${album.id}`, screen);
  const facts = [
    counted(album.playCount, "play"),
    tracks === 0 ? "" : `${counted(tracks, "different track")} heard`,
    spins === null ? "" : counted(spins, "spin"),
    album.lastPlayedUts === null ? "" : `last ${localDayInWords(album.lastPlayedUts)}`,
  ].filter((fact) => fact !== "");
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
    ...sideBySide(facts, screen.unicode ? " · " : " - ", screen),
    safe``,
    ...wrapped(verdict, screen).map(colours.bold),
    ...(records.length === 0 ? [] : sectionTable(columnsOf(look), records, screen)),
    safe``,
    ...sideBySide(commands, "   ", screen).map(colours.dim),
  ];
}

function columnsOf({ colours }: Look): Column<CreditedRecord>[] {
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
