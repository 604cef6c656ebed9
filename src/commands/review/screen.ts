// What is doubtful, question by question (rewind review).

import { linked, type Look } from "../../output/look.ts";
import type { Column } from "../../output/field.ts";
import { localDay } from "../../output/dates.ts";
import { printable, safe, type SafeText, trusted } from "../../output/escape.ts";
import { confidenceText, counted } from "../../output/numbers.ts";
import { ends, sideBySide, wrapped } from "../../output/paragraph.ts";
import { sectionTable } from "../../output/table.ts";
import { titleWidth } from "../shared/listing/name-columns.ts";
import type { Context } from "../../context.ts";
import type { Database } from "../../store/file/database.ts";
import type { Press } from "../shared/terminal/keyboard.ts";

export interface DoubtView {
  readonly kind: "fuzzy" | "tie" | "near";
  readonly recordIds: readonly number[];
  readonly artist: string;
  readonly title: string;
  readonly form: string;
  readonly year: number | null;
  readonly confidence: number;
  readonly candidates: readonly CandidateView[];
  readonly playsAtStake: number;
}

interface CandidateView {
  readonly id: number;
  readonly artist: string;
  readonly title: string;
  readonly playCount: number;
  readonly lastPlayedUts: number | null;
  readonly url: string | null;
  readonly reason: string;
}

export interface SettlingCommand {
  readonly meaning: string;
  readonly command: string;
}

/** The record and the albums in question; numbered where one of them has to be chosen. */
export function doubtLines(
  doubt: DoubtView,
  { screen, colours }: Look,
  { isNumbered }: { readonly isNumbered: boolean },
): SafeText[] {
  const separator = screen.unicode ? " · " : " - ";
  const name = printable(doubt.artist.trim() + separator + doubt.title.trim());
  const facts = [
    ...doubt.recordIds.map((id) => `#${id}`),
    doubt.form,
    doubt.year === null ? "" : String(doubt.year),
  ].filter((part) => part !== "");
  const [first = name, ...others] = ends(name, facts.join("  "), { ...screen, unicode: true });
  return [
    first.startsWith(name) ? safe`${colours.bold(name)}${trusted(first.slice(name.length))}` : first,
    ...others,
    ...wrapped(questionOf(doubt), screen),
    ...sectionTable(
      candidateColumns({ screen, colours }, isNumbered, doubt.artist),
      doubt.candidates.map(numbered),
      screen,
    ),
  ];
}

/** Albums to choose from, numbered. */
export function albumLines(
  albums: readonly Omit<CandidateView, "reason">[],
  look: Look,
  recordArtist: string,
): SafeText[] {
  const columns = candidateColumns(look, true, recordArtist).filter(({ header }) => header !== "why");
  return sectionTable(
    columns,
    albums.map((album, at) => numbered({ ...album, reason: "" }, at)),
    look.screen,
  );
}

/** The same with the commands that settle it. */
export function doubtWithCommands(
  doubt: DoubtView,
  commands: readonly SettlingCommand[],
  look: Look,
): SafeText[] {
  const parts = commands.map(({ meaning, command }) => `${meaning}: ${command}`);
  const { screen } = look;
  const typed = sideBySide(parts, "   ", { ...screen, width: screen.width - 2 });
  return [
    ...doubtLines(doubt, look, { isNumbered: false }),
    ...typed.map((line) => look.colours.dim(safe`  ${line}`)),
  ];
}

function questionOf({ kind, confidence, playsAtStake, candidates }: DoubtView): string {
  const plays = counted(playsAtStake, "play");
  if (kind === "fuzzy") return `Credited ~${confidenceText(confidence)} with ${plays}. Is this the album?`;
  if (kind === "tie") return `Not credited: these fit equally well. Which one is it? ${plays} at stake`;
  return candidates.length === 1
    ? `Not credited: close, but not the same title. Is this the album? ${plays} at stake`
    : `Not credited: close, but not the same title. Is one of these the album? ${plays} at stake`;
}

type NumberedCandidate = CandidateView & { readonly number: number };

function numbered(candidate: CandidateView, at: number): NumberedCandidate {
  return { ...candidate, number: at + 1 };
}

function candidateColumns(
  { screen, colours }: Look,
  isNumbered: boolean,
  recordArtist: string,
): Column<NumberedCandidate>[] {
  const number: Column<NumberedCandidate> = {
    header: "",
    cell: (each) => `${each.number}`,
    numeric: true,
    isKey: true,
  };
  return [
    ...(isNumbered ? [number] : []),
    { header: "id", cell: ({ id }) => `a${id}`, isKey: true, paint: (cell) => colours.dim(cell) },
    { header: "plays", cell: ({ playCount }) => playCount, numeric: true },
    {
      header: "last",
      cell: ({ lastPlayedUts }) => localDay(lastPlayedUts),
      dropOrder: 1,
    },
    {
      header: "album",
      // Its artist is named only where it is another than the record's.
      cell: ({ artist, title }) =>
        artist.toLowerCase() === recordArtist.toLowerCase() ? title : `${title} by ${artist}`,
      flexible: titleWidth,
      isName: true,
      paint: (cell, { url }) => linked(cell, url, screen),
    },
    { header: "why", cell: ({ reason }) => reason, flexible: { share: 2, maxWidth: 100, cut: "wrap" } },
  ];
}

/** "right: …" lines for aliases. */
export function aliasLines(
  proposal: { readonly name: string; readonly sameAs: string; readonly titles: number },
  look: Look,
): SafeText[] {
  const { name, sameAs, titles } = proposal;
  return wrapped(
    `Are ${name} (on records) and ${sameAs} (on Last.fm) the same artist? They share ${counted(titles, "title")}.`,
    look.screen,
  );
}

/** What a review draws on and asks with. */
export interface ReviewTerminal {
  readonly context: Context;
  readonly database: Database;
  readonly look: Look;
  /** In place of what was asked before. */
  show(lines: readonly SafeText[]): Promise<void>;
  /** Above what is asked, for good. */
  keep(lines: readonly SafeText[]): Promise<void>;
  /** As Keyboard.next(); who comes back from Ctrl-Z finds the screen as it is. */
  press(): Promise<Press>;
}
