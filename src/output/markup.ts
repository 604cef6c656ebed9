// The page is made of nothing but Markup: a template takes no other text, so that a name which nobody escaped is an error
// of the compiler.
import { printable, trusted, type SafeText } from "./escape.ts";

declare const escaping: unique symbol;

/** Text that may stand in a page as it is: what steers a browser in it was put there by us. */
export type Markup = SafeText & { readonly [escaping]: true };

type Part = Markup | number | readonly Markup[];

/** The pieces of each template without the blanks by which it stands in its file. */
const piecesOf = new WeakMap<TemplateStringsArray, readonly string[]>();

/** A template of our own around what is markup already. Values of attributes stand in double quotes. */
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

/** Any text, also as the value of an attribute: without what steers, whatever its letters mean to a browser. */
export function text(value: string): Markup {
  const shown = printable(value);
  const escaped = /[&<>"']/.test(shown)
    ? shown.replace(/[&<>"']/g, (letter) => entities.get(letter) ?? "")
    : shown;
  return trusted(escaped) as Markup;
}
