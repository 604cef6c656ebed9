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
  for (let words = "", found: readonly ChartAlbum[] | null = null; ;) {
    const isFound = found !== null && found.length > 0;
    await table.show([
      safe``,
      ...question,
      safe``,
      ...wrapText(`Search for an album by words, last.fm address or id: ${words}_`, screen),
      ...(isFound
        ? candidateLines(found ?? [], table.style, { isNumbered: true, recordArtist: artist })
        : []),
      table.style.colours.dim(printable(hintOf(found))),
    ]);
    const press = await table.press();
    switch (press.kind) {
      case "end":
        return "quit";
      case "escape":
        return undefined;
      case "enter":
        found = albumsLike(table.database, words).slice(0, mostShown);
        break;
      case "erase":
        [words, found] = [Array.from(words).slice(0, -1).join(""), null];
        break;
      case "pasted":
        [words, found] = [`${words}${press.text.replace(/\s+/g, " ")}`.slice(0, mostLetters), null];
        break;
      case "sign": {
        const picked = isFound ? found?.[Number(press.text) - 1] : undefined;
        if (picked !== undefined) return picked;
        [words, found] = [`${words}${press.text}`.slice(0, mostLetters), null];
      }
    }
  }
}

function hintOf(found: readonly ChartAlbum[] | null): string {
  if (found === null) return " Enter  search    Esc  back";
  if (found.length === 0) return " no album in your plays fits    Esc  back";
  return ` ${found.length === 1 ? "1" : `1-${found.length}`}  that one    Esc  back`;
}
