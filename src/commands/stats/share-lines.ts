// Groups of lines with figures and a share of a whole, as a percentage and as a bar.

import { bar, barWidthOn, percent, thousands } from "../../output/number-text.ts";
import { printable, type SafeText } from "../../output/escape.ts";
import { inAscii, type Screen } from "../../output/screen.ts";
import { cutEnd, padEnd, padStart, widthOf } from "../../output/width.ts";
import { type Part, type DimensionName, dimensions } from "../../queries/figures/breakdown.ts";

/** The name of a part of the shelf, for people. */
export function labelOf(by: DimensionName, { value }: Part): SafeText {
  return printable(value ?? dimensions[by].none);
}

export interface ShareLine {
  readonly label: string;
  /** Figures before the share, one a column. */
  readonly figures: readonly number[];
  readonly part: number;
  readonly whole: number;
  /** Shown at the right if there is room. */
  readonly remark?: string;
}

export interface ShareGroup {
  readonly heading: string;
  /** Headers of the figures and of the share; empty for none. */
  readonly names: readonly string[];
  readonly lines: readonly ShareLine[];
  /** Width in terminal columns. */
  readonly labelWidth: number;
  readonly figureWidths: readonly number[];
}

const shareWidth = 8;

/** Lines that fit the screen. Remarks are dropped first, then all bars are shortened alike. */
export function shareLines(group: ShareGroup, screen: Pick<Screen, "width" | "unicode">): SafeText[] {
  const glyphs = (text: string): SafeText => (screen.unicode ? printable(text) : inAscii(printable(text)));
  const ellipsis = screen.unicode ? "…" : "...";
  const figuresWidth = group.figureWidths.reduce((sum, width) => sum + width, 0) + shareWidth;
  const labelWidth = Math.min(group.labelWidth, Math.max(8, screen.width - figuresWidth));
  const taken = labelWidth + figuresWidth;
  const barWidth = barWidthOn(screen);
  const width = Math.min(barWidth, screen.width - taken - 2);
  const heading = [
    padEnd(cutEnd(printable(group.heading), labelWidth, ellipsis), labelWidth),
    ...group.names.map((name, at) => padStart(name, group.figureWidths[at] ?? shareWidth)),
  ].join("");
  const body = group.lines.map((line) => {
    const numbers = line.figures.map((figure, at) =>
      padStart(thousands(figure), group.figureWidths[at] ?? 0),
    );
    const share = padStart(percent(line.part, line.whole), shareWidth);
    const label = padEnd(`  ${cutEnd(printable(line.label), labelWidth - 3, ellipsis)}`, labelWidth);
    const start = [label, ...numbers, share].join("");
    const drawn =
      width < 4 || line.whole === 0 ? "" : bar(line.part / line.whole, { width, unicode: screen.unicode });
    const withBar = drawn === "" ? start : `${start}  ${drawn}`;
    if (line.remark === undefined) return withBar;
    const remark = glyphs(line.remark);
    const room = screen.width - taken - 2 - barWidth - 2;
    return widthOf(remark) <= room ? padEnd(withBar, taken + 2 + barWidth + 2) + remark : withBar;
  });
  return [heading, ...body].map((line) => cutEnd(printable(line.trimEnd()), screen.width, ellipsis));
}
