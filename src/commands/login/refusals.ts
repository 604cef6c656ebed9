// Explains to a user why a service refused the credentials.
import { AccountError, ServiceError, type RewindError } from "../../model/errors.ts";
import type { Side } from "../../model/model.ts";
import { RejectedCredential, UnknownUser } from "../../sources/transport/service-errors.ts";
import { counted } from "../../output/number-text.ts";
import { discogsToken, lastfmKey, type SecretShape } from "../../settings/secret-shapes.ts";

/** The refusal, and what may be wrong with the input. */
export function refusalText(failure: RewindError, side: Side, secret: string): string {
  if (failure instanceof UnknownUser && side === "listening") {
    return `${failure.message}: check the spelling, as in the address of your page, https://www.last.fm/user/NAME`;
  }
  if (!(failure instanceof RejectedCredential)) return failure.message;
  const { shape, usual } = credentials[side];
  return `${failure.message}. ${doubtAbout(secret, shape, usual)}.`;
}

const credentials: Readonly<Record<Side, { readonly shape: SecretShape; readonly usual: string }>> = {
  collection: {
    shape: discogsToken,
    usual: "Discogs shows only the newest token; older ones no longer work",
  },
  listening: {
    shape: lastfmKey,
    usual: "Give the API key, not the shared secret below it",
  },
};

function doubtAbout(given: string, { pattern, look }: SecretShape, usual: string): string {
  return pattern.test(given) ? usual : `It has ${look}; this one has ${counted(given.length, "character")}`;
}

export function allowedAsAnother(owner: string, username: string): AccountError {
  return new AccountError(
    `${owner} on Last.fm allowed rewind to scrobble, but the plays belong to ${username}`,
    `Nothing was changed. Log in to Last.fm as ${username} in your browser, then run: rewind login --scrobble`,
  );
}

/** The same error with a hint that nothing was changed. */
export function notLoggedIn(error: unknown, side: Side, secret = ""): unknown {
  const again = "Nothing was changed. To try again: rewind login";
  if (error instanceof AccountError) {
    return new AccountError(refusalText(error, side, secret), again, { cause: error });
  }
  if (!(error instanceof ServiceError)) return error;
  return new ServiceError(error.message, `Nothing is saved unchecked. ${again}`, { cause: error });
}
