// How a person begins: what the help ends with, and what there is to say before anything is fetched.

/** Lines of [what to type, what it does]. */
export type FirstStep = readonly [line: string, meaning: string];

const lookAround: FirstStep = ["rewind demo", "look around, no account needed"];
const connect: FirstStep = ["rewind login", "connect Discogs and Last.fm, and fetch both"];
const fetchBoth: FirstStep = ["rewind sync", "fetch your records and your plays"];
const firstQuestion: FirstStep = [
  "rewind xref --never --kind album --sort artist-plays",
  "what you never scrobbled, favourites first",
];

export const firstSteps: readonly FirstStep[] = [lookAround, connect, firstQuestion];

/** Of somebody whose accounts are connected. */
export const stepsOnceConnected: readonly FirstStep[] = [fetchBoth, firstQuestion];

const column = 17;

/** What is too long for its column has its meaning below. */
export function stepLines(steps: readonly FirstStep[]): string[] {
  return steps.flatMap(([line, meaning]) =>
    line.length + 4 <= column
      ? [`  ${line.padEnd(column - 2)}${meaning}`]
      : [`  ${line}`, `${" ".repeat(column)}${meaning}`],
  );
}
