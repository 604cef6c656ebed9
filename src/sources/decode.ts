// Answers, field by field. Each node knows its way from the root, so that a failure can name the field;
// the way is only put into words when there is something to complain of.

/** An answer of another shape than it should have. */
export class Malformed extends Error {
  /** "releases[12].basic_information.title" */
  readonly field: string;
  /** What stands there. */
  readonly value: unknown;

  constructor(node: Node, complaint: string) {
    const way = wayTo(node);
    super(`${way === "" ? "the answer" : way} ${complaint}`);
    this.name = "Malformed";
    this.field = way;
    this.value = node.value;
  }
}

export interface Node {
  readonly value: unknown;
  readonly parent: Node | null;
  readonly key: string | number;
}

export function root(value: unknown): Node {
  return { value, parent: null, key: "" };
}

/** A field of an object; its value is undefined where it is missing. */
export function field(node: Node, name: string): Node {
  return { value: members(node)[name], parent: node, key: name };
}

/** The same, but it must be there and not null. */
export function required(node: Node, name: string): Node {
  const child = field(node, name);
  if (child.value === undefined || child.value === null) throw new Malformed(child, "is missing");
  return child;
}

/** Missing, null and "" all mean that there is nothing. */
export function isEmpty(node: Node): boolean {
  return node.value === undefined || node.value === null || node.value === "";
}

/** The children of a list. One child may stand for itself; nothing at all is an empty list. */
export function items(node: Node): Node[] {
  if (isEmpty(node)) return [];
  if (Array.isArray(node.value)) {
    return node.value.map((value: unknown, key) => ({ value, parent: node, key }));
  }
  if (typeof node.value === "object") return [node];
  throw new Malformed(node, `is ${kindOf(node.value)}, not a list`);
}

/** Text; "" where there is none. Control characters stay; half a surrogate pair can't be stored and becomes U+FFFD. */
export function text(node: Node): string {
  const { value } = node;
  if (value === undefined || value === null) return "";
  if (typeof value === "string") return value.replace(/\p{Cs}/gu, "\uFFFD");
  // A title like 1999 may have lost its quotes on its way through XML.
  if (typeof value === "number") return String(value);
  throw new Malformed(node, `is ${kindOf(value)}, not text`);
}

export function textOrNull(node: Node): string | null {
  const found = text(node);
  return found === "" ? null : found;
}

/** A whole number of 0 or more, as a number or in digits; null where there is none. */
export function countOrNull(node: Node): number | null {
  if (isEmpty(node)) return null;
  const { value } = node;
  const number = typeof value === "string" && /^\s*\d+\s*$/.test(value) ? Number(value) : value;
  if (typeof number === "number" && Number.isSafeInteger(number) && number >= 0) return number;
  throw new Malformed(
    node,
    typeof value === "object" || typeof value === "boolean"
      ? `is ${kindOf(value)}, not a whole number`
      : "is not a whole number",
  );
}

export function count(node: Node): number {
  const found = countOrNull(node);
  if (found === null) throw new Malformed(node, "is missing");
  return found;
}

function members(node: Node): Record<string, unknown> {
  const { value } = node;
  if (typeof value === "object" && value !== null && !Array.isArray(value)) {
    return value as Record<string, unknown>;
  }
  throw new Malformed(
    node,
    value === undefined || value === null ? "is missing" : `is ${kindOf(value)}, not an object`,
  );
}

function kindOf(value: unknown): string {
  if (Array.isArray(value)) return "a list";
  if (value === null) return "null";
  if (typeof value === "object") return "an object";
  return typeof value === "string" ? "text" : `a ${typeof value}`;
}

function wayTo(node: Node): string {
  if (!node.parent) return "";
  const before = wayTo(node.parent);
  if (typeof node.key === "number") return `${before}[${node.key}]`;
  return before === "" ? node.key : `${before}.${node.key}`;
}
