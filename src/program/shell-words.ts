// Words as the four shells read and write them. A name of a stranger may hold whatever a shell obeys: what is put on
// the line is quoted in the manner in which the person has begun to type it.

/** What is open where the line ends. */
type Quote = "" | "'" | '"';

export interface TypedWord {
  /** As it stands on the line. */
  readonly raw: string;
  /** As the program would get it. */
  readonly text: string;
  /** Of the text still open at the cursor. */
  readonly quote: Quote;
}

/** The words of one command up to the cursor, the last one being typed: "" behind a blank. For bash, zsh and fish. */
export function typedWords(line: string): readonly TypedWord[] {
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
export function quotedForPowerShell(value: string): string {
  return /^[\p{L}\p{N}_./][\p{L}\p{N}_./:=-]*$/u.test(value) || /^--?[\w-]+$/.test(value)
    ? value
    : `'${value.replace(/['\u2018\u2019\u201a\u201b]/g, "$&$&")}'`;
}
