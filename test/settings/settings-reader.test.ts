import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { UsageError } from "../../src/model/errors.ts";
import { describeHalfConnected, listMissingCollectionSettings } from "../../src/settings/connection.ts";
import { readSettings } from "../../src/settings/settings-file.ts";
import { createTempDirectory } from "../support/temp-directories.ts";

const secret = "s3cr3t-t0ken";

function writeSettingsFile(text: string): string {
  const path = join(createTempDirectory(), "config.json");
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
  const path = writeSettingsFile(text);
  const readFrom = (): unknown => readSettings(path, {});
  expect(readFrom).toThrow(UsageError);
  expect(readFrom).toThrow(message);
  const isQuiet = expect.not.stringContaining(secret) as string;
  expect(readFrom).toThrow(expect.objectContaining({ message: isQuiet, hint: isQuiet }));
});

test("a sync needs the settings of the collection alone, and a half set Last.fm is named", () => {
  const path = join(createTempDirectory(), "none.json");
  const readFrom = (env: Record<string, string>) => readSettings(path, env);
  const listMissing = (env: Record<string, string>) =>
    listMissingCollectionSettings(readFrom(env)).map(({ environment }) => environment);
  expect(listMissing({ LASTFM_USERNAME: "someone" })).toEqual(["DISCOGS_TOKEN"]);
  expect(listMissing({ DISCOGS_TOKEN: secret })).toEqual([]);
  const listHalfConnected = (env: Record<string, string>, isStopped = false) =>
    describeHalfConnected(readFrom(env), () => isStopped);
  expect(listHalfConnected({ LASTFM_USERNAME: "someone" })).toMatch(/LASTFM_API_KEY is not set/);
  expect(listHalfConnected({ LASTFM_USERNAME: "someone" }, true)).toBeNull();
  expect(listHalfConnected({})).toBeNull();
  expect(listHalfConnected({ LASTFM_USERNAME: "someone", LASTFM_API_KEY: secret })).toBeNull();
});
