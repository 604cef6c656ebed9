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
  let html = pieces[0] ?? "";
  for (let at = 0; at < values.length; at += 1) {
    const value = values[at] ?? "";
    html += typeof value === "object" ? value.join("") : String(value);
    html += pieces[at + 1] ?? "";
  }
  return trusted(html) as Markup;
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
  const plainText = printable(value);
  const html = /[&<>"']/.test(plainText)
    ? plainText.replace(/[&<>"']/g, (letter) => entities.get(letter) ?? "")
    : plainText;
  return trusted(html) as Markup;
}
