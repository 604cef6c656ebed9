// What stands in a request, read and held to bounds: its key, its parameters, its body.
import type { ApiKey, KeyRing } from "./api-keys.ts";
import type { Parameters } from "./parameters.ts";
import { Problem } from "./problem.ts";

/** A request, as far as it may be looked at before it is known who asks. */
export interface Asking {
  readonly method: string;
  readonly path: string;
  /** With what follows the question mark. */
  readonly address: string;
  /** By which name it calls us. */
  readonly host: string | undefined;
  header(name: string): string | undefined;
}

export interface FullAsking extends Asking {
  queries(): Record<string, string[]>;
  /** What stands in the path for a {name}. */
  param(name: string): string | undefined;
  readonly raw: Request;
  /** Whether the one who asked has hung up meanwhile. */
  isGone(): boolean;
}

export const longestBody = 64 * 1024;

/** Throws Problem for a key that is missing, malformed, unknown or revoked: which of them is not told. */
export function keyOf(asking: Asking, keys: KeyRing): ApiKey {
  const given = asking.header("authorization");
  const token = given?.startsWith("Bearer ") === true ? given.slice("Bearer ".length) : "";
  const key = keys.find(token);
  if (key !== undefined) return key;
  throw new Problem(401, "a key is needed: Authorization: Bearer rw_live_…, made by rewind keys create", {
    "WWW-Authenticate": "Bearer",
  });
}

/** Each as its row reads it. Throws Problem for one that is not in the table, or given twice. */
export function readParameters(parameters: Parameters, asking: FullAsking): Record<string, unknown> {
  const given = asking.queries();
  const inQuery = Object.entries(parameters).filter(([, { isPart }]) => isPart !== true);
  const names = inQuery.map(([name]) => name);
  if (Object.keys(given).some((name) => !names.includes(name))) {
    const allowed =
      names.length === 0 ? "takes no parameters" : `takes the parameters ${names.join(", ")}, and no other`;
    throw new Problem(400, `this address ${allowed}`);
  }
  return Object.fromEntries(
    Object.entries(parameters).map(([name, { isPart, isRepeatable, read }]) => {
      const part = isPart === true ? asking.param(name) : undefined;
      const texts = part === undefined ? (given[name] ?? []) : [part];
      if (texts.length > 1 && isRepeatable !== true) throw new Problem(400, `${name} can be given once`);
      return [name, read(name, texts)];
    }),
  );
}

/** Throws Problem for what is no JSON object, or too large. */
export async function readBody({ raw }: FullAsking): Promise<Record<string, unknown>> {
  const text = (await wholeBody(raw)).toString("utf8").trim();
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

export async function wholeBody({ body }: Request): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  try {
    for await (const chunk of body ?? []) {
      bytes += chunk.length;
      if (bytes > longestBody) throw tooLarge();
      chunks.push(chunk);
    }
  } catch (error) {
    if (error instanceof Problem) throw error;
    // Whoever sent it has hung up, or sent what can't be read: no fault of ours.
    throw new Problem(400, "the body did not come to its end");
  }
  return Buffer.concat(chunks);
}

export function tooLarge(): Problem {
  return new Problem(413, `the body is larger than ${longestBody} bytes`, { Connection: "close" });
}
