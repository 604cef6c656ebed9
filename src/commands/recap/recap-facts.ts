// The lines of a recap, for the screen and for Markdown.
import { daySeconds } from "../../model/times.ts";
import { age, localDayInWords, monthInWords, weekdayInWords } from "../../output/dates.ts";
import { counted, thousands } from "../../output/number-text.ts";
import type { ClosedSpan } from "../../queries/conditions/span.ts";
import { countDays, type RecapAnswer, type RecapRecord } from "../../queries/time/recap.ts";
import { spanInWords } from "../shared/listing/times-in-words.ts";

export interface RecapFact {
  /** "" if the fact belongs to the label above. */
  readonly label: string;
  readonly what: string;
  readonly remark?: string;
  /** Follows the remark if the screen is wide enough. */
  readonly aside?: string;
  /** A command that shows more. */
  readonly command?: string;
}

/** Items listed under one label; the others are counted. */
const mostItems = 3;

export interface RecapShare {
  readonly label: string;
  readonly plays: number;
  readonly share: string;
  readonly remark: string;
}

export function sharesOf({ destinations, plays, albums }: RecapAnswer): RecapShare[] {
  const shareOf = (label: string, part: number, remark = ""): RecapShare => ({
    label,
    plays: part,
    share: `${plays === 0 ? 0 : Math.round((100 * part) / plays)}%`,
    remark,
  });
  const spun = albums.spun === 0 ? "" : `, ${thousands(albums.spun)} of them spun`;
  return [
    shareOf(
      "on records you own",
      destinations.owned,
      albums.played === 0 ? "" : `${counted(albums.played, "album")}${spun}`,
    ),
    shareOf("on others", destinations.notOwned),
    shareOf("no album tag", destinations.noAlbumTag ?? 0),
  ];
}

function nameOf({ artist, title }: { readonly artist: string; readonly title: string }): string {
  return `${artist} · ${title}`;
}

export function factsOf(answer: RecapAnswer, typedSpan: string): RecapFact[] {
  const { span, notedPlays, added: newRecords, doubts, gaps } = answer;
  const logged = { label: "Logged by hand", what: counted(notedPlays, "play") };
  const groups = [
    itemFacts("First time ever", answer.firstTimes, (record) => ({
      what: nameOf(record),
      ...shelfRemark(record, span.toUts),
    })),
    itemFacts("Back after years", answer.comebacks, (record) => ({
      what: nameOf(record),
      ...(record.lastSpinUts === null ? {} : datedRemark("last spin", record.lastSpinUts, span.toUts)),
    })),
    itemFacts(
      "Played, not owned",
      gaps.rows,
      (gap) => ({
        what: nameOf(gap),
        remark: `${counted(gap.plays, "play")}${gap.isWanted ? ", ★ wantlist" : ""}`,
      }),
      { total: gaps.total, command: `rewind gaps --during ${typedSpan}` },
    ),
  ];
  const onShelf = {
    label: "New on the shelf",
    what: `${counted(newRecords.records, "record")}, ${thousands(newRecords.played)} of them played`,
    command: `rewind xref --added ${typedSpan}`,
  };
  const toSettle = counted(doubts, "doubtful match", "doubtful matches");
  return [
    ...(notedPlays === 0 ? [] : [logged]),
    ...groups.flat(),
    ...(newRecords.records === 0 ? [] : [onShelf]),
    ...(doubts === 0 ? [] : [{ label: "To settle", what: toSettle, command: "rewind review" }]),
  ];
}

type Remark = Pick<RecapFact, "remark" | "aside">;

function shelfRemark({ addedUts }: RecapRecord, nowUts: number): Remark {
  return addedUts === null || addedUts > nowUts ? {} : datedRemark("on the shelf since", addedUts, nowUts);
}

/** "last spin 2 Feb 2026", and how long ago that is. */
function datedRemark(what: string, uts: number, nowUts: number): Remark {
  return { remark: `${what} ${localDayInWords(uts)}`, aside: `, ${age(nowUts - uts)}` };
}

function itemFacts<Item>(
  label: string,
  items: readonly Item[],
  factOf: (item: Item) => Omit<RecapFact, "label">,
  { total = items.length, command }: { readonly total?: number; readonly command?: string } = {},
): RecapFact[] {
  const facts = items
    .slice(0, mostItems)
    .map((item, at) => ({ label: at === 0 ? label : "", ...factOf(item) }));
  const rest = total - facts.length;
  if (rest <= 0) return facts;
  const more = { label: "", what: `and ${thousands(rest)} more` };
  return [...facts, command === undefined ? more : { ...more, command }];
}

/** Facts that only a long span has. */
export function longFacts({ long }: RecapAnswer): RecapFact[] {
  if (long === null) return [];
  const best = long.months
    .toSorted((a, b) => b.plays - a.plays)
    .filter(({ plays }) => plays > 0)
    .slice(0, 1);
  const streaks = long.longestRow === null ? [] : [long.longestRow];
  return [
    ...best.map(({ fromUts, plays }) => {
      return { label: "Most in a month", what: monthInWords(fromUts), remark: counted(plays, "play") };
    }),
    ...streaks.map(({ days, fromUts, lastUts }) => {
      const rest = days === 1 ? "" : ` to ${localDayInWords(lastUts)}`;
      const remark = `${localDayInWords(fromUts)}${rest}`;
      return { label: "Longest streak", what: counted(days, "day"), remark };
    }),
    ...long.topAlbums.map(({ artist, title, plays, isOwned }, at) => ({
      label: at === 0 ? "Top albums" : "",
      what: `${artist} · ${title ?? ""}`,
      remark: `${counted(plays, "play")}${isOwned ? "" : ", not owned"}`,
    })),
    ...long.topArtists.map(({ artist, plays }, at) => ({
      label: at === 0 ? "Top artists" : "",
      what: artist,
      remark: counted(plays, "play"),
    })),
  ];
}

/** "2025", "Mar 2026", "Sat 7 to Fri 13 Mar 2026", "1 Jan 2025 to 3 Mar 2026" */
export function spanTitle(span: ClosedSpan): string {
  const [first, last] = [new Date(span.fromUts * 1000), new Date((span.toUts - 1) * 1000)];
  const end = new Date(span.toUts * 1000);
  const isMonthsLong = isMidnight(first) && isMidnight(end) && first.getDate() === 1 && end.getDate() === 1;
  const months = (end.getFullYear() - first.getFullYear()) * 12 + end.getMonth() - first.getMonth();
  if (isMonthsLong && months === 12 && first.getMonth() === 0) return String(first.getFullYear());
  if (isMonthsLong && months === 1) return monthInWords(first.getTime() / 1000);
  if (span.toUts - span.fromUts > 32 * daySeconds) return spanInWords(span, span.toUts * 1000);
  const lastDay = weekdayInWords(span.toUts - 1, "year");
  const isOneYear = first.getFullYear() === last.getFullYear();
  const isOneMonth = isOneYear && first.getMonth() === last.getMonth();
  if (isOneMonth && first.getDate() === last.getDate()) return lastDay;
  const firstDay = weekdayInWords(span.fromUts, isOneMonth ? "day" : isOneYear ? "month" : "year");
  return `${firstDay} to ${lastDay}`;
}

function isMidnight(date: Date): boolean {
  return date.getHours() === 0 && date.getMinutes() === 0 && date.getSeconds() === 0;
}

/** "your usual week", "usual for 12 days" */
export function usualTitle(span: ClosedSpan): string {
  const days = countDays(span);
  if (days <= 1) return "your usual day";
  if (days === 7) return "your usual week";
  // A month or a year that is not over is not compared with a whole one.
  const isWhole = isMidnight(new Date(span.toUts * 1000));
  if (isWhole && days >= 28 && days <= 31) return "your usual month";
  return isWhole && (days === 365 || days === 366) ? "your usual year" : `usual for ${days} days`;
}
