import type { Context } from "../../context.ts";
import { present, type TableView } from "../../output/present.ts";
import type { Doubt } from "../../queries/doubts/doubts.ts";
import { aliasCommand, settlingCommands } from "../../queries/doubts/commands.ts";
import {
  ask,
  document,
  findDoubts,
  type ReviewAnswer,
  changedMatches,
  type ChangedMatch,
  changesDocument,
  type MatchVerdict,
} from "../../queries/doubts/review.ts";
import { openMatchedAnswers } from "../shared/opening/matched-answers.ts";
import type { Call, CommandDeclaration } from "../shared/declaration.ts";
import { artistColumn, numberColumn, titleColumn, titleWidth } from "../shared/listing/list-fields.ts";
import type { Colours } from "../../output/paint.ts";
import { adaptCommands, screenText, type TerminalStyle } from "../../output/screen.ts";
import type { Column } from "../../output/field.ts";
import { printable, type SafeText } from "../../output/escape.ts";
import { confidenceText, counted, thousands } from "../../output/number-text.ts";
import { joinParts, spacedBlocks } from "../../output/paragraph.ts";
import { plainLines } from "../../output/table.ts";
import { aliasLines, doubtWithCommands } from "./screen.ts";
import { jsonOption, wholeNumber } from "../shared/listing/options.ts";

export const declaration: CommandDeclaration = {
  name: "review",
  details: `Asks about doubtful matches: fuzzy ones below .9 or by a loose rule, ties between albums, and albums that are
close but not credited. Most plays come first, probably equal artists last.
On a terminal you answer each with one key press, without Enter. Every answer is saved at once, and the next review
continues from there. Your answers are in rewind links; rewind link RECORD --clear undoes one.`,
  json: async () => {
    const { changedMatchesSchema, reviewSchema } = await import("../../queries/documents/match-documents.ts");
    return [{ schema: reviewSchema }, { when: "With --changed", schema: changedMatchesSchema }];
  },
  options: [
    { flags: "--list", help: "list the questions instead of asking them" },
    { flags: "--again", help: "ask again what you skipped" },
    {
      flags: "--changed",
      help: "list the records that new matching rules changed",
      excludes: ["list", "again"],
    },
    {
      flags: "-n, --limit <number>",
      help: "number of questions to list (10)",
      parse: wholeNumber("--limit", 1),
    },
    { flags: "-a, --all", help: "list all questions", excludes: ["limit"] },
    jsonOption,
  ],
  examples: [
    ["rewind review", "answer one by one; the keys are shown below each question"],
    ["rewind review --list", "list the questions with the commands that answer them"],
    ["rewind review --changed", "records that a new version matched differently"],
  ],
  load: async () => runReview,
};

async function runReview(context: Context, { options, asJson, form }: Call): Promise<void> {
  const { changed, again, list, all } = options;
  const limit = options["limit"] as number | undefined;
  const { database } = await openMatchedAnswers(context);
  if (changed === true) {
    const changes = changedMatches(database);
    const parts = { document: () => changesDocument(changes), table: () => changeTable(changes) };
    return present(context, form, parts);
  }
  if (!asJson && list !== true && context.canAsk) {
    const { reviewOneByOne } = await import("./one-by-one.ts");
    return reviewOneByOne(context, database, findDoubts(database, { again: again === true }));
  }
  const usual = context.screen.isTerminal && !asJson ? 10 : null;
  const answer = ask(database, { again: again === true, limit: all === true ? null : (limit ?? usual) });
  const parts = { document: () => document(answer), table: () => reviewTable(answer, all === true) };
  await present(context, form, parts);
}

/** A question of rewind review --list: a doubtful match, or two names that are probably one artist. */
type Question = { readonly doubt: Doubt } | { readonly proposal: ReviewAnswer["aliases"][number] };

function reviewTable(answer: ReviewAnswer, isWhole: boolean): TableView<Question> {
  const { page, aliases, doubts, skipped } = answer;
  const rest = doubts.length - page.length;
  const more = [
    rest === 0 ? "" : `${thousands(rest)} more: --all`,
    skipped === 0 ? "" : `${thousands(skipped)} skipped: --again`,
  ];
  return {
    lines: [...page.map((doubt) => ({ doubt })), ...aliases.map((proposal) => ({ proposal }))],
    draw: (lines, style) => spacedBlocks(lines.map((line) => blockOf(line, style))),
    // A pipe gets one question a line, with the command that says yes.
    plain: (_, { screen }) => {
      const lines = page.map((doubt) => ({
        ...doubt,
        command: adaptCommands(settlingCommands(doubt)[0]?.command ?? "", screen),
      }));
      return [
        ...plainLines(doubtColumns, lines, screen),
        ...aliases.map((proposal) => printable(adaptCommands(aliasCommand(proposal), screen))),
      ];
    },
    ...(isWhole ? { page: { total: doubts.length, noun: "question" } } : {}),
    footer: () => [[`${thousands(doubts.length)} doubtful`, ...more]],
    empty: () => joinParts(["Nothing to review", ...more]),
  };
}

function blockOf(line: Question, style: TerminalStyle): SafeText[] {
  if ("doubt" in line) return doubtWithCommands(line.doubt, style);
  const { proposal } = line;
  return [
    ...aliasLines(proposal, style),
    style.colours.dim(screenText(`  ${aliasCommand(proposal)}`, style.screen)),
  ];
}

const doubtColumns: readonly Column<Doubt & { readonly command: string }>[] = [
  { header: "#", cell: ({ recordIds }) => recordIds.join(","), numeric: true },
  {
    header: "Kind",
    cell: ({ kind, confidence }) => (kind === "fuzzy" ? `~${confidenceText(confidence)}` : kind),
  },
  { header: "Plays", cell: ({ playsAtStake }) => String(playsAtStake), numeric: true },
  { header: "Artist", cell: ({ artist }) => artist },
  { header: "Title", cell: ({ title }) => title },
  { header: "Album", cell: ({ candidates }) => candidates[0]?.title ?? "" },
  { header: "Command", cell: ({ command }) => command },
];

// rewind review --changed: the records that new rules of the matcher changed.

function changeTable(changes: readonly ChangedMatch[]): TableView<ChangedMatch> {
  return {
    columns: ({ colours }) => columnsOf(colours),
    lines: changes,
    footer: () => [[`${counted(changes.length, "record")} changed`, "why: rewind explain #"]],
    empty: () => "New matching rules have changed no record.",
  };
}

function columnsOf(colours: Colours): Column<ChangedMatch>[] {
  return [
    numberColumn(colours, ({ recordId }) => String(recordId)),
    artistColumn(({ artist }) => artist),
    titleColumn(({ title }) => title),
    { header: "Before", cell: ({ before }) => verdictText(before), flexible: titleWidth },
    { header: "Now", cell: ({ now }) => verdictText(now), flexible: titleWidth },
  ];
}

/** "333 Nevermind +3", "~.85 258 Lift Yr. Skinny Fists", "artist", "none" */
function verdictText({ type, confidence, albums, playCount }: MatchVerdict): string {
  if (type === "artist_only") return "artist";
  const [[, title] = [], ...others] = albums;
  if (title === undefined) return "none";
  const doubt = type === "fuzzy" ? `~${confidenceText(confidence)} ` : "";
  return `${doubt}${playCount} ${title}${others.length === 0 ? "" : ` +${others.length}`}`;
}
