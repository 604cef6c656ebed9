/** 2,400: for sentences, and for the screens of stats and recap. Columns of lists have no thousands separator. */
export function formatNumber(number: number): string {
  return String(Math.round(number)).replace(/\B(?=(\d{3})+(?!\d))/g, ",");
}

/** 56.0% */
export function formatPercent(part: number, whole: number): string {
  return `${(whole === 0 ? 0 : (100 * part) / whole).toFixed(1)}%`;
}

/** "1 record", "2,400 records" */
export function pluralize(number: number, noun: string, plural = `${noun}s`): string {
  return `${formatNumber(number)} ${number === 1 ? noun : plural}`;
}

/** ".90": confidences are written without the zero. */
export function formatConfidence(confidence: number): string {
  return confidence.toFixed(2).replace(/^0/, "");
}

/** "45.1 MB" */
export function formatBytes(bytes: number): string {
  if (bytes < 1_000_000) return `${Math.ceil(bytes / 1000)} kB`;
  return bytes < 1_000_000_000 ? `${(bytes / 1e6).toFixed(1)} MB` : `${(bytes / 1e9).toFixed(2)} GB`;
}

/** The width of a full bar, so that bars of all groups compare. */
export const barWidth = 24;

const eighthBlocks = ["", "▏", "▎", "▍", "▌", "▋", "▊", "▉"];
const levelBlocks = "▁▂▃▄▅▆▇█";
const asciiLevelSigns = ".:-=+*%#";

interface BarOptions {
  readonly width: number;
  readonly unicode: boolean;
}

/** A bar for a share from 0 to 1. A share above 0 always shows. */
export function renderBar(share: number, { width, unicode }: BarOptions): string {
  const within = Math.min(1, Math.max(0, share));
  if (!(within > 0)) return "";
  if (!unicode) return "#".repeat(Math.max(1, Math.round(within * width)));
  const parts = Math.max(1, Math.round(within * width * 8));
  return "█".repeat(Math.floor(parts / 8)) + (eighthBlocks[parts % 8] ?? "");
}

/** One column per amount, from zero up. Zero is a line at the bottom. */
export function renderSparkline(
  amounts: readonly number[],
  { unicode }: Pick<BarOptions, "unicode">,
): string {
  const most = amounts.reduce((highest, amount) => Math.max(highest, amount), 0);
  const glyphs = unicode ? levelBlocks : asciiLevelSigns;
  return amounts
    .map((amount) => (amount <= 0 ? "_" : glyphs.charAt(Math.max(0, Math.round((amount / most) * 8) - 1))))
    .join("");
}
