// rewind review on a terminal: one question after the other, one key press each. Every answer is saved at once.
import type { Context } from "../../context.ts";
import { InterruptedError } from "../../model/errors.ts";
import { lineText, printable, safe, type SafeText } from "../../output/escape.ts";
import { thousands } from "../../output/number-text.ts";
import { joinParts, sideBySide, wrapText } from "../../output/paragraph.ts";
import { createLiveBlock } from "../../output/progress.ts";
import { adaptCommands, coloursFor, type TerminalStyle } from "../../output/screen.ts";
import type { Doubt } from "../../queries/doubts/doubts.ts";
import { aliasNote, type Doubts } from "../../queries/doubts/review.ts";
import { ask } from "../../queries/explain/explain-record.ts";
import { findRecords } from "../../queries/find/find-records.ts";
import { albumsLike, type ChartAlbum } from "../../queries/find/find-albums.ts";
import type { Database } from "../../store/file/database.ts";
import { holdsLater, settleMatches } from "../../actions/apply-decision.ts";
import { settleByTracklist, writeExplanation } from "../shared/explanation/write-explanation.ts";
import { albumPage, recordPage } from "../shared/listing/list-fields.ts";
import { openKeyboard, type Press } from "../shared/terminal/keyboard.ts";
import { aliasLines, candidateLines, doubtLines } from "./screen.ts";
import { type Answer, settleAlias, settleDoubt, type SettledDoubt } from "../../actions/answer-review.ts";

type ReviewTerminal = Awaited<ReturnType<typeof openTerminal>>;

/** The terminal of a review: the current question, and the answers above it. */
async function openTerminal(context: Context, database: Database) {
  const block = createLiveBlock({ isRedrawn: context.env["TERM"] !== "dumb" });
  const keyboard = openKeyboard(context);
  return {
    context,
    database,
    style: { screen: context.screen, colours: await coloursFor(context.screen) },
    /** Replaces the current question. */
    show: (lines: readonly SafeText[]) => context.write(block.show(lines)),
    /** Replaces the current question with lines that stay. */
    keep: (lines: readonly SafeText[]) => context.write(block.keep(lines)),
    press: keyboard.next,
    close: () => keyboard.close(),
  };
}

export async function reviewOneByOne(context: Context, database: Database, doubts: Doubts): Promise<void> {
  const total = doubts.doubts.length + doubts.aliases.length;
  if (total === 0) {
    return context.write(
      lineText(
        joinParts([
          "Nothing to review",
          doubts.skipped === 0 ? "" : `${thousands(doubts.skipped)} skipped: rewind review --again`,
        ]),
      ),
    );
  }
  const terminal = await openTerminal(context, database);
  const settledDoubts: SettledDoubt[] = [];
  try {
    await askAll(questionsOf(doubts, terminal), settledDoubts, terminal);
  } catch (error) {
    if (!(error instanceof InterruptedError)) throw error;
    const isDemo = context.services !== undefined;
    const outcome = isDemo
      ? "The demo stores no answers. To start again"
      : settledDoubts.length === 0
        ? "Nothing was answered. To continue"
        : "Your answers are saved. To continue";
    throw error.withHint(`${outcome}: rewind review`);
  } finally {
    await terminal.keep([]);
    terminal.close();
    await finish(context, database, settledDoubts, total);
  }
}

/** Adds what the user settles to `settledDoubts`. */
async function askAll(
  questions: readonly PosedQuestion[],
  settledDoubts: SettledDoubt[],
  terminal: ReviewTerminal,
): Promise<void> {
  const { screen, colours } = terminal.style;
  for (let question = questions[0]; question !== undefined; question = questions[settledDoubts.length]) {
    const reply = await replyTo(question, terminal);
    if (reply === "quit") return;
    if (reply === "undo") {
      const last = settledDoubts.pop();
      if (last === undefined) continue;
      last.undo();
      await terminal.keep(wrapText(`· undone: ${last.summary}`, screen).map(colours.dim));
      continue;
    }
    const outcome = question.settle(reply);
    settledDoubts.push(outcome);
    const [sign, paint] = outcome.kind === "skipped" ? ["·", colours.dim] : ["✓", colours.green];
    await terminal.keep(wrapText(`${sign} ${outcome.summary}`, screen).map(paint));
  }
}

/** Asks until the user answers. Keys that only show something come back to the question. */
async function replyTo(question: PosedQuestion, terminal: ReviewTerminal): Promise<Answer | "undo" | "quit"> {
  const { doubt } = question;
  for (let remark = ""; ;) {
    await terminal.show([safe``, ...question.lines, safe``, ...keyLines(question, terminal.style, remark)]);
    const reply = replyOf(await terminal.press(), question);
    remark = "";
    if (typeof reply === "object" || reply === "undo" || reply === "quit") return reply;
    if (doubt === null) continue;
    if (reply === "explain") {
      await terminal.keep([]);
      await explain(doubt.recordIds[0], terminal);
      await terminal.keep([safe``]);
    } else if (reply === "open") remark = await openPages(doubt, terminal);
    else if (reply === "other") {
      const album = await chooseAlbum(question.lines, doubt.artist, terminal);
      if (album === "quit") return "quit";
      if (album !== undefined) return { verdict: "other", album };
    }
  }
}

async function explain(recordId: number, { context, database }: ReviewTerminal): Promise<void> {
  const [hit] = findRecords(database, [`#${recordId}`]).hits;
  if (hit === undefined) return;
  await settleByTracklist(context, database, hit[0].releaseId);
  const answer = ask(database, hit);
  if (answer !== undefined) await writeExplanation(context, database, answer, { hasCover: true });
}

function keyLines(
  { answers, doubt }: PosedQuestion,
  { screen, colours }: TerminalStyle,
  remark: string,
): SafeText[] {
  const albumKeys = ["e  explain", "o  open", "/  search"];
  const keys = [...answers, "s  later", ...(doubt === null ? [] : albumKeys), "u  undo", "q  quit"];
  const lines = sideBySide(keys, { ...screen, width: screen.width - 1 }, "   ");
  return [
    ...lines.map((line) => safe` ${colours.dim(line)}`),
    ...(remark === "" ? [] : wrapText(remark, screen)),
  ];
}

type Reply = Answer | "undo" | "quit" | "explain" | "open" | "other";

function replyOf(press: Press, { choices }: PosedQuestion): Reply | undefined {
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
  { releaseIds, candidates }: Doubt,
  { context, database }: ReviewTerminal,
): Promise<string> {
  const albumPages = candidates.flatMap((album) => albumPage(database, album) ?? []);
  const pages = [recordPage(releaseIds[0]), ...albumPages];
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
    ...(skippedCount === 0 ? [] : [`${thousands(skippedCount)} skipped (rewind review --again)`]),
    ...(remaining === 0 ? [] : [`${thousands(remaining)} left (rewind review)`]),
  ];
  const hasDecided = settledDoubts.some(({ kind }) => kind === "decided");
  const isLater = hasDecided && (await settleMatches(database)) === "later";
  const text = `${parts.join(", ")}.${isLater ? ` ${holdsLater}` : ""}`;
  await context.write(lineText(adaptCommands(text, context.screen)));
}

interface PosedQuestion {
  readonly lines: readonly SafeText[];
  /** The keys that answer it, with their meaning. */
  readonly answers: readonly string[];
  /** How many albums can be picked by number; 0 for a yes-or-no question. */
  readonly choices: number;
  /** null for a question about two artist names. */
  readonly doubt: Doubt | null;
  readonly settle: (answer: Answer) => SettledDoubt;
}

function questionsOf(
  { doubts, aliases }: Doubts,
  { database, style, context }: ReviewTerminal,
): PosedQuestion[] {
  const nowUts = Math.floor(context.clock.now() / 1000);
  const place = (at: number, all: readonly unknown[], noun: string): SafeText =>
    style.colours.dim(printable(`${noun}${thousands(at + 1)} of ${thousands(all.length)}`));
  return [
    ...doubts.map((doubt, at) => {
      const choices = doubt.kind !== "fuzzy" && doubt.candidates.length > 1 ? doubt.candidates.length : 0;
      return {
        lines: [place(at, doubts, ""), ...doubtLines(doubt, style, choices > 0)],
        answers:
          choices > 0 ? [`1-${choices}  that one`, "n  none of these"] : ["y  the same", "n  another album"],
        choices,
        doubt,
        settle: (answer: Answer) => settleDoubt(database, doubt, answer, nowUts),
      };
    }),
    ...aliases.map((proposal, at) => ({
      lines: [place(at, aliases, "Names: "), ...aliasLines(proposal, style)],
      answers: ["y  one artist", "n  two artists"],
      choices: 0,
      doubt: null,
      settle: (answer: Answer) => settleAlias(database, proposal, aliasNote(proposal), answer, nowUts),
    })),
  ];
}

const searchKeys = " Enter  search    1-9  that one    Esc  back";
const nothingFits = " no album in your plays fits    Esc  back";
const mostLetters = 200;
/** One for each digit key. */
const mostShown = 9;

/** Searches for another album, to pick by number. Returns undefined if the user goes back to the question. */
async function chooseAlbum(
  question: readonly SafeText[],
  artist: string,
  terminal: ReviewTerminal,
): Promise<ChartAlbum | "quit" | undefined> {
  const { database, style } = terminal;
  let words = "";
  /** null: not searched yet. */
  let albums: readonly ChartAlbum[] | null = null;
  for (;;) {
    await terminal.show([
      safe``,
      ...question,
      safe``,
      ...wrapText(`Search for an album by words or id: ${words}_`, style.screen),
      ...(albums === null || albums.length === 0
        ? []
        : candidateLines(albums, style, artist, { isNumbered: true })),
      style.colours.dim(printable(albums?.length === 0 ? nothingFits : searchKeys)),
    ]);
    const press = await terminal.press();
    if (press.kind === "end") return "quit";
    if (press.kind === "escape") return undefined;
    if (press.kind === "enter") albums = albumsLike(database, words).slice(0, mostShown);
    else if (press.kind === "erase") [words, albums] = [Array.from(words).slice(0, -1).join(""), null];
    else if (press.kind === "sign" || press.kind === "pasted") {
      const album = press.kind === "sign" ? albums?.[Number(press.text) - 1] : undefined;
      if (album !== undefined) return album;
      [words, albums] = [`${words}${press.text.replace(/\s+/g, " ")}`.slice(0, mostLetters), null];
    }
  }
}
