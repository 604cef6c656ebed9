// Every figure of a recap, counted once more with SQL of its own, and compared with the page and the screen. A field of
// the document without a row here fails, and so does a figure of the page.
import { beforeEach, describe, expect, test, vi } from "vitest";
import type { RecapDocument } from "../../../src/queries/documents/play-documents.ts";
import { defineFunctions } from "../../../src/queries/conditions/sql-functions.ts";
import { getYearPeriod } from "../../../src/queries/conditions/period.ts";
import { buildRecapDocument, queryRecap } from "../../../src/queries/time/recap.ts";
import {
  buildAlbumPlays,
  buildListedTrack,
  buildPlay,
  buildRecord,
  buildWant,
  createSharedHome,
  withHomeCache,
} from "../../support/filled-cache.ts";
import { generatePlays, generateRecords, generateTitles } from "../../support/generated-data.ts";
import { findSection, parseEntries, parseNumbers, parseTables } from "../../interfaces/page/parse-page.ts";
import { noon, runCli, runCliJson } from "../../support/run-cli.ts";
import { sampleHome } from "../../support/sample-home.ts";

const titles = generateTitles(40, 81);
const tagoMago = buildRecord({ artist: "Can", title: "Tago Mago", dateAdded: "2025-02-03T10:00:00Z" });

const handMade = createSharedHome({
  records: [
    tagoMago,
    buildRecord({ artist: "Can", title: "Ege Bamyasi", dateAdded: "2025-05-01T10:00:00Z" }),
    buildRecord({ artist: "Slowdive", title: "Souvlaki", dateAdded: "2012-02-02T10:00:00Z" }),
    buildRecord({ artist: "Ride", title: "Nowhere", dateAdded: "2012-02-02T10:00:00Z" }),
    buildRecord({ artist: "Gong", title: "You", dateAdded: "2019-03-09T10:00:00Z" }),
  ],
  plays: [
    ...buildAlbumPlays("Slowdive", "Souvlaki", { from: "2021-08-11T20:00:00Z", tracks: 8 }),
    ...buildAlbumPlays("Ride", "Nowhere", { from: "2020-08-11T20:00:00Z", tracks: 8 }),
    ...buildAlbumPlays("Ride", "Nowhere", { from: "2022-07-11T20:00:00Z", tracks: 8 }),
    // A play before the purchase does not count for it.
    ...buildAlbumPlays("Can", "Tago Mago", { from: "2025-01-03T20:00:00Z", tracks: 7 }),
    ...buildAlbumPlays("Can", "Tago Mago", { from: "2025-02-04T20:00:00Z", tracks: 7 }),
    ...buildAlbumPlays("Can", "Tago Mago", { from: "2025-02-05T22:50:00Z", tracks: 7 }),
    ...buildAlbumPlays("Slowdive", "Souvlaki", { from: "2025-03-09T20:00:00Z", tracks: 8 }),
    ...buildAlbumPlays("Ride", "Nowhere", { from: "2025-03-10T20:00:00Z", tracks: 8 }),
    ...buildAlbumPlays("D'Angelo", "Voodoo", { from: "2025-06-10T20:00:00Z", tracks: 13, count: 26 }),
    ...buildAlbumPlays("D'Angelo", "Voodoo", { from: "2025-08-10T20:00:00Z", tracks: 13 }),
    ...buildAlbumPlays("Neu!", "Neu! 75", { from: "2025-09-10T05:00:00Z", tracks: 6 }),
    // One year in local time, another in UTC.
    ...buildAlbumPlays("Neu!", "Neu! 75", { from: "2025-12-31T23:10:00Z", tracks: 4 }),
    buildPlay("Faust", "", "Krautrock", Date.parse("2025-10-26T01:30:00Z") / 1000),
    buildPlay("The Faust", "", "Krautrock", Date.parse("2025-10-27T01:30:00Z") / 1000),
  ],
  wants: [buildWant({ artist: "D'Angelo", title: "Voodoo" })],
  tracklists: new Map([
    [
      tagoMago.release.id,
      ["Track 1", "Track 2", "Track 3"].map((title, at) =>
        buildListedTrack(title, { position: `A${at + 1}`, durationSeconds: 300 + at }),
      ),
    ],
  ]),
  wholeShelf: true,
});
const generated = createSharedHome({
  records: generateRecords(titles.slice(0, 25), 40, 82),
  plays: generatePlays(titles, 900, 83),
});
beforeEach(() => void vi.stubEnv("TZ", "Europe/Berlin"));

/** A figure of the document, and the SQL that counts it: a value in each row. `:from` and `:to` are the period. */
type Row = readonly [figure: (document: RecapDocument) => readonly unknown[], sql: string];

const plays = "(SELECT uts, track_id, precision_seconds FROM scrobble WHERE uts >= :from AND uts < :to)";
const heard = `(SELECT * FROM ${plays} JOIN track ON track.id = track_id)`;
const artist = "(CASE WHEN lower(artist) LIKE 'the %' THEN substr(lower(artist), 5) ELSE lower(artist) END)";
const isArtist = "lower(artist) NOT IN ('various', 'various artists', 'unknown artist', 'va')";
const owned = "album_id IN (SELECT album_id FROM record_album)";
const nameOf = "release.artist || ' - ' || release.title";
const spins = `(SELECT record_id, started_uts FROM spin JOIN album_match USING (album_id)
  UNION ALL SELECT record_id, started_uts FROM logged_spin)`;
const countAlbums = (
  recordIds: string,
): string => `count(DISTINCT album_key || iif(kind IN ('single', 'ep'), kind, 'album'))
  FROM record JOIN release ON release.id = release_id WHERE record.id IN (${recordIds})`;
const localDay = "date(uts, 'unixepoch', 'localtime')";
const getName = (record: { readonly artist: string; readonly title: string }): string =>
  `${record.artist} - ${record.title}`;
const firstPlays = `(SELECT record_id, min(uts) AS uts FROM (
  SELECT record_id, uts FROM album_match JOIN track USING (album_id) JOIN scrobble ON track_id = track.id WHERE uts > 0
  UNION ALL SELECT record.id, last_uts FROM logged_play JOIN record USING (release_id)) GROUP BY record_id)`;

/** The matches to review are left out: test/consistent-counts.test.ts compares them. */
const rows: Readonly<Record<Exclude<keyof RecapDocument, "to_review">, Row>> = {
  from: [({ from }) => [from], "SELECT strftime('%Y-%m-%dT%H:%M:%SZ', :from, 'unixepoch')"],
  to: [({ to }) => [to], "SELECT strftime('%Y-%m-%dT%H:%M:%SZ', :to, 'unixepoch')"],
  plays: [(document) => [document.plays], `SELECT count(*) FROM ${plays}`],
  usual_plays: [
    (document) => [document.usual_plays],
    `SELECT iif(known < days, NULL, CAST(round(1.0 * n * days / known) AS INTEGER)) FROM (
      SELECT count(*) AS n, (:from - min(uts)) / 86400.0 AS known, (:to - :from) / 86400 AS days
      FROM scrobble WHERE uts > 0 AND uts < :from)`,
  ],
  previous: [
    ({ previous }) => (previous === null ? [] : [previous.plays]),
    `SELECT count(*) FROM scrobble WHERE strftime('%Y', uts, 'unixepoch', 'localtime') = '2024'
      HAVING (SELECT min(uts) FROM scrobble WHERE uts > 0) < unixepoch('2024-01-01', 'utc')`,
  ],
  logged_plays: [
    (document) => [document.logged_plays],
    "SELECT count(*) FROM logged_play WHERE last_uts >= :from AND last_uts < :to AND release_id IN (SELECT release_id FROM record)",
  ],
  heard: [
    (document) => Object.values(document.heard),
    `SELECT count(DISTINCT ${artist}) FILTER (WHERE ${isArtist}) FROM ${heard}
     UNION ALL SELECT count(DISTINCT edition_key) FROM ${heard} AS heard JOIN album ON album.id = album_id
     UNION ALL SELECT count(DISTINCT song) FROM ${heard}`,
  ],
  listening_time: [
    (document) => Object.values(document.listening_time),
    `WITH length AS (SELECT track_id, coalesce(
        (SELECT max(duration_seconds) FROM source_play JOIN source_track ON source_track.id = source_track_id
         WHERE play_track_id = track_id AND play_uts >= :from AND play_uts < :to AND duration_seconds > 0),
        (SELECT max(line.value ->> 'durationSeconds') FROM album_match JOIN record ON record.id = record_id
         JOIN tracklist USING (release_id), json_each(list) AS line
         WHERE album_match.album_id = heard.album_id AND lower(line.value ->> 'title') = lower(heard.name))) AS seconds
      FROM ${heard} AS heard)
     SELECT coalesce(sum(seconds), 0) FROM length UNION ALL SELECT count(seconds) FROM length`,
  ],
  plays_by_weekday: [
    (document) => document.plays_by_weekday,
    `SELECT (SELECT count(*) FROM ${plays} WHERE strftime('%u', uts, 'unixepoch', 'localtime') = value) FROM json_each('["1","2","3","4","5","6","7"]')`,
  ],
  plays_by_hour: [
    (document) => document.plays_by_hour,
    `WITH RECURSIVE hours (hour) AS (SELECT 0 UNION ALL SELECT hour + 1 FROM hours WHERE hour < 23)
     SELECT (SELECT count(*) FROM ${plays} WHERE precision_seconds < 86400 AND
       CAST(strftime('%H', uts, 'unixepoch', 'localtime') AS INTEGER) = hour) FROM hours`,
  ],
  busiest_day: [
    ({ busiest_day: day }) =>
      day === null ? [] : [new Date(day.from ?? "").toLocaleDateString("sv"), day.plays],
    `WITH days AS (SELECT ${localDay} AS day, count(*) AS n FROM ${plays} GROUP BY 1 ORDER BY n DESC, day LIMIT 1)
     SELECT day FROM days UNION ALL SELECT n FROM days`,
  ],
  on_shelf: [
    (document) => Object.values(document.on_shelf),
    `SELECT count(*) FILTER (WHERE ${owned}) FROM ${heard}
     UNION ALL SELECT count(*) FILTER (WHERE album <> '' AND NOT (coalesce(${owned}, 0))) FROM ${heard}
     UNION ALL SELECT count(*) FILTER (WHERE album = '') FROM ${heard}
     UNION ALL SELECT ${countAlbums(`SELECT record_id FROM album_match WHERE album_id IN (SELECT album_id FROM ${heard})
       UNION SELECT record.id FROM logged_play JOIN record USING (release_id) WHERE last_uts >= :from AND last_uts < :to`)}
     UNION ALL SELECT ${countAlbums(`SELECT record_id FROM ${spins} WHERE started_uts >= :from AND started_uts < :to`)}`,
  ],
  most_played: [
    ({ most_played: record }) => (record === null ? [] : [record.play_count]),
    `SELECT count(*) AS n FROM ${heard} AS heard JOIN album_match USING (album_id) GROUP BY record_id ORDER BY n DESC LIMIT 1`,
  ],
  new_artists: [
    ({ new_artists: found }) => (found === null ? [] : [found.artists, found.stayed, found.data.length]),
    `WITH artists AS (SELECT min(uts) AS first, max(uts) AS last FROM scrobble JOIN track ON track.id = track_id
       WHERE uts > 0 AND ${isArtist} GROUP BY ${artist} HAVING first >= :from AND first < :to)
     SELECT value FROM (SELECT count(*) AS value FROM artists UNION ALL
       SELECT count(*) FILTER (WHERE last - first >= 30 * 86400) FROM artists UNION ALL SELECT min(20, count(*)) FROM artists)
     WHERE (SELECT min(uts) FROM scrobble WHERE uts > 0) < :from`,
  ],
  first_time: [
    (document) => document.first_time.map(getName).toSorted(),
    `SELECT DISTINCT ${nameOf} FROM ${firstPlays} JOIN record ON record.id = record_id JOIN release ON release.id = release_id
     WHERE uts >= :from AND uts < :to AND (SELECT min(uts) FROM scrobble WHERE uts > 0) < :from GROUP BY edition_key ORDER BY 1`,
  ],
  back_after_years: [
    (document) => document.back_after_years.map(getName),
    `SELECT name FROM (SELECT ${nameOf} AS name, min(record_id) AS id,
         min(started_uts) FILTER (WHERE started_uts >= :from AND started_uts < :to) AS again,
         max(started_uts) FILTER (WHERE started_uts < :from) AS last
       FROM ${spins} JOIN record ON record.id = record_id JOIN release ON release.id = release_id GROUP BY record_id)
     WHERE datetime(again, 'unixepoch') >= datetime(last, 'unixepoch', '+2 years') GROUP BY name ORDER BY max(again - last) DESC, id`,
  ],
  gaps: [
    (document) => document.gaps.map((gap) => gap.play_count),
    `SELECT count(*) AS n FROM ${heard} AS heard JOIN album ON album.id = album_id
     GROUP BY edition_key HAVING n >= 10 AND count(DISTINCT heard.song) >= 4 AND NOT max(${owned}) ORDER BY n DESC LIMIT 20`,
  ],
  gaps_total: [
    (document) => [document.gaps_total],
    `SELECT count(*) FROM (SELECT edition_key FROM ${heard} AS heard JOIN album ON album.id = album_id
       GROUP BY edition_key HAVING count(*) >= 10 AND count(DISTINCT heard.song) >= 4 AND NOT max(${owned}))`,
  ],
  new_records: [
    (document) => Object.values(document.new_records),
    `SELECT count(*) FROM record WHERE added_uts >= :from AND added_uts < :to
     UNION ALL SELECT count(*) FROM record WHERE added_uts >= :from AND added_uts < :to AND id IN (SELECT record_id FROM ${firstPlays})`,
  ],
  best_purchase: [
    ({ best_purchase: record }) => (record === null ? [] : [record.record_id, record.play_count]),
    `WITH best AS (SELECT record.id AS id, count(*) AS n FROM record JOIN album_match ON record_id = record.id
       JOIN ${heard} AS heard USING (album_id)
       WHERE added_uts >= :from AND added_uts < :to AND uts >= added_uts GROUP BY record.id ORDER BY n DESC, id LIMIT 1)
     SELECT id FROM best UNION ALL SELECT n FROM best`,
  ],
  sealed: [
    (document) => document.sealed.map(({ record_id: id }) => id),
    `SELECT id FROM record WHERE added_uts >= :from AND added_uts < :to AND id NOT IN (SELECT record_id FROM ${firstPlays})
     ORDER BY added_uts DESC, id LIMIT 20`,
  ],
  months: [
    (document) => document.months?.map((month) => month.plays) ?? [],
    `WITH RECURSIVE months (month) AS (SELECT 1 UNION ALL SELECT month + 1 FROM months WHERE month < 12)
     SELECT (SELECT count(*) FROM ${plays} WHERE CAST(strftime('%m', uts, 'unixepoch', 'localtime') AS INTEGER) = month) FROM months`,
  ],
  top_albums: [
    (document) => document.top_albums.map((album) => album.play_count),
    `SELECT count(*) AS n FROM ${heard} AS heard JOIN album ON album.id = album_id GROUP BY edition_key ORDER BY n DESC LIMIT 5`,
  ],
  top_artists: [
    (document) => document.top_artists.map((each) => each.play_count),
    `SELECT count(*) AS n FROM ${heard} WHERE ${isArtist} GROUP BY ${artist} ORDER BY n DESC LIMIT 5`,
  ],
  top_songs: [
    (document) => document.top_songs.map((song) => song.play_count),
    `SELECT count(*) AS n FROM ${heard} GROUP BY song ORDER BY n DESC LIMIT 5`,
  ],
  longest_row: [
    ({ longest_row: row }) => (row === null ? [] : [row.days]),
    `SELECT count(*) AS n FROM (SELECT julianday(day) - row_number() OVER (ORDER BY day) AS island
       FROM (SELECT DISTINCT ${localDay} AS day FROM ${plays})) GROUP BY island ORDER BY n DESC LIMIT 1`,
  ],
};

/** The place of each figure of the page on the screen. */
const screenPlaces: Readonly<Record<string, RegExp>> = {
  plays: /^2025 · ([\d,]+) plays?/m,
  "previous.plays": /The year before +([\d,]+) plays?/,
  "heard.artists": /Heard +([\d,]+) artists?/,
  "heard.albums": /Heard .* ([\d,]+) albums?/,
  "heard.songs": /Heard .* ([\d,]+) songs?/,
  "listening_time.seconds": /Listening time +(\d.*?) {2}/,
  logged_plays: /Logged by hand +([\d,]+) plays?/,
  "most_played.play_count": /Record of the year .* ([\d,]+) plays?/,
  "busiest_day.plays": /Busiest day .* ([\d,]+) plays?/,
  "longest_row.days": /Longest streak +([\d,]+) days?/,
  "new_artists.artists": /New artists +([\d,]+)/,
  "new_artists.stayed": /New artists +[\d,]+ +([\d,]+) of them stayed/,
  "on_shelf.owned": /on records you own +([\d,]+)/,
  "on_shelf.not_owned": /on others +([\d,]+)/,
  "on_shelf.no_album_tag": /no album tag +([\d,]+)/,
  "on_shelf.albums": /on records you own .* ([\d,]+) albums?/,
  "on_shelf.albums_spun": /on records you own .* ([\d,]+) of them spun/,
  "new_records.records": /New on the shelf +([\d,]+) records?/,
  "new_records.played": /New on the shelf .* ([\d,]+) of them played/,
  "best_purchase.play_count": /Best purchase .* ([\d,]+) plays? since/,
};

function readField(document: RecapDocument, field: string): unknown {
  return field
    .split(".")
    .reduce<unknown>((value, name) => (value as Readonly<Record<string, unknown>>)[name], document);
}

describe.each([
  ["a shelf made by hand", async () => handMade],
  ["a generated shelf", async () => generated],
  ["the sample", sampleHome],
])("the recap of %s", (_, getHome) => {
  test("has the figures that SQL counts", async () => {
    withHomeCache(await getHome(), (database) => {
      defineFunctions(database);
      const span = getYearPeriod(2025, null);
      const document = buildRecapDocument(queryRecap(database, { span, nowUts: noon / 1000 }));
      const values = { from: span.fromUts, to: span.toUts };
      expect(document.plays).toBeGreaterThan(50);
      for (const [name, [getFigure, statement]] of Object.entries(rows)) {
        const counted = database.prepare<[typeof values]>(statement).pluck().all(values);
        expect([name, ...counted]).toEqual([name, ...getFigure(document)]);
      }
    });
  });

  test("is the same on the page and on the screen", async () => {
    const home = await getHome();
    const json = (await runCliJson(["recap", "2025", "--json"], { home })) as RecapDocument;
    const page = (await runCli(["report", "--year", "2025", "--out", "-"], { home })).stdout;
    const screen = (
      await runCli(["recap", "2025"], { home, tty: true, columns: 200, env: { NO_COLOR: "1" } })
    ).stdout;
    const figures = [...page.matchAll(/<strong data-field="([^"]+)" data-value="(\d+)">([^<]+)</g)];
    expect(figures.length).toBeGreaterThan(12);
    for (const [, field = "", value, text = ""] of figures) {
      expect([field, Number(value)]).toEqual([field, readField(json, field)]);
      // The page has the day in large, and the spins of the record, which the screen leaves out.
      if (field === "most_played.spins") continue;
      const shown = screenPlaces[field]?.exec(screen)?.[1];
      const isCount = /^[\d,]+(?: (?:plays?|days?))?$/.test(text);
      expect([field, shown]).toEqual([
        field,
        isCount ? text.replace(/ .*/, "") : field === "busiest_day.plays" ? value : text,
      ]);
    }
    const lists = {
      top: [...json.top_albums, ...json.top_artists, ...json.top_songs].map((row) => row.play_count),
      gaps: json.gaps.map((gap) => gap.play_count),
      first: json.first_time.map((record) => record.play_count),
      new: json.new_artists?.data.map((each) => each.play_count) ?? [],
    };
    for (const [id, counts] of Object.entries(lists)) {
      const entries = [...findSection(page, id).matchAll(/<data>([\d,]+)<\/data>/g)];
      const shown = entries.map(([, count = ""]) => Number(count.replaceAll(",", "")));
      expect([id, ...shown]).toEqual([id, ...counts.slice(0, 24)]);
    }
    for (const [id, names] of [
      ["back", json.back_after_years.map(({ title }) => title)],
      ["purchases", json.sealed.map(({ title }) => title)],
    ] as const) {
      expect(parseEntries(findSection(page, id)).map(([title]) => title)).toEqual(names.slice(0, 24));
    }
    const tables = parseTables(page);
    for (const [title, counts] of [
      ["By weekday", json.plays_by_weekday],
      ["By hour", json.plays_by_hour],
    ] as const) {
      const cells = [...(tables.get(title)?.rows.values() ?? [])].flat();
      expect(parseNumbers(cells)).toEqual(counts);
    }
  });
});
