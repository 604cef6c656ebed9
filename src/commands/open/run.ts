// A page of one of the services, in the browser.
import type { Context } from "../../context.ts";
import { UsageError } from "../../errors.ts";
import { linesText, safe, type SafeText } from "../../output/escape.ts";
import { pageAddress } from "../../output/page-address.ts";
import { findAlbums, type ChartAlbum } from "../../queries/find-albums.ts";
import type { Database } from "../../store/database.ts";
import { openAnswers } from "../shared/answers.ts";
import type { Call } from "../shared/call.ts";
import { oneRecord } from "../shared/chosen-record.ts";

export async function runOpen(context: Context, { arguments: [given] }: Call): Promise<void> {
  const words = Array.isArray(given) ? given.map(String) : [];
  const { database } = await openAnswers(context);
  const address = addressOf(context, database, words);
  if (context.screen.isTerminal && (await context.openPage(address))) {
    return context.note(safe`Opened: ${address}`);
  }
  await context.write(linesText([address]));
}

function addressOf(context: Context, database: Database, words: readonly string[]): SafeText {
  const [word = ""] = words;
  if (words.length === 1 && /^a\d{1,15}$/i.test(word)) {
    const [album] = findAlbums(database, word);
    const address = album === undefined ? null : albumPage(album);
    if (address !== null) return address;
    throw new UsageError(`Last.fm gave no page for ${word}`, "What is known of it: rewind gaps --all");
  }
  const { releaseId } = oneRecord(context, database, words).hit[0];
  return safe`https://www.discogs.com/release/${releaseId}`;
}

/** As Last.fm gave it; where that is no page of its own, by the album's names. */
function albumPage({ url, artist, title }: ChartAlbum): SafeText | null {
  const parts = [artist, title].map((part) =>
    encodeURIComponent(part.replace(/[\ud800-\udfff]/gu, "\ufffd")).replaceAll("%20", "+"),
  );
  return pageAddress(url ?? "") ?? pageAddress(`https://www.last.fm/music/${parts.join("/")}`);
}
