// The sleeve beside the facts about one record, if the terminal can show pictures and the cover is known.
import type { Context } from "../../../context.ts";
import { pictureWay, type Sleeve } from "../../../output/sleeve.ts";
import { coversOf } from "../../../queries/records/read-records.ts";
import type { Database } from "../../../store/file/database.ts";

/** Returns null if there is none, without loading anything that draws. */
export async function sleeveFor(
  context: Context,
  database: Database,
  { recordId, isWanted }: { readonly recordId: number; readonly isWanted: boolean },
): Promise<Sleeve | null> {
  const way = isWanted ? pictureWay(context.screen, context.env) : null;
  if (way === null) return null;
  const cover = coversOf(database, [recordId]).get(recordId);
  if (cover === undefined) return null;
  const { drawnSleeve } = await import("./drawn-sleeve.ts");
  return drawnSleeve(cover, way, context);
}
