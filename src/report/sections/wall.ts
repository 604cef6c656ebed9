// The wall: every record a tile, the more it is played the larger or the fuller it is; what was never played is hollow.
import { counted, thousands } from "../../output/numbers.ts";
import { dimensions } from "../../queries/dimensions.ts";
import type { RecordBrief } from "../../queries/record-row.ts";
import type { ReportContents } from "../contents.ts";
import { markup, nothing, text, type Markup } from "../../output/markup.ts";
import { releaseAddress } from "../addresses.ts";
import type { D3 } from "../plots/d3.ts";
import type { Section } from "./section.ts";

/** What stands on a tile in place of its colour, as the address of an image within the page. */
export type Pictures = (releaseId: number) => Markup | undefined;

const toneCount = 10;

export function wallSection(d3: D3, contents: ReportContents, pictures: Pictures): Section {
  const { wall, question, records } = contents;
  const { groupBy, wall: form } = question;
  const levels = levelsOf(
    d3,
    wall.flatMap((group) => group.records.map(({ playCount }) => playCount)),
  );
  const groups = wall.map(({ part, records: ofGroup }) => {
    const heading =
      groupBy === null
        ? nothing
        : markup`<h3 dir="auto">
            ${text(part ?? dimensions[groupBy].none)} <small>${thousandsOf(ofGroup.length)}</small>
          </h3>`;
    const tiles = ofGroup.map((record) => tile(record, levels.of(record.playCount), pictures));
    return markup`${heading}
      <ul class="wall ${text(form)}">
        ${tiles}
      </ul> `;
  });
  return {
    id: "wall",
    short: "Wall",
    title: "The wall",
    lead: records === 0 ? "No record is left by these filters." : leadOf(contents, levels),
    body: markup`${groups}`,
  };
}

function thousandsOf(count: number): Markup {
  return text(thousands(count));
}

function leadOf({ records, question, wall }: ReportContents, { least }: Levels): string {
  const never = wall.reduce(
    (sum, group) => sum + group.records.filter(({ playCount }) => playCount === 0).length,
    0,
  );
  const most = `The ${question.wall === "sized" ? "largest" : "framed ones"} have ${counted(least[3] ?? 1, "play")} and more. `;
  return `${counted(records, "record")}. ${never === records ? "" : most}${never === 0 ? "" : `Hollow: the ${thousands(never)} without a scrobble.`}`;
}

interface Levels {
  readonly of: (plays: number) => number;
  /** The least plays of each level, from the first on. */
  readonly least: readonly number[];
}

const shares = [0, 0.5, 0.86, 0.97] as const;

function levelsOf({ quantileSorted }: D3, plays: readonly number[]): Levels {
  const sorted = plays.filter((count) => count > 0).toSorted((a, b) => a - b);
  const least = shares.map((share) => Math.max(1, Math.ceil(quantileSorted(sorted, share) ?? 1)));
  return {
    of: (count) => (count === 0 ? 0 : least.reduce((level, from, at) => (count >= from ? at + 1 : level), 1)),
    least,
  };
}

/** Three elements, four with a picture: a shelf of ten thousand has many. */
function tile(
  { releaseId, title, artist, playCount }: RecordBrief,
  level: number,
  pictures: Pictures,
): Markup {
  const picture = pictures(releaseId);
  const image = picture === undefined ? nothing : markup`<img alt="" src="${picture}" />`;
  const tone = toneOf(releaseId);
  const plays = playCount === 0 ? nothing : markup` · ${text(thousands(playCount))}`;
  return markup`<li class="l${level} n${tone}">
    <a dir="auto" href="${releaseAddress(releaseId)}"
      >${image}<b dir="auto">${text(title)}</b>${text(artist)}${plays}</a
    >
  </li> `;
}

/** The same on every page. */
function toneOf(releaseId: number): number {
  return (Math.imul(releaseId, 2_654_435_761) >>> 8) % toneCount;
}
