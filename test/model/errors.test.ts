import { expect, test } from "vitest";
import {
  AccountError,
  CacheError,
  InterruptedError,
  findNearestChoice,
  ServiceError,
  UnknownValue,
  findWorstError,
} from "../../src/model/errors.ts";

test.each([
  ["plas", "plays"],
  ["PLAYS", "plays"],
  ["ad", "added"],
  ["artist-play", "artist-plays"],
])("suggests for %s the choice %s", (given, guess) => {
  const error = new UnknownValue("--sort", given, ["plays", "added", "artist-plays"]);
  expect(error.message).toBe(`unknown value "${given}" for --sort. Did you mean ${guess}?`);
  expect(error.hint).toBe("Allowed: plays, added, artist-plays");
  expect(error.exitCode).toBe(2);
});

test.each([
  ["numero", ["Numbero", "The Numero Group"], "The Numero Group"],
  ["group", ["Numero Group", "Groupies"], "Groupies"],
  ["lectro", ["Electronic", "Lector"], "Electronic"],
  ["Elektronic", ["Electronic", "Jazz"], "Electronic"],
  ["vynil", ["CD", "Vinyl"], "Vinyl"],
])("prefers a value that starts with or contains the text: %s of %j is %s", (given, allowed, guess) => {
  expect(findNearestChoice(given, allowed)).toBe(guess);
});

test("returns undefined if no value is near", () => {
  expect(new UnknownValue("--sort", "zzz", ["plays"]).message).toBe('unknown value "zzz" for --sort');
});

test("credentials decide the exit code before services, and services before the cache", () => {
  const cache = new CacheError("cache");
  const service = new ServiceError("service");
  const account = new AccountError("account");
  expect(findWorstError([cache, service])).toBe(service);
  expect(findWorstError([service, account, cache])).toBe(account);
  expect(findWorstError([account, new InterruptedError("SIGTERM")])?.exitCode).toBe(143);
  expect(findWorstError([])).toBeUndefined();
});
