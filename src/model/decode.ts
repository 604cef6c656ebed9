// Decodes answers from the network, field by field, into bounded values. The raw value of a node can be read only
// through a decoder that knows its bounds. A value out of bounds counts as unknown; a value of another type throws
// Malformed. Each node knows its path from the root, so that an error can name the field.

import { daySeconds } from "./times.ts";

/** An answer with a field of another type than expected. Its value is not shown, because it is a service's text. */
export class Malformed extends Error {
  constructor(node: Node, complaint: string) {
    super(`${formatNodePath(node) || "the answer"} ${complaint}`);
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

const strictBounds: Bounds = { nowMs: 0, isLoopback: false };

const maxNameLength = 1_000;
const maxLongTextLength = 10_000;
const maxUrlLength = 2_000;
const maxItems = 2_000;
const maxCount = 1_000_000_000;

export function createRootNode(value: unknown, bounds: Bounds = strictBounds): Node {
  return { [raw]: value, parent: null, key: "", bounds };
}

/** A field of an object; an empty node if it is missing. */
export function getField(node: Node, key: string): Node {
  const members = requireMembers(node);
  const value = Object.hasOwn(members, key) ? members[key] : undefined;
  return { [raw]: value, parent: node, key, bounds: node.bounds };
}

/** Like field(), but throws Malformed if it is missing or null. */
export function requireField(node: Node, key: string): Node {
  const child = getField(node, key);
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
export function listFieldNames(node: Node): string[] {
  return Object.keys(requireMembers(node));
}

/** The elements of a list. An object counts as a list of one, an empty node as an empty list. */
export function decodeItems(node: Node): Node[] {
  if (isEmpty(node)) return [];
  const value = node[raw];
  if (Array.isArray(value)) {
    if (value.length > maxItems) throw new Malformed(node, `holds more than ${maxItems} rows`);
    return value.map((child: unknown, key) => ({ [raw]: child, parent: node, key, bounds: node.bounds }));
  }
  if (isObject(node)) return [node];
  throw new Malformed(node, `is ${describeType(value)}, not a list`);
}

/** A name or a title, cut at a length that no real one has. "" if there is none. */
export function decodeShortText(node: Node): string {
  return decodeText(node, maxNameLength);
}

/** A text that a person wrote, which may be longer than a name. */
export function decodeLongText(node: Node): string {
  return decodeText(node, maxLongTextLength);
}

const mbidPattern = /^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/;

/** Returns the MBID in lower case; null if it is not an MBID. */
export function decodeMbidOrNull(node: Node): string | null {
  const mbid = decodeShortText(node).trim().toLowerCase();
  return mbidPattern.test(mbid) ? mbid : null;
}

/** null if it is missing or out of bounds. */
export function decodeCountOrNull(node: Node): number | null {
  return decodeIntegerOrNull(node, 0, maxCount);
}

/** A count of a row; 0 if it is out of bounds. Throws Malformed if it is missing. */
export function decodeCount(node: Node): number {
  return isEmpty(node) ? decodeExactCount(node) : (decodeCountOrNull(node) ?? 0);
}

/** A count that a listing depends on. Throws Malformed if it is missing or out of bounds. */
export function decodeExactCount(node: Node): number {
  return requireValue(node, decodeCountOrNull(node));
}

/** The id of a row. Throws Malformed if it is missing or out of bounds. */
export function decodeId(node: Node): number {
  return requireValue(node, decodeIdOrNull(node));
}

export function decodeIdOrNull(node: Node): number | null {
  return decodeIntegerOrNull(node, 0, Number.MAX_SAFE_INTEGER);
}

/** A whole number in a range, as a number or in digits. null if it is missing or out of bounds. */
export function decodeIntegerOrNull(node: Node, min: number, max: number): number | null {
  if (isEmpty(node)) return null;
  const number = decodeNumber(node);
  return Number.isSafeInteger(number) && number >= min && number <= max ? number : null;
}

/** Any number, as such or in digits; null where there is none. */
export function decodeNumberOrNull(node: Node): number | null {
  if (isEmpty(node)) return null;
  const number = decodeNumber(node);
  return Number.isFinite(number) ? number : null;
}

export function isTrue(node: Node): boolean {
  return node[raw] === true || node[raw] === "true";
}

const maxTrackMs = 100 * 3600 * 1000;

/** The length of a track, given in milliseconds; null if it is missing or 0. */
export function decodeSecondsOrNull(node: Node): number | null {
  const milliseconds = decodeIntegerOrNull(node, 1, maxTrackMs);
  return milliseconds === null ? null : Math.max(1, Math.round(milliseconds / 1000));
}

/** A time in unix seconds, from 1970 to tomorrow; 0 (unknown) for any other. */
export function decodeUts(node: Node): number {
  return decodeIntegerOrNull(node, 0, Math.floor(node.bounds.nowMs / 1000) + daySeconds) ?? 0;
}

/** A time in unix seconds, however far in the future; 0 (unknown) for any other. */
export function decodeUnboundedUts(node: Node): number {
  return decodeIdOrNull(node) ?? 0;
}

/** A time with its offset, as written: 2026-03-11T16:05:58-07:00. null for another format or out of bounds. */
export function decodeInstantOrNull(node: Node): string | null {
  const text = decodeShortText(node);
  if (!/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,9})?(?:Z|[+-]\d\d:\d\d)$/.test(text)) return null;
  const ms = Date.parse(text);
  return ms >= 0 && ms <= node.bounds.nowMs + daySeconds * 1000 ? text : null;
}

const servicesHostPattern = /(?:^|\.)(?:discogs\.com|last\.fm)$/;

/** An https address of Discogs or Last.fm, or of this machine if the service runs here; else null. */
export function decodeUrlOrNull(node: Node): string | null {
  const address = decodeText(node, maxUrlLength + 1);
  if (address.length > maxUrlLength || !URL.canParse(address)) return null;
  const url = new URL(address);
  if (url.username !== "" || url.password !== "") return null;
  const isServices = url.protocol === "https:" && url.port === "" && servicesHostPattern.test(url.hostname);
  const isOurs = node.bounds.isLoopback && /^https?:$/.test(url.protocol) && isLoopbackHost(url.hostname);
  return isServices || isOurs ? url.href : null;
}

export function isLoopbackHost(host: string): boolean {
  return host === "localhost" || host === "[::1]" || /^127\.\d+\.\d+\.\d+$/.test(host);
}

/** Control characters stay. Half a surrogate pair can't be stored and becomes U+FFFD. */
function decodeText(node: Node, maxLength: number): string {
  const value = node[raw];
  if (value === undefined || value === null) return "";
  if (typeof value === "string") return value.slice(0, maxLength).replace(/[\ud800-\udfff]/gu, "\uFFFD");
  // A title like 1999 loses its quotes when XML is converted.
  if (typeof value === "number") return String(value);
  throw new Malformed(node, `is ${describeType(value)}, not text`);
}

function decodeNumber(node: Node): number {
  const value = node[raw];
  if (typeof value === "number") return value;
  if (typeof value === "string" && /^\s*[+-]?\d+(?:\.\d+)?(?:e[+-]?\d+)?\s*$/i.test(value)) {
    return Number(value);
  }
  throw new Malformed(node, `is ${describeType(value)}, not a whole number`);
}

function requireValue(node: Node, value: number | null): number {
  if (value === null) throw new Malformed(node, isEmpty(node) ? "is missing" : "is out of range");
  return value;
}

function requireMembers(node: Node): Record<string, unknown> {
  const value = node[raw];
  if (isObject(node)) return value as Record<string, unknown>;
  throw new Malformed(
    node,
    value === undefined || value === null ? "is missing" : `is ${describeType(value)}, not an object`,
  );
}

function describeType(value: unknown): string {
  if (Array.isArray(value)) return "a list";
  if (value === null) return "null";
  if (typeof value === "object") return "an object";
  return typeof value === "string" ? "text" : `a ${typeof value}`;
}

function formatNodePath(node: Node): string {
  if (!node.parent) return "";
  const before = formatNodePath(node.parent);
  if (typeof node.key === "number") return `${before}[${node.key}]`;
  return before === "" ? node.key : `${before}.${node.key}`;
}
