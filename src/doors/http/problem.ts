// What is told to a client in place of an answer, always in one envelope.
import { object, text, type JsonSchema } from "../schemas/json-schema.ts";

export interface ErrorEnvelope {
  readonly error: string;
  readonly status: number;
}

/** A refusal: its message never holds what the client sent. */
export class Problem extends Error {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;

  constructor(status: number, message: string, headers: Readonly<Record<string, string>> = {}) {
    super(message);
    this.status = status;
    this.headers = headers;
  }
}

export function envelope(status: number, error: string): ErrorEnvelope {
  return { error, status };
}

export const envelopeSchema: JsonSchema = object<ErrorEnvelope>({
  error: { ...text, description: "what is wrong, and what would be right" },
  status: { type: "integer", minimum: 400, maximum: 599, description: "the status of the answer" },
});
