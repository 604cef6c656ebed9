// A card: one picture (SVG) for a README or a message. It needs no script, no font and no other file.
import { pluralize } from "../../output/format-numbers.ts";
import { escapeMarkup, emptyMarkup, markup, type Markup } from "../../output/markup.ts";
import { splitGraphemes } from "../../output/width.ts";
import type { Database } from "../../store/file/database.ts";
import { createPageCovers, type PageCovers } from "../page/parts/page-covers.ts";
import { getTone, paletteStyle } from "../page/parts/style.ts";
import { breakLines, estimateTextWidth } from "../page/plots/text-width.ts";
import type { CardContents, CardKind, CardTile } from "./card-contents.ts";

/** A picture with covers of at most this size stays below 200 kB. */
const maxCoverBytes = 150_000;

const generator = "rewind card";

/** The beginning of a card of ours, which may be replaced. */
export const ownCardPattern = new RegExp(
  String.raw`^<svg xmlns="http://www\.w3\.org/2000/svg" data-generator="${generator}"`,
);

const width = 840;
const margin = 32;
const innerWidth = width - 2 * margin;
const titleSize = 30;
const subtitleSize = 16;
const headHeight = 92;
const monthsHeight = 84;

interface Layout {
  readonly columns: number;
  readonly gap: number;
  /** The height below each tile for its names; 0: the names are on the tile. */
  readonly captionHeight: number;
}

const layouts: Readonly<Record<Exclude<CardKind, "now">, Layout>> = {
  year: { columns: 5, gap: 14, captionHeight: 64 },
  wall: { columns: 10, gap: 4, captionHeight: 0 },
  never: { columns: 5, gap: 14, captionHeight: 64 },
};

const cardStyle: Markup = markup`${paletteStyle}
text { font-family: ui-sans-serif, "Segoe UI", Roboto, "Helvetica Neue", "Noto Sans", sans-serif; fill: var(--ink) }
.b { font-weight: 600 }
.f { fill: var(--soft) }
.a { fill: var(--accent) }
.p { fill: var(--paper); stroke: var(--line) }
.t { fill: var(--k) }
.g { fill: none; stroke: var(--thin) }
.m { fill: var(--accent) }
`;

/** The same cache gives the same bytes. `directory`: of stored covers. */
export function drawCard(database: Database, contents: CardContents, directory: string): Markup {
  const recordIds = contents.tiles.flatMap(({ recordId }) => recordId ?? []);
  const covers = createPageCovers(database, { recordIds, directory, maxBytes: maxCoverBytes });
  return renderCard(contents, covers);
}

function renderCard(contents: CardContents, covers: PageCovers): Markup {
  const { title, subtitle } = contents;
  const name = escapeMarkup(`${title}. ${subtitle}`);
  const { height, body } =
    contents.kind === "now"
      ? renderPlaying(contents, covers)
      : renderList(contents, layouts[contents.kind], covers);
  return markup`<svg xmlns="http://www.w3.org/2000/svg" data-generator="${escapeMarkup(generator)}" viewBox="0 0 ${width} ${round(height)}" width="${width}" height="${round(height)}" role="img" aria-label="${name}">
<title>${name}</title>
<style>${cardStyle}</style>
<rect class="p" x="0.5" y="0.5" width="${width - 1}" height="${round(height - 1)}" rx="12"/>
${body}</svg>
`;
}

interface Drawing {
  readonly height: number;
  readonly body: Markup;
}

function renderHead({ title, subtitle }: CardContents, x: number): Markup {
  const line = { x, width: width - margin - x };
  return markup`${renderLine(title, { ...line, y: margin + titleSize, size: titleSize, style: "b" })}
${renderLine(subtitle, { ...line, y: margin + titleSize + 26, size: subtitleSize, style: "f" })}
`;
}

function renderList(contents: CardContents, layout: Layout, covers: PageCovers): Drawing {
  const { tiles, months } = contents;
  const { columns, gap, captionHeight } = layout;
  const size = (innerWidth - (columns - 1) * gap) / columns;
  const rows = Math.ceil(tiles.length / columns);
  const monthsY = margin + headHeight + rows * (size + captionHeight + gap);
  const shownTiles = tiles.map((tile, at) => {
    const x = margin + (at % columns) * (size + gap);
    const y = margin + headHeight + Math.floor(at / columns) * (size + captionHeight + gap);
    return renderTile(tile, { x, y, size, captionHeight, cover: getCover(tile, covers) });
  });
  return {
    height: monthsY + (months.length === 0 ? 0 : monthsHeight) + margin - gap,
    body: markup`${renderHead(contents, margin)}${shownTiles}${renderMonths(months, monthsY)}`,
  };
}

const playingSize = 160;

/** Draws what is playing: its cover, and the words beside it. */
function renderPlaying(contents: CardContents, covers: PageCovers): Drawing {
  const [tile] = contents.tiles;
  if (tile === undefined) return { height: 2 * margin + titleSize + 8, body: renderHead(contents, margin) };
  const x = margin + playingSize + 24;
  const place = { x: margin, y: margin, size: playingSize, captionHeight: 0 };
  const line = { x, width: width - margin - x, size: subtitleSize };
  const bottom = margin + playingSize;
  return {
    height: bottom + margin,
    body: markup`${renderHead(contents, x)}${renderTile(tile, { ...place, cover: getCover(tile, covers) })}
${renderLine(tile.title, { ...line, y: bottom - 26, style: "b" })}
${renderLine(tile.figure, { ...line, y: bottom - 2, style: "a" })}`,
  };
}

function getCover({ recordId }: CardTile, covers: PageCovers): Markup | undefined {
  return recordId === null ? undefined : covers.getCover(recordId);
}

interface Place {
  readonly x: number;
  readonly y: number;
  readonly size: number;
  readonly captionHeight: number;
  readonly cover: Markup | undefined;
}

/** A cover, or else a drawn sleeve in one of ten tones. */
function renderTile(tile: CardTile, { x, y, size, captionHeight, cover }: Place): Markup {
  const { artist, title, figure } = tile;
  const box = markup`x="${round(x)}" y="${round(y)}" width="${round(size)}" height="${round(size)}"`;
  const picture =
    cover === undefined
      ? renderSleeve(tile, { x, y, size, isNamed: captionHeight === 0 })
      : markup`<image ${box} preserveAspectRatio="xMidYMid slice" href="${cover}"/>`;
  if (captionHeight === 0)
    return markup`<g><title>${escapeMarkup(`${artist}: ${title}`)}</title>${picture}</g>
`;
  const line = { x, width: size };
  return markup`<g>${picture}
${renderLine(title, { ...line, y: y + size + 20, size: 14, style: "b" })}
${renderLine(artist, { ...line, y: y + size + 38, size: 13, style: "f" })}
${renderLine(figure, { ...line, y: y + size + 56, size: 13, style: "a" })}</g>
`;
}

function renderSleeve(
  { artist, title, recordId }: CardTile,
  {
    x,
    y,
    size,
    isNamed,
  }: { readonly x: number; readonly y: number; readonly size: number; readonly isNamed: boolean },
): Markup {
  const [right, bottom] = [round(x + size), round(y + size)];
  const grooves = [0.15, 0.4, 0.52, 0.64].map((part) => {
    const radius = round(size * part);
    return markup`<path class="g" d="M${round(x + size - radius)} ${bottom}A${radius} ${radius} 0 0 1 ${right} ${round(y + size - radius)}"/>`;
  });
  const sleeve = markup`<rect class="t n${getTone(recordId ?? 0)}" x="${round(x)}" y="${round(y)}" width="${round(size)}" height="${round(size)}"/>${grooves}`;
  if (!isNamed) return sleeve;
  const fontSize = Math.max(9, size / 12);
  const [padding, lineHeight] = [fontSize * 0.7, fontSize * 1.2];
  const block = { fontSize, width: size - 2 * padding };
  const titleLines = wrapWords(title, { ...block, maxLines: 3 });
  const artistLines = wrapWords(artist, { ...block, maxLines: 5 - titleLines.length });
  const lines = [
    ...titleLines.map((text) => [text, "b"] as const),
    ...artistLines.map((text) => [text, "f"] as const),
  ];
  const names = lines.map(([text, style], at) =>
    renderLine(text, {
      x: x + padding,
      y: y + padding + fontSize + at * lineHeight,
      size: fontSize,
      width: size - 2 * padding,
      style,
    }),
  );
  return markup`${sleeve}${names}`;
}

const monthLetters = "JFMAMJJASOND";

/** A bar for each month. */
function renderMonths(months: readonly number[], y: number): readonly Markup[] {
  const step = innerWidth / Math.max(1, months.length);
  const barHeight = monthsHeight - 24;
  const most = Math.max(1, ...months);
  return months.map((plays, at) => {
    const [x, height] = [margin + at * step, (plays / most) * barHeight];
    return markup`<g><title>${escapeMarkup(pluralize(plays, "play"))}</title><rect class="m" x="${round(x)}" y="${round(y + barHeight - height)}" width="${round(step - 8)}" height="${round(height)}"/>
${renderLine(monthLetters.charAt(at), { x, y: y + barHeight + 16, size: 12, width: step, style: "f" })}</g>
`;
  });
}

interface Line {
  readonly x: number;
  /** The baseline. */
  readonly y: number;
  /** The font size. */
  readonly size: number;
  readonly width: number;
  readonly style: "b" | "f" | "a";
}

/** A line of text that ends within its width. */
function renderLine(text: string, { x, y, size, width: lineWidth, style }: Line): Markup {
  const shown = fitText(text, size, lineWidth);
  return shown === ""
    ? emptyMarkup
    : markup`<text class="${escapeMarkup(style)}" x="${round(x)}" y="${round(y)}" font-size="${size}">${escapeMarkup(shown)}</text>`;
}

function fitText(text: string, fontSize: number, maxWidth: number): string {
  if (estimateTextWidth(text, fontSize) <= maxWidth) return text;
  let shown = "";
  for (const letter of splitGraphemes(text)) {
    if (estimateTextWidth(`${shown}${letter}…`, fontSize) > maxWidth) break;
    shown += letter;
  }
  return `${shown.trimEnd()}…`;
}

/** The last line is cut if it does not fit. */
function wrapWords(
  text: string,
  {
    fontSize,
    width: maxWidth,
    maxLines,
  }: { readonly fontSize: number; readonly width: number; readonly maxLines: number },
): string[] {
  const lines = breakLines(text.split(/\s+/), maxWidth, fontSize);
  const last = lines.slice(maxLines - 1).flat();
  return [...lines.slice(0, maxLines - 1), ...(last.length === 0 ? [] : [last])].map((words) =>
    words.join(" "),
  );
}

function round(length: number): number {
  return Math.round(length * 100) / 100;
}
