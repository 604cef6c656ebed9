// The parts of a document that a person may have edited: each is right, or an error names the place.
import { UsageError } from "../model/errors.ts";

export function objectAt(value: unknown, place: string): Readonly<Record<string, unknown>> {
  if (typeof value !== "object" || value === null || Array.isArray(value))
    throw invalid(`${place} should be an object`);
  return { ...value };
}

export function listAt(value: unknown, place: string): readonly unknown[] {
  if (!Array.isArray(value)) throw invalid(`${place} should be a list`);
  return value;
}

export function nameAt(value: unknown, place: string): string {
  if (typeof value !== "string" || value === "") throw invalid(`${place} should be a name`);
  return value;
}

export function idAt(value: unknown, place: string): number {
  if (typeof value !== "number" || !Number.isSafeInteger(value) || value < 1) {
    throw invalid(`${place} should be a whole number`);
  }
  return value;
}

export function invalid(what: string): UsageError {
  return new UsageError(
    `not a decisions file: ${what}`,
    "Nothing was imported. To write such a file: rewind links export > FILE",
  );
}

export function timeAt(value: unknown, place: string): number {
  const ms = typeof value === "string" ? Date.parse(value) : Number.NaN;
  if (Number.isNaN(ms)) throw invalid(`${place} should be a time like 2026-03-14T12:00:00Z`);
  return Math.floor(ms / 1000);
}

export function textAt(value: unknown, place: string): string {
  if (typeof value !== "string") throw invalid(`${place} should be a text`);
  return value;
}

export function flagAt(value: unknown, place: string): boolean {
  if (typeof value !== "boolean") throw invalid(`${place} should be true or false`);
  return value;
}

export function wordAt<Word extends string>(value: unknown, words: readonly Word[], place: string): Word {
  const word = words.find((each) => each === value);
  if (word === undefined)
    throw invalid(`${place} should be ${words.map((each) => JSON.stringify(each)).join(", ")}`);
  return word;
}
