// Opens a page of Discogs or of the listening service in the browser.
import type { Context } from "../../context.ts";
import { UsageError } from "../../model/errors.ts";
import { joinLines } from "../../output/safe-text.ts";
import { findAlbums } from "../../queries/find/find-albums.ts";
import type { Database } from "../../store/file/database.ts";
import { openMatchedCache } from "../shared/access/matched-cache.ts";
import type { Invocation, CommandDeclaration } from "../shared/command-declaration.ts";
import { chooseRecords } from "../shared/prompting/prompt-choice.ts";
import { findAlbumUrl, buildRecordUrl } from "../shared/listing/list-fields.ts";
import { recordArgument } from "../shared/listing/list-options.ts";

export const declaration: CommandDeclaration = {
  name: "open",
  details: `Opens records on Discogs. Albums of your plays open on Last.fm if it has them, otherwise as a search on Discogs. Album
ids like a12 are printed by rewind gaps and rewind explain. In a pipe, or without a browser, it prints the address.`,
  arguments: [
    {
      ...recordArgument,
      name: "<record...>",
      help: `${recordArgument.help}; or an album id`,
    },
  ],
  examples: [
    ["rewind open 17", "open record 17 on Discogs"],
    ["rewind open nevermind", "open a record by its title"],
    ["rewind open 17,63", "open several records"],
    ["rewind open a12", "open an album of your plays"],
    ["rewind open 17 | cat", "print the address"],
  ],
  load: async () => runOpen,
};

async function runOpen(context: Context, { words }: Invocation): Promise<void> {
  const { database } = await openMatchedCache(context, { notifies: false });
  const addresses = await findUrls(context, database, words);
  for (const address of addresses) {
    const isOpened = context.screen.isTerminal && (await context.openPage(address));
    if (isOpened) context.note(`Opened: ${address}`);
    else await context.write(joinLines([address]));
  }
}

async function findUrls(context: Context, database: Database, words: readonly string[]) {
  const [word = ""] = words;
  if (words.length === 1 && /^a\d{1,15}$/i.test(word)) {
    const [album] = findAlbums(database, word).albums;
    const address = album === undefined ? null : findAlbumUrl(database, album);
    if (address !== null) return [address];
    throw new UsageError(`no page is known for ${word}`, "To see what is known about it: rewind gaps --all");
  }
  const records = await chooseRecords(context, database, words, {
    asJson: false,
    isOnePressing: true,
  });
  return records.map(({ hit }) => buildRecordUrl(hit[0].releaseId));
}
