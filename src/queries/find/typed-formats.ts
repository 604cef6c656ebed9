// Formats as people type them: 2×LP, 2 x lp, 2lp and double lp; 7", 7in and seven inch; tape and mc.

/** A format among typed words. */
export interface TypedFormat {
  /** The words as they were typed: "2 lp" */
  readonly text: string;
  /** The part without a count: "lp". */
  readonly noun: string;
  /** The number or the word in front, or "". */
  readonly count: string;
}

const inch = String.raw`(?:\s*["″”“＂]|\s*['’′´]{2}|in|[\s-]*inch(?:es)?)`;
const sizes = new Map([
  ["seven", "7"],
  ["ten", "10"],
  ["twelve", "12"],
]);
const counts = new Map([
  ["dbl", "2"],
  ["double", "2"],
  ["triple", "3"],
  ["quadruple", "4"],
]);

/** One spelling of each medium, with the others. */
const media: readonly (readonly [word: string, spellings: string])[] = [
  ["lp", "lps?|long[ -]?players?"],
  ["vinyl", "vinyls?"],
  ["cd", "cds?|compact discs?"],
  ["ep", "eps?"],
  ["cassette", "cassettes?|cass|tape|mc|k7|musicassettes?"],
  ["box", "box(?:ed)?[ -]?sets?|box"],
  ["8track", "8[ -]?tra?c?k"],
  ["minidisc", "mini-?discs?|md"],
  ["sacd", "sacds?"],
  ["dvd", "dvds?"],
];
/** Words that mean a format only after a count. */
const discs = "discs?|disks?|albums?|records?";

const medium = media.map(([, spellings]) => spellings).join("|");
const typedFormat = new RegExp(
  String.raw`(?<![\p{L}\p{N}])(?:` +
    String.raw`(?<count>\d{1,2}|double|dbl|triple|quadruple)(?:\s*[x×]\s*|[\s-]+|(?=\D))(?<counted>${medium}|${discs}|(?:7|10|12)${inch})` +
    String.raw`|(?<times>\d{1,2})\s*[x×]\s*(?<size>7|10|12)` +
    String.raw`|(?<single>${medium}|(?:7|10|12|seven|ten|twelve)${inch}))(?![\p{L}\p{N}])`,
  "giu",
);

/** The formats in a text, and the rest of it: with their counts, which may be titles, and without. */
export function splitTypedFormats(text: string) {
  const formats: TypedFormat[] = [];
  const withCounts = text.replace(typedFormat, (...match: unknown[]) => {
    const groups = match.at(-1) as Record<string, string | undefined>;
    const noun = groups["counted"] ?? groups["size"] ?? groups["single"] ?? "";
    const count = groups["count"] ?? groups["times"] ?? "";
    formats.push({ text: String(match[0]).trim(), noun, count });
    return ` ${count} `;
  });
  return { withCounts, rest: text.replace(typedFormat, " "), formats };
}

/** The spelling by which a typed word is compared with the facts about a copy: "2 lp" is "2lp". Other words are unchanged. */
export function toFormatWord(word: string): string {
  const [format] = splitTypedFormats(word).formats;
  if (format === undefined || format.text !== word) return word;
  const count = Number(counts.get(format.count.toLowerCase()) ?? format.count);
  return `${count > 1 ? count : ""}${toMediumWord(format.noun.toLowerCase())}`;
}

const mediumPatterns = media.map(([word, spellings]) => [word, new RegExp(`^(?:${spellings})$`)] as const);

function toMediumWord(noun: string): string {
  const [size] = /^(?:7|10|12|seven|ten|twelve)/.exec(noun) ?? [];
  if (size !== undefined) return `${sizes.get(size) ?? size}inch`;
  return mediumPatterns.find(([, pattern]) => pattern.test(noun))?.[0] ?? "disc";
}

const records: readonly string[] = ["lp", "vinyl", "7inch", "10inch", "12inch"];

/** The words that a form is typed by: 2×LP is "2lp", "2vinyl", "2disc" and "double". */
export function listFormWords(form: string): readonly string[] {
  const [, count = "1", noun = form] = /^(\d+)×(.+)$/.exec(form) ?? [];
  const word = toFormatWord(noun.toLowerCase());
  if (count === "1") return [word];
  // A double album on two 12" records is a double LP.
  const other = word === "lp" ? "12inch" : word === "12inch" ? "lp" : word;
  const nouns = new Set([word, other, "disc", ...(records.includes(word) ? ["vinyl"] : [])]);
  const names = [...counts].flatMap(([name, number]) => (number === count ? [name] : []));
  return [word, ...names, ...Array.from(nouns, (each) => `${count}${each}`)];
}
