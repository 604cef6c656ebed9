// The wall: a tile per album. The more you play it, the larger or fuller the tile; without plays it is hollow.
import { pluralize, formatNumber } from "../../../output/format-numbers.ts";
import { dimensions } from "../../../queries/statistics/stats-by-dimension.ts";
import { countRecordsOnLines } from "../../../queries/records/xref.ts";
import {
  isPlayed,
  maxStoryTiles,
  type ReportContents,
  type Tile,
  type WallGroup,
} from "../parts/report-contents.ts";
import { markup, emptyMarkup, escapeMarkup, type Markup } from "../../../output/markup.ts";
import { buildReleaseUrl, type Section } from "./section.ts";
import { getTone } from "../parts/style.ts";
import { d3 } from "../plots/figure.ts";
import type { PageCovers } from "../parts/page-covers.ts";

interface WallOptions {
  readonly covers: PageCovers;
  /** Shown before the first cover. */
  readonly before: Markup;
}

export function buildWallSection(contents: ReportContents, hanging: WallOptions): Section {
  const { wall, records } = contents;
  const counts = wall.flatMap((group) => group.records.map(({ playCount }) => playCount));
  const least = computeLevelThresholds(counts.filter((count) => count > 0));
  /** 0: hollow. A record with logged plays only has a last play but no plays. */
  const getLevel = (record: Tile): number =>
    isPlayed(record) ? Math.max(1, d3.bisectRight(least, record.playCount)) : 0;
  return {
    id: "wall",
    navTitle: "Wall",
    title: "The wall",
    lead: records === 0 ? "No record fits these filters." : describeWall(contents, least.at(-1) ?? 1),
    body: renderTiles(contents, getLevel, hanging),
  };
}

/** This many tiles fit on ten screens of a telephone. */
const maxInitialTiles = 100;
const maxInitialGroups = 10;

/** Yields some tiles at a time, because they are long with covers. */
function* renderTiles(
  { wall, question: { groupBy, wall: form } }: ReportContents,
  getLevel: (record: Tile) => number,
  { covers, before }: WallOptions,
): Generator<Markup> {
  const renderList = function* list(records: readonly Tile[]): Generator<Markup> {
    yield markup`<ul class="wall ${escapeMarkup(form)}">`;
    for (const record of records) yield renderTile(record, getLevel(record), covers);
    yield markup`</ul>`;
  };
  const renderHeading = ({ part, records }: WallGroup): Markup => {
    if (groupBy === null) return emptyMarkup;
    const name = escapeMarkup(part ?? dimensions[groupBy].none);
    return markup`<h3 dir="auto">${name} <small>${escapeMarkup(formatNumber(records.length))}</small></h3>`;
  };
  yield before;
  const most = Math.floor(maxInitialTiles / Math.max(1, Math.min(wall.length, maxInitialGroups)));
  for (const group of wall.slice(0, maxInitialGroups)) {
    yield renderHeading(group);
    yield* renderList(group.records.slice(0, most));
    const rest = group.records.slice(most);
    if (rest.length === 0) continue;
    yield renderRestStart(`Show all ${formatNumber(group.records.length)}`);
    yield* renderList(rest);
    yield restEnd;
  }
  if (wall.length <= maxInitialGroups) return;
  yield renderRestStart(`Show all ${formatNumber(wall.length)} parts`);
  for (const group of wall.slice(maxInitialGroups)) {
    yield renderHeading(group);
    yield* renderList(group.records);
  }
  yield restEnd;
}

function renderRestStart(summary: string): Markup {
  return markup`<details class="rest"><summary>${escapeMarkup(summary)}</summary>`;
}

const restEnd = markup`</details>`;

function describeWall({ records, question, wall }: ReportContents, maxPlays: number): string {
  const tiles = wall.flatMap((group) => group.records);
  const never = countRecordsOnLines(tiles.filter((record) => !isPlayed(record)));
  const copies = tiles.length === records ? "" : ", copies of one album on one tile";
  const most = `The ${question.wall === "sized" ? "largest" : "framed ones"} have ${pluralize(maxPlays, "play")} and more. `;
  if (question.filter.during !== undefined) {
    const which = tiles.length < maxStoryTiles ? "" : " most";
    return `${pluralize(tiles.length, "album")} that you played${which}. ${most}`;
  }
  return `${pluralize(records, "record")}${copies}. ${never === records ? "" : most}${never === 0 ? "" : `Hollow: the ${formatNumber(never)} without a play ever.`}`;
}

/** The share of played records below each level, and the largest number of tiles. */
const levelShares = [
  [0, Infinity],
  [0.5, Infinity],
  [0.86, 60],
  [0.97, 12],
] as const;

/** The fewest plays of each level, from level 1 on. */
function computeLevelThresholds(counts: readonly number[]): number[] {
  return levelShares.map(([share, most]) =>
    Math.ceil(d3.quantile(counts, Math.max(share, 1 - most / counts.length)) ?? 1),
  );
}

/** Writes five elements at most, because a shelf may have ten thousand tiles. */
function renderTile(record: Tile, level: number, pictures: PageCovers): Markup {
  const { id, releaseId, title, artist, playCount, copies = 1 } = record;
  const picture = pictures.getCover(id);
  const plays = playCount === 0 ? emptyMarkup : markup` ·&nbsp;${escapeMarkup(formatNumber(playCount))}`;
  const count = copies === 1 ? "" : ` ×${copies}`;
  const name = markup`<b dir="auto">${escapeMarkup(title + count)}</b>${escapeMarkup(artist)}${plays}`;
  const face =
    picture === undefined ? name : markup`<img alt="" decoding="async" src="${picture}"><span>${name}</span>`;
  return markup`<li class="l${level} n${getTone(releaseId)}"><a dir="auto" href="${buildReleaseUrl(releaseId)}">${face}</a></li>
`;
}
