// Which state of the cache an answer was made from: two answers of one generation are the same.
import { createHash } from "node:crypto";
import type { Database } from "./database.ts";

/** What every question is answered from, in few figures: what was published when, and what the user said since. */
const figures = `
SELECT json_array(
  (SELECT json_group_array(json_array(step, started_uts, published_uts, walked_uts, detail)) FROM publication),
  (SELECT json_group_array(json_array(name, value)) FROM fact),
  (SELECT json_group_array(json_array(service, username)) FROM account),
  (SELECT json_array(count(*), total(record_id * (1.0 + album_id)), total(record_id * confidence), total(play_count),
     total(last_played_uts), total(spins), total(last_spin_uts), total(noted_plays)) FROM match),
  (SELECT json_array(count(*), total(original_year), total(id * (original_year + 0.5))) FROM release),
  (SELECT json_array(count(*), total(decided_uts)) FROM decision),
  (SELECT json_array(count(*), total(length(artist)), total(length(title))) FROM decision_album),
  (SELECT json_group_array(json_array(name, same_as)) FROM alias),
  (SELECT json_group_array(json_array(artist, title)) FROM hidden_album),
  (SELECT json_array(count(*), total(noted_uts), total(start_uts)) FROM noted_play),
  (SELECT count(*) FROM tracklist WHERE state = 'known'),
  (SELECT json_array(count(*), max(asked_uts)) FROM picture WHERE state = 'known'))`;

/** Equal for as long as no answer of this cache is another one. */
export function generationOf(database: Database): string {
  const text = database.prepare<[], string>(figures).pluck().get() ?? "";
  return createHash("sha256").update(text).digest("base64url").slice(0, 22);
}

/** A number that changes whenever another connection has written. */
export function dataVersionOf(database: Database): () => number {
  const version = database.prepare<[], number>("PRAGMA data_version").pluck();
  return () => version.get() ?? 0;
}
