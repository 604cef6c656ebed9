// Format 38 has the plays that clients send. A cache of format 37 keeps all that it has.
import { join } from "node:path";
import { expect, test } from "vitest";
import { querySources } from "../../src/queries/shelf/sources.ts";
import { toSourcePlay } from "../../src/sources/files/file-format.ts";
import { connect, type Database } from "../../src/store/file/database.ts";
import { firstFormat, readFormat } from "../../src/store/file/schema.ts";
import { migrate } from "../../src/store/open-cache.ts";
import { storeSubmittedPlays } from "../../src/actions/sources/submit-listens.ts";
import { mergeSources } from "../../src/sync/merging/merge-sources.ts";
import { openCache } from "../support/filled-cache.ts";
import { createTempDirectory } from "../support/temp-directories.ts";

const noon = Date.UTC(2026, 2, 14, 12) / 1000;

/** Adds a play of a file with the columns of format 37. */
function addImportedPlay(database: Database): void {
  database.exec(`
    INSERT INTO source VALUES (4, 'spotify', 'file', ${noon});
    INSERT INTO source_track VALUES (9, 4, 'Iva', '', 'Shoals', 'Dune', 200, '', '', '', '', 0, 1, '');
    INSERT INTO source_play (source_id, uts, source_track_id, occurrence, precision_seconds)
      VALUES (4, ${noon}, 9, 1, 1);
    INSERT INTO merge_quarter (source_id, quarter, is_due) VALUES (4, 2026 * 4, 1);
    INSERT INTO alias VALUES ('CAN', 'Can')`);
}

test("keeps imported plays and decisions of a cache of format 37", () => {
  const path = join(createTempDirectory(), "rewind.db");
  const former = connect(path, "write");
  migrate(former, []);
  expect(readFormat(former)).toBe(firstFormat);
  addImportedPlay(former);
  former.close();

  const database = openCache(path);
  mergeSources(database);
  expect(querySources(database)).toMatchObject({
    sources: [{ name: "spotify", kind: "file", plays: 1, readUts: noon }],
    plays: 1,
  });
  expect(database.prepare("SELECT name FROM alias").pluck().all()).toEqual(["CAN"]);
  storeSubmittedPlays(
    database,
    [toSourcePlay({ startUts: noon + 3, artist: "Iva", album: "Shoals", title: "Dune", client: "phone" })],
    noon,
  );
  mergeSources(database);
  expect(querySources(database)).toMatchObject({
    sources: [
      { name: "direct", plays: 1, shared: 1 },
      { name: "spotify", plays: 1, shared: 1 },
    ],
    plays: 1,
  });
  database.close();
});
