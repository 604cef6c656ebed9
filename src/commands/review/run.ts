import type { Context } from "../../context.ts";
import { coloursFor } from "../../output/colour.ts";
import { linesText, lineText, printable, safe } from "../../output/escape.ts";
import { footerLines } from "../../output/footer.ts";
import { jsonText } from "../../output/json.ts";
import { counted, thousands } from "../../output/numbers.ts";
import { aliasLines, doubtWithCommands, type ReviewScreen } from "./screen.ts";
import { doubtColumns } from "./table.ts";
import { shellWord } from "../../output/shell-word.ts";
import { plainLayout } from "../../output/table.ts";
import { findDoubts, settlingCommands, type Doubt, type Doubts } from "../../queries/decisions/doubts.ts";
import { openAnswers } from "../shared/answers.ts";
import type { Call } from "../shared/call.ts";

export async function runReview(context: Context, { options }: Call): Promise<void> {
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
  const found = findDoubts(database, { again: again === true });
  const { screen, stdin } = context;
  if (json !== true && list !== true && screen.isTerminal && Boolean(stdin.isTTY)) {
    const { reviewOneByOne } = await import("./session.ts");
    return reviewOneByOne(context, database, found);
  }
  const most = all === true ? undefined : (limit ?? (screen.isTerminal && json !== true ? 10 : undefined));
  const shown = { ...found, doubts: found.doubts.slice(0, most) };
  if (json === true)
    return context.write(jsonText(contractDoubts(shown, found), { indent: screen.isTerminal }));
  return screen.isTerminal ? writeScreen(context, shown, found) : writePlain(context, shown);
}

function contractDoubts({ doubts, aliases, skipped }: Doubts, { doubts: all }: Doubts): unknown {
  return {
    doubts: doubts.map((doubt) => ({
      kind: doubt.kind,
      record_ids: doubt.recordIds,
      release_ids: doubt.releaseIds,
      artist: doubt.artist,
      title: doubt.title,
      match_confidence: doubt.confidence,
      plays_at_stake: doubt.playsAtStake,
      candidates: doubt.candidates.map((album) => ({
        id: album.id,
        artist: album.artist,
        album: album.title,
        play_count: album.playCount,
        reason: album.reason,
      })),
      commands: settlingCommands(doubt).map(({ command }) => command),
    })),
    aliases: aliases.map((proposal) => ({
      name: proposal.name,
      same_as: proposal.sameAs,
      titles: proposal.titles,
      command: aliasCommand(proposal),
    })),
    total: all.length,
    skipped,
  };
}

function aliasCommand({ name, sameAs }: { readonly name: string; readonly sameAs: string }): string {
  return `rewind alias ${shellWord(name)} ${shellWord(sameAs)}`;
}

async function writeScreen(context: Context, shown: Doubts, found: Doubts): Promise<void> {
  const { screen } = context;
  const look: ReviewScreen = { screen, colours: await coloursFor(screen) };
  const blocks = [
    ...shown.doubts.map((doubt) => doubtWithCommands(doubt, settlingCommands(doubt), look)),
    ...shown.aliases.map((proposal) => [
      ...aliasLines(proposal, look),
      look.colours.dim(printable(`  ${aliasCommand(proposal)}`)),
    ]),
  ];
  const rest = found.doubts.length - shown.doubts.length;
  const footer = footerLines(
    [
      [
        ...(blocks.length === 0 ? ["Nothing is doubtful"] : kindsText(found.doubts)),
        rest === 0 ? "" : `${thousands(rest)} more: --all`,
        found.skipped === 0 ? "" : `${thousands(found.skipped)} skipped: --again`,
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
async function writePlain(context: Context, { doubts, aliases }: Doubts): Promise<void> {
  const lines = doubts.map((doubt) => ({ ...doubt, command: settlingCommands(doubt)[0]?.command ?? "" }));
  const layout = plainLayout(doubtColumns, context.screen);
  for (const line of lines) layout.measure(line);
  for (const line of lines) await context.write(linesText([layout.line(line)]));
  for (const proposal of aliases) await context.write(lineText(aliasCommand(proposal)));
}
