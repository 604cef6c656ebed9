// Doubtful matches one by one, each answer kept at once: whoever stops goes on from there the next time.
import { createInterface } from "node:readline";
import type { Context } from "../../context.ts";
import { coloursFor } from "../../output/colour.ts";
import { linesText, lineText, printable, safe, type SafeText } from "../../output/escape.ts";
import { thousands } from "../../output/numbers.ts";
import { aliasLines, doubtLines, type ReviewScreen } from "./screen.ts";
import { aliasNote, type Doubts } from "../../queries/decisions/doubts.ts";
import type { Database } from "../../store/database.ts";
import { settleAlias, settleDoubt, type Answer, type Settled } from "./answers.ts";
import { holdsLater, settleMatches } from "../shared/settle.ts";

interface Question {
  readonly lines: readonly SafeText[];
  /** How many albums can be chosen by number; 0 where yes or no is all. */
  readonly choices: number;
  readonly settle: (answer: Answer) => Settled;
}

type Reply = Answer | "undo" | "quit" | "unknown";

export async function reviewOneByOne(context: Context, database: Database, found: Doubts): Promise<void> {
  const questions = questionsOf(context, database, found, {
    screen: context.screen,
    colours: await coloursFor(context.screen),
  });
  if (questions.length === 0) {
    const skipped = found.skipped === 0 ? "" : ` ${thousands(found.skipped)} skipped: rewind review --again`;
    return context.write(lineText(`Nothing is doubtful.${skipped}`));
  }
  const reader = createInterface({ input: context.stdin, terminal: false });
  const lines = reader[Symbol.asyncIterator]();
  const done: Settled[] = [];
  try {
    while (done.length < questions.length) {
      const question = questions[done.length];
      if (question === undefined) break;
      await context.write(
        linesText([
          printable(`${thousands(done.length + 1)} of ${thousands(questions.length)}`),
          ...question.lines,
        ]),
      );
      const reply = await replyTo(context, lines, question);
      if (reply === "quit") break;
      if (reply === "undo") done.pop()?.undo();
      else done.push(question.settle(reply));
      await context.write(safe`\n`);
    }
  } finally {
    reader.close();
    await finish(context, database, done, questions.length);
  }
}

function questionsOf(
  context: Context,
  database: Database,
  { doubts, aliases }: Doubts,
  look: ReviewScreen,
): Question[] {
  const nowUts = Math.floor(context.clock.now() / 1000);
  return [
    ...doubts.map((doubt): Question => {
      const choices = doubt.kind !== "fuzzy" && doubt.candidates.length > 1 ? doubt.candidates.length : 0;
      return {
        lines: doubtLines(doubt, look, { isNumbered: choices > 0 }),
        choices,
        settle: (answer) => settleDoubt(database, doubt, answer, nowUts),
      };
    }),
    ...aliases.map((proposal): Question => ({
      lines: aliasLines(proposal, look),
      choices: 0,
      settle: (answer) => settleAlias(database, proposal, aliasNote(proposal), answer, nowUts),
    })),
  ];
}

async function replyTo(
  context: Context,
  lines: AsyncIterator<string>,
  { choices }: Question,
): Promise<Exclude<Reply, "unknown">> {
  const yes = choices === 0 ? "y yes" : `1-${choices} that one`;
  const no = choices === 0 ? "n no" : "n none";
  for (;;) {
    await context.write(printable(`[${yes}, ${no}, s skip, u undo, q quit] `));
    const next = await lines.next();
    // Ctrl-D: what was answered is kept.
    if (next.done === true) {
      await context.write(safe`\n`);
      return "quit";
    }
    const reply = replyOf(next.value, choices);
    if (reply !== "unknown") return reply;
  }
}

function replyOf(line: string, choices: number): Reply {
  const word = line.trim().toLowerCase();
  if (/^\d{1,2}$/.test(word)) {
    const choice = Number(word);
    return choice >= 1 && choice <= choices ? { verdict: "yes", choice: choice - 1 } : "unknown";
  }
  if (choices === 0 && ["y", "yes"].includes(word)) return { verdict: "yes", choice: 0 };
  if (["n", "no", "none"].includes(word)) return { verdict: "no" };
  if (["s", "skip", ""].includes(word)) return { verdict: "skip" };
  if (["u", "undo"].includes(word)) return "undo";
  return ["q", "quit"].includes(word) ? "quit" : "unknown";
}

async function finish(
  context: Context,
  database: Database,
  done: readonly Settled[],
  total: number,
): Promise<void> {
  const skipped = done.filter(({ kind }) => kind === "skipped").length;
  const left = total - done.length;
  const parts = [
    `${thousands(done.length - skipped)} settled`,
    skipped === 0 ? "" : `${thousands(skipped)} skipped (rewind review --again)`,
    left === 0 ? "" : `${thousands(left)} left (rewind review)`,
  ].filter((part) => part !== "");
  const isLater =
    done.some(({ kind }) => kind === "decided") && (await settleMatches(database)) === "later"
      ? ` ${holdsLater}`
      : "";
  await context.write(lineText(`${parts.join(", ")}.${isLater}`));
}
