// Refusals and failures as clients see them, always in one form.
import { NotReadyError, UnknownValue } from "../../model/errors.ts";
import { InvalidValueError } from "../../queries/parameters/parameter.ts";
import { integer, object, text } from "../../queries/documents/json-schema.ts";

/** A refusal. Its message never contains anything that the client sent. */
export class Problem extends Error {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  /** Text for the server's log; "" for none. */
  readonly remark: string;

  constructor(
    status: number,
    message: string,
    headers: Readonly<Record<string, string>> = {},
    remark: string = "",
  ) {
    super(message);
    this.status = status;
    this.headers = headers;
    this.remark = remark;
  }
}

/** The refusal that an error stands for; undefined if the server itself failed. */
export function toProblem(error: unknown): Problem | undefined {
  if (error instanceof Problem) return error;
  if (error instanceof NotReadyError) return new Problem(409, error.message);
  if (error instanceof InvalidValueError) return new Problem(400, error.message);
  if (!(error instanceof UnknownValue)) return undefined;
  // The message of the error quotes the value.
  return new Problem(400, `${error.flag} takes one of: ${error.choices.join(", ")}`);
}

const internalError = new Problem(500, "internal error: see the server's log");

/** The answer to a request that failed. `isFault`: the server itself failed, and the client is not told how. */
export function buildErrorEnvelope(error: unknown) {
  const problem = toProblem(error);
  const { status, message, headers, remark } = problem ?? internalError;
  return { isFault: problem === undefined, status, headers, remark, body: { error: message, status } };
}

/** `methods`: those that the address takes, "GET, HEAD". */
export function createMethodProblem(methods: string): Problem {
  return new Problem(405, `this address takes ${methods}`, { Allow: methods });
}

export const errorSchema = object({
  error: text("what is wrong, and what would be right"),
  status: { ...integer(), minimum: 400, maximum: 599, description: "the status of the answer" },
});
