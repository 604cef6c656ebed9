// Reads the parameters and the body of a request.
import { Problem } from "./problem.ts";
import type { Parameters } from "../../queries/parameters/parameter.ts";

/** The part of Hono's request that other files read. */
export interface ApiRequest {
  readonly method: string;
  readonly path: string;
  header(name: string): string | undefined;
  queries(): Record<string, string[]>;
  /** The path parameter {name}. */
  param(name: string): string | undefined;
  readonly raw: Request;
}

export const maxBodyBytes = 64 * 1024;

/** Throws Problem for a parameter that is unknown or sent twice, and InvalidValueError or UnknownValue for an invalid one. */
export function readParameters(parameters: Parameters, asking: ApiRequest): Record<string, unknown> {
  const queries = asking.queries();
  const inQuery = Object.entries(parameters).filter(([, { isPart }]) => isPart !== true);
  const names = inQuery.map(([name]) => name);
  if (Object.keys(queries).some((name) => !names.includes(name))) {
    const rule =
      names.length === 0 ? "takes no parameters" : `takes the parameters ${names.join(", ")}, and no other`;
    throw new Problem(400, `this address ${rule}`);
  }
  return Object.fromEntries(
    Object.entries(parameters).map(([name, { isPart, isRepeatable, read }]) => {
      const part = isPart === true ? asking.param(name) : undefined;
      const texts = part === undefined ? (queries[name] ?? []) : [part];
      if (texts.length > 1 && isRepeatable !== true) throw new Problem(400, `${name} can be given once`);
      return [name, read(name, texts)];
    }),
  );
}

/** Throws Problem if the body is not a JSON object or is too large. */
export async function readBody({ raw }: ApiRequest): Promise<Record<string, unknown>> {
  const text = (await readWholeBody(raw)).toString("utf8").trim();
  if (text === "") return {};
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    value = null;
  }
  if (typeof value === "object" && value !== null && !Array.isArray(value)) return { ...value };
  throw new Problem(400, "the body takes a JSON object");
}

/** The objects of a body, one a line, or one over several lines. Throws Problem if there are none. */
export async function readLines({ raw }: ApiRequest): Promise<readonly string[]> {
  const text = (await readWholeBody(raw)).toString("utf8");
  const lines = text.split("\n").filter((line) => line.trim() !== "");
  if (lines.length === 0) throw new Problem(400, "the body takes a JSON object, or one a line");
  try {
    return [JSON.stringify(JSON.parse(text))];
  } catch {
    return lines;
  }
}

export async function readWholeBody(
  { body }: { readonly body: AsyncIterable<Uint8Array> | null },
  maxBytes = maxBodyBytes,
  createTooLarge = createTooLargeProblem,
): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  try {
    for await (const chunk of body ?? []) {
      bytes += chunk.length;
      if (bytes > maxBytes) throw createTooLarge();
      chunks.push(chunk);
    }
  } catch (error) {
    if (error instanceof Problem) throw error;
    // The client hung up or sent something unreadable.
    throw new Problem(400, "the body is incomplete");
  }
  return Buffer.concat(chunks);
}

export function createTooLargeProblem(): Problem {
  return new Problem(413, `the body is larger than ${maxBodyBytes} bytes`, { Connection: "close" });
}
