import type { Context } from "../../context.ts";
import { coloursFor } from "../../output/colour.ts";
import { linesText, lineText, printable, safe } from "../../output/escape.ts";
import { footerLines } from "../../output/footer.ts";
import { jsonText } from "../../output/json.ts";
import { counted, thousands } from "../../output/numbers.ts";
import { aliasLines, doubtWithCommands, type ReviewScreen } from "./screen.ts";
import { doubtColumns } from "./table.ts";
import { plainLayout } from "../../output/table.ts";
import { aliasCommand, settlingCommands } from "../../queries/decisions/commands.ts";
import { findDoubts, type Doubt } from "../../queries/decisions/doubts.ts";
import { ask, document, type ReviewAnswer } from "../../queries/decisions/review.ts";
import { openAnswers } from "../shared/answers.ts";
import type { Call } from "../shared/call.ts";

export async function runReview(context: Context, { options, runCommand }: Call): Promise<void> {
  const { json, changed, again, list, limit, all } = options as {
    json?: true;
    changed?: true;
    again?: true;
    list?: true;
    limit?: number;
    all?: true;
  };
  const { database } = await openAnswers(context);
  if (changed === true) {
    const { showChanged } = await import("./changed.ts");
    return showChanged(context, database, { asJson: json === true });
  }
  const { screen } = context;
  if (json !== true && list !== true && context.canAsk) {
    const { reviewOneByOne } = await import("./session.ts");
    return reviewOneByOne(context, database, findDoubts(database, { again: again === true }), runCommand);
  }
  const usual = screen.isTerminal && json !== true ? 10 : null;
  const answer = ask(database, { again: again === true, limit: all === true ? null : (limit ?? usual) });
  if (json === true) return context.write(jsonText(document(answer), { indent: screen.isTerminal }));
  return screen.isTerminal ? writeScreen(context, answer) : writePlain(context, answer);
}

async function writeScreen(
  context: Context,
  { listed, doubts, aliases, skipped }: ReviewAnswer,
): Promise<void> {
  const { screen } = context;
  const look: ReviewScreen = { screen, colours: await coloursFor(screen) };
  const blocks = [
    ...listed.map((doubt) => doubtWithCommands(doubt, settlingCommands(doubt), look)),
    ...aliases.map((proposal) => [
      ...aliasLines(proposal, look),
      look.colours.dim(printable(`  ${aliasCommand(proposal)}`)),
    ]),
  ];
  const rest = doubts.length - listed.length;
  const footer = footerLines(
    [
      [
        ...(blocks.length === 0 ? ["Nothing to review"] : kindsText(doubts)),
        rest === 0 ? "" : `${thousands(rest)} more: --all`,
        skipped === 0 ? "" : `${thousands(skipped)} skipped: --again`,
      ],
    ],
    screen,
  );
  const text = blocks.flatMap((lines) => [...lines, safe``]);
  await context.write(linesText([...text, ...footer.map(look.colours.dim)]));
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

/** One question a line, with the command that says yes. */
async function writePlain(context: Context, { listed, aliases }: ReviewAnswer): Promise<void> {
  const lines = listed.map((doubt) => ({ ...doubt, command: settlingCommands(doubt)[0]?.command ?? "" }));
  const layout = plainLayout(doubtColumns, context.screen);
  for (const line of lines) layout.measure(line);
  for (const line of lines) await context.write(linesText([layout.line(line)]));
  for (const proposal of aliases) await context.write(lineText(aliasCommand(proposal)));
}
