// The lines of a recap, for the screen and for Markdown.
import { formatAge, formatDuration, formatLongDay, formatMonth } from "../../output/format-dates.ts";
import { pluralize, formatNumber } from "../../output/format-numbers.ts";
import { joinParts } from "../../output/paragraph.ts";
import type { RecapResult } from "../../queries/time/recap.ts";
import {
  describeEarlierPlays,
  formatHour,
  formatPeriod,
  nameEarlierPeriod,
  weekdayNames,
} from "../../output/format-period.ts";

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
  const albumCounts = joinParts(
    [
      pluralize(albums.played, "album"),
      albums.spun === 0 ? "" : `${formatNumber(albums.spun)} of them spun`,
      // Plays of these are not among the plays of this line.
      albums.onlyLogged === 0 ? "" : `${formatNumber(albums.onlyLogged)} only logged`,
    ],
    ", ",
  );
  return [
    buildShare("on records you own", destinations.owned, albums.played === 0 ? "" : albumCounts),
    buildShare("on others", destinations.notOwned),
    buildShare("no album tag", destinations.noAlbumTag ?? 0),
  ];
}

function formatName({ artist, title }: { readonly artist: string; readonly title: string }): string {
  return `${artist} · ${title}`;
}

/** The records that the span was about. */
export function buildShelfFacts(answer: RecapResult, typedSpan: string): RecapFact[] {
  const { span, loggedPlays, added: newRecords, toReview, gaps, topRecord, bestPurchase, sealed } = answer;
  const { unit } = answer;
  const groups = [
    buildItemFacts(
      unit === null ? "Most played record" : `Record of the ${unit}`,
      topRecord === null ? [] : [topRecord],
      (record) => ({
        what: formatName(record),
        remark: record.plays === 0 ? "" : pluralize(record.plays, "play"),
      }),
    ),
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
  const added = [
    {
      label: "New on the shelf",
      what: `${pluralize(newRecords.records, "record")}, ${formatNumber(newRecords.played)} of them played`,
      command: `rewind xref --added ${typedSpan}`,
    },
    ...buildItemFacts("Best purchase", bestPurchase === null ? [] : [bestPurchase], (record) => ({
      what: formatName(record),
      remark: `${pluralize(record.plays, "play")} since ${formatLongDay(record.addedUts ?? span.fromUts)}`,
    })),
    ...buildItemFacts("Still sealed", sealed.rows, (record) => ({ what: formatName(record) }), {
      total: sealed.total,
      command: `rewind xref --never --added ${typedSpan}`,
    }),
  ];
  const uncertainMatches = pluralize(toReview, "match", "matches");
  return [
    ...(loggedPlays === 0 ? [] : [{ label: "Logged by hand", what: pluralize(loggedPlays, "play") }]),
    ...groups.flat(),
    ...(newRecords.records === 0 ? [] : added),
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

/** How much was heard, when, and what most. */
export function buildListeningFacts(answer: RecapResult): RecapFact[] {
  const { previous, heard, listened, busiestDay, longestRow, discoveries, rhythm } = answer;
  if (answer.plays === 0) return [];
  const maxTop = answer.months === null ? maxItems : Infinity;
  const month = findLargest(answer.months ?? []);
  const weekday = findLargest(rhythm.weekdays.map((plays, at) => ({ plays, name: `${weekdayNames[at]}s` })));
  const hour = findLargest(rhythm.hours.map((plays, at) => ({ plays, name: formatHour(at) })));
  const facts: (RecapFact | undefined)[] = [
    previous === null || previous.plays === 0
      ? undefined
      : {
          label: nameEarlierPeriod(answer.unit),
          what: pluralize(previous.plays, "play"),
          remark: describeEarlierPlays(answer.plays, previous),
        },
    {
      label: "Heard",
      what: `${pluralize(heard.artists, "artist")}, ${pluralize(heard.albums, "album")}, ${pluralize(heard.songs, "song")}`,
    },
    listened.plays === 0
      ? undefined
      : {
          label: "Listening time",
          what: formatDuration(listened.seconds),
          remark: `of ${pluralize(listened.plays, "play")} with a known length`,
        },
    listened.plays === 0 || listened.fetchablePlays === 0
      ? undefined
      : {
          label: "",
          what: `and ${pluralize(listened.fetchablePlays, "play")} without a tracklist yet`,
          command: "rewind sync --tracklists",
        },
    weekday && { label: "Mostly on", what: weekday.name, remark: pluralize(weekday.plays, "play") },
    hour && { label: "Mostly at", what: hour.name, remark: pluralize(hour.plays, "play") },
    busiestDay === null
      ? undefined
      : {
          label: "Busiest day",
          what: formatLongDay(busiestDay.fromUts),
          remark: pluralize(busiestDay.plays, "play"),
        },
    month && {
      label: "Most in a month",
      what: formatMonth(month.fromUts),
      remark: pluralize(month.plays, "play"),
    },
    longestRow === null
      ? undefined
      : {
          label: "Longest streak",
          what: pluralize(longestRow.days, "day"),
          remark: formatPeriod({ fromUts: longestRow.fromUts, toUts: null }, longestRow.lastUts * 1000),
        },
    ...listTop("Top albums", answer.topAlbums.slice(0, maxTop), answer.hasRecords),
    ...listTop("Top artists", answer.topArtists.slice(0, maxTop), false),
    ...listTop("Top songs", answer.topSongs.slice(0, maxTop), answer.hasRecords),
    ...(discoveries === null || discoveries.artists === 0
      ? []
      : [
          {
            label: "New artists",
            what: formatNumber(discoveries.artists),
            remark: discoveries.stayed === 0 ? "" : `${formatNumber(discoveries.stayed)} of them stayed`,
          },
          ...discoveries.rows.slice(0, maxItems).map(({ artist, plays, hasStayed }) => ({
            label: "",
            what: artist,
            remark: `${pluralize(plays, "play")}${hasStayed ? ", stayed" : ""}`,
          })),
        ]),
  ];
  return facts.filter((fact) => fact !== undefined);
}

/** The first of equals; undefined if none has a play. */
function findLargest<Row extends { readonly plays: number }>(rows: readonly Row[]): Row | undefined {
  const [most] = rows.filter(({ plays }) => plays > 0).toSorted((a, b) => b.plays - a.plays);
  return most;
}

interface TopRow {
  readonly artist: string;
  /** "" for an artist. */
  readonly title: string;
  readonly plays: number;
  readonly isOwned: boolean;
}

/** `tellsOwned`: says of each row that is not owned that it is not. */
function listTop(label: string, rows: readonly TopRow[], tellsOwned: boolean): RecapFact[] {
  return rows.map(({ artist, title, plays, isOwned }, at) => ({
    label: at === 0 ? label : "",
    what: title === "" ? artist : formatName({ artist, title }),
    remark: `${pluralize(plays, "play")}${isOwned || !tellsOwned ? "" : ", not owned"}`,
  }));
}
