// A damaged cache gives way to a new one that holds what the user decided: read out of it, or from the newest copy.
import { readFileSync } from "node:fs";
import { basename } from "node:path";
import type { Context } from "../../context.ts";
import { RewindError } from "../../model/errors.ts";
import { textOfBytes } from "../../host/files.ts";
import { localDay } from "../../output/dates.ts";
import { counted } from "../../output/numbers.ts";
import { decisionCopies } from "../../host/paths.ts";
import {
  importDecisions,
  parseDecisionDocument,
  type ReadDocument,
} from "../../decisions/decision-document.ts";
import { transact } from "../../store/file/database.ts";
import { markDecided } from "../../store/file/facts.ts";
import { alreadyRunning, isSyncing } from "../../store/file/lock.ts";
import { setAside } from "../../store/damage.ts";

export async function setDamagedAside(context: Context): Promise<string> {
  const { cachePath, clock } = context;
  if (isSyncing(cachePath)) throw alreadyRunning(undefined);
  // Its name goes by where the cache lies, so it is looked for before that is moved.
  const copy = newestCopy(cachePath);
  const { path, salvaged, lost } = setAside(cachePath, localDay(Math.floor(clock.now() / 1000)));
  const kept =
    lost.length > 0 && copy !== null
      ? `your decisions restored from ${basename(copy.path)} (${await restore(context, copy.document)})`
      : salvaged === 0 && lost.length === 0
        ? "no decisions were in it"
        : `${counted(salvaged, "row")} of your decisions kept`;
  const rest = lost.length > 0 && copy === null ? `; not readable any more: ${lost.join(", ")}` : "";
  return `set aside as ${basename(path)}; ${kept}${rest}. Next: rewind sync`;
}

async function restore(context: Context, document: ReadDocument): Promise<string> {
  const database = await context.writableStore();
  const { decisions, aliases } = transact(database, () => {
    markDecided(database);
    return importDecisions(database, document);
  });
  return `${counted(decisions, "decision")}, ${counted(aliases, "alias", "aliases")}`;
}

/** The newest that can be read. */
function newestCopy(cachePath: string): { readonly path: string; readonly document: ReadDocument } | null {
  for (const path of decisionCopies(cachePath)) {
    try {
      return { path, document: parseDecisionDocument(textOfBytes(readFileSync(path))) };
    } catch (error) {
      if (!(error instanceof RewindError)) throw error;
    }
  }
  return null;
}
