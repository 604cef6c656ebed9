// What may not be shown by a program that runs on, whatever its settings have become meanwhile.
import type { Context } from "../../../context.ts";
import { secretsOf } from "../../../settings/connection.ts";
import { secretsIn } from "../../../sources/service-lookup.ts";

/** Settings that can't be read are an error of their own, and not of every question. */
export function secretsKnownTo(context: Context): string[] {
  try {
    return secretsOf(context.settings());
  } catch {
    return secretsIn(context.env);
  }
}
