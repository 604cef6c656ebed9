// Schemas of JSON Schema 2020-12, in line and closed: what a document holds, for the doors that programs come in by.
import type { AnyKeys, Keys } from "../../queries/documents/document.ts";

export type JsonSchema = Readonly<Record<string, unknown>>;

/** Each key of a document with its schema, in its order. The compiler sees to it that none is missing. */
export type SchemasOf<Document> = { readonly [Name in keyof Document]-?: JsonSchema };

export const text: JsonSchema = { type: "string" };
export const integer: JsonSchema = { type: "integer" };
export const count: JsonSchema = { type: "integer", minimum: 0 };
export const number: JsonSchema = { type: "number" };
export const flag: JsonSchema = { type: "boolean" };
export const instant: JsonSchema = { type: "string", format: "date-time" };
export const day: JsonSchema = { type: "string", format: "date" };
export const address: JsonSchema = { type: "string", format: "uri" };
export const nothing: JsonSchema = { type: "null" };

export function word(...words: readonly string[]): JsonSchema {
  return { type: "string", enum: words };
}

/** It, or null. */
export function orNull(schema: JsonSchema): JsonSchema {
  const { type, enum: words, ...others } = schema;
  if (typeof type !== "string") return { anyOf: [schema, nothing] };
  const values = Array.isArray(words) ? { enum: [...(words as unknown[]), null] } : {};
  return { type: [type, "null"], ...values, ...others };
}

export function list(items: JsonSchema): JsonSchema {
  return { type: "array", items };
}

/** All keys, and no other. */
export function object<Document>(properties: SchemasOf<Document>): JsonSchema {
  return { type: "object", properties, required: Object.keys(properties), additionalProperties: false };
}

/** The same with what each key means, where the table of its question says so. */
export function described<Document>(schema: JsonSchema, keys: Keys<Document>): JsonSchema {
  return withMeanings(schema, keys);
}

function withMeanings(schema: JsonSchema, keys: AnyKeys): JsonSchema {
  const properties = schema["properties"] as Readonly<Record<string, JsonSchema>> | undefined;
  if (properties === undefined) return schema;
  const told = Object.entries(properties).map(([name, property]) => {
    const key = keys[name];
    if (key === undefined) return [name, property] as const;
    if (typeof key === "string") return [name, { ...property, description: key }] as const;
    const below = key.keys ?? key.each;
    const inner = below === undefined ? property : insideOf(property, below);
    return [name, { ...inner, description: key.meaning }] as const;
  });
  return { ...schema, properties: Object.fromEntries(told) };
}

/** Of a list, its items. */
function insideOf(schema: JsonSchema, keys: AnyKeys): JsonSchema {
  const items = schema["items"] as JsonSchema | undefined;
  return items === undefined ? withMeanings(schema, keys) : { ...schema, items: withMeanings(items, keys) };
}
