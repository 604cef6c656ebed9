// Patterns that name properties of Unicode: making one takes as long as many a query.

/**
 * A pattern that is made when it is first asked for. As a literal it would be checked and made at each start, whether
 * anything uses it or not.
 */
export function pattern(source: string, flags: string): () => RegExp {
  let made: RegExp | undefined;
  return () => (made ??= new RegExp(source, flags));
}
