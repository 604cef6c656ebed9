// The lists of the almanac: never played, not owned, asleep.
import { formatAge, formatLongDay } from "../../../output/format-dates.ts";
import { formatNumber, pluralize } from "../../../output/format-numbers.ts";
import { defaultPerArtist } from "../../../queries/records/copies.ts";
import type { AlmanacContents, HistoryContents } from "../parts/report-contents.ts";
import { buildReleaseUrl, renderList, toExternalUrl, type Section } from "./section.ts";

export function buildNeverSection({ never, question: { filter } }: AlmanacContents): Section {
  const { perArtist = defaultPerArtist } = filter;
  const limit = perArtist === "all" ? "" : `, at most ${perArtist} by one artist`;
  return {
    id: "never",
    navTitle: "Never played",
    title: "Never played, by artists you love",
    lead: `${pluralize(never.rows.length, "album")} of ${formatNumber(never.total)} without a play, by how much the artist's other albums are played${limit}.`,
    body: renderList(
      never.rows.map(({ title, artist, releaseId, artistPlays, form, year }) => ({
        title,
        artist,
        figure: formatNumber(artistPlays ?? 0),
        note: [form, String(year ?? "")].filter((part) => part !== "").join(", "),
        address: buildReleaseUrl(releaseId),
      })),
      "plays of the artist's other albums",
    ),
  };
}

export function buildGapsSection({ gaps }: AlmanacContents): Section {
  return {
    id: "gaps",
    navTitle: "Gaps",
    title: "Played, and not on the shelf",
    lead: `${pluralize(gaps.total, "album")} with ten plays or more that you own in no pressing; ${formatNumber(gaps.wanted)} of them on your wantlist (★).`,
    body: renderList(
      gaps.rows.map(({ title, artist, plays, isWanted, url, shelf }) => ({
        title,
        artist,
        figure: formatNumber(plays),
        note:
          shelf.recordIds.length === 0 ? "" : `${pluralize(shelf.recordIds.length, "record")} by the artist`,
        isStarred: isWanted,
        address: toExternalUrl(url),
      })),
      "plays",
    ),
  };
}

export function buildDustySection({ dusty }: HistoryContents, nowUts: number): Section {
  return {
    id: "dusty",
    navTitle: "Asleep",
    title: "Loved once, asleep since",
    lead: `${pluralize(dusty.total, "album")} with five spins or more, none of them in the last twelve months; the longest asleep first.`,
    body: renderList(
      dusty.rows.map(({ releaseId, artist, title, spins, lastSpinUts }) => ({
        title,
        artist,
        figure: formatAge(lastSpinUts, nowUts),
        note: `${pluralize(spins, "spin")}, last on ${formatLongDay(lastSpinUts)}`,
        address: buildReleaseUrl(releaseId),
      })),
      "since the last spin",
    ),
  };
}
