// The kinds of error, each with its exit code and a hint for the user.

export type ExitCode = 0 | 1 | 2 | 3 | 4 | 5 | 6 | 130 | 143;

/** An error that is shown in one to three lines: what failed and why, then what to run next. */
export abstract class RewindError extends Error {
  abstract readonly exitCode: ExitCode;
  /** Says what to do about it; "" if the message is enough. May have one line break. */
  hint: string;

  constructor(message: string, hint = "", options?: ErrorOptions) {
    super(message, options);
    this.name = new.target.name;
    this.hint = hint;
  }

  /** Replaces the hint where somebody knows better what to do. */
  withHint(hint: string): this {
    this.hint = hint;
    return this;
  }

  /** Changes the commands that the message and the hint name. */
  withCommands(adapt: (text: string) => string): this {
    this.message = adapt(this.message);
    return this.withHint(adapt(this.hint));
  }
}

/** The code of an error of Node or SQLite: "ENOENT". "" if it has none. */
export function getErrorCode(error: unknown): string {
  return error instanceof Error && "code" in error && typeof error.code === "string" ? error.code : "";
}

/** The cache, the disk, a second sync, a collection that keeps changing. Exit 1. */
export class CacheError extends RewindError {
  readonly exitCode = 1;
}

/** The cache has content that rewind never wrote. Only another cache helps. */
export class DamagedCache extends CacheError {}

export class AlreadySyncing extends CacheError {}

/** The system refused a file, a stream or memory. Exit 1. */
export class SystemError extends RewindError {
  readonly exitCode = 1;
}

/** Arguments, the content of the settings file, a base URL. Exit 2. */
export class UsageError extends RewindError {
  readonly exitCode = 2;
}

/** A value outside a closed set. The message names the nearest value, the hint all of them. */
export class UnknownValue extends UsageError {
  readonly flag: string;
  readonly choices: readonly string[];

  constructor(flag: string, text: string, choices: readonly string[]) {
    const excerpt = text.slice(0, 40);
    const nearest = findNearestChoice(text, choices);
    super(
      `unknown value "${excerpt}" for ${flag}${nearest === undefined ? "" : `. Did you mean ${nearest}?`}`,
      `Allowed: ${choices.join(", ")}`,
    );
    this.flag = flag;
    this.choices = choices;
  }
}

/** Returns the typed value of a closed set, or an unlisted other name of one. Throws UnknownValue. */
export function parseChoice<Value extends string>(
  flag: string,
  text: string,
  choices: readonly Value[],
  otherNames: readonly Value[] = [],
): Value {
  const choice = [...choices, ...otherNames].find((value) => value === text);
  if (choice === undefined) throw new UnknownValue(flag, text, choices);
  return choice;
}

/** A service is unreachable, throttles us, or persistently answers nonsense. Exit 3. */
export class ServiceError extends RewindError {
  readonly exitCode = 3;
}

/** Credentials missing or rejected, unknown user, private collection, a cache of other accounts. Exit 4. */
export class AccountError extends RewindError {
  readonly exitCode = 4;
}

/** The cache belongs to another account of the service. */
export class OtherAccount extends AccountError {}

/** The cache is not ready for an answer. Exit 5. */
export class NotReadyError extends RewindError {
  readonly exitCode = 5;
}

/** The answer is no or maybe and was already shown. Only the exit code tells a script. Exit 1 or 6. */
export class NegativeAnswer extends Error {
  readonly exitCode: 1 | 6;

  constructor(answer: "no" | "maybe") {
    super(answer);
    this.exitCode = answer === "no" ? 1 : 6;
  }
}

/** The user or the system asked us to stop. */
export class InterruptedError extends RewindError {
  readonly exitCode: 130 | 143;

  constructor(
    signal: "SIGINT" | "SIGTERM",
    hint = "What was fetched is kept: the next rewind sync continues from there.",
  ) {
    super("interrupted", hint);
    this.exitCode = signal === "SIGINT" ? 130 : 143;
  }
}

/** A failure as a child process reports it to its parent. */
export interface ReportedFailure {
  readonly exitCode: ExitCode;
  readonly message: string;
  readonly hint: string;
  readonly isAlreadySyncing: boolean;
}

/** `clean` removes secrets. */
export function toReportedFailure(
  error: RewindError,
  clean: (text: string) => string = (text) => text,
): ReportedFailure {
  return {
    exitCode: error.exitCode,
    message: clean(error.message),
    hint: clean(error.hint),
    isAlreadySyncing: error instanceof AlreadySyncing,
  };
}

/** Returns true if an error can be reported and passed over: neither a bug nor an interruption. */
export function isFailure(error: unknown): error is RewindError {
  return error instanceof RewindError && !(error instanceof InterruptedError);
}

/** Words that people type for a value. */
const valueAliases = new Map([
  ["played", "listened"],
  ["heard", "listened"],
  ["unplayed", "unlistened"],
  ["unheard", "unlistened"],
  ["never", "unlistened"],
]);

/**
 * The value that was probably meant: one that people call so, one that begins with the text, one with a word that does, one
 * that contains it, one with its letters in another order, or else the one with the most letter pairs in common. Returns
 * undefined if none is near.
 */
export function findNearestChoice(text: string, choices: readonly string[]): string | undefined {
  const part = text.trim().toLowerCase();
  const findChoice = (isMeant: (value: string) => boolean, minLength: number): string | undefined =>
    part.length < minLength ? undefined : choices.find((value) => isMeant(value.toLowerCase()));
  return (
    choices.find((value) => value === valueAliases.get(part)) ??
    findChoice((value) => value.startsWith(part), 2) ??
    findChoice((value) => value.includes(` ${part}`) || value.includes(`-${part}`), 3) ??
    findChoice((value) => value.includes(part), 3) ??
    findChoice((value) => sortCharacters(value) === sortCharacters(part), 3) ??
    findMostSimilar(text, choices)
  );
}

function sortCharacters(text: string): string {
  return text.split("").toSorted().join("");
}

function findMostSimilar(text: string, choices: readonly string[]): string | undefined {
  const ownPairs = toCharacterPairs(text.slice(0, 40));
  const computeSimilarity = (value: string): number => {
    const own = toCharacterPairs(value);
    return (2 * [...own].filter((pair) => ownPairs.has(pair)).length) / (own.size + ownPairs.size);
  };
  const rated = choices.map((value) => ({ value, likeness: computeSimilarity(value) }));
  const best = rated.toSorted((a, b) => b.likeness - a.likeness)[0];
  return best !== undefined && best.likeness >= 0.5 ? best.value : undefined;
}

function toCharacterPairs(text: string): Set<string> {
  const letters = ["", ...text.toLowerCase().split(""), ""];
  return new Set(letters.slice(1).map((letter, at) => `${letters[at] ?? ""}-${letter}`));
}

/** The failure that decides the exit code: 4 comes first, then 3, then 1, then the rest. */
export function findWorstError(errors: readonly RewindError[]): RewindError | undefined {
  const order: readonly ExitCode[] = [130, 143, 4, 3, 1];
  const getExitRank = (error: RewindError): number => {
    const at = order.indexOf(error.exitCode);
    return at === -1 ? order.length : at;
  };
  return errors.toSorted((a, b) => getExitRank(a) - getExitRank(b))[0];
}

/** Extracts "no space left on device" from "ENOSPC: no space left on device, write". */
export function getSystemMessage(error: Error): string {
  return /^E[A-Z0-9]+: ([^,]+)/.exec(error.message)?.[1] ?? error.message.split("\n")[0] ?? "";
}

/** A message between threads keeps the stack of Node's own errors only; it turns those of SQLite into plain objects. */
export function toPlainError(error: unknown): Error {
  const { message, stack } = error as Error;
  return Object.assign(new Error(message), { stack });
}
