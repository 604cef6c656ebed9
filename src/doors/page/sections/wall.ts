// The wall: a tile per album. The more you play it, the larger or fuller the tile; without plays it is hollow.
import { counted, thousands } from "../../../output/number-text.ts";
import { dimensions } from "../../../queries/figures/breakdown.ts";
import { recordsOn } from "../../../queries/records/xref.ts";
import type { ReportContents, Tile, WallGroup } from "../parts/contents.ts";
import { markup, nothing, text, type Markup } from "../../../output/markup.ts";
import { releaseAddress, type Section } from "./section.ts";
import { d3 } from "../plots/figure.ts";
import type { Pictures } from "../parts/pictures.ts";

const toneCount = 10;

interface Hanging {
  readonly pictures: Pictures;
  /** Shown before the first sleeve. */
  readonly before: Markup;
}

export function wallSection(contents: ReportContents, hanging: Hanging): Section {
  const { wall, records } = contents;
  const counts = wall.flatMap((group) => group.records.map(({ playCount }) => playCount));
  const least = leastPlays(counts.filter((count) => count > 0));
  /** 0: hollow. A record with logged plays only has a last play but no plays. */
  const levelOf = (record: Tile): number =>
    isPlayed(record) ? Math.max(1, d3.bisectRight(least, record.playCount)) : 0;
  return {
    id: "wall",
    short: "Wall",
    title: "The wall",
    lead: records === 0 ? "No record fits these filters." : leadOf(contents, least.at(-1) ?? 1),
    body: tilesOf(contents, levelOf, hanging),
  };
}

/** This many tiles fit on ten screens of a telephone. */
const firstTiles = 100;
const firstGroups = 10;

/** Yields some tiles at a time, because they are long with covers. */
function* tilesOf(
  { wall, question: { groupBy, wall: form } }: ReportContents,
  levelOf: (record: Tile) => number,
  { pictures, before }: Hanging,
): Generator<Markup> {
  const list = function* list(records: readonly Tile[]): Generator<Markup> {
    yield markup`<ul class="wall ${text(form)}">`;
    for (const record of records) yield tile(record, levelOf(record), pictures);
    yield markup`</ul>`;
  };
  const heading = ({ part, records }: WallGroup): Markup => {
    if (groupBy === null) return nothing;
    const name = text(part ?? dimensions[groupBy].none);
    return markup`<h3 dir="auto">${name} <small>${text(thousands(records.length))}</small></h3>`;
  };
  yield before;
  const most = Math.floor(firstTiles / Math.max(1, Math.min(wall.length, firstGroups)));
  for (const group of wall.slice(0, firstGroups)) {
    yield heading(group);
    yield* list(group.records.slice(0, most));
    const rest = group.records.slice(most);
    if (rest.length === 0) continue;
    yield restStart(`Show all ${thousands(group.records.length)}`);
    yield* list(rest);
    yield restEnd;
  }
  if (wall.length <= firstGroups) return;
  yield restStart(`Show all ${thousands(wall.length)} parts`);
  for (const group of wall.slice(firstGroups)) {
    yield heading(group);
    yield* list(group.records);
  }
  yield restEnd;
}

function restStart(summary: string): Markup {
  return markup`<details class="rest"><summary>${text(summary)}</summary>`;
}

const restEnd = markup`</details>`;

function leadOf({ records, question, wall }: ReportContents, mostPlayed: number): string {
  const tiles = wall.flatMap((group) => group.records);
  const never = recordsOn(tiles.filter((record) => !isPlayed(record)));
  const time = question.filter.during === undefined ? "ever" : "in this time";
  const most = `The ${question.wall === "sized" ? "largest" : "framed ones"} have ${counted(mostPlayed, "play")} and more. `;
  const copies = tiles.length === records ? "" : `, copies of one album on one tile`;
  return `${counted(records, "record")}${copies}. ${never === records ? "" : most}${never === 0 ? "" : `Hollow: the ${thousands(never)} without a play ${time}.`}`;
}

function isPlayed({ playCount, lastPlayedUts }: Tile): boolean {
  return playCount > 0 || lastPlayedUts !== null;
}

/** For each level, the share of played records below it, and the largest number of tiles. */
const shares = [
  [0, Infinity],
  [0.5, Infinity],
  [0.86, 60],
  [0.97, 12],
] as const;

/** The fewest plays of each level, from level 1 on. */
function leastPlays(counts: readonly number[]): number[] {
  return shares.map(([share, most]) =>
    Math.ceil(d3.quantile(counts, Math.max(share, 1 - most / counts.length)) ?? 1),
  );
}

/** At most five elements, because a shelf may have ten thousand tiles. */
function tile(record: Tile, level: number, pictures: Pictures): Markup {
  const { id, releaseId, title, artist, playCount, copies = 1 } = record;
  const picture = pictures.of(id);
  const plays = playCount === 0 ? nothing : markup` ·&nbsp;${text(thousands(playCount))}`;
  const count = copies === 1 ? "" : ` ×${copies}`;
  const name = markup`<b dir="auto">${text(title + count)}</b>${text(artist)}${plays}`;
  const face =
    picture === undefined ? name : markup`<img alt="" decoding="async" src="${picture}"><span>${name}</span>`;
  return markup`<li class="l${level} n${toneOf(releaseId)}"><a dir="auto" href="${releaseAddress(releaseId)}">${face}</a></li>
`;
}

/** The same on every page. */
function toneOf(releaseId: number): number {
  return (Math.imul(releaseId, 2_654_435_761) >>> 8) % toneCount;
}
