// Lets the user of rewind review search for another album and pick it by number.
import { printable, safe, type SafeText } from "../../output/escape.ts";
import { wrapText } from "../../output/paragraph.ts";
import { albumsLike, type ChartAlbum } from "../../queries/find/find-albums.ts";
import { candidateLines, type ReviewTerminal } from "./screen.ts";

const mostLetters = 200;
/** One for each digit key. */
const mostShown = 9;

/** Returns undefined if the user goes back to the question. */
export async function chooseAlbum(
  question: readonly SafeText[],
  artist: string,
  table: ReviewTerminal,
): Promise<ChartAlbum | "quit" | undefined> {
  const { screen } = table.style;
  for (let words = "", albums: readonly ChartAlbum[] | null = null; ;) {
    const isFound = albums !== null && albums.length > 0;
    await table.show([
      safe``,
      ...question,
      safe``,
      ...wrapText(`Search for an album by words, last.fm address or id: ${words}_`, screen),
      ...(isFound
        ? candidateLines(albums ?? [], table.style, { isNumbered: true, recordArtist: artist })
        : []),
      table.style.colours.dim(printable(hintOf(albums))),
    ]);
    const press = await table.press();
    switch (press.kind) {
      case "end":
        return "quit";
      case "escape":
        return undefined;
      case "enter":
        albums = albumsLike(table.database, words).slice(0, mostShown);
        break;
      case "erase":
        [words, albums] = [Array.from(words).slice(0, -1).join(""), null];
        break;
      case "pasted":
        [words, albums] = [`${words}${press.text.replace(/\s+/g, " ")}`.slice(0, mostLetters), null];
        break;
      case "sign": {
        const album = isFound ? albums?.[Number(press.text) - 1] : undefined;
        if (album !== undefined) return album;
        [words, albums] = [`${words}${press.text}`.slice(0, mostLetters), null];
      }
    }
  }
}

function hintOf(albums: readonly ChartAlbum[] | null): string {
  if (albums === null) return " Enter  search    Esc  back";
  if (albums.length === 0) return " no album in your plays fits    Esc  back";
  return ` ${albums.length === 1 ? "1" : `1-${albums.length}`}  that one    Esc  back`;
}
