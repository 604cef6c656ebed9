// Another album than those that the matcher thought of: looked for by words, chosen by its number.
import { printable, safe, type SafeText } from "../../output/escape.ts";
import { wrapped } from "../../output/paragraph.ts";
import { albumsLike, type ChartAlbum } from "../../queries/find/find-albums.ts";
import { albumLines, type ReviewTerminal } from "./screen.ts";

const mostWords = 200;
/** As many as there are figures. */
const mostShown = 9;

/** undefined: back to the question. */
export async function chooseAlbum(
  question: readonly SafeText[],
  artist: string,
  table: ReviewTerminal,
): Promise<ChartAlbum | "quit" | undefined> {
  const { screen } = table.look;
  for (let words = "", found: readonly ChartAlbum[] | null = null; ;) {
    const isFound = found !== null && found.length > 0;
    await table.show([
      safe``,
      ...question,
      safe``,
      ...wrapped(`Another album, by words, last.fm address or id: ${words}_`, screen),
      ...(isFound ? albumLines(found ?? [], table.look, artist) : []),
      table.look.colours.dim(printable(hintOf(found))),
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
        [words, found] = [`${words}${press.text.replace(/\s+/g, " ")}`.slice(0, mostWords), null];
        break;
      case "sign": {
        const chosen = isFound ? found?.[Number(press.text) - 1] : undefined;
        if (chosen !== undefined) return chosen;
        [words, found] = [`${words}${press.text}`.slice(0, mostWords), null];
      }
    }
  }
}

function hintOf(found: readonly ChartAlbum[] | null): string {
  if (found === null) return " Enter  search    Esc  back";
  if (found.length === 0) return " no album in your plays has that    Esc  back";
  return ` ${found.length === 1 ? "1" : `1-${found.length}`}  that one    Esc  back`;
}
