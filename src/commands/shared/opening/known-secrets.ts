// The secrets to redact in a server's messages, even if its settings change while it runs.
import type { Context } from "../../../context.ts";
import { secretsOf } from "../../../settings/connection.ts";
import { secretsIn } from "../../../sources/service-lookup.ts";

/** Unreadable settings are reported elsewhere. */
export function secretsKnownTo(context: Context): string[] {
  try {
    return secretsOf(context.settings());
  } catch {
    return secretsIn(context.env);
  }
}
