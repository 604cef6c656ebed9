// Time spans, years and last plays in words, for screens.

import { formatLongAge, formatLongDay } from "../../../output/format-dates.ts";
import type { PickRow } from "../../../queries/albums/pick.ts";
import type { Range } from "../../../queries/conditions/range.ts";
import { pluralize } from "../../../output/format-numbers.ts";
import { joinParts } from "../../../output/paragraph.ts";

/** "5+", "up to 3", "1 to 3", "4" */
export function formatRange({ min, max }: Range): string {
  if (max === null) return `${min ?? 0}+`;
  if (min === max) return String(max);
  return min === null ? `up to ${max}` : `${min} to ${max}`;
}

/** "1997", "1997 (first 1959)" or "first 1959": the pressing's year and, if it differs, the album's. */
export function formatYears({
  year,
  originalYear,
}: {
  readonly year: number | null;
  readonly originalYear: number | null;
}): string {
  if (originalYear === null || originalYear === year) return year === null ? "" : String(year);
  return year === null ? `first ${originalYear}` : `${year} (first ${originalYear})`;
}

/** ["402 plays", "66 spins", "last 15 Jan 2026"]. Spins are left out if they are not known. */
export function listPlayFacts(plays: number, spins: number | null, lastUts: number | null): string[] {
  return [
    plays === 0 ? "" : pluralize(plays, "play"),
    spins === null ? "" : pluralize(spins, "spin"),
    lastUts === null ? "" : `last ${formatLongDay(lastUts)}`,
  ].filter((fact) => fact !== "");
}

/** The facts about an album that its reasons are made of. */
type PickFacts = PickRow["album"];

/** "23 spins, most of them in 2015; the last on 3 Nov 2023, 2 years 4 months ago." */
export function explainPickInFull(facts: PickFacts, nowUts: number): string {
  const { playCount, loggedPlays, spins, lastUts, addedUts, yearOfMostSpins: year } = facts;
  if (playCount + loggedPlays === 0) {
    const since = addedUts === null ? "" : `, on the shelf since ${formatLongDay(addedUts)}`;
    return `Never played${since}.`;
  }
  const times = formatPlayCount(facts);
  if (lastUts === null) return `${times}.`;
  const isOtherYear = spins !== null && spins > 2 && year !== new Date(lastUts * 1000).getFullYear();
  const most = year !== null && isOtherYear ? `, most of them in ${year}` : "";
  return `${times}${most}; the last on ${formatLongDay(lastUts)}, ${formatAgo(lastUts, nowUts)}.`;
}

/** "rated 5, last 1 year 9 months ago" */
export function explainPickBriefly(facts: PickFacts, nowUts: number): string {
  const { playCount, loggedPlays, lastUts, addedUts, rating } = facts;
  const rated = rating >= 4 ? `rated ${rating}` : "";
  if (playCount + loggedPlays === 0) {
    const owned = addedUts === null ? "" : `owned ${formatLongAge(addedUts, nowUts)}`;
    return joinParts(["never played", rated || owned], ", ");
  }
  const last = lastUts === null ? "" : `last ${formatAgo(lastUts, nowUts)}`;
  return joinParts([rated || formatPlayCount(facts), last], ", ");
}

/** Spins if they are known, else plays, else logged plays. */
function formatPlayCount({ playCount, loggedPlays, spins }: PickFacts): string {
  if (spins !== null && spins > 0) return pluralize(spins, "spin");
  return playCount > 0 ? pluralize(playCount, "play") : pluralize(loggedPlays, "logged play");
}

function formatAgo(uts: number, nowUts: number): string {
  const words = formatLongAge(uts, nowUts);
  return words === "today" ? words : `${words} ago`;
}
