// The wall: every record a tile, the more it is played the larger or the fuller it is; what was never played is hollow.
import { counted, thousands } from "../../output/numbers.ts";
import { dimensions } from "../../queries/dimensions.ts";
import type { RecordBrief } from "../../queries/record-row.ts";
import type { ReportContents } from "../contents.ts";
import { markup, nothing, text, type Markup } from "../../output/markup.ts";
import { releaseAddress } from "../addresses.ts";
import type { D3 } from "../plots/d3.ts";
import type { Pictures } from "../pictures.ts";
import type { Section } from "./section.ts";

const toneCount = 10;

interface Hanging {
  readonly pictures: Pictures;
  /** What stands before the first sleeve. */
  readonly before: Markup;
}

export function wallSection(d3: D3, contents: ReportContents, hanging: Hanging): Section {
  const { wall, records } = contents;
  const levels = levelsOf(
    d3,
    wall.flatMap((group) => group.records.map(({ playCount }) => playCount)),
  );
  return {
    id: "wall",
    short: "Wall",
    title: "The wall",
    lead: records === 0 ? "No record is left by these filters." : leadOf(contents, levels),
    body: tilesOf(contents, levels, hanging),
  };
}

/** Group by group, some tiles at a time: with covers they are long. */
function* tilesOf(
  { wall, question: { groupBy, wall: form } }: ReportContents,
  levels: Levels,
  { pictures, before }: Hanging,
): Generator<Markup> {
  yield before;
  for (const { part, records } of wall) {
    if (groupBy !== null) {
      const name = text(part ?? dimensions[groupBy].none);
      yield markup`<h3 dir="auto">${name} <small>${text(thousands(records.length))}</small></h3>`;
    }
    yield markup`<ul class="wall ${text(form)}">`;
    for (const record of records) yield tile(record, levels.of(record), pictures);
    yield markup`</ul>`;
  }
}

function leadOf({ records, question, wall }: ReportContents, { least }: Levels): string {
  const never = wall.reduce(
    (sum, group) => sum + group.records.filter((record) => !isPlayed(record)).length,
    0,
  );
  const time = question.filter.during === undefined ? "ever" : "in this time";
  const most = `The ${question.wall === "sized" ? "largest" : "framed ones"} have ${counted(least[3] ?? 1, "play")} and more. `;
  return `${counted(records, "record")}. ${never === records ? "" : most}${never === 0 ? "" : `Hollow: the ${thousands(never)} without a play ${time}.`}`;
}

/** What was noted and never scrobbled has no plays, but a last one. */
function isPlayed({ playCount, lastPlayedUts }: RecordBrief): boolean {
  return playCount > 0 || lastPlayedUts !== null;
}

interface Levels {
  /** 0: hollow. */
  readonly of: (record: RecordBrief) => number;
  /** The least plays of each level, from the first on. */
  readonly least: readonly number[];
}

/** Of the played records: which share of them is less, and how many are at most as large. */
const shares = [
  [0, Infinity],
  [0.5, Infinity],
  [0.86, 60],
  [0.97, 12],
] as const;

function levelsOf({ quantileSorted }: D3, plays: readonly number[]): Levels {
  const sorted = plays.filter((count) => count > 0).toSorted((a, b) => a - b);
  const least = shares.map(([share, most]) =>
    Math.max(1, Math.ceil(quantileSorted(sorted, Math.max(share, 1 - most / sorted.length)) ?? 1)),
  );
  return {
    of: (record) =>
      isPlayed(record)
        ? least.reduce((level, from, at) => (record.playCount >= from ? at + 1 : level), 1)
        : 0,
    least,
  };
}

/** Three elements, five with a picture: a shelf of ten thousand has many. */
function tile(record: RecordBrief, level: number, pictures: Pictures): Markup {
  const { id, releaseId, title, artist, playCount } = record;
  const picture = pictures.of(id);
  const plays = playCount === 0 ? nothing : markup` · ${text(thousands(playCount))}`;
  const name = markup`<b dir="auto">${text(title)}</b>${text(artist)}${plays}`;
  const face =
    picture === undefined ? name : markup`<img alt="" decoding="async" src="${picture}"><span>${name}</span>`;
  return markup`<li class="l${level} n${toneOf(releaseId)}"><a dir="auto" href="${releaseAddress(releaseId)}">${face}</a></li>
`;
}

/** The same on every page. */
function toneOf(releaseId: number): number {
  return (Math.imul(releaseId, 2_654_435_761) >>> 8) % toneCount;
}
