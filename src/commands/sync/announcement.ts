// The lines of a sync other than its steps: the first line, requests and waits.
import type { Context } from "../../context.ts";
import type { Service } from "../../model/model.ts";
import { duration } from "../../output/dates.ts";
import { printable, safe, type SafeText } from "../../output/escape.ts";
import { rateLimitReason, type RequestReport } from "../../sources/services/remote-service.ts";

/** The first line, shown while the code that fetches and draws is loaded. */
export const asking = safe`Checking your accounts`;

/** One request, for --verbose. */
export function requestLine({
  service,
  call,
  status,
  durationMs,
  remaining,
  outcome,
}: RequestReport): SafeText {
  const facts = [
    status === null ? "no answer" : String(status),
    `${Math.round(durationMs)} ms`,
    ...(remaining === null ? [] : [`${remaining} left`]),
    ...(outcome === "ok" ? [] : [outcome]),
  ];
  return printable(`${service.id}  ${call}  ${facts.join(" · ")}`);
}

/**
 * Returns a function that reports waits. Usual waits, which come every minute, are reported once for each service.
 */
export function waitNotes(context: Context): (service: Service, waitMs: number, reason: string) => void {
  const reportedServices = new Set<string>();
  return ({ id, name }, waitMs, reason) => {
    if (reason === rateLimitReason && reportedServices.has(id)) return;
    if (reason === rateLimitReason) reportedServices.add(id);
    context.note(`${name}: waiting ${duration(Math.ceil(waitMs / 1000))}, ${reason}`);
  };
}
