// What a pasted secret looks like: told by its shape, so that one in the wrong place is noticed and not shown.

interface SecretShape {
  /** "a Discogs token" */
  readonly name: string;
  readonly pattern: RegExp;
}

const discogsToken: SecretShape = { name: "a Discogs token", pattern: /^[A-Za-z]{40}$/ };
const lastfmKey: SecretShape = { name: "a Last.fm key", pattern: /^[0-9a-fA-F]{32}$/ };
/** What an application is registered with at Discogs, listed on the same page as the token. */
const consumerSecret: SecretShape = {
  name: "the consumer secret of a Discogs application",
  pattern: /^(?=.*[G-Zg-z])[A-Za-z]{32}$/,
};

const shapes = [discogsToken, lastfmKey, consumerSecret] as const;

/** What a text looks like; null for what looks like none of these. */
export function secretShapeOf(text: string): SecretShape | null {
  return shapes.find(({ pattern }) => pattern.test(text)) ?? null;
}
