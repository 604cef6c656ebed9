// Which albums of the chart are owned in any pressing, and which are wanted: worked out at once for all of them.
import type { Database } from "../../store/file/database.ts";
import { editionKeyExpressions } from "./album-key.ts";
import { wantedKeys } from "./ownership.ts";
import { ownedAlbums } from "../../store/shelf/albums.ts";

interface ChartStanding {
  readonly owned: ReadonlySet<number>;
  readonly wanted: ReadonlySet<number>;
}

export function chartStanding(database: Database): ChartStanding {
  const keys = editionKeyExpressions(database);
  const idsOf = (sql: string): Set<number> => new Set(database.prepare<[], number>(sql).pluck().all());
  return {
    owned: idsOf(`WITH ${ownedAlbums(keys)} SELECT id FROM owned_album`),
    wanted: idsOf(`SELECT id FROM album WHERE ${keys.ofAlbum} IN (${wantedKeys(keys)})`),
  };
}
