// Asks the user which record, album or name is meant, on a terminal. Elsewhere an ambiguous text is an error.
import type { Context } from "../../../context.ts";
import {
  isAmbiguous,
  createAmbiguityError,
  resolveRecord,
  type Ambiguous,
  type Candidate,
  type Choice,
  type ResolvedRecord,
} from "../../../actions/resolve-target.ts";
import { toPrintable, type SafeText } from "../../../output/safe-text.ts";
import type { Column } from "../../../output/field.ts";
import { formatNumber } from "../../../output/format-numbers.ts";
import { wrapText } from "../../../output/paragraph.ts";
import type { TerminalStyle } from "../../../output/terminal.ts";
import { renderSectionTable } from "../../../output/table.ts";
import { matchesWordPrefixes, foldWords } from "../../../queries/conditions/words.ts";
import type { ChartAlbum } from "../../../queries/find/find-albums.ts";
import type { Database } from "../../../store/file/database.ts";
import { artistColumn, numberColumn, titleColumn } from "../listing/list-fields.ts";
import { renderAlbumChoices, splitRecordList } from "./record-choice.ts";

/** Nothing can be asked with --json, as stdout has only the answer. */
interface PromptOptions {
  readonly asJson: boolean;
  /** The meanings of ambiguous texts by earlier answers. New answers are added. */
  readonly answers?: Map<string, string>;
}

interface RecordPromptOptions extends PromptOptions {
  /** true: one pressing of the album. false: all of them are meant. */
  readonly isOnePressing?: boolean;
}

/**
 * Runs an action. As long as something that it was given is ambiguous, asks the user and runs it again. `read` gives what a
 * text means by the answers so far. Throws UsageError if nobody can be asked.
 */
export async function runWithPrompts<Result extends { readonly kind: string }>(
  context: Context,
  asking: PromptOptions,
  run: (read: (text: string) => string) => Result | Ambiguous | Promise<Result | Ambiguous>,
): Promise<Result> {
  const { answers = new Map<string, string>() } = asking;
  for (;;) {
    const result = await run((text) => answers.get(text.trim()) ?? text);
    if (!isAmbiguous(result)) return result;
    if (asking.asJson || !context.canAsk) throw createAmbiguityError(result);
    answers.set(result.choice.text, await promptAmbiguous(context, result));
  }
}

/** Finds the record that the words mean, and asks if several fit. Throws UsageError if nothing is found. */
export async function chooseRecord(
  context: Context,
  database: Database,
  words: readonly string[],
  { asJson, isOnePressing = false }: RecordPromptOptions,
): Promise<ResolvedRecord> {
  const { found } = await runWithPrompts(context, { asJson }, (read) =>
    resolveRecord(database, [read(words.join(" "))], { isOnePressing }),
  );
  return found;
}

/** The same for each number of a list such as "931,1204". */
export async function chooseRecords(
  context: Context,
  database: Database,
  words: readonly string[],
  asking: RecordPromptOptions,
): Promise<ResolvedRecord[]> {
  const records: ResolvedRecord[] = [];
  for (const each of splitRecordList(words))
    records.push(await chooseRecord(context, database, each, asking));
  return records;
}

function promptAmbiguous(context: Context, ambiguous: Ambiguous): Promise<string> {
  if (ambiguous.subject === "record")
    return promptChoice(context, ambiguous.choice, "number", renderAlbumChoices);
  if (ambiguous.subject === "album") return promptChoice(context, ambiguous.choice, "id", renderPlayedAlbums);
  const names = ambiguous.choice.candidates.map(({ thing }) => thing);
  return promptChoice(context, ambiguous.choice, "number", (some, style) => renderNames(names, some, style));
}

const maxListed = 12;

/** Returns a text that means the chosen candidate alone. `keyName`: what the user types of it. */
async function promptChoice<Thing>(
  context: Context,
  { message, candidates }: Choice<Thing>,
  keyName: "number" | "id",
  draw: (things: readonly Thing[], style: TerminalStyle) => readonly SafeText[],
): Promise<string> {
  const question = `${capitalize(message)}. Which one? Give its ${keyName}, or more words.`;
  const { converse } = await import("../terminal/conversation.ts");
  return converse(
    context,
    () => "Nothing was changed.",
    async (conversation) => {
      const { style } = conversation;
      const printCandidates = (some: readonly Candidate<Thing>[]): Promise<void> => {
        const things = some.slice(0, maxListed).map(({ thing }) => thing);
        const rest = some.length - things.length;
        return conversation.print(
          ...draw(things, style),
          ...(rest === 0 ? [] : [toPrintable(`  ${formatNumber(rest)} more`)]),
        );
      };
      await conversation.print(...wrapText(question, style.screen), toPrintable(""));
      for (let left = candidates; ;) {
        await printCandidates(left);
        const answer = await conversation.ask({
          label: `${capitalize(keyName)}:`,
          refusal: (text) =>
            filterByAnswer(candidates, text).length === 0 ? "That is none of these." : null,
        });
        left = filterByAnswer(candidates, answer);
        const [only, ...others] = left;
        if (only !== undefined && others.length === 0) return only.exact;
      }
    },
  );
}

/** The candidate with the key, or those with the words. */
function filterByAnswer<Thing>(
  candidates: readonly Candidate<Thing>[],
  answer: string,
): readonly Candidate<Thing>[] {
  const keyed = candidates.filter(({ key }) => key === answer.toLowerCase().replace(/^#/, ""));
  // A mistyped number is no word.
  if (keyed.length > 0 || !/\p{L}|^\d{4}$/u.test(answer)) return keyed;
  const words = foldWords([answer]);
  return candidates.filter(({ name }) => matchesWordPrefixes(name, words));
}

function capitalize(text: string): string {
  return text.slice(0, 1).toUpperCase() + text.slice(1);
}

function renderPlayedAlbums(albums: readonly ChartAlbum[], { screen, colours }: TerminalStyle): SafeText[] {
  const columns: readonly Column<ChartAlbum>[] = [
    numberColumn(colours, ({ id }) => `a${id}`),
    artistColumn(({ artist }) => artist),
    titleColumn(({ title }) => title),
    { header: "Plays", cell: ({ playCount }) => formatNumber(playCount), numeric: true },
  ];
  return renderSectionTable(columns, albums, screen);
}

/** Numbers the names by their place among all. */
function renderNames(
  names: readonly string[],
  some: readonly string[],
  { screen, colours }: TerminalStyle,
): SafeText[] {
  const columns: readonly Column<string>[] = [
    numberColumn(colours, (each) => names.indexOf(each) + 1),
    artistColumn((each) => each),
  ];
  return renderSectionTable(columns, some, screen);
}
