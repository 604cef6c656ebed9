// Format 39 keeps the artist MBIDs and tags of a play. A cache of format 38 keeps all that it has.
import { join } from "node:path";
import { expect, test } from "vitest";
import { createRootNode } from "../../src/model/decode.ts";
import { toSourcePlay } from "../../src/sources/files/file-format.ts";
import { renderExportLine } from "../../src/sources/files/rewind-export.ts";
import { decodeListenPlay } from "../../src/sources/listenbrainz/listenbrainz-decoding.ts";
import { connect } from "../../src/store/file/database.ts";
import { migrations, readFormat } from "../../src/store/file/schema.ts";
import { rawSql } from "../../src/store/file/sql.ts";
import { migrate } from "../../src/store/open-cache.ts";
import { readHistoryPlays } from "../../src/store/plays/history-plays.ts";
import { addSubmittedPlays } from "../../src/store/plays/submitted-plays.ts";
import { mergeSources } from "../../src/sync/merging/merge-sources.ts";
import { openCache } from "../support/filled-cache.ts";
import { createTempDirectory } from "../support/temp-directories.ts";
import { toUuid } from "../support/random.ts";

const noon = Date.UTC(2026, 2, 14, 12) / 1000;
const names = { artist: "Iva", album: "Shoals", title: "Dune" };
const more = { artistMbids: [toUuid("Iva"), toUuid("Mer")], tags: ["a, b", "live"] };

test("keeps the plays of format 38, and exports artist MBIDs and tags as it imports them", () => {
  const path = join(createTempDirectory(), "rewind.db");
  const former = connect(path, "write");
  migrate(former, migrations.slice(0, 1));
  expect(readFormat(former)).toBe(38);
  former.exec(`
    INSERT INTO source VALUES (4, 'direct', 'client', ${noon});
    INSERT INTO source_track VALUES (9, 4, 'Iva', '', 'Shoals', 'Dune', 200, '', '', '', '', 0, 1, '', 'phone');
    INSERT INTO source_play (source_id, uts, source_track_id, occurrence, precision_seconds)
      VALUES (4, ${noon}, 9, 1, 1);
    INSERT INTO merge_quarter (source_id, quarter, is_due) VALUES (4, 2026 * 4, 1)`);
  former.close();

  const database = openCache(path);
  addSubmittedPlays(database, [toSourcePlay({ ...names, ...more, startUts: noon + 600 })], noon);
  // The one that another program sent says less.
  addSubmittedPlays(database, [toSourcePlay({ ...names, startUts: noon + 601, client: "server" })], noon);
  mergeSources(database);
  const plays = [...readHistoryPlays(database, rawSql("true"))];
  expect(plays).toMatchObject([
    { ...names, startUts: noon, reports: [{ play: { durationSeconds: 200, client: "phone" } }] },
    { ...names, ...more, startUts: noon + 600, reports: [{ play: more }, { play: { client: "server" } }] },
  ]);
  const decoded = plays.map((play) => {
    const { track_metadata: track } = JSON.parse(renderExportLine(play)) as Record<string, unknown>;
    return decodeListenPlay(createRootNode(track), play.startUts, null);
  });
  expect(decoded[0]?.artistMbids).toBeUndefined();
  expect(decoded[1]).toMatchObject(more);
  database.close();
});
