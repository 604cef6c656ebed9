// The state with which HTTP and MCP ask queries.
import { daySeconds } from "../../model/times.ts";
import type { Database } from "../../store/file/database.ts";
import * as pick from "../albums/pick.ts";
import type { PickDocument } from "../documents/album-documents.ts";

/** The cache, the time and the settings that an answer depends on besides its parameters. */
export interface QueryState {
  readonly database: Database;
  readonly nowUts: number;
  /** The setting shelf_field. */
  readonly shelfField: string | null;
  /** Returns at least 0, and less than 1. */
  readonly random: () => number;
  /** Says in a sentence why a record was picked. */
  readonly whyPicked: (album: pick.PickRow["album"], nowUts: number) => string;
}

/** A picked album is not proposed again within this time. */
const monthSeconds = 31 * daySeconds;

export function pickRecords(
  values: Pick<pick.PickParameters, "filter" | "count" | "seed">,
  { database, whyPicked, ...facts }: QueryState,
): PickDocument {
  const { nowUts } = facts;
  const answer = pick.queryPick(database, { ...values, ...facts, proposedSinceUts: nowUts - monthSeconds });
  return pick.buildPickDocument(answer, (album) => whyPicked(album, nowUts));
}
