// The first commands for a new user, for the glance before the first sync.

/** Pairs of [what to type, what it does]. */
export type FirstStep = readonly [line: string, meaning: string];

const lookAround: FirstStep = ["rewind demo", "try it, no account needed"];
const connect: FirstStep = ["rewind login", "connect Discogs and Last.fm, then sync"];
const fetchBoth: FirstStep = ["rewind sync", "fetch your records and your plays"];
const firstQuestion: FirstStep = [
  "rewind xref --never --kind album --sort artist-plays",
  "records you never played, favourite artists first",
];

export const firstSteps: readonly FirstStep[] = [lookAround, connect, firstQuestion];

/** For users with connected accounts. */
export const stepsOnceConnected: readonly FirstStep[] = [fetchBoth, firstQuestion];

const column = 17;

/** If a line is too long for its column, its meaning goes below. */
export function stepLines(steps: readonly FirstStep[]): string[] {
  return steps.flatMap(([line, meaning]) =>
    line.length + 4 <= column
      ? [`  ${line.padEnd(column - 2)}${meaning}`]
      : [`  ${line}`, `${" ".repeat(column)}${meaning}`],
  );
}
