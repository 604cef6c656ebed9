// The questions of rewind review.

import type { TerminalStyle } from "../../output/terminal.ts";
import { safe, type SafeText } from "../../output/safe-text.ts";
import { formatArtistAndTitle } from "../../model/names.ts";
import { formatConfidence, pluralize } from "../../output/format-numbers.ts";
import { joinParts, renderNameHeader, flowParts, wrapText } from "../../output/paragraph.ts";
import type { AliasProposal } from "../../match/alias-proposals.ts";
import { tieReason, type ReviewItem } from "../../queries/review/review-items.ts";
import { buildReviewCommands } from "../../queries/review/review-commands.ts";
import type { ChartAlbum } from "../../queries/find/find-albums.ts";
import { toAlbumLine, renderAlbumTable } from "../shared/listing/album-table.ts";

/** The record and the albums in question, numbered if the user picks one. */
export function renderReviewItem(
  item: ReviewItem,
  { screen, colours }: TerminalStyle,
  isNumbered = false,
): SafeText[] {
  const ids = item.recordIds.map((id) => `#${id}`);
  const facts = joinParts([...ids, item.form, String(item.year ?? "")], "  ");
  return [
    ...renderNameHeader(formatArtistAndTitle(item), facts, { screen, colours }),
    ...wrapText(formatQuestion(item), screen),
    ...renderCandidates(item.candidates, { screen, colours }, item.artist, {
      isNumbered,
      whyHeader: item.kind === "fuzzy" ? "why" : "why not",
    }),
  ];
}

export function renderCandidates(
  albums: readonly (ChartAlbum & { readonly reason?: string })[],
  style: TerminalStyle,
  recordArtist: string,
  { isNumbered, whyHeader = "why" }: { readonly isNumbered: boolean; readonly whyHeader?: string },
): SafeText[] {
  const lines = albums.map((album, at) => ({
    ...toAlbumLine(album, recordArtist),
    number: isNumbered ? at + 1 : undefined,
    why: album.reason,
  }));
  return renderAlbumTable(lines, style, { whyHeader });
}

export function renderItemWithCommands(item: ReviewItem, style: TerminalStyle): SafeText[] {
  const { screen, colours } = style;
  const commands = buildReviewCommands(item).map(({ meaning, command }) => `${meaning}: ${command}`);
  const lines = flowParts(commands, { ...screen, width: screen.width - 2 }, "   ");
  return [...renderReviewItem(item, style), ...lines.map((line) => colours.dim(safe`  ${line}`))];
}

function formatQuestion({ kind, confidence, playsAtStake, candidates }: ReviewItem): string {
  const plays = pluralize(playsAtStake, "play");
  if (kind === "fuzzy") return `Credited ~${formatConfidence(confidence)} with ${plays}. Is this the album?`;
  if (kind === "tie") return `Not credited: ${tieReason}. Which one is it? ${plays} at stake`;
  const which = candidates.length === 1 ? "this" : "one of these";
  return `Close, but not credited. Is ${which} the album? ${plays} at stake`;
}

export function renderAliasProposal(
  { name, sameAs, titles }: AliasProposal,
  { screen }: TerminalStyle,
): SafeText[] {
  const text = `Are ${name} (on records) and ${sameAs} (in your plays) the same artist? They share ${pluralize(titles, "title")}.`;
  return wrapText(text, screen);
}
