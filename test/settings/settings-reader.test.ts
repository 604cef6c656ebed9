import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { UsageError } from "../../src/model/errors.ts";
import { missingSettings } from "../../src/settings/connection.ts";
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

test("a set-up without Last.fm needs listens of ListenBrainz or imported plays", () => {
  const path = join(tempDirectory(), "none.json");
  const discogs = { DISCOGS_TOKEN: secret };
  const missingOf = (env: Record<string, string>, hasPlays: boolean): string[] =>
    missingSettings(readSettings(path, env), hasPlays).map(({ environment }) => environment);
  expect(missingOf(discogs, false)).toEqual(["LASTFM_API_KEY", "LASTFM_USERNAME"]);
  expect(missingOf(discogs, true)).toEqual([]);
  expect(missingOf({ ...discogs, LISTENBRAINZ_USERNAME: "someone" }, false)).toEqual([]);
  expect(missingOf({ ...discogs, LASTFM_USERNAME: "someone" }, true)).toEqual(["LASTFM_API_KEY"]);
});
