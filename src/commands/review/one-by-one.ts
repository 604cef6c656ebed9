// rewind review on a terminal: one question after the other, one key press each. Every answer is saved at once.

import type { Context } from "../../context.ts";
import { InterruptedError } from "../../model/errors.ts";
import { coloursFor, type TerminalStyle } from "../../output/screen.ts";
import { lineText, printable, safe, type SafeText } from "../../output/escape.ts";
import { createLiveBlock } from "../../output/progress.ts";
import { thousands } from "../../output/number-text.ts";
import { sideBySide, wrapText } from "../../output/paragraph.ts";
import type { Doubt } from "../../queries/doubts/doubts.ts";
import { aliasNote, type Doubts } from "../../queries/doubts/review.ts";
import type { Database } from "../../store/file/database.ts";
import type { Call } from "../shared/declaration.ts";
import { openKeyboard, type Press } from "../shared/terminal/keyboard.ts";
import { albumPage, recordPage } from "../shared/listing/list-fields.ts";
import { holdsLater, settleMatches } from "../shared/choosing/settle.ts";
import { type Answer, settleAlias, settleDoubt, type SettledDoubt } from "./settled-doubt.ts";
import { chooseAlbum } from "./other-album.ts";
import { type ReviewTerminal, aliasLines, doubtLines } from "./screen.ts";

type Reply = Answer | "undo" | "quit" | "explain" | "open" | "other" | undefined;

export async function reviewOneByOne(
  context: Context,
  database: Database,
  doubts: Doubts,
  runCommand: Call["runCommand"],
): Promise<void> {
  const style = { screen: context.screen, colours: await coloursFor(context.screen) };
  const nowUts = Math.floor(context.clock.now() / 1000);
  const questions = questionsOf(doubts, { database, style, nowUts });
  if (questions.length === 0) {
    const skippedText =
      doubts.skipped === 0 ? "" : ` ${thousands(doubts.skipped)} skipped: rewind review --again`;
    return context.write(lineText(`Nothing to review.${skippedText}`));
  }
  const block = createLiveBlock({ isRedrawn: context.env["TERM"] !== "dumb" });
  const keyboard = openKeyboard(context);
  const table: ReviewTerminal = {
    context,
    database,
    style,
    show: (lines) => context.write(block.show(lines)),
    keep: (lines) => context.write(block.keep(lines)),
    press: async () => {
      const press = await keyboard.next();
      if (press.kind === "resumed") block.leave();
      return press;
    },
  };
  const settledDoubts: SettledDoubt[] = [];
  try {
    for (let question = questions[0]; question !== undefined; question = questions[settledDoubts.length]) {
      const reply = await replyTo(question, table, runCommand);
      if (reply === "quit") break;
      if (reply === "undo") await takeBack(settledDoubts.pop(), table);
      else {
        const outcome = question.settle(reply);
        settledDoubts.push(outcome);
        await table.keep(doneLines(outcome, table));
      }
    }
    await table.keep([]);
  } catch (error) {
    if (!(error instanceof InterruptedError)) throw error;
    await table.keep([]);
    throw error.withHint("Your answers are saved. To continue: rewind review");
  } finally {
    keyboard.close();
    await finish(context, database, settledDoubts, questions.length);
  }
}

function doneLines(
  { kind, summary }: SettledDoubt,
  { style: { screen, colours } }: ReviewTerminal,
): SafeText[] {
  const lines = wrapText(`${kind === "skipped" ? "·" : "✓"} ${summary}`, screen);
  return kind === "skipped" ? lines.map(colours.dim) : lines.map(colours.green);
}

async function takeBack(outcome: SettledDoubt | undefined, table: ReviewTerminal): Promise<void> {
  if (outcome === undefined) return;
  outcome.undo();
  await table.keep(wrapText(`· undone: ${outcome.summary}`, table.style.screen).map(table.style.colours.dim));
}

/** Asks until the user answers. Keys that only show something come back to the question. */
async function replyTo(
  question: PosedQuestion,
  table: ReviewTerminal,
  runCommand: Call["runCommand"],
): Promise<Answer | "undo" | "quit"> {
  for (let remark = ""; ;) {
    await table.show([safe``, ...question.lines, safe``, ...keyLines(question, table, remark)]);
    const reply = replyOf(await table.press(), question);
    remark = "";
    const { doubt } = question;
    if (reply === "explain" && doubt !== null) {
      await table.keep([]);
      const { db } = table.context.options;
      const options = db === undefined ? [] : ["--db", db];
      await runCommand([...options, "explain", String(doubt.recordIds[0])], {});
      await table.keep([safe``]);
    } else if (reply === "open" && doubt !== null) remark = await openPages(doubt, table);
    else if (reply === "other" && doubt !== null) {
      const album = await chooseAlbum(question.lines, doubt.artist, table);
      if (album === "quit") return "quit";
      if (album !== undefined) return { verdict: "other", album };
    } else if (typeof reply === "object" || reply === "undo" || reply === "quit") return reply;
  }
}

function keyLines(
  { answers, doubt }: PosedQuestion,
  { style: { screen, colours } }: ReviewTerminal,
  remark: string,
): SafeText[] {
  const albumKeys = [
    ["e", "explain"],
    ["o", "open"],
    ["/", "search"],
  ];
  const keys = [
    ...answers,
    ["s", "later"],
    ...(doubt === null ? [] : albumKeys),
    ["u", "undo"],
    ["q", "quit"],
  ];
  const hints = keys.map(([key = "", meaning = ""]) => `${key}  ${meaning}`);
  return [
    ...sideBySide(hints, "   ", { ...screen, width: screen.width - 1 }).map(
      (line) => safe` ${colours.dim(line)}`,
    ),
    ...(remark === "" ? [] : wrapText(remark, screen)),
  ];
}

function replyOf(press: Press, { choices }: PosedQuestion): Reply {
  if (press.kind === "end") return "quit";
  if (press.kind !== "sign") return undefined;
  const key = press.text.toLowerCase();
  const choice = /^[1-9]$/.test(key) ? Number(key) : 0;
  if (choice >= 1 && choice <= choices) return { verdict: "yes", choice: choice - 1 };
  if (key === "y" && choices > 0) return undefined;
  return replies.get(key);
}

const replies: ReadonlyMap<string, Reply> = new Map<string, Reply>([
  ["y", { verdict: "yes", choice: 0 }],
  ["n", { verdict: "no" }],
  ["s", { verdict: "skip" }],
  ["u", "undo"],
  ["q", "quit"],
  ["e", "explain"],
  ["o", "open"],
  ["/", "other"],
]);

/** Opens the pages of the record and the albums. Returns a remark, with the addresses if there is no browser. */
async function openPages(
  { releaseIds, candidates }: NonNullable<PosedQuestion["doubt"]>,
  { context, database }: ReviewTerminal,
): Promise<string> {
  const pages = [
    recordPage(releaseIds[0]),
    ...candidates.flatMap((album) => albumPage(database, album) ?? []),
  ];
  const results = await Promise.all(pages.map((page) => context.openPage(page)));
  const others = pages.filter((_, at) => results[at] !== true);
  return others.length === 0 ? "Opened." : `No browser was found. The addresses: ${others.join(" ")}`;
}

async function finish(
  context: Context,
  database: Database,
  settledDoubts: readonly SettledDoubt[],
  total: number,
): Promise<void> {
  const skippedCount = settledDoubts.filter(({ kind }) => kind === "skipped").length;
  const remaining = total - settledDoubts.length;
  const parts = [
    `${thousands(settledDoubts.length - skippedCount)} settled`,
    skippedCount === 0 ? "" : `${thousands(skippedCount)} skipped (rewind review --again)`,
    remaining === 0 ? "" : `${thousands(remaining)} left (rewind review)`,
  ].filter((part) => part !== "");
  const isLater =
    settledDoubts.some(({ kind }) => kind === "decided") && (await settleMatches(database)) === "later"
      ? ` ${holdsLater}`
      : "";
  await context.write(lineText(`${parts.join(", ")}.${isLater}`));
}

interface PosedQuestion {
  readonly lines: readonly SafeText[];
  /** The keys that answer it. */
  readonly answers: readonly [key: string, meaning: string][];
  /** How many albums can be picked by number; 0 for a yes-or-no question. */
  readonly choices: number;
  /** null for a question about two artist names. */
  readonly doubt: Doubt | null;
  readonly settle: (answer: Answer) => SettledDoubt;
}

interface Asking {
  readonly database: Database;
  readonly style: TerminalStyle;
  readonly nowUts: number;
}

function questionsOf({ doubts, aliases }: Doubts, { database, style, nowUts }: Asking): PosedQuestion[] {
  const place = (at: number, all: readonly unknown[], noun: string): SafeText =>
    style.colours.dim(printable(`${noun}${thousands(at + 1)} of ${thousands(all.length)}`));
  return [
    ...doubts.map((doubt, at): PosedQuestion => {
      const choices = doubt.kind !== "fuzzy" && doubt.candidates.length > 1 ? doubt.candidates.length : 0;
      return {
        lines: [place(at, doubts, ""), ...doubtLines(doubt, style, { isNumbered: choices > 0 })],
        answers:
          choices > 0
            ? [
                [`1-${choices}`, "that one"],
                ["n", "none of these"],
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
      lines: [place(at, aliases, "Names: "), ...aliasLines(proposal, style)],
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
