// Patterns with Unicode properties. Compiling one takes as long as many a query.

/** Returns a function that compiles the pattern at the first call. A literal would be compiled at every start. */
export function createPattern(source: string, flags: string): () => RegExp {
  let regex: RegExp | undefined;
  return () => (regex ??= new RegExp(source, flags));
}
