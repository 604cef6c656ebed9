// What a JSON text would take to parse, told from the text alone: a few bytes of it can stand for much memory.

const deepest = 64;
const mostValues = 200_000;

const quote = 0x22;
const backslash = 0x5c;
const comma = 0x2c;

/**
 * In which way a JSON text is beyond what any real answer is, as "is nested deeper than 64 levels"; null where it
 * isn't. Says nothing about whether it is JSON at all.
 */
export function excessOf(json: string): string | null {
  let depth = 0;
  let values = 1;
  for (let at = 0; at < json.length; at += 1) {
    const code = json.charCodeAt(at);
    if (code === quote) {
      at = endOfString(json, at);
    } else if (code === comma) {
      values += 1;
    } else if ((code | 0x20) === 0x7b) {
      // [ or {
      values += 1;
      depth += 1;
      if (depth > deepest) return `is nested deeper than ${deepest} levels`;
    } else if ((code | 0x20) === 0x7d) {
      depth -= 1;
    } else continue;
    if (values > mostValues) return `holds more than ${mostValues.toLocaleString("en")} values`;
  }
  return null;
}

/** Where the string that begins at a quote ends. */
function endOfString(json: string, start: number): number {
  let at = start;
  for (;;) {
    at = json.indexOf('"', at + 1);
    if (at === -1) return json.length;
    let slashes = 0;
    while (json.charCodeAt(at - 1 - slashes) === backslash) slashes += 1;
    if (slashes % 2 === 0) return at;
  }
}
