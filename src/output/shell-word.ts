/** A name as it can be typed on a command line, whatever is in it. */
export function shellWord(text: string): string {
  if (/^[\p{L}\p{N}_.,:/@%+=-]+$/u.test(text)) return text;
  return /["$`\\!]/.test(text) ? `'${text.replaceAll("'", `'\\''`)}'` : `"${text}"`;
}
