// Decodes answers from the network, field by field, into bounded values. The raw value of a node can be read only
// through a decoder that knows its bounds. A value out of bounds counts as unknown; a value of another type throws
// Malformed. Each node knows its path from the root, so that an error can name the field.

import { daySeconds } from "./times.ts";

/** An answer with a field of another type than expected. Its value is not shown, because it is a service's text. */
export class Malformed extends Error {
  constructor(node: Node, complaint: string) {
    super(`${wayTo(node) || "the answer"} ${complaint}`);
    this.name = "Malformed";
  }
}

export interface Bounds {
  /** Milliseconds since 1970. */
  readonly nowMs: number;
  /** True if the service runs on this machine. Then addresses of this machine are valid too. */
  readonly isLoopback: boolean;
}

const raw = Symbol("raw");

export interface Node {
  readonly [raw]: unknown;
  readonly parent: Node | null;
  readonly key: string | number;
  readonly bounds: Bounds;
}

const strictest: Bounds = { nowMs: 0, isLoopback: false };

const longestName = 1_000;
const longestRemark = 10_000;
const longestAddress = 2_000;
const mostItems = 2_000;
const largestCount = 1_000_000_000;

export function root(value: unknown, bounds: Bounds = strictest): Node {
  return { [raw]: value, parent: null, key: "", bounds };
}

/** A field of an object; an empty node if it is missing. */
export function field(node: Node, key: string): Node {
  const members = membersOf(node);
  const value = Object.hasOwn(members, key) ? members[key] : undefined;
  return { [raw]: value, parent: node, key, bounds: node.bounds };
}

/** As field(), but throws Malformed if it is missing or null. */
export function required(node: Node, key: string): Node {
  const child = field(node, key);
  if (child[raw] === undefined || child[raw] === null) throw new Malformed(child, "is missing");
  return child;
}

/** Missing, null and "" all mean that there is no value. */
export function isEmpty(node: Node): boolean {
  const value = node[raw];
  return value === undefined || value === null || value === "";
}

export function isMissing(node: Node): boolean {
  return node[raw] === undefined;
}

export function isObject(node: Node): boolean {
  const value = node[raw];
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

export function isList(node: Node): boolean {
  return Array.isArray(node[raw]);
}

/** The names of the fields of an object. */
export function fieldNames(node: Node): string[] {
  return Object.keys(membersOf(node));
}

/** The elements of a list. An object counts as a list of one, an empty node as an empty list. */
export function items(node: Node): Node[] {
  if (isEmpty(node)) return [];
  const value = node[raw];
  if (Array.isArray(value)) {
    if (value.length > mostItems) throw new Malformed(node, `holds more than ${mostItems} rows`);
    return value.map((child: unknown, key) => ({ [raw]: child, parent: node, key, bounds: node.bounds }));
  }
  if (isObject(node)) return [node];
  throw new Malformed(node, `is ${kindOf(value)}, not a list`);
}

/** A name or a title, cut at a length that no real one has. "" if there is none. */
export function name(node: Node): string {
  return textUpTo(node, longestName);
}

/** A text that a person wrote, which may be longer than a name. */
export function remark(node: Node): string {
  return textUpTo(node, longestRemark);
}

const mbidForm = /^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/;

/** In lower case; null if it is not an MBID. */
export function mbidOrNull(node: Node): string | null {
  const mbid = name(node).trim().toLowerCase();
  return mbidForm.test(mbid) ? mbid : null;
}

/** null if it is missing or out of bounds. */
export function countOrNull(node: Node): number | null {
  return between(node, 0, largestCount);
}

/** A count of a row; 0 if it is out of bounds. Throws Malformed if it is missing. */
export function count(node: Node): number {
  return isEmpty(node) ? exactCount(node) : (countOrNull(node) ?? 0);
}

/** A count that a listing depends on. Throws Malformed if it is missing or out of bounds. */
export function exactCount(node: Node): number {
  return orMalformed(node, countOrNull(node));
}

/** The id of a row. Throws Malformed if it is missing or out of bounds. */
export function id(node: Node): number {
  return orMalformed(node, idOrNull(node));
}

export function idOrNull(node: Node): number | null {
  return between(node, 0, Number.MAX_SAFE_INTEGER);
}

/** A whole number in a range, as a number or in digits. null if it is missing or out of bounds. */
export function between(node: Node, least: number, most: number): number | null {
  if (isEmpty(node)) return null;
  const number = numberOf(node);
  return Number.isSafeInteger(number) && number >= least && number <= most ? number : null;
}

/** Any number, as such or in digits; null where there is none. */
export function numberOrNull(node: Node): number | null {
  if (isEmpty(node)) return null;
  const number = numberOf(node);
  return Number.isFinite(number) ? number : null;
}

export function isTrue(node: Node): boolean {
  return node[raw] === true || node[raw] === "true";
}

const longestMs = 100 * 3600 * 1000;

/** The length of a track, given in milliseconds; null if it is missing or 0. */
export function secondsOrNull(node: Node): number | null {
  const milliseconds = between(node, 1, longestMs);
  return milliseconds === null ? null : Math.max(1, Math.round(milliseconds / 1000));
}

/** A time in unix seconds, from 1970 to tomorrow; 0 (unknown) for any other. */
export function uts(node: Node): number {
  return between(node, 0, Math.floor(node.bounds.nowMs / 1000) + daySeconds) ?? 0;
}

/** A time with its offset, as written: 2026-03-11T16:05:58-07:00. null for another format or out of bounds. */
export function instantOrNull(node: Node): string | null {
  const text = name(node);
  if (!/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,9})?(?:Z|[+-]\d\d:\d\d)$/.test(text)) return null;
  const ms = Date.parse(text);
  return ms >= 0 && ms <= node.bounds.nowMs + daySeconds * 1000 ? text : null;
}

const servicesHost = /(?:^|\.)(?:discogs\.com|last\.fm)$/;

/** An https address of Discogs or Last.fm, or of this machine if the service runs here; else null. */
export function addressOrNull(node: Node): string | null {
  const address = textUpTo(node, longestAddress + 1);
  if (address.length > longestAddress || !URL.canParse(address)) return null;
  const url = new URL(address);
  if (url.username !== "" || url.password !== "") return null;
  const isServices = url.protocol === "https:" && url.port === "" && servicesHost.test(url.hostname);
  const isOurs = node.bounds.isLoopback && /^https?:$/.test(url.protocol) && isLoopbackHost(url.hostname);
  return isServices || isOurs ? url.href : null;
}

export function isLoopbackHost(host: string): boolean {
  return host === "localhost" || host === "[::1]" || /^127\.\d+\.\d+\.\d+$/.test(host);
}

/** Control characters stay. Half a surrogate pair can't be stored and becomes U+FFFD. */
function textUpTo(node: Node, most: number): string {
  const value = node[raw];
  if (value === undefined || value === null) return "";
  if (typeof value === "string") return value.slice(0, most).replace(/[\ud800-\udfff]/gu, "\uFFFD");
  // A title like 1999 loses its quotes when XML is converted.
  if (typeof value === "number") return String(value);
  throw new Malformed(node, `is ${kindOf(value)}, not text`);
}

function numberOf(node: Node): number {
  const value = node[raw];
  if (typeof value === "number") return value;
  if (typeof value === "string" && /^\s*[+-]?\d+(?:\.\d+)?(?:e[+-]?\d+)?\s*$/i.test(value)) {
    return Number(value);
  }
  throw new Malformed(node, `is ${kindOf(value)}, not a whole number`);
}

function orMalformed(node: Node, value: number | null): number {
  if (value === null) throw new Malformed(node, isEmpty(node) ? "is missing" : "is out of range");
  return value;
}

function membersOf(node: Node): Record<string, unknown> {
  const value = node[raw];
  if (isObject(node)) return value as Record<string, unknown>;
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
