// Every album, spelled worse in every way that real libraries do, and its hostile twins: titles as near that are other albums.
import { describe, expect, test } from "vitest";
import { createMatcher } from "../../src/match/matcher.ts";
import { albums, lp, release, rows, type Scenario } from "./scenarios.ts";

type Row = readonly [artist: string, title: string];
type Degradation = (album: Scenario) => Row | null;

const drop = (text: string): string =>
  text
    .normalize("NFD")
    .replace(/([A-Za-z])\p{M}+/gu, "$1")
    .normalize("NFC");
const bare = (artist: string): string => artist.replace(/ \(\d+\)$/, "");
const titled =
  (change: (title: string) => string | null): Degradation =>
  ({ artist, title }) => {
    const changed = change(title);
    return changed === null || changed === title ? null : [bare(artist), changed];
  };

const withTails = (tails: readonly string[]): Readonly<Record<string, Degradation>> =>
  Object.fromEntries(tails.map((tail) => [tail, titled((title) => title + tail)]));

const exact: Readonly<Record<string, Degradation>> = {
  ...withTails([
    " (Deluxe Edition)",
    " [Deluxe]",
    " (Remastered)",
    " - 2011 Remaster",
    " (2011 - Remaster)",
    " (25th Anniversary Edition)",
    " (Expanded Edition) [Remastered]",
    " (Bonus Track Version)",
    " [Explicit]",
    ": Collector's Edition",
    " (Super Deluxe)",
    " (Japan)",
  ]),
  "the same": ({ artist, title }) => [bare(artist), title],
  "lower case": ({ artist, title }) => [bare(artist).toLowerCase(), title.toLowerCase()],
  "upper case": ({ artist, title }) => [bare(artist).toUpperCase(), title.toUpperCase()],
  "decomposed marks": ({ artist, title }) => [bare(artist).normalize("NFD"), title.normalize("NFD")],
  "Latin marks dropped": ({ artist, title }) => {
    return [drop(bare(artist)), drop(title)];
  },
  "curly quotes": titled((title) => title.replaceAll("'", "’")),
  ampersand: titled((title) => title.replace(/ And /i, " & ")),
  "ampersand in the artist": ({ artist, title }) => [bare(artist).replace(" & ", " and "), title],
  "article of the artist dropped": ({ artist, title }) => [bare(artist).replace(/^The /, ""), title],
  "article of the artist behind": ({ artist, title }) => [
    bare(artist).replace(/^The (.*)$/, "$1, The"),
    title,
  ],
  "commas dropped": titled((title) => title.replaceAll(",", "")),
  "doubled space": titled((title) => title.replace(" ", "  ")),
  "zero-width space": titled((title) => `${title}\u200b`),
};

const fuzzy: Readonly<Record<string, Degradation>> = {
  ...withTails([" (Disc 1)", " CD2", " [Disc Two]", " (2018 Remix)", " (4AD CAD412)"]),
  "a year before": titled((title) =>
    title.split(" ").length >= 3 && !/\d/.test(title) ? `1987 - ${title}` : null,
  ),
  "the artist before": ({ artist, title }) => [bare(artist), `${bare(artist)} - ${title}`],
  "article dropped": titled((title) => title.replace(/^(?:The |La |L')/, "")),
  "a letter doubled": titled((title) =>
    title.length >= 9 ? title.replace(/(?<=[a-z]{3})([lnrst])(?=[a-z])/, "$1$1") : null,
  ),
  "two letters swapped": titled((title) =>
    /^[\x20-\x7e]+$/.test(title) && title.length >= 12
      ? title.replace(/([a-z]{2})([a-z])([a-z])(?=[a-z]{2})/, "$1$3$2")
      : null,
  ),
  "guests in the artist": ({ artist, title }) => [`${bare(artist)} feat. Somebody Else`, title],
  "joined by &": ({ artist, title }) => [`${bare(artist)} & Somebody Else`, title],
};

const other: Readonly<Record<string, Degradation>> = {
  ...withTails([
    " II",
    " 2",
    ", Vol. 2",
    ": Part Two",
    " (Live)",
    " Live",
    " - Live At The BBC",
    " - Demos",
    " (Instrumentals)",
    " Remixed",
    ": The Remixes",
    " (Somebody's Version)",
    ": The Best Of",
    " (Karaoke)",
  ]),
  Sessions: titled((title) => `The ${title} Sessions`),
  Tribute: titled((title) => `A Tribute To ${title}`),
  "another title": ({ artist }) => [bare(artist), "Something Else Altogether"],
};

function verdicts(degradation: Degradation): { album: string; type: string; rule: string }[] {
  return albums.flatMap((album) => {
    const row = degradation(album);
    if (row === null) return [];
    const match = createMatcher(rows(row)).match(release(album.artist, album.title, lp));
    return [
      { album: `${album.artist} – ${album.title} / ${row.join(" – ")}`, type: match.type, rule: match.rule },
    ];
  });
}

const unlike = (
  found: readonly { album: string; type: string; rule: string }[],
  type: string,
): readonly string[] =>
  found.filter((one) => one.type !== type).map((one) => `${one.type} by ${one.rule}: ${one.album}`);

describe("folding and editions are exact", () => {
  test.each(Object.entries(exact))("%s", (_, degradation) => {
    const found = verdicts(degradation);
    expect(found.length).toBeGreaterThan(0);
    expect(unlike(found, "exact")).toEqual([]);
  });
});

describe("what needs evidence is fuzzy", () => {
  test.each(Object.entries(fuzzy))("%s", (_, degradation) => {
    const found = verdicts(degradation);
    expect(found.length).toBeGreaterThan(0);
    expect(unlike(found, "fuzzy")).toEqual([]);
  });
});

describe("hostile twins match by their artist only", () => {
  test.each(Object.entries(other))("%s", (_, degradation) => {
    const found = verdicts(degradation);
    expect(found.length).toBe(albums.length);
    expect(unlike(found, "artist_only")).toEqual([]);
  });
});
