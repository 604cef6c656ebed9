// What a review asks, question by question, on the screen of one key each.
import { printable, type SafeText } from "../../output/escape.ts";
import { thousands } from "../../output/numbers.ts";
import { aliasNote, type Doubt, type Doubts } from "../../queries/doubts/doubts.ts";
import type { Database } from "../../store/file/database.ts";
import { settleAlias, settleDoubt, type Answer, type Settled } from "./answers.ts";
import { aliasLines, doubtLines } from "./screen.ts";
import type { Look } from "../../output/look.ts";

export interface PosedQuestion {
  readonly lines: readonly SafeText[];
  /** What the keys of an answer mean here. */
  readonly answers: readonly [key: string, meaning: string][];
  /** How many albums can be chosen by number; 0 where yes or no is all. */
  readonly choices: number;
  /** The doubt, where it is one about an album. */
  readonly doubt: Doubt | null;
  readonly settle: (answer: Answer) => Settled;
}

interface Asking {
  readonly database: Database;
  readonly look: Look;
  readonly nowUts: number;
}

export function questionsOf(
  { doubts, aliases }: Doubts,
  { database, look, nowUts }: Asking,
): PosedQuestion[] {
  const place = (at: number, all: readonly unknown[], noun: string): SafeText =>
    look.colours.dim(printable(`${noun}${thousands(at + 1)} of ${thousands(all.length)}`));
  return [
    ...doubts.map((doubt, at): PosedQuestion => {
      const choices = doubt.kind !== "fuzzy" && doubt.candidates.length > 1 ? doubt.candidates.length : 0;
      return {
        lines: [place(at, doubts, ""), ...doubtLines(doubt, look, { isNumbered: choices > 0 })],
        answers:
          choices > 0
            ? [
                [`1-${choices}`, "that one"],
                ["n", "none of them"],
              ]
            : [
                ["y", "the same"],
                ["n", "another album"],
              ],
        choices,
        doubt,
        settle: (answer) => settleDoubt(database, doubt, answer, nowUts),
      };
    }),
    ...aliases.map((proposal, at): PosedQuestion => ({
      lines: [place(at, aliases, "Names: "), ...aliasLines(proposal, look)],
      answers: [
        ["y", "one artist"],
        ["n", "two artists"],
      ],
      choices: 0,
      doubt: null,
      settle: (answer) => settleAlias(database, proposal, aliasNote(proposal), answer, nowUts),
    })),
  ];
}
