// Answers the shell's completion scripts through the hidden command __complete. It prints no messages: if anything
// fails, it proposes nothing.

import { createContext, type ProgramHost } from "../context.ts";
import { linesText, printable, safe, type SafeText } from "../output/escape.ts";
import { writeWhole } from "../output/stream.ts";
import { hasWords } from "../queries/documents/allowed-values.ts";
import { readSavedQuestions, savedPath, typedLine } from "../commands/shared/opening/saved-questions.ts";
import { commandNames, withSavedQuestion } from "./saved-line.ts";
import { comesFrom, type Named, type Place, placeOf } from "./place.ts";
import type { Shell } from "../commands/completion/run.ts";

const mostProposed = 5000;

/** Prints "words" or "files", then one proposal a line, with a tab before its meaning. */
export async function completeLine(argv: readonly string[], host: ProgramHost): Promise<void> {
  const [shell, ...rest] = argv;
  try {
    const { words, current, keptLength } = readLine(shell as Shell, rest);
    const line = withSavedQuestion(words, host);
    const place = await placeOf(line, current.text);
    if (place === undefined) return;
    if (comesFrom("file", place.choices) && (place.isValue || !current.text.startsWith("-")))
      return await write(host, [safe`files`]);
    const candidates = await proposals(place, current.text, host);
    await write(host, [safe`words`, ...proposalLines(candidates, shell as Shell, current, keptLength)]);
  } catch {
    // Propose nothing.
  }
}

/**
 * bash passes the whole line and the part it will replace, because it splits words at ":" and "=". Others pass words.
 * `keptLength`: how many characters of the current word the shell keeps.
 */
function readLine(shell: Shell, argv: readonly string[]) {
  if (shell === "bash") {
    const [line = "", last = ""] = argv;
    const all = typedWords(line);
    const first = all.findIndex(({ raw }) => !/^[A-Za-z_]\w*=/.test(raw));
    const current: TypedWord = all.at(-1) ?? { raw: "", text: "", quote: "" };
    // bash replaces the text after an open quote, or the part after its own word break.
    const keptPart = current.raw.endsWith(last) ? current.raw.slice(0, current.raw.length - last.length) : "";
    const keptText = typedWords(keptPart).at(-1)?.text ?? "";
    return { words: all.slice(first + 1, -1).map(({ text }) => text), current, keptLength: keptText.length };
  }
  if (shell === "powershell") {
    // The script puts a mark before each argument, because PowerShell drops empty ones.
    const words = argv.map((word) => word.slice(1));
    const text = (words.at(-1) ?? "").replace(/^['"]/, "");
    const current: TypedWord = { raw: text, text, quote: "" };
    return { words: words.slice(0, -1), current, keptLength: 0 };
  }
  const raw = argv.at(-1) ?? "";
  const current: TypedWord = { raw, text: textOf(raw), quote: "" };
  return { words: argv.slice(1, -1).map(textOf), current, keptLength: 0 };
}

function textOf(word: string): string {
  return typedWords(word)
    .map(({ text }) => text)
    .join(" ");
}

async function proposals(place: Place, word: string, host: ProgramHost): Promise<Named[]> {
  const start = word.slice(place.before.length);
  if (!place.isValue && start.startsWith("-")) return withStart(place.flags, start);
  const values = await valuesOf(place, start, host);
  const questions = place.isStart ? savedNames(host) : [];
  const own = withStart([...place.commands, ...questions, ...values], start).filter(
    ({ name }) => place.isValue || !name.startsWith("-"),
  );
  if (own.length > 0) return own.map(({ name, meaning }) => ({ name: place.before + name, meaning }));
  // If no value fits here, propose the flags.
  return start === "" && !place.isValue ? [...place.flags] : [];
}

function savedNames(host: ProgramHost): Named[] {
  return [...readSavedQuestions(savedPath(host))]
    .filter(([name]) => !commandNames.includes(name))
    .map(([name, line]) => ({ name, meaning: typedLine(line) }));
}

async function valuesOf({ choices, db }: Place, start: string, host: ProgramHost): Promise<Named[]> {
  if (hasWords(choices)) {
    return choices.words.map((name) => ({ name, meaning: choices.meanings?.[name] ?? "" }));
  }
  const source = choices?.source;
  if (source === undefined || source === "file" || source === "command line") return [];
  if (source === "span") {
    const { namedSpans } = await import("../queries/conditions/span.ts");
    return namedSpans.map((name) => ({ name, meaning: "" }));
  }
  const { isFoundBy, knownChoices } = await import("../queries/filters/known-choices.ts");
  const { cachePath } = createContext(host, db === undefined ? {} : { db });
  // In a list with commas, complete the last item.
  const list = source === "album" || source === "record" ? (/^.*,/.exec(start)?.[0] ?? "") : "";
  return knownChoices(cachePath, source, start.slice(list.length)).flatMap(({ value, meaning }) => {
    const name = printable(value).trim();
    return name === "" || !isFoundBy(name, value) ? [] : [{ name: list + name, meaning }];
  });
}

/** Prefers items with the same case. */
function withStart(all: readonly Named[], start: string): Named[] {
  const exact = all.filter(({ name }) => name.startsWith(start));
  if (exact.length > 0) return exact.slice(0, mostProposed);
  const lower = start.toLowerCase();
  return all.filter(({ name }) => name.toLowerCase().startsWith(lower)).slice(0, mostProposed);
}

function proposalLines(
  all: readonly Named[],
  shell: Shell,
  { text, quote }: TypedWord,
  keptLength: number,
): SafeText[] {
  // Readline inserts the common prefix of all proposals. With several, keep the letters as they were typed.
  const isOne = all.length === 1;
  return all.map(({ name, meaning }) => {
    const value = isOne ? name : text + name.slice(text.length);
    const word = shell === "bash" ? quotedForBash(value.slice(keptLength), quote) : name;
    const quotedWord = shell === "powershell" ? quotedForPowerShell(name) : word;
    return safe`${printable(quotedWord)}\t${printable(meaning)}`;
  });
}

function write({ stdout }: ProgramHost, lines: readonly SafeText[]): Promise<void> {
  return writeWhole(stdout, linesText(lines));
}

// Quoting for the four shells. Names come from strangers and may contain anything a shell executes, so each proposal
// is quoted in the style the user began with.

/** The quote that is still open at the end of the line. */
type Quote = "" | "'" | '"';

interface TypedWord {
  /** The word on the command line, with its quotes. */
  readonly raw: string;
  /** The word without quotes, as the program gets it. */
  readonly text: string;
  readonly quote: Quote;
}

/** Splits a line of bash, zsh or fish into words. The last word is the one being typed; it is empty after a blank. */
function typedWords(line: string): readonly TypedWord[] {
  const words: TypedWord[] = [];
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
export function quotedForBash(value: string, quote: Quote): string {
  if (quote === "'") return value.replaceAll("'", String.raw`'\''`);
  // "!" means history even inside double quotes, so it goes outside of them.
  if (quote === '"') return value.replace(/["\\$`]/g, String.raw`\$&`).replaceAll("!", String.raw`"\!"`);
  return value.replace(/[^\p{L}\p{N}\p{M}_./:@%+,=-]/gu, String.raw`\$&`);
}

function quotedForPowerShell(value: string): string {
  return /^[\p{L}\p{N}_./][\p{L}\p{N}_./:=-]*$/u.test(value) || /^--?[\w-]+$/.test(value)
    ? value
    : `'${value.replace(/['\u2018\u2019\u201a\u201b]/g, "$&$&")}'`;
}
