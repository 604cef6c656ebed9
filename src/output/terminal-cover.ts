// Shows a cover beside text, as a picture if the terminal can, otherwise as coloured half blocks.

import type { Pixels } from "../model/cover-preview.ts";
import { safe, type SafeText, markSafe } from "./safe-text.ts";
import type { Environment, Terminal } from "./terminal.ts";

// The environment tells what a terminal can show. Asking the terminal itself could wait forever.

/** blocks: two pixels per cell, in true colour. */
export type CoverProtocol = "iterm2" | "kitty" | "blocks";

/** null: no pictures. */
export function detectCoverProtocol(
  { isTerminal, colourLevel, unicode }: Pick<Terminal, "isTerminal" | "colourLevel" | "unicode">,
  env: Environment,
): CoverProtocol | null {
  const term = env["TERM"] ?? "";
  if (!isTerminal || colourLevel === 0 || term === "dumb") return null;
  // Multiplexers pass no pictures through.
  const isWrapped = (env["TMUX"] ?? "") !== "" || (env["STY"] ?? "") !== "" || /^(?:tmux|screen)/.test(term);
  if (!isWrapped) {
    const program = env["TERM_PROGRAM"] ?? "";
    if (/^(?:iTerm\.app|WezTerm|mintty)$/.test(program)) return "iterm2";
    if (/kitty|ghostty/.test(term) || program === "ghostty") return "kitty";
    if (Number(env["KONSOLE_VERSION"]) >= minKonsoleVersion) return "kitty";
  }
  return colourLevel === 3 && unicode ? "blocks" : null;
}

/** Version 22.04. */
const minKonsoleVersion = 220_400;

/** A size in cells. */
export interface CoverSize {
  readonly columns: number;
  readonly rows: number;
}

export interface DrawnCover extends CoverSize {
  /** Written once at the upper left corner; the cursor returns there. "" if `lines` are the whole cover. */
  readonly picture: SafeText;
  /** The contents of each line. A picture leaves them empty. */
  readonly lines: readonly SafeText[];
}

/** A cell is twice as high as it is wide. */
const columnsPerRow = 2;
const textGap = 2;
const minTextWidth = 50;

/** Returns null if there is no room for a cover beside the text. */
export function computeCoverSize(width: number): CoverSize | null {
  const rows = width >= 100 ? 12 : 10;
  const columns = rows * columnsPerRow;
  return width - columns - textGap >= minTextWidth ? { columns, rows } : null;
}

/** Two pixels per cell, one above the other. */
export function renderBlockCover(raster: Pixels, { columns, rows }: CoverSize): DrawnCover {
  const left = Math.floor((columns - raster.width) / 2);
  const top = Math.floor((rows * 2 - raster.height) / 2);
  const lines = Array.from({ length: rows }, (_, row) => {
    const cells = Array.from({ length: columns }, (_unused, column) => {
      const [x, y] = [column - left, row * 2 - top];
      return renderBlockCell(getColourAt(raster, x, y), getColourAt(raster, x, y + 1));
    });
    return safe`${markSafe(cells.join(""))}\u001b[0m`;
  });
  return { columns, rows, picture: safe``, lines };
}

type Colour = readonly [red: number, green: number, blue: number];

/** null: outside the picture. */
function getColourAt({ width, height, rgba }: Pixels, x: number, y: number): Colour | null {
  if (x < 0 || y < 0 || x >= width || y >= height) return null;
  const at = (y * width + x) * 4;
  const opacity = (rgba[at + 3] ?? 0) / 255;
  const applyOpacity = (n: number): number => Math.round((rgba[at + n] ?? 0) * opacity);
  return [applyOpacity(0), applyOpacity(1), applyOpacity(2)];
}

function renderBlockCell(upper: Colour | null, lower: Colour | null): SafeText {
  if (upper === null)
    return lower === null ? safe`\u001b[0m ` : safe`\u001b[0m${buildColourCode(38, lower)}▄`;
  const below = lower === null ? safe`\u001b[49m` : buildColourCode(48, lower);
  return safe`${buildColourCode(38, upper)}${below}▀`;
}

/** 38 is the foreground, 48 the background. */
function buildColourCode(layer: 38 | 48, [red, green, blue]: Colour): SafeText {
  return safe`\u001b[${layer};2;${red};${green};${blue}m`;
}

const encodeBase64 = (bytes: Uint8Array): string => Buffer.from(bytes).toString("base64");

/** A JPEG or PNG file, which the terminal decodes. */
export function renderItermCover(file: Uint8Array, size: CoverSize): DrawnCover {
  const { columns, rows } = size;
  const head = safe`inline=1;size=${file.length};width=${columns};height=${rows};preserveAspectRatio=1`;
  const picture = safe`\u001b]1337;File=${head}:${markSafe(encodeBase64(file))}\u0007`;
  return { ...size, picture, lines: renderSkipLines(size) };
}

/** The maximum of the protocol. */
const maxKittyChunk = 4096;

export function renderKittyCover(raster: Pixels, size: CoverSize): DrawnCover {
  const { columns, rows } = size;
  const pieces = encodeBase64(raster.rgba).match(new RegExp(`.{1,${maxKittyChunk}}`, "g")) ?? [];
  const head = safe`a=T,f=32,s=${raster.width},v=${raster.height},c=${columns},r=${rows},q=2,C=1,`;
  const commands = pieces.map((piece, at) => {
    const more = at < pieces.length - 1 ? 1 : 0;
    return safe`\u001b_G${at === 0 ? head : safe``}m=${more};${markSafe(piece)}\u001b\\`;
  });
  return { ...size, picture: markSafe(commands.join("")), lines: renderSkipLines(size) };
}

/** Moves the cursor over the picture, because a space would erase it. */
function renderSkipLines({ columns, rows }: CoverSize): SafeText[] {
  return Array.from({ length: rows }, () => safe`\u001b[${columns}C`);
}

/** The width that remains for the text. */
export function computeTextWidth(width: number, sleeve: DrawnCover | null): number {
  return sleeve === null ? width : width - sleeve.columns - textGap;
}

/** The lines with the cover to their left, at least as many as the cover is high. */
export function placeBesideCover(sleeve: DrawnCover | null, lines: readonly SafeText[]): readonly SafeText[] {
  if (sleeve === null) return lines;
  const free = markSafe(" ".repeat(sleeve.columns));
  const count = Math.max(lines.length, sleeve.rows);
  const together = Array.from({ length: count }, (_, at) => {
    const text = lines[at] ?? safe``;
    const start = sleeve.lines[at] ?? free;
    return text === "" ? start : safe`${start}${markSafe(" ".repeat(textGap))}${text}`;
  });
  if (sleeve.picture === "") return together;
  // Makes room first. If the screen scrolled in between, the cursor would return to another line.
  const room = safe`${markSafe("\n".repeat(sleeve.rows))}\u001b[${sleeve.rows}A`;
  const [first = safe``, ...others] = together;
  return [safe`${room}\u001b7${sleeve.picture}\u001b8${first}`, ...others];
}
