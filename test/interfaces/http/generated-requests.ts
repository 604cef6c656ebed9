// Requests made of our own description: for each path, good and bad values of each parameter; every answer has to be one
// that the description declares, with a body that it allows.
import { Ajv2020, type ValidateFunction } from "ajv/dist/2020.js";
import addFormats from "ajv-formats";
import * as fc from "fast-check";
import { expect } from "vitest";
import type { ServedCache } from "../../support/served-cache.ts";

export interface Description {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
  readonly components: { readonly schemas: Readonly<Record<string, object>> };
}

interface Operation {
  readonly parameters?: readonly DescribedParameter[];
  readonly responses: Readonly<Record<string, { readonly content?: Content }>>;
  readonly requestBody?: { readonly content: Content };
}

type Content = Readonly<Record<string, { readonly schema: object }>>;

interface DescribedParameter {
  readonly name: string;
  readonly in: "path" | "query";
  readonly required?: boolean;
  readonly schema: ParameterSchema;
}

interface ParameterSchema {
  readonly type?: string;
  readonly enum?: readonly string[];
  readonly minimum?: number;
  readonly maximum?: number;
  readonly items?: ParameterSchema;
  readonly format?: string;
  readonly pattern?: string;
  readonly anyOf?: readonly ParameterSchema[];
}

export interface DescribedPath {
  readonly path: string;
  readonly method: string;
  readonly operation: Operation;
}

export function listOperations({ paths }: Description): DescribedPath[] {
  return Object.entries(paths).flatMap(([path, operations]) =>
    Object.entries(operations).map(([method, operation]) => ({
      path,
      method: method.toUpperCase(),
      operation,
    })),
  );
}

const words = ["Jazz", "Vinyl", "LP", "the", "1970s", "10..", "..5", "2024", "1y", "..", "last-month", "you"];

function createValidArbitrary(schema: ParameterSchema): fc.Arbitrary<string> {
  if (schema.items !== undefined) return createValidArbitrary(schema.items);
  if (schema.enum !== undefined) return fc.constantFrom(...schema.enum);
  if (schema.anyOf !== undefined) return fc.oneof(...schema.anyOf.map(createValidArbitrary));
  if (schema.type === "boolean") return fc.constantFrom("true", "false");
  if (schema.type === "integer") {
    const { minimum: min = 0, maximum: max = 1_000_000 } = schema;
    return fc.oneof(fc.integer({ min, max: Math.min(max, min + 60) }), fc.integer({ min, max })).map(String);
  }
  if (schema.format === "date")
    return fc.constantFrom("2019-01-01", "2024-02-29", "2026-03-01", "1971-12-31");
  if (schema.format === "date-time")
    return fc.constantFrom("2020-05-01T10:00:00Z", "2025-01-01T00:00:00+02:00");
  if (schema.pattern !== undefined) return fc.constantFrom("90d", "12mo", "3y");
  return fc.oneof(fc.constantFrom(...words), fc.string({ minLength: 1, maxLength: 12, unit: "grapheme" }));
}

const invalidArbitrary = fc.oneof(
  fc.constantFrom(
    "",
    "-1",
    "0",
    "1e3",
    "999999999999999999",
    "NaN",
    "null",
    "2024-02-30",
    "../..",
    "'; --",
    "%00",
    "\r\nX: y",
  ),
  fc.string({ maxLength: 20, unit: "binary" }),
);

interface BodySchema {
  readonly properties?: Readonly<Record<string, ParameterSchema>>;
}

/** Generates bodies that may be sent, and that may not: none, other values, no object, no JSON. */
function createBodyArbitrary({ requestBody }: Operation): fc.Arbitrary<string | null> {
  if (requestBody === undefined) return fc.constant(null);
  const { properties = {} } = (requestBody.content["application/json"]?.schema ?? {}) as BodySchema;
  const values = Object.fromEntries(
    Object.entries(properties).map(([name, schema]) => [
      name,
      fc.oneof(
        { weight: 4, arbitrary: createValidArbitrary(schema) },
        { weight: 1, arbitrary: fc.jsonValue() },
      ),
    ]),
  );
  return fc.oneof(
    { weight: 1, arbitrary: fc.constant(null) },
    {
      weight: 6,
      arbitrary: fc.record(values, { requiredKeys: [] }).map((body) => JSON.stringify(body)),
    },
    { weight: 1, arbitrary: fc.json() },
    { weight: 1, arbitrary: fc.string({ maxLength: 20, unit: "binary" }) },
  );
}

function createRequestArbitrary({ path, operation }: DescribedPath) {
  // About three at a time, however many there are.
  const absence = Math.max(3, (operation.parameters ?? []).length - 3);
  const parameters = (operation.parameters ?? []).map((parameter) => {
    const value = fc.oneof(
      { weight: 8, arbitrary: createValidArbitrary(parameter.schema) },
      { weight: 1, arbitrary: invalidArbitrary },
    );
    const isPart = parameter.in === "path";
    const given = isPart
      ? // Without a text, or with a way up, it is another address.
        value.filter((text) => !/^\.{0,2}$/.test(text))
      : fc.oneof({ weight: 3, arbitrary: value }, { weight: absence, arbitrary: fc.constant(undefined) });
    return given.map((text) => ({ parameter, text }));
  });
  return fc.tuple(createBodyArbitrary(operation), ...parameters).map(([body, ...values]) => {
    let address = path;
    const query: string[] = [];
    for (const { parameter, text } of values) {
      if (text === undefined) continue;
      const sent = encodeURIComponent(text.replace(/[\ud800-\udfff]/g, "x"));
      if (parameter.in === "path") address = address.replace(`{${parameter.name}}`, sent);
      else query.push(`${parameter.name}=${sent}`);
    }
    return { body, address: query.length === 0 ? address : `${address}?${query.join("&")}` };
  });
}

type Validator = ReturnType<typeof createValidator>;

export function createValidator({ components }: Pick<Description, "components">) {
  const ajv = new Ajv2020({ allErrors: true, strict: false });
  addFormats.default(ajv);
  ajv.addSchema({ $id: "description", components });
  const compiled = new Map<object, ValidateFunction>();
  const compileSchema = (schema: object): ValidateFunction => {
    const known = compiled.get(schema) ?? ajv.compile(resolveReferences(schema));
    compiled.set(schema, known);
    return known;
  };
  return {
    /** The faults of an answer; [] where it is as described. */
    async faultsOf({ operation }: DescribedPath, answer: Response): Promise<string[]> {
      const declared = operation.responses[answer.status];
      if (declared === undefined) return [`status ${answer.status} is not declared`];
      if (answer.status >= 500) return [`status ${answer.status}`];
      const type = answer.headers.get("content-type")?.split(";")[0] ?? "";
      const schema = declared.content?.[type]?.schema;
      const text = await answer.text();
      if (schema === undefined) return text === "" ? [] : [`a body of the type "${type}" is not declared`];
      const check = compileSchema(schema);
      return check(type === "application/json" ? JSON.parse(text) : text)
        ? []
        : (check.errors ?? []).map((error) => `${error.instancePath} ${error.message}`);
    },
  };
}

function resolveReferences(schema: object): object {
  return JSON.parse(
    JSON.stringify(schema).replaceAll('"#/components/', '"description#/components/'),
  ) as object;
}

/** Sends this many generated questions to each path, and checks each answer against the description. */
export async function checkGeneratedRequests(
  served: ServedCache,
  described: DescribedPath,
  { validator, runs, seed }: { readonly validator: Validator; readonly runs: number; readonly seed: number },
): Promise<ReadonlyMap<number, number>> {
  const statuses = new Map<number, number>();
  await fc.assert(
    fc.asyncProperty(createRequestArbitrary(described), async ({ address, body }) => {
      const { method } = described;
      const headers = { authorization: `Bearer ${served.admin}` };
      const answer = await served.ask(address, { method, headers, ...(body === null ? {} : { body }) });
      statuses.set(answer.status, (statuses.get(answer.status) ?? 0) + 1);
      expect({ address, body, faults: await validator.faultsOf(described, answer) }).toEqual({
        address,
        body,
        faults: [],
      });
    }),
    { numRuns: runs, seed },
  );
  return statuses;
}
