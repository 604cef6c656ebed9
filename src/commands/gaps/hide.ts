// Albums that gaps shall not show any more, and the way back.
import type { Context } from "../../context.ts";
import { linesText, printable } from "../../output/escape.ts";
import { writeJson } from "../../output/json.ts";
import { sentence } from "../../output/paragraph.ts";
import { findAlbums, type ChartAlbum } from "../../queries/find-albums.ts";
import { document, hideAlbums, unhideAlbums, type HidingChange } from "../../queries/hidden-albums.ts";
import { openAnswers } from "../shared/answers.ts";
import type { Call } from "../shared/call.ts";

export async function runGapsHide(context: Context, call: Call): Promise<void> {
  const { database } = await openAnswers(context);
  const nowUts = Math.floor(context.clock.now() / 1000);
  const changes = hideAlbums(database, findAlbums(database, wordsOf(call)), nowUts);
  await write(context, call, changes, ({ wasHidden }) => (wasHidden ? "Hidden already" : "Hidden"));
  const ids = changes.map(({ album }) => `a${album.id}`).join(",");
  context.note(printable(`Show again: rewind gaps unhide ${ids}`));
}

export async function runGapsUnhide(context: Context, call: Call): Promise<void> {
  const { database } = await openAnswers(context);
  const changes = unhideAlbums(database, findAlbums(database, wordsOf(call)));
  await write(context, call, changes, ({ wasHidden }) => (wasHidden ? "Shown again" : "Not hidden"));
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
    sentence(`${wordFor(change)}: ${nameOf(change.album)}`, context.screen),
  );
  return context.write(linesText(lines));
}

function wordsOf({ arguments: [words] }: Call): string {
  return Array.isArray(words) ? words.map(String).join(" ") : "";
}

function nameOf({ artist, title }: ChartAlbum): string {
  return `${artist} · ${title}`;
}
