// The page consists of Markup alone: unescaped text is a compile error.
import { toPrintable, markSafe, type SafeText } from "./safe-text.ts";

declare const escaping: unique symbol;

/** Text that may be put into a page. Its tags are our own. */
export type Markup = SafeText & { readonly [escaping]: true };

type MarkupPart = Markup | number | readonly Markup[];

/** A template around parts that are already markup, without its indentation. Attribute values are in double quotes. */
export function markup(template: TemplateStringsArray, ...values: readonly MarkupPart[]): Markup {
  const pieces = template.map((piece, at) => {
    const value = values[at] ?? "";
    return piece.replace(/\n\s+/g, "\n") + (typeof value === "object" ? value.join("") : String(value));
  });
  return markSafe(pieces.join("")) as Markup;
}

export const emptyMarkup = markup``;

const entities = new Map(
  Object.entries({ "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;" }),
);

/** Escapes any text, also for attribute values. */
export function escapeMarkup(value: string): Markup {
  return markSafe(toPrintable(value).replace(/[&<>"']/g, (letter) => entities.get(letter) ?? "")) as Markup;
}
