// The form in which the help, the docs and the shell completion describe a value.

export interface AllowedValue {
  /** The allowed words, if they are a closed set. */
  readonly words?: readonly string[] | undefined;
  /** "10.., ..5, 2..4" */
  readonly examples?: string | undefined;
  /** The value that applies if none is given, or words about it for people. */
  readonly defaultValue?: string | undefined;
}

/** "order of the rows (one of: plays, added; default: plays)", "rows per page, 1 to 100 (default: 20)" */
export function describeValue(help: string, { words, examples, defaultValue }: AllowedValue): string {
  const facts = [
    ...(words === undefined ? [] : [`one of: ${words.join(", ")}`]),
    ...(examples === undefined ? [] : [`for example: ${examples}`]),
    ...(defaultValue === undefined ? [] : [`default: ${defaultValue}`]),
  ];
  return facts.length === 0 ? help : `${help} (${facts.join("; ")})`;
}
