import type { Context } from "../../context.ts";
import { NotReadyError } from "../../model/errors.ts";
import { localDay } from "../../output/dates.ts";
import { linesText } from "../../output/escape.ts";
import { coloursFor } from "../../output/colour.ts";
import { lastWeek } from "../../queries/conditions/span.ts";
import { ask } from "../../queries/shelf/glance.ts";
import { missingSettings } from "../../settings/connection.ts";
import { isSyncing } from "../../store/file/lock.ts";
import { openAnswers, type Answers } from "../shared/opening/answers.ts";
import { beginningLines, glanceLines } from "./screen.ts";

export async function runGlance(context: Context): Promise<void> {
  const { screen } = context;
  const look = { screen, colours: await coloursFor(screen) };
  const answers = await answersOf(context);
  if (answers instanceof NotReadyError) {
    const isConnected = missingSettings(context.settings()).length === 0;
    return context.write(linesText(beginningLines(answers.message, isConnected, look)));
  }
  const nowUts = Math.floor(context.clock.now() / 1000);
  const answer = ask(answers.database, {
    week: lastWeek(nowUts),
    // For a day the same record, however often one looks.
    seed: Number(localDay(nowUts).replaceAll("-", "")),
    nowUts,
  });
  const state = { nowUts, isSyncing: isSyncing(context.cachePath) };
  await context.write(linesText(glanceLines(answer, state, look)));
}

/** That nothing is synced yet is an answer here, not a failure. */
async function answersOf(context: Context): Promise<Answers | NotReadyError> {
  try {
    return await openAnswers(context, { tellsAge: false });
  } catch (error) {
    if (error instanceof NotReadyError) return error;
    throw error;
  }
}
