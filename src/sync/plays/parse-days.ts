// Reads days as people write them into a field: one day, or a list, perhaps with other words. A day that could mean
// two days is not read.

/** The part that 3/4/2026 begins with. */
export type SlashOrder = "day first" | "month first";

export interface ParsedDays {
  /** "2026-03-13" */
  readonly days: readonly string[];
  /** Texts that look like a day but are none; the whole text if it has no day. */
  readonly unread: readonly string[];
}

const months = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
const monthWord =
  "(?<month>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)";
const year = String.raw`(?<year>[12]\d{3})`;
const month = String.raw`(?<month>\d{1,2})`;
const day = String.raw`(?<day>\d{1,2})`;
/** Digits before or after it make it no day: 12026-03-131. */
const [before, after] = [String.raw`(?<![\d./-])`, String.raw`(?![\d/-]|\.\d)`];

/** 13/3/2026, 3-13-2026 */
const slashPattern = createPattern(
  String.raw`${before}(?<a>\d{1,2})(?<line>[/-])(?<b>\d{1,2})\k<line>${year}${after}`,
);

const patterns: readonly RegExp[] = [
  // 2026-03-13, 2026/3/13, 2026.3.13
  createPattern(String.raw`${before}${year}(?<line>[-/.])${month}\k<line>${day}${after}`),
  // 20260313
  createPattern(String.raw`${before}${year}(?<month>\d\d)(?<day>\d\d)${after}`),
  // 2026年3月13日
  createPattern(`${year}年${month}月${day}日`),
  // 13.3.2026: with full stops, the day is first everywhere
  createPattern(String.raw`${before}${day}\.\s?${month}\.\s?${year}${after}`),
  slashPattern,
  // 13 March 2026, 13. Mar. 2026, 13th of March, 2026, 13-Mar-2026
  createPattern(
    String.raw`(?<!\d)${day}(?:st|nd|rd|th)?[.,]?[\s-]*(?:of\s+)?${monthWord}\b\.?,?[\s-]*${year}(?!\d)`,
  ),
  // March 13, 2026
  createPattern(String.raw`\b${monthWord}\b\.?\s*${day}(?:st|nd|rd|th)?,?\s+${year}(?!\d)`),
];

/** A row of numbers, written like a day. */
const dayLike = /(?<!\d)\d+(?:\s?[./-]\s?\d+)+|\b\d{6,8}\b/gu;
const timeOfDay = /\b\d{1,2}:\d{2}(?::\d{2})?(?:\.\d+)?\s?(?:[ap]\.?m\.?)?(?:\s?(?:z|[+-]\d{2}:?\d{2}))?/giu;

/** `order`: how to read a day with slashes that is ambiguous. null: such days are not read. */
export function parseDays(text: string, order: SlashOrder | null): ParsedDays {
  const days: string[] = [];
  const unread: string[] = [];
  let rest = normalizeText(text);
  for (const pattern of patterns) {
    for (const { 0: dayText, groups = {} } of rest.matchAll(pattern)) {
      const date = pattern === slashPattern ? toSlashedDay(groups, order) : toDay(groups);
      if (date === null) unread.push(dayText);
      else days.push(date);
    }
    rest = rest.replaceAll(pattern, " ");
  }
  unread.push(...(rest.replaceAll(timeOfDay, " ").match(dayLike) ?? []));
  if (days.length === 0 && unread.length === 0 && text.trim() !== "") unread.push(text.trim());
  return { days, unread };
}

/** Finds the order from the unambiguous days of a field. Returns null if there are none, or if they disagree. */
export function detectSlashOrder(texts: Iterable<string>): SlashOrder | null {
  const orders = new Set<SlashOrder>();
  for (const text of texts) {
    for (const { groups = {} } of normalizeText(text).matchAll(slashPattern)) {
      const [a, b] = [Number(groups["a"]), Number(groups["b"])];
      if (a > 12 && a <= 31 && b <= 12) orders.add("day first");
      if (b > 12 && b <= 31 && a <= 12) orders.add("month first");
    }
  }
  const [order = null] = orders;
  return orders.size === 1 ? order : null;
}

function createPattern(pattern: string): RegExp {
  return new RegExp(pattern, "giu");
}

/** Uses one kind of hyphen and one kind of digit. */
function normalizeText(text: string): string {
  return text.normalize("NFKC").replaceAll(/[‐-―−]/gu, "-");
}

type Groups = Readonly<Record<string, string | undefined>>;

function toDay(groups: Groups): string | null {
  const monthText = groups["month"] ?? "";
  const monthIndex = months.indexOf(monthText.slice(0, 3).toLowerCase());
  return formatCalendarDay(
    Number(groups["year"]),
    monthIndex === -1 ? Number(monthText) : monthIndex + 1,
    Number(groups["day"]),
  );
}

function toSlashedDay(groups: Groups, order: SlashOrder | null): string | null {
  const [a, b, ofYear] = [Number(groups["a"]), Number(groups["b"]), Number(groups["year"])];
  if (a > 12 || a === b || (b <= 12 && order === "day first")) return formatCalendarDay(ofYear, b, a);
  return b > 12 || order === "month first" ? formatCalendarDay(ofYear, a, b) : null;
}

function formatCalendarDay(ofYear: number, ofMonth: number, ofDay: number): string | null {
  const date = new Date(Date.UTC(ofYear, ofMonth - 1, ofDay));
  const isReal = date.getUTCMonth() === ofMonth - 1 && date.getUTCDate() === ofDay;
  return isReal ? date.toISOString().slice(0, 10) : null;
}
