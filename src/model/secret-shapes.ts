// The shapes of secrets, so that one in the wrong place is recognised: it is neither shown nor sent.

export interface SecretShape {
  /** "a Discogs token" */
  readonly name: string;
  /** "40 letters" */
  readonly description: string;
  /** Regular expression source, unanchored. */
  readonly source: string;
}

export const discogsToken: SecretShape = {
  name: "a Discogs token",
  description: "40 letters",
  source: "[A-Za-z]{40}",
};

/** The shared secret beside the key has the same shape. */
export const lastfmKey: SecretShape = {
  name: "a Last.fm key",
  description: "32 digits and letters from a to f",
  source: "[0-9A-Fa-f]{32}",
};

export const listenbrainzToken: SecretShape = {
  name: "a ListenBrainz token",
  description: "32 digits and letters from a to f in five groups",
  source: "[0-9A-Fa-f]{8}(?:-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}",
};

/** The secret of a Discogs application, listed on the same page as the token. */
const consumerSecret: SecretShape = {
  name: "the consumer secret of a Discogs application",
  description: "32 letters",
  source: "(?=[A-Fa-f]*[G-Zg-z])[A-Za-z]{32}",
};

const serverKey: SecretShape = {
  name: "an API key of rewind serve",
  description: "rw_live_ and 43 characters",
  source: "rw_[a-z]{1,16}_[\\w-]{43}",
};

export const secretShapes = [discogsToken, lastfmKey, listenbrainzToken, consumerSecret, serverKey] as const;

/** The shape of the first secret in a text; null if there is none. */
export function findSecretShape(text: string): SecretShape | null {
  return secretShapes.find((shape) => buildShapePattern(shape).test(text)) ?? null;
}

/** A UUID after a slash is an MBID in an address; user names in addresses never have the shape of a secret. */
const secretPattern = new RegExp(
  secretShapes
    .map((shape) => buildShapePattern(shape, shape === listenbrainzToken ? "/" : "").source)
    .join("|"),
  "g",
);

export function removeSecretShapes(text: string): string {
  return text.replace(secretPattern, "…");
}

function buildShapePattern({ source }: SecretShape, notAfter = ""): RegExp {
  return new RegExp(`(?<![A-Za-z0-9${notAfter}])${source}(?![A-Za-z0-9])`);
}
