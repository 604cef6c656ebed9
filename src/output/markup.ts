// The page consists of Markup alone: unescaped text is a compile error.
import { printable, trusted, type SafeText } from "./escape.ts";

declare const escaping: unique symbol;

/** Text that may be put into a page. Its tags are our own. */
export type Markup = SafeText & { readonly [escaping]: true };

type Part = Markup | number | readonly Markup[];

/** The parts of each template, without the indentation of its source. */
const piecesOf = new WeakMap<TemplateStringsArray, readonly string[]>();

/** A template around parts that are already markup. Attribute values are in double quotes. */
export function markup(template: TemplateStringsArray, ...values: readonly Part[]): Markup {
  let pieces = piecesOf.get(template);
  if (pieces === undefined) {
    pieces = template.map((piece) => piece.replace(/\n\s+/g, "\n"));
    piecesOf.set(template, pieces);
  }
  let made = pieces[0] ?? "";
  for (let at = 0; at < values.length; at += 1) {
    const value = values[at] ?? "";
    made += typeof value === "object" ? value.join("") : String(value);
    made += pieces[at + 1] ?? "";
  }
  return trusted(made) as Markup;
}

export const nothing = markup``;

const entities = new Map([
  ["&", "&amp;"],
  ["<", "&lt;"],
  [">", "&gt;"],
  ['"', "&quot;"],
  ["'", "&#39;"],
]);

/** Escapes any text, also for attribute values. */
export function text(value: string): Markup {
  const shown = printable(value);
  const escaped = /[&<>"']/.test(shown)
    ? shown.replace(/[&<>"']/g, (letter) => entities.get(letter) ?? "")
    : shown;
  return trusted(escaped) as Markup;
}
