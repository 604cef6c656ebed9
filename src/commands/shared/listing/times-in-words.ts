// Time spans, years and last plays in words, for screens.

import { ageInWords, localDayInWords } from "../../../output/dates.ts";
import type { Span } from "../../../queries/conditions/span.ts";
import { counted } from "../../../output/number-text.ts";

/** The first and the last day of a span. */
export function spanInWords({ fromUts, toUts }: Span, nowMs: number): string {
  const last = localDayInWords(toUts === null ? Math.floor(nowMs / 1000) : toUts - 1);
  const first = fromUts === null ? "the beginning" : localDayInWords(fromUts);
  return first === last ? first : `${first} to ${last}`;
}

/** "1997", "1997 (first 1959)" or "first 1959": the pressing's year and, if it differs, the album's. */
export function yearsInWords({
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
export function playFacts(plays: number, spins: number | null, lastUts: number | null): string[] {
  return [
    plays === 0 ? "" : counted(plays, "play"),
    spins === null ? "" : counted(spins, "spin"),
    lastUts === null ? "" : `last ${localDayInWords(lastUts)}`,
  ].filter((fact) => fact !== "");
}

interface Reasons {
  readonly playCount: number;
  readonly notedPlays: number;
  readonly spins: number | null;
  readonly lastSpinUts: number | null;
  readonly lastUts: number | null;
  readonly addedUts: number | null;
  readonly rating: number;
  readonly yearOfMostSpins: number | null;
}

/** "23 spins, most of them in 2015; the last on 3 Nov 2023, 2 years 4 months ago." */
export function whyInFull(facts: Reasons, nowUts: number): string {
  const { playCount, notedPlays, spins, lastUts, addedUts, yearOfMostSpins } = facts;
  if (playCount + notedPlays === 0) {
    const since = addedUts === null ? "" : `, on the shelf since ${localDayInWords(addedUts)}`;
    return `Never scrobbled${since}.`;
  }
  const isSpun = spins !== null && spins > 0;
  const times = timesInWords(facts);
  if (lastUts === null) return `${times}.`;
  const last = `${localDayInWords(lastUts)}, ${ago(nowUts - lastUts)}`;
  if (isSpun && spins === 1) return `1 spin, on ${last}.`;
  const most =
    isSpun && yearOfMostSpins !== null && spins > 2
      ? yearOfMostSpins === new Date(lastUts * 1000).getFullYear()
        ? ""
        : `, most of them in ${yearOfMostSpins}`
      : "";
  return `${times}${most}; the last on ${last}.`;
}

/** "rated 5, last 1 year 9 months ago" */
export function whyInShort(facts: Reasons, nowUts: number): string {
  const { playCount, notedPlays, lastUts, addedUts, rating } = facts;
  const rated = rating >= 4 ? [`rated ${rating}`] : [];
  if (playCount + notedPlays === 0) {
    const ownership = addedUts === null ? [] : [`owned ${roughly(nowUts - addedUts)}`];
    return ["never scrobbled", ...(rated.length > 0 ? rated : ownership)].join(", ");
  }
  const times = timesInWords(facts);
  const last = lastUts === null ? [] : [`last ${ago(nowUts - lastUts)}`];
  return [...(rated.length > 0 ? rated : [times]), ...last].join(", ");
}

/** Spins if they are known, else plays, else logged plays. */
function timesInWords({ playCount, notedPlays, spins }: Reasons): string {
  if (spins !== null && spins > 0) return counted(spins, "spin");
  return playCount > 0 ? counted(playCount, "play") : counted(notedPlays, "logged play");
}

/** From two years on, the months are left out. */
function roughly(seconds: number): string {
  return ageInWords(Math.max(0, seconds)).replace(/^((?:[2-9]|\d{2,}) years) .*$/, "$1");
}

function ago(seconds: number): string {
  const words = ageInWords(Math.max(0, seconds));
  return words === "today" ? words : `${words} ago`;
}
