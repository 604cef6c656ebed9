// Draws what the program writes to a terminal as an SVG. Every run of text is as wide as its cells, whatever the font.
import { escapeMarkup } from "../../src/output/markup.ts";
import { measureWidth } from "../../src/output/width.ts";
import { renderSvg } from "./svg.ts";

const cell = { width: 8.4, height: 20 };
const margin = 20;
const fontSize = 14;

/** The classes of the SGR codes that the program uses, and the codes that end them. */
const classes: Readonly<Record<string, string>> = {
  1: "bold",
  2: "dim",
  31: "red",
  32: "green",
  33: "yellow",
};

const style = `
  .paper { fill: #fbfaf8; stroke: #d9d4ca } text { fill: #24211d }
  .dim { fill: #6b655c } .red { fill: #b3261e } .green { fill: #2f6b2f } .yellow { fill: #8a6100 }
  .bold, .typed { font-weight: 600 }
  @media (prefers-color-scheme: dark) {
    .paper { fill: #191816; stroke: #3a3732 } text { fill: #e9e5dd }
    .dim { fill: #a39c90 } .red { fill: #f28b82 } .green { fill: #8ecb8e } .yellow { fill: #e3b341 }
  }`;

/** `sessions`: each command as it is typed, with what it writes. */
export function drawTerminal(
  sessions: readonly { readonly line: string; readonly screen: string }[],
  columns: number,
): string {
  const lines = sessions.flatMap(({ line, screen }, at) => [
    ...(at === 0 ? [] : [""]),
    `\u001B[2m$\u001B[0m \u001B[1m${line}\u001B[0m`,
    ...screen.replace(/\n+$/, "").split("\n"),
  ]);
  const size = {
    width: Math.ceil(columns * cell.width) + 2 * margin,
    height: lines.length * cell.height + 2 * margin,
  };
  const rows = lines.flatMap((line, row) => drawLine(line, margin + (row + 0.75) * cell.height));
  const title = sessions.map(({ line }) => line).join("; ");
  const paper = `<rect class="paper" x="0.5" y="0.5" width="${size.width - 1}" height="${size.height - 1}" rx="8"/>`;
  const font = `font-family="ui-monospace, SFMono-Regular, Menlo, Consolas, 'DejaVu Sans Mono', 'Liberation Mono', monospace"`;
  const texts = `<g ${font} font-size="${fontSize}" xml:space="preserve">\n${rows.join("\n")}\n</g>`;
  return renderSvg({ ...size, title, style, body: `${paper}\n${texts}` });
}

function drawLine(line: string, y: number): string[] {
  const texts: string[] = [];
  let column = 0;
  let styles: readonly string[] = [];
  // The first piece follows no escape sequence.
  for (const [at, piece] of line.split("\u001B").entries()) {
    const [sequence = "", codes = ""] = at === 0 ? [] : (/^\[([\d;]*)m/.exec(piece) ?? []);
    const added = classes[codes];
    if (sequence !== "") styles = added === undefined ? [] : [...styles, added];
    // Blanks are not drawn: what follows them has its own place.
    for (const [run] of piece.slice(sequence.length).matchAll(/\S+(?: \S+)*| +/g)) {
      const width = measureWidth(run);
      if (run.trim() !== "") texts.push(drawRun(run, { x: margin + column * cell.width, y, width, styles }));
      column += width;
    }
  }
  return texts;
}

interface RunPlace {
  readonly x: number;
  readonly y: number;
  /** The width in cells. */
  readonly width: number;
  readonly styles: readonly string[];
}

function drawRun(text: string, { x, y, width, styles }: RunPlace): string {
  const tone = styles.length === 0 ? "" : ` class="${styles.join(" ")}"`;
  const length = (width * cell.width).toFixed(1);
  return `<text${tone} x="${x.toFixed(1)}" y="${y}" textLength="${length}" lengthAdjust="spacingAndGlyphs">${escapeMarkup(text)}</text>`;
}
