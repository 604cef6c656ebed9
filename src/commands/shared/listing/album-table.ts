// Albums and songs of the plays, listed within a screen.
import { formatDay } from "../../../output/format-dates.ts";
import type { SafeText } from "../../../output/safe-text.ts";
import type { Column } from "../../../output/field.ts";
import { renderLink, type TerminalStyle } from "../../../output/terminal.ts";
import { renderSectionTable } from "../../../output/table.ts";
import { fold } from "../../../match/text/fold.ts";
import type { ChartAlbum } from "../../../queries/find/find-albums.ts";
import { titleWidth } from "./list-fields.ts";

export interface AlbumLine {
  /** The user may pick one by its number. */
  readonly number?: number | undefined;
  /** "a12"; songs have none. */
  readonly id?: string;
  readonly name: string;
  readonly playCount: number;
  readonly lastPlayedUts: number | null;
  readonly url?: string | null;
  readonly why?: string | undefined;
}

/** The artist is named only if it is not the record's. */
export function toAlbumLine(
  { id, artist, title, ...facts }: Omit<ChartAlbum, "url"> & Pick<AlbumLine, "url">,
  recordArtist: string,
): AlbumLine {
  const name = fold(artist) === fold(recordArtist) ? title : `${title} by ${artist}`;
  return { ...facts, id: `a${id}`, name };
}

export function renderAlbumTable(
  lines: readonly AlbumLine[],
  { screen, colours }: TerminalStyle,
  { nameHeader = "album", whyHeader = "why" } = {},
): SafeText[] {
  const columns: (Column<AlbumLine> & { readonly isShown?: boolean })[] = [
    {
      header: "",
      cell: ({ number }) => `${number}`,
      numeric: true,
      isKey: true,
      isShown: lines.some(({ number }) => number !== undefined),
    },
    {
      header: "id",
      cell: ({ id }) => id ?? "",
      isKey: true,
      paint: (cell) => colours.dim(cell),
      isShown: lines.some(({ id }) => id !== undefined),
    },
    { header: "plays", cell: ({ playCount }) => playCount, numeric: true },
    {
      header: "last",
      cell: ({ lastPlayedUts }) => formatDay(lastPlayedUts),
      dropOrder: 1,
      isShown: lines.some(({ lastPlayedUts }) => lastPlayedUts !== null),
    },
    {
      header: nameHeader,
      cell: ({ name }) => name,
      flexible: titleWidth,
      isName: true,
      paint: (cell, { url = null }) => renderLink(cell, url, screen),
    },
    {
      header: whyHeader,
      cell: ({ why }) => why ?? "",
      flexible: { share: 2, maxWidth: 100, cut: "wrap" },
      isShown: lines.some(({ why }) => why !== undefined),
    },
  ];
  return renderSectionTable(
    columns.filter(({ isShown }) => isShown !== false),
    lines,
    screen,
  );
}
