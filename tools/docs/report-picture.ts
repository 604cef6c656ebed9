// Draws the beginning of the sample's page as an SVG, from the plots and with the colours of the page itself.
import { breakLines } from "../../src/interfaces/page/plots/text-width.ts";
import { style as pageStyle } from "../../src/interfaces/page/parts/style.ts";
import { renderSvg } from "./svg.ts";

const width = 1000;
const margin = 40;
const inner = width - 2 * margin;
const wallTop = 612;

const style = `${pageStyle}
svg text { font-family: ui-sans-serif, "Segoe UI", Roboto, "Helvetica Neue", "Noto Sans", sans-serif; fill: var(--ink) }
.drawing text { fill: var(--soft) } svg .accent { fill: var(--accent) } .ring { fill: none; stroke: var(--thin); stroke-width: 3 }
.paper { fill: var(--paper); stroke: var(--line) } .l0 rect { fill: none; stroke: var(--line) } .l0 text { fill: var(--soft) }`;

/** `page`: the HTML of `rewind report`. */
export function drawReport(page: string): string {
  const title = requirePart(page, /<h1[^>]*>([^<]*)/);
  const sentence = requirePart(page, /<p class="sentence">([^]*?)<\/p>/);
  const parts = [
    `<rect class="paper" x="0.5" y="0.5" width="${width - 1}" height="${height - 1}" rx="8"/>`,
    drawText("REWIND", { y: 52, size: 13, tone: "accent", isBold: true }),
    drawText(title, { y: 106, size: 52, isBold: true }),
    ...drawSentence(sentence, { y: 146, size: 23 }),
    drawText(requirePart(page, /<h2 id="genres-title">([^<]*)/), { y: 222, size: 20, isBold: true }),
    `<g class="drawing" id="stream">${place(requirePart(page, /(<svg\s+class="wide"[^]*?)<\/div>/), { x: margin, y: 236, width: inner, height: 324 })}</g>`,
    drawText(requirePart(page, /<h2 id="wall-title">([^<]*)/), { y: 596, size: 20, isBold: true }),
    drawWall(requirePart(page, /<ul class="wall [^"]*">([^]*?)<\/ul>/), wallTop),
  ];
  return renderSvg({ width, height, title, style, body: parts.join("\n") });
}

function requirePart(page: string, pattern: RegExp): string {
  const [, part] = pattern.exec(page) ?? [];
  if (part === undefined) throw new Error(`the page has nothing like ${String(pattern)}`);
  return part.trim();
}

interface TextPlace {
  readonly x?: number;
  readonly y: number;
  readonly size: number;
  readonly tone?: string;
  readonly isBold?: boolean;
}

/** `content` is markup: the page has escaped it. */
function drawText(content: string, { x = margin, y, size, tone = "", isBold = false }: TextPlace): string {
  const weight = isBold ? "; font-weight: 700" : "";
  return `<text class="${tone}" x="${x}" y="${y}" style="font-size: ${size}px${weight}">${content}</text>`;
}

/** Breaks the sentence into lines. Its figures keep their colour. */
function drawSentence(sentence: string, { y, size }: TextPlace): string[] {
  const words = sentence
    .replaceAll(/<strong>([^<]*)<\/strong>/g, (_, figure: string) => `*${figure}`)
    .split(/\s+/);
  return breakLines(words, inner, size).map((line, at) => {
    const content = line
      .map((word) =>
        word.startsWith("*") ? `<tspan class="accent" font-weight="600">${word.slice(1)}</tspan>` : word,
      )
      .join(" ");
    return drawText(content, { y: y + at * size * 1.3, size });
  });
}

interface Area {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** Gives an SVG of the page a place. */
function place(drawing: string, { x, y, width: areaWidth, height: areaHeight }: Area): string {
  const area = `x="${x}" y="${y}" width="${areaWidth}" height="${areaHeight}"`;
  return drawing.replace(
    /^<svg([^>]*)>/,
    (_, attributes: string) => `<svg${attributes.replaceAll(/\s(?:width|height)="[^"]*"/g, "")} ${area}>`,
  );
}

const wallColumns = 10;
const wallRows = 4;
const gap = 4;
const tile = (inner + gap) / wallColumns;
const height = Math.round(wallTop + wallRows * tile + margin);
/** How many tiles a level spans. */
const spans: Readonly<Record<string, number>> = { l3: 2, l4: 3 };

/** The first rows of the wall. */
function drawWall(list: string, top: number): string {
  const taken = new Set<string>();
  const tiles: string[] = [];
  for (const [, level = "", tone = "", name = "", rest = ""] of list.matchAll(
    /<li class="(l\d) (n\d)"><a[^>]*><b[^>]*>([^<]*)<\/b>([^<]*)/g,
  )) {
    const spot = findSpot(taken, spans[level] ?? 1);
    if (spot === undefined) continue;
    tiles.push(drawTile({ level, tone, name, rest }, spot, spans[level] ?? 1));
  }
  return `<svg x="${margin}" y="${top}" width="${inner}" height="${wallRows * tile - gap}">${tiles.join("")}</svg>`;
}

interface Spot {
  readonly column: number;
  readonly row: number;
}

/** The first free place, row by row, which is taken then. */
function findSpot(taken: Set<string>, span: number): Spot | undefined {
  for (let row = 0; row < wallRows; row++) {
    for (let column = 0; column <= wallColumns - span; column++) {
      const cells = Array.from(
        { length: span * span },
        (_, at) => `${column + (at % span)},${row + Math.floor(at / span)}`,
      );
      if (cells.some((each) => taken.has(each))) continue;
      for (const each of cells) taken.add(each);
      return { column, row };
    }
  }
  return undefined;
}

interface Tile {
  readonly level: string;
  readonly tone: string;
  readonly name: string;
  readonly rest: string;
}

function drawTile({ level, tone, name, rest }: Tile, { column, row }: Spot, span: number): string {
  const side = span * tile - gap;
  const size = 7 + span * 3.5;
  const padding = size * 0.8;
  const lineHeight = size * 1.2;
  const lines = [name, rest.replaceAll("&nbsp;", "\u00A0")]
    .flatMap((text, at) =>
      breakLines(text.split(" "), side - 2 * padding, size).map((words) => ({
        text: words.join(" "),
        isBold: at === 0,
      })),
    )
    .slice(0, Math.floor((side - padding) / lineHeight));
  const rings =
    span === 1
      ? []
      : [0.3, 0.55, 0.8].map(
          (share) => `<circle class="ring" cx="${side}" cy="${side}" r="${side * share}"/>`,
        );
  const texts = lines.map(({ text, isBold }, at) =>
    drawText(text, { x: padding, y: padding + size + at * lineHeight, size, isBold }),
  );
  return `<svg class="${level} ${tone}" x="${column * tile}" y="${row * tile}" width="${side}" height="${side}"><rect width="100%" height="100%"/>${rings.join("")}${texts.join("")}</svg>`;
}
