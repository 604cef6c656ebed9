// The cover beside the facts about one record, if it is known and the terminal can show pictures.
import type { Context } from "../../../context.ts";
import { detectCoverProtocol, type DrawnCover } from "../../../output/terminal-cover.ts";
import { readCovers } from "../../../queries/records/read-records.ts";
import type { Database } from "../../../store/file/database.ts";

/** Returns null if there is none or no record, without loading anything that draws. */
export async function drawRecordCover(
  context: Context,
  database: Database,
  recordId: number | null,
): Promise<DrawnCover | null> {
  const way = detectCoverProtocol(context.screen, context.env);
  if (recordId === null || way === null) return null;
  const cover = readCovers(database, [recordId]).get(recordId);
  if (cover === undefined) return null;
  const { drawCover } = await import("./draw-cover.ts");
  return drawCover(cover, way, context);
}
