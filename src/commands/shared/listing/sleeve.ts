// The sleeve that stands beside what is told of one record: where the terminal shows it, and there is one.
import type { Context } from "../../../context.ts";
import { pictureWay, type Sleeve } from "../../../output/sleeve.ts";
import { coversOf } from "../../../queries/records/records-by-id.ts";
import type { Database } from "../../../store/file/database.ts";

/** null: none. Nothing that draws is loaded then. */
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
