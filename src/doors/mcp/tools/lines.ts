// The short text beside a structured answer.
import type { ContractPagination, ContractRow } from "../../../queries/documents/shared-fields.ts";
import { counted } from "../../../output/number-text.ts";
import { quoted, quotedName } from "../../../model/quoted-name.ts";

/** "Page 1 of 3, 10 of 28 records." */
export function pageLine(
  { page, total, total_pages: pages }: ContractPagination,
  shown: number,
  noun: string,
): string {
  if (total === 0) return `No ${noun} fits.`;
  if (pages === 1) return `${counted(total, noun)}.`;
  return `Page ${page} of ${pages}, ${shown} of ${counted(total, noun)}.`;
}

/** #17 "Nirvana" · "Nevermind": 333 plays */
export function recordLine({ collection, listening }: ContractRow): string {
  const { id, artists, title } = collection;
  return `#${id} ${quoted(artists.join(", "))} · ${quoted(title)}: ${counted(listening.play_count ?? 0, "play")}`;
}

export function albumLine(album: {
  readonly id: number;
  readonly artist: string | null;
  readonly title: string | null;
  readonly plays: number | null;
}): string {
  return `a${album.id} ${quotedName(album)}: ${counted(album.plays ?? 0, "play")}`;
}
