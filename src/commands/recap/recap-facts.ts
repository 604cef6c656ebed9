// The lines of a recap, for the screen and for Markdown.
import { formatAge, formatLongDay, formatMonth } from "../../output/format-dates.ts";
import { pluralize, formatNumber } from "../../output/format-numbers.ts";
import type { RecapResult } from "../../queries/time/recap.ts";
import { formatPeriod } from "../../output/format-period.ts";

export interface RecapFact {
  /** "" if the fact belongs to the label above. */
  readonly label: string;
  readonly what: string;
  readonly remark?: string;
  /** ", 39 days": how long before the end of the span it was, or before the comeback. */
  readonly age?: string;
  /** A command that shows more. */
  readonly command?: string;
}

/** Items listed under one label; the others are counted. */
const maxItems = 3;

export interface RecapShare {
  readonly label: string;
  readonly plays: number;
  readonly share: string;
  readonly remark: string;
}

/** Empty without plays, or if nobody knows what is owned. */
export function buildShares({ destinations, plays, albums, hasRecords }: RecapResult): RecapShare[] {
  if (plays === 0 || !hasRecords) return [];
  const buildShare = (label: string, part: number, remark = ""): RecapShare => ({
    label,
    plays: part,
    share: `${Math.round((100 * part) / plays)}%`,
    remark,
  });
  const spun = albums.spun === 0 ? "" : `, ${formatNumber(albums.spun)} of them spun`;
  return [
    buildShare(
      "on records you own",
      destinations.owned,
      albums.played === 0 ? "" : `${pluralize(albums.played, "album")}${spun}`,
    ),
    buildShare("on others", destinations.notOwned),
    buildShare("no album tag", destinations.noAlbumTag ?? 0),
  ];
}

function formatName({ artist, title }: { readonly artist: string; readonly title: string }): string {
  return `${artist} · ${title}`;
}

export function buildFacts(answer: RecapResult, typedSpan: string): RecapFact[] {
  const { span, loggedPlays, added: newRecords, toReview, gaps } = answer;
  const logged = { label: "Logged by hand", what: pluralize(loggedPlays, "play") };
  const groups = [
    buildItemFacts("First time ever", answer.firstTimes, (record) => ({
      what: formatName(record),
      ...(record.addedUts === null || record.addedUts > span.toUts
        ? {}
        : buildDateParts("on the shelf since", record.addedUts, formatAge(record.addedUts, span.toUts))),
    })),
    buildItemFacts("Back after years", answer.comebacks, (record) => ({
      what: formatName(record),
      ...(record.lastSpinUts === null || record.comebackUts === null
        ? {}
        : buildDateParts("last spin", record.lastSpinUts, formatAge(record.lastSpinUts, record.comebackUts))),
    })),
    buildItemFacts(
      "Played, not owned",
      gaps.rows,
      (gap) => ({
        what: formatName(gap),
        remark: `${pluralize(gap.plays, "play")}${gap.isWanted ? ", ★ wantlist" : ""}`,
      }),
      { total: gaps.total, command: `rewind gaps --during ${typedSpan}` },
    ),
  ];
  const onShelf = {
    label: "New on the shelf",
    what: `${pluralize(newRecords.records, "record")}, ${formatNumber(newRecords.played)} of them played`,
    command: `rewind xref --added ${typedSpan}`,
  };
  const uncertainMatches = pluralize(toReview, "match", "matches");
  return [
    ...(loggedPlays === 0 ? [] : [logged]),
    ...groups.flat(),
    ...(newRecords.records === 0 ? [] : [onShelf]),
    ...(toReview === 0 ? [] : [{ label: "To review", what: uncertainMatches, command: "rewind review" }]),
  ];
}

function buildDateParts(what: string, uts: number, age: string): Pick<RecapFact, "remark" | "age"> {
  return { remark: `${what} ${formatLongDay(uts)}`, age: `, ${age}` };
}

function buildItemFacts<Item>(
  label: string,
  items: readonly Item[],
  toFact: (item: Item) => Omit<RecapFact, "label">,
  { total = items.length, command }: { readonly total?: number; readonly command?: string } = {},
): RecapFact[] {
  const facts = items
    .slice(0, maxItems)
    .map((item, at) => ({ label: at === 0 ? label : "", ...toFact(item) }));
  const rest = total - facts.length;
  if (rest <= 0) return facts;
  const more = { label: "", what: `and ${formatNumber(rest)} more` };
  return [...facts, command === undefined ? more : { ...more, command }];
}

/** Facts that only a long span has. */
export function buildLongPeriodFacts({ long, hasRecords }: RecapResult): RecapFact[] {
  if (long === null) return [];
  const best = long.months
    .filter(({ plays }) => plays > 0)
    .toSorted((a, b) => b.plays - a.plays)
    .slice(0, 1);
  const streaks = long.longestRow === null ? [] : [long.longestRow];
  return [
    ...best.map(({ fromUts, plays }) => {
      return { label: "Most in a month", what: formatMonth(fromUts), remark: pluralize(plays, "play") };
    }),
    ...streaks.map(({ days, fromUts, lastUts }) => ({
      label: "Longest streak",
      what: pluralize(days, "day"),
      remark: formatPeriod({ fromUts, toUts: null }, lastUts * 1000),
    })),
    ...long.topAlbums.map(({ artist, title, plays, isOwned }, at) => ({
      label: at === 0 ? "Top albums" : "",
      what: `${artist} · ${title ?? ""}`,
      remark: `${pluralize(plays, "play")}${isOwned || !hasRecords ? "" : ", not owned"}`,
    })),
    ...long.topArtists.map(({ artist, plays }, at) => ({
      label: at === 0 ? "Top artists" : "",
      what: artist,
      remark: pluralize(plays, "play"),
    })),
  ];
}
