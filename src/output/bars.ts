// Bars and sparklines: shares and amounts that the eye compares before it reads.

/** How many columns stand for the whole on a screen, so that bars compare from one group to the next. */
export function barWidthOn({ width }: { readonly width: number }): number {
  return Math.min(60, 24 + Math.max(0, Math.floor((width - 100) / 2)));
}

const eighths = ["", "▏", "▎", "▍", "▌", "▋", "▊", "▉"];
const levels = "▁▂▃▄▅▆▇█";
const asciiLevels = ".:-=+*%#";

interface BarOptions {
  readonly width: number;
  readonly unicode: boolean;
}

/** A bar for a share from 0 to 1. What is not nothing shows. */
export function bar(share: number, { width, unicode }: BarOptions): string {
  const within = Math.min(1, Math.max(0, share));
  if (!(within > 0)) return "";
  if (!unicode) return "#".repeat(Math.max(1, Math.round(within * width)));
  const parts = Math.max(1, Math.round(within * width * 8));
  return "█".repeat(Math.floor(parts / 8)) + (eighths[parts % 8] ?? "");
}

/** One column an amount; heights start at zero, and nothing is a line on the ground. */
export function sparkline(amounts: readonly number[], { unicode }: Pick<BarOptions, "unicode">): string {
  const most = amounts.reduce((highest, amount) => Math.max(highest, amount), 0);
  const glyphs = unicode ? levels : asciiLevels;
  return amounts
    .map((amount) => (amount <= 0 ? "_" : glyphs.charAt(Math.max(0, Math.round((amount / most) * 8) - 1))))
    .join("");
}
