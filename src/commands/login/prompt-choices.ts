// A question of login with several answers: numbers or names, "1 and 2".
import { printHeading, type LoginDialog } from "./login-dialog.ts";

export interface Choice<Name extends string> {
  readonly name: Name;
  readonly text: string;
  /** Words that people may type instead of its number. */
  readonly words: readonly string[];
}

interface ChoicePrompt<Name extends string> {
  readonly topic: string;
  readonly question: string;
  readonly choices: readonly Choice<Name>[];
  /** The answer for Enter alone; empty: the first choice. */
  readonly defaultNames: readonly Name[];
}

/** Returns at least one name, in the order of the choices. */
export async function promptChoices<Name extends string>(
  talk: LoginDialog,
  { topic, question, choices, defaultNames }: ChoicePrompt<Name>,
): Promise<readonly Name[]> {
  await printHeading(talk, topic, question);
  for (const [at, { text }] of choices.entries()) await printHeading(talk, "", `${at + 1}  ${text}`);
  const numbers = choices.flatMap(({ name }, at) => (defaultNames.includes(name) ? [at + 1] : []));
  const defaultText = numbers.length === 0 ? "1" : numbers.join(", ");
  const answer = await talk.conversation.ask({
    label: `Your choice (${defaultText}):`,
    defaultAnswer: defaultText,
    refusal: (reply) =>
      parseChoices(reply, choices) === null ? "Type numbers or names, like 1 or 1, 2." : null,
  });
  return parseChoices(answer, choices) ?? [];
}

/** null: a word is none of them. */
function parseChoices<Name extends string>(
  reply: string,
  choices: readonly Choice<Name>[],
): readonly Name[] | null {
  const words = reply
    .toLowerCase()
    .split(/[\s,;+&]+/)
    .filter((word) => word !== "" && word !== "and");
  const matchesWord = ({ words: names }: Choice<Name>, at: number, word: string): boolean =>
    word === String(at + 1) || names.includes(word) || word === "all";
  if (!words.every((word) => choices.some((choice, at) => matchesWord(choice, at, word)))) return null;
  const chosen = choices.filter((choice, at) => words.some((word) => matchesWord(choice, at, word)));
  return chosen.length === 0 ? null : chosen.map(({ name }) => name);
}
