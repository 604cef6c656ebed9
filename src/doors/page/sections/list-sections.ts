// Lists to act on: never played, not played for a while, played and not owned.
import { age, localDayInWords } from "../../../output/dates.ts";
import { counted, thousands } from "../../../output/number-text.ts";
import { usualPerArtist } from "../../../queries/records/copies.ts";
import type { HistoryContents, ReportContents } from "../parts/contents.ts";
import { listOf, outsideAddress, releaseAddress, type Section } from "./section.ts";

export function neverSection({ never, question: { filter } }: ReportContents): Section {
  const { perArtist = usualPerArtist } = filter;
  const limit = perArtist === "all" ? "" : `, at most ${perArtist} by one artist`;
  return {
    id: "never",
    short: "Never played",
    title: "Never played, by artists you love",
    lead: `${counted(never.rows.length, "album")} of ${thousands(never.total)} without a play, by how much the artist's other albums are played${limit}.`,
    body: listOf(
      never.rows.map(({ title, artist, releaseId, artistPlays, form, year, more = 0 }) => ({
        title,
        artist,
        figure: thousands(artistPlays ?? 0),
        note: [
          form,
          year === null ? "" : String(year),
          more === 0 ? "" : `${thousands(more)} more by the artist`,
        ]
          .filter((part) => part !== "")
          .join(", "),
        address: releaseAddress(releaseId),
      })),
      "plays of the artist's other albums",
    ),
  };
}

export function gapsSection({ gaps }: ReportContents): Section {
  return {
    id: "gaps",
    short: "Gaps",
    title: "Played, and not on the shelf",
    lead: `${counted(gaps.total, "album")} with ten plays or more that you own in no pressing; ${thousands(gaps.wanted)} of them on your wantlist (★).`,
    body: listOf(
      gaps.rows.map(({ title, artist, plays, isWanted, url, shelf }) => ({
        title,
        artist,
        figure: thousands(plays),
        note: shelf.records === 0 ? "" : `${counted(shelf.records, "record")} by the artist`,
        isStarred: isWanted,
        address: outsideAddress(url),
      })),
      "plays",
    ),
  };
}

export function dustySection({ dusty }: HistoryContents, nowUts: number): Section {
  return {
    id: "dusty",
    short: "Asleep",
    title: "Loved once, asleep since",
    lead: `${counted(dusty.total, "album")} with five spins or more, none of them in the last twelve months; the longest asleep first.`,
    body: listOf(
      dusty.rows.map(({ record, spins, lastSpinUts }) => ({
        title: record.title,
        artist: record.artist,
        figure: age(Math.max(0, nowUts - lastSpinUts)),
        note: `${counted(spins, "spin")}, last on ${localDayInWords(lastSpinUts)}`,
        address: releaseAddress(record.releaseId),
      })),
      "since the last spin",
    ),
  };
}
