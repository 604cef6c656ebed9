import type { Context } from "../../context.ts";
import { present, type TableView } from "../../output/present.ts";
import type { ReviewItem } from "../../queries/review/review-items.ts";
import { buildAliasCommand, buildReviewCommands } from "../../queries/review/review-commands.ts";
import {
  queryReview,
  buildReviewDocument,
  readOpenReview,
  type ReviewResult,
  readChangedMatches,
  type ChangedMatch,
  buildChangesDocument,
  type MatchSnapshot,
} from "../../queries/review/review.ts";
import { openMatchedCache } from "../shared/access/matched-cache.ts";
import { declareCommand, declareOptions, type Invocation } from "../shared/command-declaration.ts";
import { artistColumn, numberColumn, titleColumn, titleWidth } from "../shared/listing/list-fields.ts";
import type { Colours } from "../../output/paint.ts";
import { adaptHints, toTerminalText, type TerminalStyle } from "../../output/terminal.ts";
import type { Column } from "../../output/field.ts";
import { toPrintable, type SafeText } from "../../output/safe-text.ts";
import { formatConfidence, pluralize, formatNumber } from "../../output/format-numbers.ts";
import { joinParts, joinBlocks } from "../../output/paragraph.ts";
import { renderPlainRows } from "../../output/table.ts";
import { renderAliasProposal, renderItemWithCommands } from "./view.ts";
import { jsonOption, wholeNumber } from "../shared/listing/list-options.ts";

const reviewOptions = declareOptions(
  { flags: "--list", help: "list the questions instead of asking them" },
  { flags: "--again", help: "ask again what you skipped" },
  {
    flags: "--changed",
    help: "list the records that new matching rules changed",
    excludes: ["list", "again"],
  },
  {
    flags: "-n, --limit <count>",
    help: "number of questions to list",
    defaultValue: "10",
    parse: wholeNumber("--limit", 1),
  },
  { flags: "-a, --all", help: "list all questions", excludes: ["limit"] },
  jsonOption,
);

export const declaration = declareCommand({
  name: "review",
  details: `Asks about uncertain matches: fuzzy ones below .9 or by a loose rule, ties between albums, and albums that are
close but not credited. Most plays come first, probably equal artists last.
On a terminal you answer each with one key press, without Enter. Every answer is saved at once, and the next review
continues from there. Your answers are in rewind links; rewind link RECORD --clear undoes one.`,
  json: async () => {
    const { changedMatchesSchema, reviewSchema } = await import("../../queries/documents/match-documents.ts");
    return [{ schema: reviewSchema }, { when: "With --changed", schema: changedMatchesSchema }];
  },
  options: reviewOptions,
  examples: [
    ["rewind review", "answer one by one; the keys are shown below each question"],
    ["rewind review --list", "list the questions with the commands that answer them"],
    ["rewind review --changed", "records that a new version matched differently"],
  ],
  load: async () => runReview,
});

async function runReview(
  context: Context,
  { options, asJson, form }: Invocation<typeof reviewOptions>,
): Promise<void> {
  const { changed, again, list, limit, all } = options;
  const { database } = await openMatchedCache(context);
  if (changed === true) {
    const changes = readChangedMatches(database);
    const parts = { document: () => buildChangesDocument(changes), table: () => buildChangesTable(changes) };
    return present(context, form, parts);
  }
  if (!asJson && list !== true && context.canAsk) {
    const { reviewOneByOne } = await import("./one-by-one.ts");
    return reviewOneByOne(context, database, readOpenReview(database, { again: again === true }));
  }
  const usual = context.screen.isTerminal && !asJson ? 10 : null;
  const answer = queryReview(database, {
    again: again === true,
    limit: all === true ? null : (limit ?? usual),
  });
  const parts = {
    document: () => buildReviewDocument(answer),
    table: () => buildReviewTable(answer, { isWhole: all === true, again: again === true }),
  };
  await present(context, form, parts);
}

/** A question of rewind review --list: an uncertain match, or two names that are probably one artist. */
type ReviewLine = { readonly item: ReviewItem } | { readonly proposal: ReviewResult["aliases"][number] };

function buildReviewTable(
  answer: ReviewResult,
  { isWhole, again }: { readonly isWhole: boolean; readonly again: boolean },
): TableView<ReviewLine> {
  const { page, aliases, items, skipped, dismissed } = answer;
  const rest = items.length - page.length;
  const more = [
    rest === 0 ? "" : `${formatNumber(rest)} more: --all`,
    skipped === 0 ? "" : `${formatNumber(skipped)} skipped: --again`,
    again && dismissed > 0 ? `${formatNumber(dismissed)} answered with no: rewind links` : "",
  ];
  return {
    lines: [...page.map((item) => ({ item })), ...aliases.map((proposal) => ({ proposal }))],
    draw: (lines, style) => joinBlocks(lines.map((line) => renderReviewLine(line, style))),
    // A pipe gets one question a line, with the command that says yes.
    plain: (_, { screen }) => {
      const lines = page.map((item) => ({
        ...item,
        command: adaptHints(buildReviewCommands(item)[0]?.command ?? "", screen),
      }));
      return [
        ...renderPlainRows(reviewColumns, lines, screen),
        ...aliases.map((proposal) => toPrintable(adaptHints(buildAliasCommand(proposal), screen))),
      ];
    },
    ...(isWhole ? { page: { total: items.length, noun: "question" } } : {}),
    footer: () => [[`${formatNumber(items.length)} to review`, ...more]],
    empty: () => joinParts(["Nothing to review", ...more]),
  };
}

function renderReviewLine(line: ReviewLine, style: TerminalStyle): SafeText[] {
  if ("item" in line) return renderItemWithCommands(line.item, style);
  const { proposal } = line;
  return [
    ...renderAliasProposal(proposal, style),
    style.colours.dim(toTerminalText(`  ${buildAliasCommand(proposal)}`, style.screen)),
  ];
}

const reviewColumns: readonly Column<ReviewItem & { readonly command: string }>[] = [
  { header: "#", cell: ({ recordIds }) => recordIds.join(","), numeric: true },
  {
    header: "Kind",
    cell: ({ kind, confidence }) => (kind === "fuzzy" ? `~${formatConfidence(confidence)}` : kind),
  },
  { header: "Plays", cell: ({ playsAtStake }) => String(playsAtStake), numeric: true },
  { header: "Artist", cell: ({ artist }) => artist },
  { header: "Title", cell: ({ title }) => title },
  { header: "Album", cell: ({ candidates }) => candidates[0]?.title ?? "" },
  { header: "Command", cell: ({ command }) => command },
];

// rewind review --changed: the records that new rules of the matcher changed.

function buildChangesTable(changes: readonly ChangedMatch[]): TableView<ChangedMatch> {
  return {
    columns: ({ colours }) => buildColumns(colours),
    lines: changes,
    footer: () => [[`${pluralize(changes.length, "record")} changed`, "why: rewind explain #"]],
    empty: () => "New matching rules have changed no record.",
  };
}

function buildColumns(colours: Colours): Column<ChangedMatch>[] {
  return [
    numberColumn(colours, ({ recordId }) => String(recordId)),
    artistColumn(({ artist }) => artist),
    titleColumn(({ title }) => title),
    { header: "Before", cell: ({ before }) => formatMatch(before), flexible: titleWidth },
    { header: "Now", cell: ({ now }) => formatMatch(now), flexible: titleWidth },
  ];
}

/** "333 Nevermind +3", "~.85 258 Lift Yr. Skinny Fists", "artist", "none" */
function formatMatch({ type, confidence, albums, playCount }: MatchSnapshot): string {
  if (type === "artist_only") return "artist";
  const [[, title] = [], ...others] = albums;
  if (title === undefined) return "none";
  const mark = type === "fuzzy" ? `~${formatConfidence(confidence)} ` : "";
  return `${mark}${playCount} ${title}${others.length === 0 ? "" : ` +${others.length}`}`;
}
