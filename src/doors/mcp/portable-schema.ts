import type { JsonSchema } from "../../queries/documents/json-schema.ts";

const inAll = new Set(["description", "title", "default"]);

/** Returns the schema with alternatives in place of lists of types, which some clients can't read. */
export function portableSchema(schema: JsonSchema): JsonSchema {
  const inner = Object.fromEntries(
    Object.entries(schema).map(([name, value]) => [name, portableValue(name, value)] as const),
  );
  const { type, ...others } = inner;
  if (!Array.isArray(type)) return inner;
  const shared = Object.entries(others).filter(([name]) => inAll.has(name));
  const own = Object.fromEntries(Object.entries(others).filter(([name]) => !inAll.has(name)));
  const anyOf = (type as readonly string[]).map((each) =>
    each === "null" ? { type: each } : ofType(each, own),
  );
  return { anyOf, ...Object.fromEntries(shared) };
}

function ofType(type: string, { enum: words, ...others }: JsonSchema): JsonSchema {
  return Array.isArray(words)
    ? { type, enum: words.filter((word) => word !== null), ...others }
    : { type, ...others };
}

function portableValue(name: string, value: unknown): unknown {
  if (name === "properties") {
    return Object.fromEntries(
      Object.entries(value as Record<string, JsonSchema>).map(([key, each]) => [key, portableSchema(each)]),
    );
  }
  if (name === "items") return portableSchema(value as JsonSchema);
  return name === "anyOf" ? (value as readonly JsonSchema[]).map(portableSchema) : value;
}
