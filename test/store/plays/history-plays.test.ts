// The merged history is read in batches; where they end says nothing.
import { expect, test } from "vitest";
import { daySeconds } from "../../../src/model/times.ts";
import { toSourcePlay } from "../../../src/sources/files/file-format.ts";
import { queryTuples, queryValue, rawSql } from "../../../src/store/file/sql.ts";
import { readHistoryPlays, readPlaysBetween } from "../../../src/store/plays/history-plays.ts";
import { createSourceImporter } from "../../../src/store/plays/source-plays.ts";
import { mergeSources } from "../../../src/sync/merging/merge-sources.ts";
import { createTestCache } from "../../support/filled-cache.ts";

const dayUts = Date.UTC(2024, 4, 1) / 1000;

/** `count` plays at each time. */
function buildPlays(times: readonly number[], count: number, precisionSeconds: 1 | 86400 = 1) {
  return times.flatMap((startUts) =>
    Array.from({ length: count }, (_, at) =>
      toSourcePlay({ startUts, precisionSeconds, artist: "Iva", album: "Shoals", title: `Song ${at}` }),
    ),
  );
}

/** A second, an unknown time, and a day with many plays, and what two sources say of them by the clock or by the day. */
function fillTestCache() {
  const database = createTestCache();
  const seconds = Array.from({ length: 20 }, (_, at) => dayUts + daySeconds - 1 - at * 20);
  const sources = {
    spotify: [...buildPlays([0], 700), ...buildPlays([dayUts - 3600], 400), ...buildPlays(seconds, 20)],
    maloja: [...buildPlays([dayUts - 3600], 350), ...buildPlays(seconds, 15)],
    "apple-daily": buildPlays([dayUts], 20, 86400),
  };
  for (const [name, plays] of Object.entries(sources)) {
    createSourceImporter(database, { name, kind: "file" })(plays);
  }
  mergeSources(database);
  return database;
}

test("reads each play of the history, and each report of a source, once and in order", () => {
  const database = fillTestCache();
  const plays = [...readHistoryPlays(database, rawSql("true"))];
  const keys = queryTuples(database)`
    SELECT scrobble.uts, track.name, group_concat(source.name, ' ' ORDER BY source.name) FROM scrobble
    JOIN track ON track.id = track_id
    JOIN source_play ON (play_uts, play_track_id, play_occurrence) = (scrobble.uts, track_id, scrobble.occurrence)
    JOIN source ON source.id = source_play.source_id
    GROUP BY scrobble.uts, track_id, scrobble.occurrence ORDER BY scrobble.uts, track_id, scrobble.occurrence`;
  expect(plays.length).toBeGreaterThan(1_400);
  expect(
    plays.map(({ startUts, title, reports }) => [
      startUts,
      title,
      reports
        .map(({ source }) => source)
        .toSorted()
        .join(" "),
    ]),
  ).toEqual(keys);
  const reports = plays.flatMap((play) => play.reports);
  expect(reports).toHaveLength(queryValue(database, 0)`SELECT count(*) FROM source_play`);
  // A day's last second is far from its first, by which the day is dated.
  expect(plays.at(-1)?.reports.map(({ source }) => source)).toContain("apple-daily");
  expect(readPlaysBetween(database, dayUts - 3600, dayUts + daySeconds)).toEqual(
    plays.filter(({ startUts }) => startUts > 0),
  );
  database.close();
});
