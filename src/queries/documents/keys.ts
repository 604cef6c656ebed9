// The keys of a document in words, for the help of the command that writes it.
import { brief, note, propertiesOf, type JsonSchema } from "./schema.ts";

/** One form that a command's JSON can take. */
export interface JsonForm {
  /** "With --by": what makes it take this one. The first form needs nothing. */
  readonly when?: string;
  readonly schema: JsonSchema;
}

/** "JSON: data [{ album { id }, tracks }], summary { total }, pagination. With --by: by, data [{ value }]." */
export function formsInWords(forms: readonly JsonForm[]): string {
  return forms.map(({ when = "JSON", schema }) => `${when}: ${keysInWords(schema)}.`).join(" ");
}

/** "album { id }, tracks, data [{ value }]" */
function keysInWords(schema: JsonSchema): string {
  return Object.entries(propertiesOf(schema))
    .map(([name, key]) => `${name}${below(key)}`)
    .join(", ");
}

/** What is known of a key besides its name and the keys below it. */
export function keyFacts(key: JsonSchema): { meaning: string; note: string | null; isBrief: boolean } {
  const {
    [note]: words = null,
    [brief]: isBrief = false,
    description = "",
  } = key as {
    readonly [note]?: string;
    readonly [brief]?: boolean;
    readonly description?: string;
  };
  return { meaning: description, note: words, isBrief };
}

function below(key: JsonSchema): string {
  const { note: words, isBrief } = keyFacts(key);
  const noted = words === null ? "" : ` (${words})`;
  const inner = isBrief ? "" : keysInWords(key);
  if (inner === "") return noted;
  return "items" in key ? ` [{ ${inner} }]${noted}` : ` { ${inner} }${noted}`;
}
