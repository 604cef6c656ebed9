// rewind review on a terminal: one question after the other, one key press each. Every answer is saved at once.
import type { Context } from "../../context.ts";
import { InterruptedError } from "../../model/errors.ts";
import { toLine, toPrintable, safe, type SafeText } from "../../output/safe-text.ts";
import { formatNumber } from "../../output/format-numbers.ts";
import { joinParts, flowParts, wrapText } from "../../output/paragraph.ts";
import { createLiveBlock } from "../../output/progress.ts";
import { adaptHints, loadColours, type TerminalStyle } from "../../output/terminal.ts";
import type { ReviewItem } from "../../queries/review/review-items.ts";
import { toAliasReviewKey, type OpenReview } from "../../queries/review/review.ts";
import { queryExplanation } from "../../queries/explain/explain-record.ts";
import { findRecords } from "../../queries/find/find-records.ts";
import { searchAlbums, type ChartAlbum } from "../../queries/find/find-albums.ts";
import type { Database } from "../../store/file/database.ts";
import { afterSyncNotice, refreshMatches } from "../../actions/apply-decision.ts";
import { rematchByTracklist, writeExplanation } from "../shared/explanation/write-explanation.ts";
import { findAlbumUrl, buildRecordUrl } from "../shared/listing/list-fields.ts";
import { openKeyboard, type Press } from "../shared/terminal/keyboard.ts";
import { renderAliasProposal, renderCandidates, renderReviewItem } from "./view.ts";
import {
  type ReviewAnswer,
  applyAliasAnswer,
  applyAnswer,
  type AppliedAnswer,
} from "../../actions/answer-review.ts";

type ReviewTerminal = Awaited<ReturnType<typeof openReviewTerminal>>;

/** The terminal of a review: the current question, and the answers above it. */
async function openReviewTerminal(context: Context, database: Database) {
  const block = createLiveBlock({ isRedrawn: context.env["TERM"] !== "dumb" });
  const keyboard = openKeyboard(context);
  return {
    context,
    database,
    style: { screen: context.screen, colours: await loadColours(context.screen) },
    /** Replaces the current question. */
    show: (lines: readonly SafeText[]) => context.write(block.show(lines)),
    /** Replaces the current question with lines that stay. */
    keep: (lines: readonly SafeText[]) => context.write(block.keep(lines)),
    press: keyboard.next,
    close: () => keyboard.close(),
  };
}

export async function reviewOneByOne(
  context: Context,
  database: Database,
  review: OpenReview,
): Promise<void> {
  const total = review.items.length + review.aliases.length;
  if (total === 0) {
    return context.write(
      toLine(
        joinParts([
          "Nothing to review",
          review.skipped === 0 ? "" : `${formatNumber(review.skipped)} skipped: rewind review --again`,
        ]),
      ),
    );
  }
  const terminal = await openReviewTerminal(context, database);
  const givenAnswers: AppliedAnswer[] = [];
  try {
    await promptAll(buildPrompts(review, terminal), givenAnswers, terminal);
  } catch (error) {
    if (!(error instanceof InterruptedError)) throw error;
    const outcome = context.isSample
      ? "The demo stores no answers. To start again"
      : givenAnswers.length === 0
        ? "Nothing was answered. To continue"
        : "Your answers are saved. To continue";
    throw error.withHint(`${outcome}: rewind review`);
  } finally {
    await terminal.keep([]);
    terminal.close();
    await printSummary(context, database, givenAnswers, total);
  }
}

/** Adds what the user answers to `givenAnswers`. */
async function promptAll(
  questions: readonly ReviewPrompt[],
  givenAnswers: AppliedAnswer[],
  terminal: ReviewTerminal,
): Promise<void> {
  const { screen, colours } = terminal.style;
  let remark = "";
  for (let question = questions[0]; question !== undefined; question = questions[givenAnswers.length]) {
    const reply = await promptReply(question, terminal, remark);
    remark = "";
    if (reply === "quit") return;
    if (reply === "undo") {
      const last = givenAnswers.pop();
      if (last === undefined) {
        remark = "There is no answer to undo.";
        continue;
      }
      last.undo();
      await terminal.keep(wrapText(`· undone: ${last.summary}`, screen).map(colours.dim));
      continue;
    }
    const outcome = question.apply(reply);
    givenAnswers.push(outcome);
    const [sign, paint] = outcome.kind === "skipped" ? ["·", colours.dim] : ["✓", colours.green];
    await terminal.keep(wrapText(`${sign} ${outcome.summary}`, screen).map(paint));
  }
}

/** Asks until the user answers. Keys that only show something come back to the question. */
async function promptReply(
  question: ReviewPrompt,
  terminal: ReviewTerminal,
  firstRemark: string,
): Promise<ReviewAnswer | "undo" | "quit"> {
  const { item } = question;
  for (let remark = firstRemark; ;) {
    await terminal.show([safe``, ...question.lines, safe``, ...renderKeys(question, terminal.style, remark)]);
    const reply = toReply(await terminal.press(), question);
    remark = "";
    if (typeof reply === "object" || reply === "undo" || reply === "quit") return reply;
    if (item === null || reply === undefined) {
      remark = "That key does nothing here.";
      continue;
    }
    if (reply === "explain") {
      await terminal.keep([]);
      await printExplanation(item.recordIds[0], terminal);
      await terminal.keep([safe``]);
    } else if (reply === "open") remark = await openPages(item, terminal);
    else if (reply === "other") {
      const album = await chooseAlbum(question.lines, item.artist, terminal);
      if (album === "quit") return "quit";
      if (album !== undefined) return { verdict: "other", album };
    }
  }
}

async function printExplanation(recordId: number, { context, database }: ReviewTerminal): Promise<void> {
  const [hit] = findRecords(database, [`#${recordId}`]).hits;
  if (hit === undefined) return;
  await rematchByTracklist(context, database, hit[0].releaseId);
  const answer = queryExplanation(database, hit);
  if (answer !== undefined) await writeExplanation(context, database, answer, { hasCover: true });
}

function renderKeys(
  { answers, item }: ReviewPrompt,
  { screen, colours }: TerminalStyle,
  remark: string,
): SafeText[] {
  const albumKeys = ["e  explain", "o  open", "/  search"];
  const keys = [...answers, "s  later", ...(item === null ? [] : albumKeys), "u  undo", "q  quit"];
  const lines = flowParts(keys, { ...screen, width: screen.width - 1 }, "   ");
  return [
    ...lines.map((line) => safe` ${colours.dim(line)}`),
    ...(remark === "" ? [] : wrapText(remark, screen)),
  ];
}

type Reply = ReviewAnswer | "undo" | "quit" | "explain" | "open" | "other";

function toReply(press: Press, { choices }: ReviewPrompt): Reply | undefined {
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
  { releaseIds, candidates }: ReviewItem,
  { context, database }: ReviewTerminal,
): Promise<string> {
  const albumPages = candidates.flatMap((album) => findAlbumUrl(database, album) ?? []);
  const pages = [buildRecordUrl(releaseIds[0]), ...albumPages];
  const results = await Promise.all(pages.map((page) => context.openPage(page)));
  const others = pages.filter((_, at) => results[at] !== true);
  return others.length === 0 ? "Opened." : `No browser was found. The addresses: ${others.join(" ")}`;
}

async function printSummary(
  context: Context,
  database: Database,
  givenAnswers: readonly AppliedAnswer[],
  total: number,
): Promise<void> {
  const skippedCount = givenAnswers.filter(({ kind }) => kind === "skipped").length;
  const remaining = total - givenAnswers.length;
  const parts = [
    `${formatNumber(givenAnswers.length - skippedCount)} answered`,
    ...(skippedCount === 0 ? [] : [`${formatNumber(skippedCount)} skipped (rewind review --again)`]),
    ...(remaining === 0 ? [] : [`${formatNumber(remaining)} left (rewind review)`]),
  ];
  const hasDecided = givenAnswers.some(({ kind }) => kind === "decided");
  const isLater = hasDecided && (await refreshMatches(database)) === "later";
  const text = `${parts.join(", ")}.${isLater ? ` ${afterSyncNotice}` : ""}`;
  await context.write(toLine(adaptHints(text, context.screen)));
}

interface ReviewPrompt {
  readonly lines: readonly SafeText[];
  /** The keys that answer it, with their meaning. */
  readonly answers: readonly string[];
  /** How many albums can be picked by number; 0 for a yes-or-no question. */
  readonly choices: number;
  /** null for a question about two artist names. */
  readonly item: ReviewItem | null;
  readonly apply: (answer: ReviewAnswer) => AppliedAnswer;
}

function buildPrompts(
  { items, aliases }: OpenReview,
  { database, style, context }: ReviewTerminal,
): ReviewPrompt[] {
  const nowUts = Math.floor(context.clock.now() / 1000);
  const renderPosition = (at: number, all: readonly unknown[], noun: string): SafeText =>
    style.colours.dim(toPrintable(`${noun}${formatNumber(at + 1)} of ${formatNumber(all.length)}`));
  return [
    ...items.map((item, at) => {
      const choices = item.kind !== "fuzzy" && item.candidates.length > 1 ? item.candidates.length : 0;
      return {
        lines: [renderPosition(at, items, ""), ...renderReviewItem(item, style, choices > 0)],
        answers:
          choices > 0 ? [`1-${choices}  that one`, "n  none of these"] : ["y  the same", "n  another album"],
        choices,
        item,
        apply: (answer: ReviewAnswer) => applyAnswer(database, item, answer, nowUts),
      };
    }),
    ...aliases.map((proposal, at) => ({
      lines: [renderPosition(at, aliases, "Names: "), ...renderAliasProposal(proposal, style)],
      answers: ["y  one artist", "n  two artists"],
      choices: 0,
      item: null,
      apply: (answer: ReviewAnswer) =>
        applyAliasAnswer(database, proposal, toAliasReviewKey(proposal), answer, nowUts),
    })),
  ];
}

const searchKeysHint = " Enter  search    1-9  that one    Esc  back";
const nothingFoundHint = " no album in your plays fits    Esc  back";
const maxSearchLength = 200;
/** One for each digit key. */
const maxShownAlbums = 9;

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
        : renderCandidates(albums, style, artist, { isNumbered: true })),
      style.colours.dim(toPrintable(albums?.length === 0 ? nothingFoundHint : searchKeysHint)),
    ]);
    const press = await terminal.press();
    if (press.kind === "end") return "quit";
    if (press.kind === "escape") return undefined;
    if (press.kind === "enter") albums = searchAlbums(database, words).slice(0, maxShownAlbums);
    else if (press.kind === "erase") [words, albums] = [Array.from(words).slice(0, -1).join(""), null];
    else if (press.kind === "sign" || press.kind === "pasted") {
      const album = press.kind === "sign" ? albums?.[Number(press.text) - 1] : undefined;
      if (album !== undefined) return album;
      [words, albums] = [`${words}${press.text.replace(/\s+/g, " ")}`.slice(0, maxSearchLength), null];
    }
  }
}
