// Answers the shell's completion scripts through the hidden command __complete. It prints no messages: if anything
// fails, it proposes nothing.

import { createContext, type ProgramHost } from "../context.ts";
import { joinLines, toPrintable, safe, type SafeText } from "../output/safe-text.ts";
import { writeWhole } from "../output/stream.ts";
import { hasWords } from "../queries/documents/allowed-values.ts";
import {
  readSavedQueries,
  getSavedQueriesPath,
  formatCommandLine,
} from "../commands/shared/access/saved-queries.ts";
import { commandNames, expandSavedQuery } from "./saved-query.ts";
import {
  isFromSource,
  type Proposal,
  type CompletionContext,
  findCompletionContext,
} from "./completion-context.ts";
import type { Shell } from "../commands/completion/run.ts";

const maxProposals = 5000;

/** Prints "words" or "files", then one proposal a line, with a tab before its meaning. */
export async function completeLine(argv: readonly string[], host: ProgramHost): Promise<void> {
  const [shell, ...rest] = argv;
  try {
    const { words, current, keptLength } = parseLine(shell as Shell, rest);
    const line = expandSavedQuery(words, host);
    const place = await findCompletionContext(line, current.text);
    if (place === undefined) return;
    if (isFromSource("file", place.choices) && (place.isValue || !current.text.startsWith("-")))
      return await write(host, [safe`files`]);
    const candidates = await findProposals(place, current.text, host);
    await write(host, [safe`words`, ...renderProposals(candidates, shell as Shell, current, keptLength)]);
  } catch {
    // Propose nothing.
  }
}

/**
 * bash passes the whole line and the part it will replace, because it splits words at ":" and "=". Others pass words.
 * `keptLength`: how many characters of the current word the shell keeps.
 */
function parseLine(shell: Shell, argv: readonly string[]) {
  if (shell === "bash") {
    const [line = "", last = ""] = argv;
    const all = parseWords(line);
    const first = all.findIndex(({ raw }) => !/^[A-Za-z_]\w*=/.test(raw));
    const current: InputWord = all.at(-1) ?? { raw: "", text: "", quote: "" };
    // bash replaces the text after an open quote, or the part after its own word break.
    const keptPart = current.raw.endsWith(last) ? current.raw.slice(0, current.raw.length - last.length) : "";
    const keptText = parseWords(keptPart).at(-1)?.text ?? "";
    return { words: all.slice(first + 1, -1).map(({ text }) => text), current, keptLength: keptText.length };
  }
  if (shell === "powershell") {
    // The script puts a mark before each argument, because PowerShell drops empty ones.
    const words = argv.map((word) => word.slice(1));
    const text = (words.at(-1) ?? "").replace(/^['"]/, "");
    const current: InputWord = { raw: text, text, quote: "" };
    return { words: words.slice(0, -1), current, keptLength: 0 };
  }
  const raw = argv.at(-1) ?? "";
  const current: InputWord = { raw, text: unquoteWord(raw), quote: "" };
  return { words: argv.slice(1, -1).map(unquoteWord), current, keptLength: 0 };
}

function unquoteWord(word: string): string {
  return parseWords(word)
    .map(({ text }) => text)
    .join(" ");
}

async function findProposals(place: CompletionContext, word: string, host: ProgramHost): Promise<Proposal[]> {
  const start = word.slice(place.before.length);
  if (!place.isValue && start.startsWith("-")) return filterByStart(place.flags, start);
  // The values may need a cache, which need not exist. The commands do not.
  const values = await readProposedValues(place, start, host).catch(() => []);
  const questions = place.isStart ? readSavedNames(host) : [];
  const own = filterByStart([...place.commands, ...questions, ...values], start).filter(
    ({ name }) => place.isValue || !name.startsWith("-"),
  );
  if (own.length > 0) return own.map(({ name, meaning }) => ({ name: place.before + name, meaning }));
  // If no value fits here, propose the flags.
  return start === "" && !place.isValue ? [...place.flags] : [];
}

function readSavedNames(host: ProgramHost): Proposal[] {
  return [...readSavedQueries(getSavedQueriesPath(host))]
    .filter(([name]) => !commandNames.includes(name))
    .map(([name, line]) => ({ name, meaning: formatCommandLine(line) }));
}

async function readProposedValues(
  { choices, db }: CompletionContext,
  start: string,
  host: ProgramHost,
): Promise<Proposal[]> {
  if (hasWords(choices)) {
    return choices.words.map((name) => ({ name, meaning: choices.meanings?.[name] ?? "" }));
  }
  const source = choices?.source;
  if (source === undefined || source === "file" || source === "command line") return [];
  if (source === "span" || source === "day") {
    const { namedDays, namedPeriods } = await import("../queries/conditions/period.ts");
    return (source === "day" ? namedDays : namedPeriods).map((name) => ({ name, meaning: "" }));
  }
  const { isFoundBy, readKnownChoices } = await import("../queries/filters/known-choices.ts");
  const { cachePath } = createContext(host, db === undefined ? {} : { db });
  // Complete the last item of a list with commas.
  const list = source === "album" || source === "record" ? (/^.*,/.exec(start)?.[0] ?? "") : "";
  return readKnownChoices(cachePath, source, start.slice(list.length)).flatMap(({ value, meaning }) => {
    const name = toPrintable(value).trim();
    return name === "" || !isFoundBy(name, value) ? [] : [{ name: list + name, meaning }];
  });
}

/** Prefers items with the same case. */
function filterByStart(all: readonly Proposal[], start: string): Proposal[] {
  const exact = all.filter(({ name }) => name.startsWith(start));
  if (exact.length > 0) return exact.slice(0, maxProposals);
  const lower = start.toLowerCase();
  return all.filter(({ name }) => name.toLowerCase().startsWith(lower)).slice(0, maxProposals);
}

function renderProposals(
  all: readonly Proposal[],
  shell: Shell,
  { text, quote }: InputWord,
  keptLength: number,
): SafeText[] {
  // Readline inserts the common prefix of all proposals. With several, keep the letters as they were typed.
  const isOne = all.length === 1;
  return all.map(({ name, meaning }) => {
    const value = isOne ? name : text + name.slice(text.length);
    const word = shell === "bash" ? quoteForBash(value.slice(keptLength), quote) : name;
    const quotedWord = shell === "powershell" ? quoteForPowerShell(name) : word;
    return safe`${toPrintable(quotedWord)}\t${toPrintable(meaning)}`;
  });
}

function write({ stdout }: ProgramHost, lines: readonly SafeText[]): Promise<void> {
  return writeWhole(stdout, joinLines(lines));
}

// Quoting for the four shells. Names come from strangers and may contain anything a shell executes, so each proposal
// is quoted in the style the user began with.

/** The quote that is still open at the end of the line. */
type Quote = "" | "'" | '"';

interface InputWord {
  /** The word on the command line, with its quotes. */
  readonly raw: string;
  /** The word without quotes, as the program gets it. */
  readonly text: string;
  readonly quote: Quote;
}

/** Splits a line of bash, zsh or fish into words. The last word is the one being typed; it is empty after a blank. */
function parseWords(line: string): readonly InputWord[] {
  const words: InputWord[] = [];
  let [raw, text, quote, isWord] = ["", "", "" as Quote, false];
  const end = (): void => {
    if (isWord) words.push({ raw, text, quote });
    [raw, text, quote, isWord] = ["", "", "", false];
  };
  for (let at = 0; at < line.length; at += 1) {
    const letter = line[at] ?? "";
    if (quote === "" && /[ \t\n]/.test(letter)) {
      end();
      continue;
    }
    isWord = true;
    raw += letter;
    if (letter === "\\" && quote !== "'") {
      const next = line[at + 1] ?? "";
      at += 1;
      raw += next;
      text += quote === '"' && !/["\\$`]/.test(next) ? `\\${next}` : next;
    } else if (quote === "" && (letter === "'" || letter === '"')) quote = letter;
    else if (letter === quote) quote = "";
    else text += letter;
  }
  words.push({ raw, text, quote });
  return words;
}

/** Escapes a value so that bash reads it literally inside the open quote. */
export function quoteForBash(value: string, quote: Quote): string {
  if (quote === "'") return value.replaceAll("'", String.raw`'\''`);
  // "!" means history even inside double quotes, so it goes outside of them.
  if (quote === '"') return value.replace(/["\\$`]/g, String.raw`\$&`).replaceAll("!", String.raw`"\!"`);
  return value.replace(/[^\p{L}\p{N}\p{M}_./:@%+,=-]/gu, String.raw`\$&`);
}

function quoteForPowerShell(value: string): string {
  return /^[\p{L}\p{N}_./][\p{L}\p{N}_./:=-]*$/u.test(value) || /^--?[\w-]+$/.test(value)
    ? value
    : `'${value.replace(/['\u2018\u2019\u201a\u201b]/g, "$&$&")}'`;
}
