// Albums that gaps shall not show any more, and the way back.
import type { Context } from "../../context.ts";
import { editionKey } from "../../match/text/edition-key.ts";
import { linesText, printable } from "../../output/escape.ts";
import { findAlbums, type ChartAlbum } from "../../queries/find-albums.ts";
import { transact } from "../../store/database.ts";
import { hiddenAlbums, hideAlbum, unhideAlbum } from "../../store/memory.ts";
import { openAnswers } from "../shared/answers.ts";
import type { Call } from "../shared/call.ts";

export async function runGapsHide(context: Context, call: Call): Promise<void> {
  const { database } = await openAnswers(context);
  const albums = findAlbums(database, wordsOf(call));
  const nowUts = Math.floor(context.clock.now() / 1000);
  transact(database, () => {
    for (const album of albums) hideAlbum(database, album, nowUts);
  });
  const ids = albums.map(({ id }) => `a${id}`).join(",");
  await context.write(linesText(albums.map((album) => printable(`Hidden: ${nameOf(album)}`))));
  context.note(printable(`Show again: rewind gaps unhide ${ids}`));
}

export async function runGapsUnhide(context: Context, call: Call): Promise<void> {
  const { database } = await openAnswers(context);
  const albums = findAlbums(database, wordsOf(call));
  const lines = transact(database, () =>
    albums.map((album) => {
      const key = editionKey(album.artist, album.title);
      // It may have been hidden under the name of another edition.
      const names = hiddenAlbums(database).filter(({ artist, title }) => editionKey(artist, title) === key);
      for (const name of names) unhideAlbum(database, name);
      return `${names.length > 0 ? "Shown again" : "Was not hidden"}: ${nameOf(album)}`;
    }),
  );
  await context.write(linesText(lines.map(printable)));
}

function wordsOf({ arguments: [words] }: Call): string {
  return Array.isArray(words) ? words.map(String).join(" ") : "";
}

function nameOf({ artist, title }: ChartAlbum): string {
  return `${artist} · ${title}`;
}
