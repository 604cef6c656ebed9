// What the JSON of an answer holds, described once: help, guide and a description of the API are written from it.

/** Each key of a document, in its order. The compiler sees to it that none is missing and none is made up. */
export type Keys<Document> = { readonly [Name in keyof Document]-?: KeyMeaning<Document[Name]> };

/** A key's meaning; with the keys below it where its value is an object (`keys`) or a list of objects (`each`). */
export type KeyMeaning<Value> =
  NonNullable<Value> extends string
    ? Leaf
    : NonNullable<Value> extends Iterable<infer Item>
      ? NonNullable<Item> extends object
        ? Described & { readonly each: Keys<NonNullable<Item>> }
        : Leaf
      : NonNullable<Value> extends object
        ? Described & { readonly keys: Keys<NonNullable<Value>> }
        : Leaf;

type Leaf = string | Described;

interface Described {
  readonly meaning: string;
  /** What the short form of the help says of it, in parentheses. */
  readonly note?: string;
  /** The short form names the key alone: another document, that of xref, is where its keys are listed. */
  readonly isBrief?: boolean;
}

/** The keys of any document, for those who write them out. */
export type AnyKeys = Readonly<Record<string, AnyKey>>;

type AnyKey = string | (Described & { readonly keys?: AnyKeys; readonly each?: AnyKeys });

/** One form that a command's JSON can take. */
export interface JsonForm {
  /** "With --by": what makes it take this one. The first form needs nothing. */
  readonly when?: string;
  readonly keys: AnyKeys;
}

/** "JSON: data [{ album { id }, tracks }], summary { total }, pagination. With --by: by, data [{ value }]." */
export function formsInWords(forms: readonly JsonForm[]): string {
  return forms.map(({ when = "JSON", keys }) => `${when}: ${keysInWords(keys)}.`).join(" ");
}

/** "album { id }, tracks, data [{ value }]" */
export function keysInWords(keys: AnyKeys): string {
  return Object.entries(keys)
    .map(([name, key]) => `${name}${typeof key === "string" ? "" : below(key)}`)
    .join(", ");
}

function below({ note, isBrief, keys, each }: Exclude<AnyKey, string>): string {
  const noted = note === undefined ? "" : ` (${note})`;
  if (isBrief === true) return noted;
  if (each !== undefined) return ` [{ ${keysInWords(each)} }]${noted}`;
  return keys === undefined ? noted : ` { ${keysInWords(keys)} }${noted}`;
}
