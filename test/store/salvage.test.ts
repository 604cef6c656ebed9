// A new cache takes some tables over from a damaged one. Every new table must be listed as one kind or the other.
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { userTables } from "../../src/store/decisions/saved-decisions.ts";
import { sourceTables } from "../../src/store/plays/source-plays.ts";
import { setAside } from "../../src/store/damage.ts";
import { createTestCache } from "../support/filled-cache.ts";
import { createTempDirectory } from "../support/temp-directories.ts";

/** Brought by the next sync, worked out from what it brings, or about this very file. */
const refilledTables =
  /^(?:account|album|album_match|album_spin|artist|checkpoint|cover_preview|custom_field|fact|folder|former_match|master|match|merge_quarter|musicbrainz_\w+|logged_spin|proposal|publication|record(?:_(?:album|field))?|release(?:_\w+)?|scrobble|spin|staged_\w+|similar_album|unmatched_song|tombstone|track|track_length|tracklist|want)$/;

test("every table is either refilled by a sync or carried over", () => {
  const tables = createTestCache()
    .prepare<[], string>(
      "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite#_%' ESCAPE '#'",
    )
    .pluck()
    .all();
  const own = new Set<string>([...userTables, ...sourceTables]);
  expect(tables.filter((name) => refilledTables.test(name) === own.has(name))).toEqual([]);
  expect(userTables.filter((name) => !tables.includes(name))).toEqual([]);
});

test("an unreadable file is kept unchanged", () => {
  const path = join(createTempDirectory(), "rewind.db");
  writeFileSync(path, "rubbish ".repeat(2000));
  const { path: aside, salvaged, isComplete } = setAside(path, "2026-03-14");
  expect(aside).toMatch(/rewind\.damaged-2026-03-14\.db$/);
  expect({ salvaged, isComplete }).toEqual({ salvaged: 0, isComplete: false });
});
