import { UsageError } from "../../model/errors.ts";
import { holdsSecret } from "../../model/redact.ts";

/** How the services know us; with the user's own address behind it where one is set, so that they can write. */
export function userAgentOf(version: string, contact: string | null, secrets: readonly string[]): string {
  const own = `rewind-shelf/${version}`;
  if (contact === null) return own;
  // The value isn't shown: it may be a secret that came into the wrong place, and both services would get it.
  if (holdsSecret(contact, secrets)) {
    throw new UsageError(
      "REWIND_CONTACT looks like a token or a key, and would be sent to the services",
      "Set it to a mail or web address, or leave it out.",
    );
  }
  if (!/^[\x20-\x7e]{1,200}$/.test(contact)) {
    throw new UsageError(
      "REWIND_CONTACT can't be sent",
      "Use a mail or web address of at most 200 ASCII characters.",
    );
  }
  return `${own} (${contact.replace(/[()\\]/g, "\\$&")})`;
}
