// What stands below the table of gaps, and in its place where it is empty.
import { counted, thousands } from "../../output/numbers.ts";
import type { GapQuestion } from "../../queries/albums/gaps.ts";
import type { GapsAnswer } from "../../queries/albums/gaps-answer.ts";
import type { Range } from "../../queries/conditions/range.ts";
import { nothingLeft, timeHint } from "../shared/listing/nothing-left.ts";
import { spanInWords } from "../shared/listing/times-in-words.ts";
import { nextPage, pageInWords, pageCount } from "../shared/listing/page-footer.ts";

export function emptyText({ question, most: best, emptied }: GapsAnswer): string {
  if (question.hidden) return "No hidden albums to show.";
  const noun = "album that you play and do not own";
  if (best === undefined) return `${nothingLeft(noun, emptied())}${timeHint(question.words ?? [])}`;
  const { artist, title, plays } = best;
  const least = question.plays?.[0]?.least ?? null;
  const most = `the most is ${thousands(plays)} (${artist} · ${title})`;
  return least !== null && plays < least
    ? `No album that you do not own has ${thousands(least)} plays or more; ${most}.`
    : `${nothingLeft(noun, emptied())} Without them, ${most}.`;
}

export function gapsFooter(
  { question, rows, paging, history, playsFrom, total, wanted }: GapsAnswer,
  { nowMs, hasKeys }: { readonly nowMs: number; readonly hasKeys: boolean },
): string[][] {
  const what = question.hidden ? "hidden by you" : `${rulesInWords(question)}not owned in any pressing`;
  const boxed = rows.find(({ shelf }) => shelf.boxId !== null);
  const [first] = rows;
  return [
    [
      paging === null || pageCount(paging, total) === 1
        ? counted(total, "album")
        : pageInWords(paging, total, `${thousands(rows.length)} of ${counted(total, "album")}`),
      what,
      nextPage(paging, total),
    ],
    [
      wanted > 0 ? `★ on your wantlist (${thousands(wanted)})` : "",
      rows.some(({ editions }) => editions.length > 1) ? "+2 editions added up" : "",
      rows.some(({ shelf }) => shelf.records > 0) ? "Own: your records by the artist" : "",
      boxed === undefined ? "" : "▣ one is a box",
      question.during === null ? "" : `Plays: from ${spanInWords(question.during, nowMs)}`,
    ],
    [
      boxed === undefined || !hasKeys
        ? ""
        : `In the box #${boxed.shelf.boxId ?? ""}? rewind link ${boxed.shelf.boxId ?? ""} --add a${boxed.id}`,
      !hasKeys
        ? ""
        : question.hidden
          ? `Show again: rewind gaps unhide a${first?.id ?? ""}`
          : `Never show: rewind gaps hide a${rows.at(-1)?.id ?? ""}`,
      history === "complete" && question.during === null ? "recent: --during 1y" : "",
      question.albumKind?.includes("single") === false ? "singles: --kind single" : "",
    ],
    history === "complete"
      ? []
      : [
          history === "hidden"
            ? `Tracks, 12 mo: unknown, the listening history is hidden on ${playsFrom}`
            : "Tracks, 12 mo: not known yet, the listening history is still to come: rewind sync",
        ],
  ];
}

/** "10+ plays on 4+ tracks, " */
function rulesInWords({ plays = [], tracks = [] }: GapQuestion): string {
  const playsText = plays.map(rangeInWords).join(" or ");
  const tracksText = tracks.map(rangeInWords).join(" or ");
  if (playsText === "" && tracksText === "") return "";
  if (tracksText === "") return `${playsText} plays, `;
  return playsText === "" ? `${tracksText} tracks, ` : `${playsText} plays on ${tracksText} tracks, `;
}

function rangeInWords({ least, most }: Range): string {
  if (most === null) return `${thousands(least ?? 0)}+`;
  return least === most ? thousands(most) : `${thousands(least ?? 0)} to ${thousands(most)}`;
}
