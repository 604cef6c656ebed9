// What a shell asks while a line is typed, by the hidden entry that its script calls: no parser of options, no
// migration, no message. Whatever goes wrong, nothing is proposed.

import { createContext } from "../context.ts";
import type { Host } from "../host/host.ts";
import { linesText, printable, safe, type SafeText } from "../output/escape.ts";
import { writeWhole } from "../output/stream.ts";
import { type Choices, hasWords } from "../queries/documents/choices.ts";
import { readSavedQuestions, savedPath, typedLine } from "../commands/shared/opening/saved-questions.ts";
import { commandNames, withSavedQuestion } from "./saved-line.ts";
import { type Named, type Place, placeOf } from "./place.ts";
import type { Shell } from "../commands/completion/declare.ts";

/** More than anybody looks through. */
const mostProposed = 5000;

/** The first line says what is proposed, "words" or "files"; then a word a line, with its meaning behind a tab. */
export async function completeLine(argv: readonly string[], host: Host): Promise<void> {
  const [shell, ...rest] = argv;
  try {
    const { words, current, replaced } = readLine(shell as Shell, rest);
    const typed = withSavedQuestion(words, host);
    const place = await placeOf(typed, current.text);
    if (place === undefined) return;
    if (isOfFiles(place.choices) && (place.isValue || !current.text.startsWith("-")))
      return await write(host, [safe`files`]);
    const found = await proposals(place, current.text, host);
    await write(host, [safe`words`, ...written(found, shell as Shell, current, replaced)]);
  } catch {
    // Nothing is proposed.
  }
}

interface Line {
  readonly words: readonly string[];
  readonly current: TypedWord;
  /** How much of the word, as the program gets it, stays as it stands on the line. */
  readonly replaced: number;
}

/** bash hands over the line and what it will replace, since it breaks words at ":" and "="; the others their words. */
function readLine(shell: Shell, given: readonly string[]): Line {
  if (shell === "bash") {
    const [line = "", last = ""] = given;
    const all = typedWords(line);
    const first = all.findIndex(({ raw }) => !/^[A-Za-z_]\w*=/.test(raw));
    const current = all.at(-1) ?? { raw: "", text: "", quote: "" };
    // Of an open quote bash replaces what stands behind it, of anything else the word that it was broken into.
    const kept = current.raw.endsWith(last) ? current.raw.slice(0, current.raw.length - last.length) : "";
    const keptText = typedWords(kept).at(-1)?.text ?? "";
    return { words: all.slice(first + 1, -1).map(({ text }) => text), current, replaced: keptText.length };
  }
  if (shell === "powershell") {
    // Each is marked: it leaves out arguments that are empty.
    const words = given.map((word) => word.slice(1));
    const text = (words.at(-1) ?? "").replace(/^['"]/, "");
    return { words: words.slice(0, -1), current: { raw: text, text, quote: "" }, replaced: 0 };
  }
  const words = given.map((word) =>
    typedWords(word)
      .map(({ text }) => text)
      .join(" "),
  );
  const current = typedWords(given.at(-1) ?? "");
  const text = current.map((word) => word.text).join(" ");
  return { words: words.slice(1, -1), current: { raw: given.at(-1) ?? "", text, quote: "" }, replaced: 0 };
}

async function proposals(place: Place, typed: string, host: Host): Promise<Named[]> {
  const start = typed.slice(place.before.length);
  if (!place.isValue && start.startsWith("-")) return beginning(place.flags, start);
  const values = await valuesOf(place, start, host);
  const saved = place.isStart ? savedNames(host) : [];
  const own = beginning([...place.commands, ...saved, ...values], start).filter(
    ({ name }) => place.isValue || !name.startsWith("-"),
  );
  if (own.length > 0) return own.map(({ name, meaning }) => ({ name: place.before + name, meaning }));
  // Where nothing else can stand, the flags are what is left to say.
  return start === "" && !place.isValue ? [...place.flags] : [];
}

function savedNames(host: Host): Named[] {
  return [...readSavedQuestions(savedPath(host))]
    .filter(([name]) => !commandNames.includes(name))
    .map(([name, line]) => ({ name, meaning: typedLine(line) }));
}

async function valuesOf({ choices, db, isOfSample }: Place, start: string, host: Host): Promise<Named[]> {
  if (hasWords(choices)) {
    return choices.words.map((name) => ({ name, meaning: choices.meanings?.[name] ?? "" }));
  }
  const source = choices?.source;
  if (source === undefined || source === "file" || source === "command line" || isOfSample) return [];
  if (source === "span") {
    const { namedSpans } = await import("../queries/conditions/span.ts");
    return namedSpans.map((name) => ({ name, meaning: "" }));
  }
  const { isFoundBy, knownChoices } = await import("../queries/filters/known-choices.ts");
  const { cachePath } = createContext(host, db === undefined ? {} : { db });
  // Of several with commas the last is being typed.
  const list = source === "album" || source === "record" ? (/^.*,/.exec(start)?.[0] ?? "") : "";
  return knownChoices(cachePath, source, start.slice(list.length)).flatMap(({ value, meaning }) => {
    const name = printable(value).trim();
    return name === "" || !isFoundBy(name, value) ? [] : [{ name: list + name, meaning }];
  });
}

/** Those that begin with it to the letter; where there are none, whatever the case. */
function beginning(all: readonly Named[], start: string): Named[] {
  const exact = all.filter(({ name }) => name.startsWith(start));
  if (exact.length > 0) return exact.slice(0, mostProposed);
  const lower = start.toLowerCase();
  return all.filter(({ name }) => name.toLowerCase().startsWith(lower)).slice(0, mostProposed);
}

function written(
  found: readonly Named[],
  shell: Shell,
  { text, quote }: TypedWord,
  kept: number,
): SafeText[] {
  // Readline puts what all have in common in place of what was typed: with several, the letters typed stay.
  const isOne = found.length === 1;
  return found.map(({ name, meaning }) => {
    const value = isOne ? name : text + name.slice(text.length);
    const word =
      shell === "bash"
        ? quotedForBash(value.slice(kept), quote)
        : shell === "powershell"
          ? quotedForPowerShell(name)
          : name;
    return safe`${printable(word)}\t${printable(meaning)}`;
  });
}

function isOfFiles(choices: Choices | undefined): boolean {
  return choices !== undefined && "source" in choices && choices.source === "file";
}

function write({ stdout }: Host, lines: readonly SafeText[]): Promise<void> {
  return writeWhole(stdout, linesText(lines));
}

// Words as the four shells read and write them. A name of a stranger may hold whatever a shell obeys: what is put on
// the line is quoted in the manner in which the person has begun to type it.

/** What is open where the line ends. */
type Quote = "" | "'" | '"';

interface TypedWord {
  /** As it stands on the line. */
  readonly raw: string;
  /** As the program would get it. */
  readonly text: string;
  /** Of the text still open at the cursor. */
  readonly quote: Quote;
}

/** The words of one command up to the cursor, the last one being typed: "" behind a blank. For bash, zsh and fish. */
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

/** The value as bash reads it behind what is open: with backslashes, or within the quotes that stand there. */
export function quotedForBash(value: string, quote: Quote): string {
  if (quote === "'") return value.replaceAll("'", String.raw`'\''`);
  // An exclamation mark is history, in these quotes too: it stands outside of them.
  if (quote === '"') return value.replace(/["\\$`]/g, String.raw`\$&`).replaceAll("!", String.raw`"\!"`);
  return value.replace(/[^\p{L}\p{N}\p{M}_./:@%+,=-]/gu, String.raw`\$&`);
}

/** For PowerShell, which knows no other way to take a text as it is. */
function quotedForPowerShell(value: string): string {
  return /^[\p{L}\p{N}_./][\p{L}\p{N}_./:=-]*$/u.test(value) || /^--?[\w-]+$/.test(value)
    ? value
    : `'${value.replace(/['\u2018\u2019\u201a\u201b]/g, "$&$&")}'`;
}
