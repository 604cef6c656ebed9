import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { UsageError } from "../../src/model/errors.ts";
import { halfConnected, missingSettings } from "../../src/settings/connection.ts";
import { readSettings } from "../../src/settings/settings-file.ts";
import { tempDirectory } from "../support/temp.ts";

const secret = "s3cr3t-t0ken";

function file(text: string): string {
  const path = join(tempDirectory(), "config.json");
  writeFileSync(path, text);
  return path;
}

test.each([
  ["not JSON", `{ "discogs_token": "${secret}", oops }`, /not valid JSON/],
  ["not an object", `["${secret}"]`, /not valid JSON with one object/],
  [
    "an unknown key",
    `{ "discogs_tokn": "${secret}" }`,
    /unknown key: "discogs_tokn"\. Did you mean discogs_token\?/,
  ],
  ["a number", `{ "discogs_token": 12 }`, /discogs_token is not a string/],
])("a settings file with %s is a usage error that does not quote it", (_, text, message) => {
  const path = file(text);
  const read = (): unknown => readSettings(path, {});
  expect(read).toThrow(UsageError);
  expect(read).toThrow(message);
  const isQuiet = expect.not.stringContaining(secret) as string;
  expect(read).toThrow(expect.objectContaining({ message: isQuiet, hint: isQuiet }));
});

test("a sync needs the settings of the collection alone, and a half set Last.fm is named", () => {
  const path = join(tempDirectory(), "none.json");
  const read = (env: Record<string, string>) => readSettings(path, env);
  const missingOf = (env: Record<string, string>) =>
    missingSettings(read(env)).map(({ environment }) => environment);
  expect(missingOf({ LASTFM_USERNAME: "someone" })).toEqual(["DISCOGS_TOKEN"]);
  expect(missingOf({ DISCOGS_TOKEN: secret })).toEqual([]);
  const halfSet = (env: Record<string, string>, isStopped = false) =>
    halfConnected(read(env), () => isStopped);
  expect(halfSet({ LASTFM_USERNAME: "someone" })).toMatch(/LASTFM_API_KEY is not set/);
  expect(halfSet({ LASTFM_USERNAME: "someone" }, true)).toBeNull();
  expect(halfSet({})).toBeNull();
  expect(halfSet({ LASTFM_USERNAME: "someone", LASTFM_API_KEY: secret })).toBeNull();
});
