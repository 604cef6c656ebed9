// Each JSON document is declared once. Its TypeScript type, the output of `rewind help COMMAND --json`, the tables of
// fields in docs/, the OpenAPI document and the output schemas of the MCP tools all come from that declaration.
// A schema is plain JSON Schema 2020-12 without references, and allows no further fields.

export type JsonSchema = Readonly<Record<string, unknown>>;

declare const valueType: unique symbol;

/** A JSON Schema for values of this type. The type exists only for the compiler. */
export type Schema<Value> = JsonSchema & { readonly [valueType]?: Value };

/** The type of the values that a schema describes. */
export type Infer<Described> = Described extends { readonly [valueType]?: infer Value } ? Value : never;

/** A document whose rows are read lazily. */
export type Streamed<Document extends { readonly data: readonly unknown[] }> = Omit<Document, "data"> & {
  readonly data: Iterable<Document["data"][number]>;
};

const canBeMissing = Symbol("canBeMissing");

function addDescription<Value>(schema: JsonSchema, description: string | undefined): Schema<Value> {
  return description === undefined ? schema : { ...schema, description };
}

/** Makes schemas of one kind, each with its own description. */
const createSchemaBuilder =
  <Value>(schema: JsonSchema) =>
  (meaning?: string): Schema<Value> =>
    addDescription(schema, meaning);

export const text = createSchemaBuilder<string>({ type: "string" });
/** The bytes of a file that is not JSON. */
export const file = createSchemaBuilder<Uint8Array>({ type: "string" });
export const integer = createSchemaBuilder<number>({ type: "integer" });
export const count = createSchemaBuilder<number>({ type: "integer", minimum: 0 });
export const number = createSchemaBuilder<number>({ type: "number" });
/** A number from 0 to 1. */
export const share = createSchemaBuilder<number>({ type: "number", minimum: 0, maximum: 1 });
export const flag = createSchemaBuilder<boolean>({ type: "boolean" });
export const day = createSchemaBuilder<string>({ type: "string", format: "date" });
export const address = createSchemaBuilder<string>({ type: "string", format: "uri" });
export const nothing = (): Schema<null> => ({ type: "null" });

/** Fields that are always null. */
export const nulls = <const Name extends string>(...names: readonly Name[]) =>
  Object.fromEntries(names.map((name) => [name, nothing()])) as Readonly<Record<Name, Schema<null>>>;

/** The type includes null for times after the year 9999, which ISO 8601 can't write and no service sends. */
export const instant = createSchemaBuilder<string | null>({ type: "string", format: "date-time" });

export function word<const Word extends string>(words: readonly Word[], meaning?: string): Schema<Word> {
  return addDescription({ type: "string", enum: words }, meaning);
}

export function orNull<Value>(schema: Schema<Value>): Schema<Value | null> {
  const { type, enum: words, ...others } = schema;
  if (typeof type !== "string") return { anyOf: [schema, nothing()] };
  const values = Array.isArray(words) ? { enum: [...(words as unknown[]), null] } : {};
  return { type: [type, "null"], ...values, ...others };
}

export function list<Item>(items: Schema<Item>, meaning?: string): Schema<readonly Item[]> {
  return addDescription({ type: "array", items }, meaning);
}

type Properties = Readonly<Record<string, Schema<unknown>>>;
interface Optional {
  readonly [canBeMissing]: true;
}
type InferObject<Table extends Properties> = {
  readonly [Name in keyof Table as Table[Name] extends Optional ? never : Name]: Infer<Table[Name]>;
} & {
  readonly [Name in keyof Table as Table[Name] extends Optional ? Name : never]?: Infer<Table[Name]>;
};

/** A field that some documents lack. */
export function optional<Value>(schema: Schema<Value>): Schema<Value> & Optional {
  return { ...schema, [canBeMissing]: true };
}

/** The fields of an object in their order. The meaning, if there is one, comes first. */
type Fields<Table> = readonly [properties: Table] | readonly [meaning: string, properties: Table];

/** Exactly these fields. */
export function object<Table extends Properties>(...fields: Fields<Table>): Schema<InferObject<Table>> {
  const [properties, meaning] = fields.length === 1 ? fields : [fields[1], fields[0]];
  const required = Object.keys(properties).filter((name) => !(canBeMissing in (properties[name] ?? {})));
  return addDescription({ type: "object", properties, required, additionalProperties: false }, meaning);
}

/** A list of objects with these fields. */
export function rows<Table extends Properties>(
  ...fields: Fields<Table>
): Schema<readonly InferObject<Table>[]> {
  return fields.length === 1 ? list(object(fields[0])) : list(object(fields[1]), fields[0]);
}

/** The same schema with another description. */
export function withMeaning<Value>(words: string, schema: Schema<Value>): Schema<Value> {
  return { ...schema, description: words };
}

/** The fields of an object, or of the objects in a list. */
export function getProperties(schema: JsonSchema): Readonly<Record<string, JsonSchema>> {
  const { properties, items } = schema as { readonly properties?: Properties; readonly items?: JsonSchema };
  return properties ?? (items === undefined ? {} : getProperties(items));
}
