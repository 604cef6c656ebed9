import type { Context } from "../../context.ts";
import { present, type TableView } from "../../output/present.ts";
import type { Doubt } from "../../queries/doubts/doubts.ts";
import { ask, document, findDoubts, type ReviewAnswer } from "../../queries/doubts/review.ts";
import { openMatchedAnswers } from "../shared/opening/matched-answers.ts";
import type { Call } from "../shared/declaration.ts";
import type { Colours, Look } from "../../output/look.ts";
import type { Column } from "../../output/field.ts";
import { printable, type SafeText } from "../../output/escape.ts";
import { confidenceText, counted, thousands } from "../../output/numbers.ts";
import { spacedBlocks } from "../../output/paragraph.ts";
import { plainLines } from "../../output/table.ts";
import { aliasCommand, settlingCommands } from "../../queries/doubts/commands.ts";
import { aliasLines, doubtWithCommands } from "./screen.ts";
import {
  ask as askChanged,
  type ChangedMatch,
  document as changedDocument,
  type MatchVerdict,
} from "../../queries/doubts/former-matches.ts";
import type { Database } from "../../store/file/database.ts";

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
  if (changed === true) {
    return showChanged(context, database, { asJson: json === true });
  }
  const { screen } = context;
  if (json !== true && list !== true && context.canAsk) {
    const { reviewOneByOne } = await import("./one-by-one.ts");
    return reviewOneByOne(context, database, findDoubts(database, { again: again === true }), runCommand);
  }
  const usual = screen.isTerminal && json !== true ? 10 : null;
  const answer = ask(database, { again: again === true, limit: all === true ? null : (limit ?? usual) });
  await present(
    context,
    { as: json === true ? "json" : "table" },
    { document: () => document(answer), table: () => reviewTable(answer, { isWhole: all === true }) },
  );
}

// What is doubtful, as a list (rewind review --list): a block a question on a terminal, a line a question in a pipe.

/** A doubtful match, or two names that are probably one artist's. */
type Listed = { readonly doubt: Doubt } | { readonly proposal: ReviewAnswer["aliases"][number] };

function reviewTable(answer: ReviewAnswer, { isWhole }: { readonly isWhole: boolean }): TableView<Listed> {
  const { listed, aliases, doubts, skipped } = answer;
  const rest = doubts.length - listed.length;
  const more = [
    rest === 0 ? "" : `${thousands(rest)} more: --all`,
    skipped === 0 ? "" : `${thousands(skipped)} skipped: --again`,
  ];
  return {
    lines: [...listed.map((doubt) => ({ doubt })), ...aliases.map((proposal) => ({ proposal }))],
    draw: (lines, look) => spacedBlocks(lines.map((line) => blockOf(line, look))),
    plain: (_, look) => [
      ...doubtLinesOf(listed, look),
      ...aliases.map((proposal) => printable(aliasCommand(proposal))),
    ],
    ...(isWhole ? { place: () => ({ paging: null, total: doubts.length, noun: "question" }) } : {}),
    footer: () => [[...kindsText(doubts), ...more]],
    empty: () => ["Nothing to review", ...more].filter((part) => part !== "").join(" · "),
  };
}

function blockOf(line: Listed, look: Look): SafeText[] {
  if ("doubt" in line) return doubtWithCommands(line.doubt, settlingCommands(line.doubt), look);
  const { proposal } = line;
  return [...aliasLines(proposal, look), look.colours.dim(printable(`  ${aliasCommand(proposal)}`))];
}

/** One question a line, with the command that says yes. */
function doubtLinesOf(doubts: readonly Doubt[], { screen }: Look): SafeText[] {
  const lines = doubts.map((doubt) => ({ ...doubt, command: settlingCommands(doubt)[0]?.command ?? "" }));
  return plainLines(doubtColumns, lines, screen);
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

/** Shows what the last change of the rules changed, record by record (rewind review --changed). */
async function showChanged(
  context: Context,
  database: Database,
  { asJson }: { readonly asJson: boolean },
): Promise<void> {
  const changes = askChanged(database);
  await present(
    context,
    { as: asJson ? "json" : "table" },
    { document: () => changedDocument(changes), table: () => changeTable(changes) },
  );
}

function changeTable(changes: readonly ChangedMatch[]): TableView<ChangedMatch> {
  return {
    columns: ({ colours }) => columnsOf(colours),
    lines: changes,
    footer: () => [[`${counted(changes.length, "record")} changed`, "why: rewind explain #"]],
    empty: () => "The rules of matching have changed no record.",
  };
}

function columnsOf(colours: Colours): Column<ChangedMatch>[] {
  return [
    {
      header: "#",
      cell: ({ recordId }) => String(recordId),
      numeric: true,
      paint: (cell) => colours.dim(cell),
    },
    {
      header: "Artist",
      cell: ({ artist }) => artist,
      flexible: { share: 2, maxWidth: 24, cut: "end" },
    },
    {
      header: "Title",
      cell: ({ title }) => title,
      flexible: { share: 3, maxWidth: 36, cut: "middle" },
    },
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
