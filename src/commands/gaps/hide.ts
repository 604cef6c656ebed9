// rewind gaps hide and rewind gaps unhide.
import type { Context } from "../../context.ts";
import { linesText } from "../../output/escape.ts";
import { writeJson } from "../../output/json.ts";
import { sentence } from "../../output/paragraph.ts";
import type { ChartAlbum } from "../../queries/find/find-albums.ts";
import { document, hideAlbums, unhideAlbums, type HidingChange } from "../../decisions/hidden-albums.ts";
import type { Database } from "../../store/file/database.ts";
import { openMatchedAnswers } from "../shared/opening/matched-answers.ts";
import type { Call } from "../shared/declaration.ts";
import { sureAlbums } from "../shared/choosing/sure-choice.ts";

export async function runGapsHide(context: Context, call: Call): Promise<void> {
  const { database } = await openMatchedAnswers(context);
  const nowUts = Math.floor(context.clock.now() / 1000);
  const changes = hideAlbums(database, await albumsOf(context, database, call), nowUts);
  await write(context, call, changes, ({ wasHidden }) => (wasHidden ? "Already hidden" : "Hidden"));
  const ids = changes.map(({ album }) => `a${album.id}`).join(",");
  context.note(`To show again: rewind gaps unhide ${ids}`);
}

export async function runGapsUnhide(context: Context, call: Call): Promise<void> {
  const { database } = await openMatchedAnswers(context);
  const changes = unhideAlbums(database, await albumsOf(context, database, call));
  await write(context, call, changes, ({ wasHidden }) => (wasHidden ? "Shown again" : "Was not hidden"));
}

async function write(
  context: Context,
  { options }: Call,
  changes: readonly HidingChange[],
  wordFor: (change: HidingChange) => string,
): Promise<void> {
  if (options["json"] === true) {
    return writeJson(context, document(changes));
  }
  const lines = changes.flatMap((change) =>
    sentence(`${wordFor(change)}: ${change.album.artist} · ${change.album.title}`, context.screen),
  );
  return context.write(linesText(lines));
}

function albumsOf(
  context: Context,
  database: Database,
  { arguments: [words], options }: Call,
): Promise<readonly ChartAlbum[]> {
  const text = Array.isArray(words) ? words.map(String).join(" ") : "";
  return sureAlbums(context, database, text, { asJson: options["json"] === true });
}
