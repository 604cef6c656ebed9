// Refusals and failures as clients see them, always in one form.
import { integer, object, text } from "../../queries/documents/json-schema.ts";

/** A refusal. Its message never contains anything that the client sent. */
export class Problem extends Error {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;

  constructor(status: number, message: string, headers: Readonly<Record<string, string>> = {}) {
    super(message);
    this.status = status;
    this.headers = headers;
  }
}

/** `methods`: those that the address takes, "GET, HEAD". */
export function wrongMethod(methods: string): Problem {
  return new Problem(405, `this address takes ${methods}`, { Allow: methods });
}

export const envelopeSchema = object({
  error: text("what is wrong, and what would be right"),
  status: { ...integer(), minimum: 400, maximum: 599, description: "the status of the answer" },
});
