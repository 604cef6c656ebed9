// The last line of defence for secrets: nothing that is shown should hold one in the first place.

const shortestSecret = 4;
/** Tokens and keys of 40 letters or 32 hexadecimal digits: known by their look in any setting. */
const looksSecret = /(?<![A-Za-z0-9])(?:[A-Za-z]{40}|[0-9a-fA-F]{32})(?![A-Za-z0-9])/g;
const parameter = /\b(api_key|api_sig|sk|token|secret)=[^&\s"'<>]+/gi;

const patterns = new Map<string, RegExp>();

/**
 * The text without any of the secrets, in whatever case and however often escaped for a URL, HTML or JSON; without
 * values of secret parameters, and without what looks like a token or a key.
 */
export function redact(text: string, secrets: readonly string[] = []): string {
  let clean = text.replace(parameter, "$1=…");
  for (const secret of secrets) {
    // A setting of one or two letters is no secret, and would eat every message.
    if (secret.length >= shortestSecret) clean = clean.replace(patternOf(secret), "…");
  }
  return clean.replace(looksSecret, "…");
}

/** Whether a text is, or holds, what must not be shown or sent along. */
export function holdsSecret(text: string, secrets: readonly string[]): boolean {
  return redact(text, secrets) !== text;
}

/** Takes the secrets out of an error and of all that caused it. */
export function redactError<Kind extends Error>(error: Kind, secrets: readonly string[]): Kind {
  const seen = new Set<unknown>();
  for (let at: unknown = error; at instanceof Error && !seen.has(at); at = at.cause) {
    seen.add(at);
    at.message = redact(at.message, secrets);
    if (at.stack !== undefined) at.stack = redact(at.stack, secrets);
    if ("hint" in at && typeof at.hint === "string") at.hint = redact(at.hint, secrets);
  }
  return error;
}

function patternOf(secret: string): RegExp {
  let pattern = patterns.get(secret);
  if (pattern === undefined) {
    pattern = new RegExp(
      Array.from(secret.replace(/[\ud800-\udfff]/gu, "\uFFFD"))
        .map(formsOf)
        .join(""),
      "gi",
    );
    patterns.set(secret, pattern);
  }
  return pattern;
}

const named = new Map([
  ["&", "amp"],
  ["<", "lt"],
  [">", "gt"],
  ['"', "quot"],
  ["'", "apos"],
]);

/** A character in every way that it may be written. */
function formsOf(character: string): string {
  const code = character.codePointAt(0) ?? 0;
  const bytes = [...Buffer.from(character)].map((byte) => byte.toString(16).padStart(2, "0"));
  const escaped = [...Array(character.length).keys()]
    .map((at) => `\\\\u${character.charCodeAt(at).toString(16).padStart(4, "0")}`)
    .join("");
  // An ampersand may have been escaped in its turn, and a percent sign as well.
  const ampersand = "&(?:amp;)*";
  const entity = named.get(character);
  return `(?:${[
    `\\\\?${character.replace(/[\\^$.*+?()[\]{}|/-]/g, "\\$&")}`,
    bytes.map((byte) => `%(?:25)*${byte}`).join(""),
    escaped,
    `${ampersand}#0*${code};`,
    `${ampersand}#x0*${code.toString(16)};`,
    ...(entity === undefined ? [] : [`${ampersand}${entity};`]),
    ...(character === "&" ? [ampersand] : []),
    ...(character === " " ? ["\\+"] : []),
  ].join("|")})`;
}
