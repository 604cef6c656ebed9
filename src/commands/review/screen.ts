// The questions of rewind review.

import type { TerminalStyle } from "../../output/screen.ts";
import { safe, type SafeText } from "../../output/escape.ts";
import { plainName } from "../../model/names.ts";
import { confidenceText, counted } from "../../output/number-text.ts";
import { joinParts, nameLines, sideBySide, wrapText } from "../../output/paragraph.ts";
import type { AliasProposal } from "../../match/alias-proposals.ts";
import { tieInWords, type Doubt } from "../../queries/doubts/doubts.ts";
import { settlingCommands } from "../../queries/doubts/commands.ts";
import type { ChartAlbum } from "../../queries/find/find-albums.ts";
import { albumLine, albumTable } from "../shared/listing/album-lines.ts";

/** The record and the albums in question, numbered if the user picks one. */
export function doubtLines(doubt: Doubt, { screen, colours }: TerminalStyle, isNumbered = false): SafeText[] {
  const ids = doubt.recordIds.map((id) => `#${id}`);
  const facts = joinParts([...ids, doubt.form, String(doubt.year ?? "")], "  ");
  return [
    ...nameLines(plainName(doubt), facts, { screen, colours }),
    ...wrapText(questionOf(doubt), screen),
    ...candidateLines(doubt.candidates, { screen, colours }, doubt.artist, {
      isNumbered,
      whyHeader: doubt.kind === "fuzzy" ? "why" : "why not",
    }),
  ];
}

export function candidateLines(
  albums: readonly (ChartAlbum & { readonly reason?: string })[],
  style: TerminalStyle,
  recordArtist: string,
  { isNumbered, whyHeader = "why" }: { readonly isNumbered: boolean; readonly whyHeader?: string },
): SafeText[] {
  const lines = albums.map((album, at) => ({
    ...albumLine(album, recordArtist),
    number: isNumbered ? at + 1 : undefined,
    why: album.reason,
  }));
  return albumTable(lines, style, { whyHeader });
}

export function doubtWithCommands(doubt: Doubt, style: TerminalStyle): SafeText[] {
  const { screen, colours } = style;
  const commands = settlingCommands(doubt).map(({ meaning, command }) => `${meaning}: ${command}`);
  const lines = sideBySide(commands, { ...screen, width: screen.width - 2 }, "   ");
  return [...doubtLines(doubt, style), ...lines.map((line) => colours.dim(safe`  ${line}`))];
}

function questionOf({ kind, confidence, playsAtStake, candidates }: Doubt): string {
  const plays = counted(playsAtStake, "play");
  if (kind === "fuzzy") return `Credited ~${confidenceText(confidence)} with ${plays}. Is this the album?`;
  if (kind === "tie") return `Not credited: ${tieInWords}. Which one is it? ${plays} at stake`;
  const which = candidates.length === 1 ? "this" : "one of these";
  return `Close, but not credited. Is ${which} the album? ${plays} at stake`;
}

export function aliasLines({ name, sameAs, titles }: AliasProposal, { screen }: TerminalStyle): SafeText[] {
  const text = `Are ${name} (on records) and ${sameAs} (in your plays) the same artist? They share ${counted(titles, "title")}.`;
  return wrapText(text, screen);
}
