import type { Context } from "../../context.ts";
import { present, type TableView } from "../../output/present.ts";
import type { Doubt } from "../../queries/doubts/doubts.ts";
import { ask, document, findDoubts, type ReviewAnswer } from "../../queries/doubts/review.ts";
import { openMatchedAnswers } from "../shared/opening/matched-answers.ts";
import type { Call } from "../shared/declaration.ts";
import { artistColumn, numberColumn, titleColumn } from "../shared/listing/list-fields.ts";
import type { Colours, TerminalStyle } from "../../output/screen.ts";
import type { Column } from "../../output/field.ts";
import { printable, type SafeText } from "../../output/escape.ts";
import { confidenceText, counted, thousands } from "../../output/number-text.ts";
import { joinParts, spacedBlocks } from "../../output/paragraph.ts";
import { plainLine } from "../../output/table.ts";
import { aliasCommand, settlingCommands } from "../../queries/doubts/commands.ts";
import { aliasLines, doubtWithCommands } from "./screen.ts";
import {
  ask as askChanged,
  type ChangedMatch,
  document as changedDocument,
  type MatchVerdict,
} from "../../queries/doubts/former-matches.ts";

export async function runReview(context: Context, { options, runCommand }: Call): Promise<void> {
  const { json, changed, again, list, limit, all } = options as {
    json?: true;
    changed?: true;
    again?: true;
    list?: true;
    limit?: number;
    all?: true;
  };
  const { database } = await openMatchedAnswers(context);
  const as = json === true ? "json" : "table";
  if (changed === true) {
    const changes = askChanged(database);
    const parts = { document: () => changedDocument(changes), table: () => changeTable(changes) };
    return present(context, { as }, parts);
  }
  if (json !== true && list !== true && context.canAsk) {
    const { reviewOneByOne } = await import("./one-by-one.ts");
    return reviewOneByOne(context, database, findDoubts(database, { again: again === true }), runCommand);
  }
  const usual = context.screen.isTerminal && json !== true ? 10 : null;
  const answer = ask(database, { again: again === true, limit: all === true ? null : (limit ?? usual) });
  await present(
    context,
    { as },
    { document: () => document(answer), table: () => reviewTable(answer, { isWhole: all === true }) },
  );
}

/** A question of rewind review --list: a doubtful match, or two names that are probably one artist. */
type Question = { readonly doubt: Doubt } | { readonly proposal: ReviewAnswer["aliases"][number] };

function reviewTable(answer: ReviewAnswer, { isWhole }: { readonly isWhole: boolean }): TableView<Question> {
  const { page: listed, aliases, doubts, skipped } = answer;
  const rest = doubts.length - listed.length;
  const more = [
    rest === 0 ? "" : `${thousands(rest)} more: --all`,
    skipped === 0 ? "" : `${thousands(skipped)} skipped: --again`,
  ];
  return {
    lines: [...listed.map((doubt) => ({ doubt })), ...aliases.map((proposal) => ({ proposal }))],
    draw: (lines, style) => spacedBlocks(lines.map((line) => blockOf(line, style))),
    // A pipe gets one question a line, with the command that says yes.
    plain: (_, style) => [
      ...doubtLinesOf(listed, style),
      ...aliases.map((proposal) => printable(aliasCommand(proposal))),
    ],
    ...(isWhole ? { place: () => ({ paging: null, total: doubts.length, noun: "question" }) } : {}),
    footer: () => [[...kindsText(doubts), ...more]],
    empty: () => joinParts(["Nothing to review", ...more]),
  };
}

function blockOf(line: Question, style: TerminalStyle): SafeText[] {
  if ("doubt" in line) return doubtWithCommands(line.doubt, style);
  const { proposal } = line;
  return [...aliasLines(proposal, style), style.colours.dim(printable(`  ${aliasCommand(proposal)}`))];
}

function doubtLinesOf(doubts: readonly Doubt[], { screen }: TerminalStyle): SafeText[] {
  const lines = doubts.map((doubt) => ({ ...doubt, command: settlingCommands(doubt)[0]?.command ?? "" }));
  return lines.map(plainLine(doubtColumns, lines, screen));
}

function kindsText(doubts: readonly Doubt[]): string[] {
  const count = (kind: Doubt["kind"]): number => doubts.filter((doubt) => doubt.kind === kind).length;
  return [
    `${thousands(doubts.length)} doubtful`,
    count("fuzzy") === 0 ? "" : `${thousands(count("fuzzy"))} fuzzy`,
    count("tie") === 0 ? "" : counted(count("tie"), "tie"),
    count("near") === 0 ? "" : counted(count("near"), "near miss", "near misses"),
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
    { ...artistColumn(({ artist }) => artist), flexible: { share: 2, maxWidth: 24, cut: "end" } },
    { ...titleColumn(({ title }) => title), flexible: { share: 3, maxWidth: 36, cut: "middle" } },
    {
      header: "Before",
      cell: ({ before }) => verdictText(before),
      flexible: { share: 3, maxWidth: 50, cut: "end" },
    },
    {
      header: "Now",
      cell: ({ now }) => verdictText(now),
      flexible: { share: 3, maxWidth: 50, cut: "end" },
    },
  ];
}

/** "333 Nevermind +3", "~.85 258 Lift Yr. Skinny Fists", "artist", "none" */
function verdictText({ type, confidence, albums, playCount }: MatchVerdict): string {
  if (type === "artist_only") return "artist";
  const [album, ...others] = albums;
  if (album === undefined) return "none";
  const doubt = type === "fuzzy" ? `~${confidenceText(confidence)} ` : "";
  return `${doubt}${playCount} ${album.title}${others.length === 0 ? "" : ` +${others.length}`}`;
}
