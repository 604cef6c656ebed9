// The last line of defence for secrets. Nothing that is shown should contain one in the first place.
import { removeSecretShapes } from "./secret-shapes.ts";

const minSecretLength = 4;
const secretParameter = /\b(api_key|api_sig|sk|token|secret)=[^&\s"'<>]+/gi;

const secretPatterns = new Map<string, RegExp>();

/**
 * Removes all secrets from a text: in any case, however often escaped for a URL, HTML or JSON. Also removes the
 * values of secret parameters and anything shaped like a token or a key.
 */
export function redact(text: string, secrets: readonly string[] = []): string {
  let clean = text.replace(secretParameter, "$1=…");
  for (const secret of secrets) {
    // A secret of one or two letters would remove half of every message.
    if (secret.length >= minSecretLength) clean = clean.replace(getSecretPattern(secret), "…");
  }
  return removeSecretShapes(clean);
}

/** Returns true if a text contains a secret, so that it must not be shown or sent. */
export function containsSecret(text: string, secrets: readonly string[]): boolean {
  return redact(text, secrets) !== text;
}

export function redactError<Kind extends Error>(error: Kind, secrets: readonly string[]): Kind {
  const visited = new Set<unknown>();
  for (let at: unknown = error; at instanceof Error && !visited.has(at); at = at.cause) {
    visited.add(at);
    at.message = redact(at.message, secrets);
    if (at.stack !== undefined) at.stack = redact(at.stack, secrets);
    if ("hint" in at && typeof at.hint === "string") at.hint = redact(at.hint, secrets);
    if ("serviceMessage" in at && typeof at.serviceMessage === "string") {
      at.serviceMessage = redact(at.serviceMessage, secrets);
    }
  }
  return error;
}

function getSecretPattern(secret: string): RegExp {
  let pattern = secretPatterns.get(secret);
  if (pattern === undefined) {
    pattern = new RegExp(
      Array.from(secret.replace(/[\ud800-\udfff]/gu, "\uFFFD"))
        .map(buildCharacterPattern)
        .join(""),
      "gi",
    );
    secretPatterns.set(secret, pattern);
  }
  return pattern;
}

const entities = new Map([
  ["&", "amp"],
  ["<", "lt"],
  [">", "gt"],
  ['"', "quot"],
  ["'", "apos"],
]);

/** All ways to write a character. */
function buildCharacterPattern(character: string): string {
  const code = character.codePointAt(0) ?? 0;
  const bytes = [...Buffer.from(character)].map((byte) => byte.toString(16).padStart(2, "0"));
  const unicodeEscape = [...Array(character.length).keys()]
    .map((at) => `\\\\u${character.charCodeAt(at).toString(16).padStart(4, "0")}`)
    .join("");
  // An ampersand or a percent sign may be escaped again.
  const ampersand = "&(?:amp;)*";
  const entity = entities.get(character);
  return `(?:${[
    `\\\\?${character.replace(/[\\^$.*+?()[\]{}|/-]/g, "\\$&")}`,
    bytes.map((byte) => `%(?:25)*${byte}`).join(""),
    unicodeEscape,
    `${ampersand}#0*${code};`,
    `${ampersand}#x0*${code.toString(16)};`,
    ...(entity === undefined ? [] : [`${ampersand}${entity};`]),
    ...(character === "&" ? [ampersand] : []),
    ...(character === " " ? ["\\+"] : []),
  ].join("|")})`;
}
