// The shapes of secrets, so that one in the wrong place is noticed and not shown.

export interface SecretShape {
  /** "a Discogs token" */
  readonly name: string;
  /** "40 letters" */
  readonly look: string;
  readonly pattern: RegExp;
}

export const discogsToken: SecretShape = {
  name: "a Discogs token",
  look: "40 letters",
  pattern: /^[A-Za-z]{40}$/,
};
export const lastfmKey: SecretShape = {
  name: "a Last.fm key",
  look: "32 figures and letters from a to f",
  pattern: /^[0-9a-fA-F]{32}$/,
};
/** The secret of a Discogs application, listed on the same page as the token. */
const consumerSecret: SecretShape = {
  name: "the consumer secret of a Discogs application",
  look: "32 letters",
  pattern: /^(?=.*[G-Zg-z])[A-Za-z]{32}$/,
};

const shapes = [discogsToken, lastfmKey, consumerSecret] as const;

/** The shape of a text; null if it has none of these. */
export function secretShapeOf(text: string): SecretShape | null {
  return shapes.find(({ pattern }) => pattern.test(text)) ?? null;
}

/** Says why a text can't be the wanted secret; null if it may be. */
export function misplacedSecret(text: string, expectedShape: SecretShape): string | null {
  const shape = secretShapeOf(text);
  if (shape === null || shape === expectedShape) return null;
  return `That looks like ${shape.name}; ${expectedShape.name} has ${expectedShape.look}`;
}
