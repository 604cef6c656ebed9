// What was nearly credited to a record: it takes every album of the chart, so it is worked out only where it is asked for.
import { createMatcher } from "../../match/matcher.ts";
import type { Database } from "../../store/file/database.ts";
import { readAliases, storedAlbums } from "../../store/decisions/decisions.ts";
import { shelvedReleases } from "../../store/plays/matches.ts";

/** A function that tells the plays of albums that look like a release and are credited to no record. */
export function closePlaysCounter(database: Database): (releaseId: number) => number {
  const matcher = createMatcher(storedAlbums(database), { aliases: readAliases(database) });
  const isCredited = database.prepare<[number], number>("SELECT 1 FROM credit WHERE album_id = ?").pluck();
  return (releaseId) => {
    const release = [...shelvedReleases(database, releaseId)][0]?.[0];
    if (release === undefined) return 0;
    const { type, rule, rejected } = matcher.explain(release);
    // As in a review: where not even the artist is known there is nothing to be near to.
    if (type === "none" && rule !== "tie") return 0;
    return rejected
      .filter(({ close }) => close)
      .filter(({ album }) => isCredited.get(album.id) === undefined)
      .reduce((plays, { album }) => plays + album.playCount, 0);
  };
}
