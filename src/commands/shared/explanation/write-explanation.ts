// Explains a match on a terminal, for the commands that show it.
import { renderExplanation } from "./render-explanation.ts";
import { fetchTracklist } from "../../../actions/logged/fetch-tracklist.ts";
import type { Context } from "../../../context.ts";
import { CacheError, isFailure } from "../../../model/errors.ts";
import { joinLines } from "../../../output/safe-text.ts";
import { loadColours } from "../../../output/terminal.ts";
import type { queryExplanation } from "../../../queries/explain/explain-record.ts";
import { type Database, transact } from "../../../store/file/database.ts";
import { isTracklistWanted } from "../../../store/shelf/tracklists.ts";
import { drawRecordCover } from "../listing/draw-record-cover.ts";
import { createActionAccess } from "../access/action-access.ts";

/** `hasCover`: false leaves out the picture. */
export async function writeExplanation(
  context: Context,
  database: Database,
  answer: NonNullable<ReturnType<typeof queryExplanation>>,
  { hasCover }: { readonly hasCover: boolean },
): Promise<void> {
  const style = { screen: context.screen, colours: await loadColours(context.screen) };
  const sleeve = await drawRecordCover(context, database, hasCover ? answer.record.id : null);
  const isVerbose = context.options.verbose === true;
  await context.write(joinLines(renderExplanation(answer, style, { sleeve, isVerbose })));
}

/** The user is waiting. */
const call = { attempts: 1 };

/** Fetches the tracklist that would decide the match, if one would. A failure leaves the match as the cache has it. */
export async function rematchByTracklist(
  context: Context,
  database: Database,
  releaseId: number,
): Promise<void> {
  const mayAsk = context.screen.isTerminal && !context.isSample && !database.readonly;
  if (!mayAsk || !isTracklistWanted(database, releaseId)) return;
  try {
    const tracks = await fetchTracklist(createActionAccess(context, database), releaseId, call);
    if (tracks === null) return;
    const { rematch } = await import("../../../sync/matching/rematch.ts");
    transact(database, () => rematch(database, [releaseId]));
    context.note("rewind: fetched the tracklist from Discogs, because this match depends on it");
  } catch (error) {
    if (!isFailure(error) || error instanceof CacheError) throw error;
    if (context.options.verbose === true)
      context.note(`rewind: could not fetch the tracklist: ${error.message}`);
  }
}
