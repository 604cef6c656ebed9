// Covers of a shelf as a sync with --covers leaves them: what they look like for good, and some of their bytes.
import { openImageStore } from "../../../src/images/cached-covers.ts";
import { buildCoverPreview } from "../../../src/images/cover-preview.ts";
import { getCoversPath } from "../../../src/host/paths.ts";
import { saveCover } from "../../../src/store/shelf/stored-covers.ts";
import { getHomeCachePath, openCache } from "../../support/filled-cache.ts";
import { encodePng, paintCover } from "../../support/test-images.ts";
import { buildHomeEnv } from "../../support/run-cli.ts";

/** Adds covers of releases with an address, except each fourth; keeps the bytes of every other one. Counts records. */
export function addCovers(home: string): { readonly known: number; readonly kept: number } {
  const database = openCache(getHomeCachePath(home));
  const keeper = openImageStore(getCoversPath(buildHomeEnv(home), "linux"));
  const releases = database
    .prepare<[], { copies: number; address: string }>(
      `SELECT count(*) AS copies, coalesce(thumb_url, cover_url) AS address FROM record JOIN release ON release.id = record.release_id
       WHERE coalesce(thumb_url, cover_url) IS NOT NULL GROUP BY release.id ORDER BY release.id`,
    )
    .all();
  const counts = { known: 0, kept: 0 };
  database.transaction(() => {
    releases.forEach(({ copies, address }, at) => {
      if (at % 4 === 3) return;
      const bytes = encodePng(paintCover(16, 16, at + 1));
      const preview = buildCoverPreview(bytes);
      if (preview === null) throw new Error("a sleeve can be unpacked");
      saveCover(database, { source: "discogs", address }, preview, 1);
      counts.known += copies;
      if (at % 2 === 1) return;
      keeper.keep(address, bytes);
      counts.kept += copies;
    });
  })();
  database.close();
  return counts;
}
