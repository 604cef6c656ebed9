import { expect, test } from "vitest";
import { createNameCounter } from "../../src/store/match-evidence.ts";
import { createEmptyCache } from "../../src/store/open-cache.ts";

test("the name counter counts albums and releases on the shelf by exact names, whatever brackets follow the title", () => {
  const database = createEmptyCache();
  database.exec(`
    INSERT INTO album (artist, title, play_count) VALUES
      ('Ada Vole', 'Tides', 1), ('Ada Vole', 'Tides (Live)', 1), ('Ada Vole', 'Tidesman', 1), ('ada vole', 'Tides', 1);
    INSERT INTO release (id, title, genres, styles, artist, kind, form) VALUES
      (1, 'Tides', '[]', '[]', 'Ada Vole', 'album', 'LP'), (2, 'Tides', '[]', '[]', 'Ada Vole', 'album', 'CD');
    INSERT INTO record (instance_id, release_id, rating) VALUES (11, 1, 0), (12, 1, 0)`);
  const countUses = createNameCounter(database);
  expect(countUses("artist", { artist: "Ada Vole", title: "Tides" })).toBe(4);
  expect(countUses("title", { artist: "Ada Vole", title: "Tides" })).toBe(3);
  expect(countUses("title", { artist: "Ada Vole", title: "Tides (Live)" })).toBe(1);
  expect(countUses("artist", { artist: "Ada Voles", title: "Tides" })).toBe(0);
});
