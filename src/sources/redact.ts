const shortestSecret = 4;

/** The text without any of the secrets, as they are or percent-encoded, and without values of secret parameters. */
export function redact(text: string, secrets: readonly string[]): string {
  let clean = text.replace(/\b(api_key|api_sig|sk|token|secret)=[^&\s"'<>]+/gi, "$1=…");
  for (const secret of secrets) {
    // A setting of one or two letters is no secret, and would eat every message.
    if (secret.length < shortestSecret) continue;
    for (const form of new Set([secret, encoded(secret), encoded(secret).replaceAll("%20", "+")])) {
      clean = clean.replaceAll(form, "…");
    }
  }
  return clean;
}

/** The beginning of an answer's body, fit for a message: one line, printable, without secrets. */
export function snippet(body: string, secrets: readonly string[], longest = 120): string {
  // Redacted before it is cut, so that no half of a secret is left at the end.
  const clean = redact(body.slice(0, 10_000), secrets).replace(/\s+/g, " ").trim();
  const cut = clean.length > longest ? `${clean.slice(0, longest - 1)}…` : clean;
  return cut.replace(/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu, escaped);
}

function escaped(character: string): string {
  return `\\u${(character.codePointAt(0) ?? 0).toString(16).padStart(4, "0")}`;
}

function encoded(secret: string): string {
  return encodeURIComponent(secret.replace(/\p{Cs}/gu, "\uFFFD"));
}
