// The sleeve beside the facts about one record, if the terminal can show pictures and the cover is known.
import type { Context } from "../../../context.ts";
import { pictureWay, type Sleeve } from "../../../output/sleeve.ts";
import { coversOf } from "../../../queries/records/read-records.ts";
import type { Database } from "../../../store/file/database.ts";

/** Returns null if there is none or no record, without loading anything that draws. */
export async function sleeveFor(
  context: Context,
  database: Database,
  recordId: number | null,
): Promise<Sleeve | null> {
  const way = pictureWay(context.screen, context.env);
  if (recordId === null || way === null) return null;
  const cover = coversOf(database, [recordId]).get(recordId);
  if (cover === undefined) return null;
  const { drawnSleeve } = await import("./drawn-sleeve.ts");
  return drawnSleeve(cover, way, context);
}
