import { expect, test } from "vitest";
import { UsageError } from "../../src/model/errors.ts";
import { parseBaseUrl } from "../../src/model/base-url.ts";

test.each([
  ["https://api.example.org", "https://api.example.org/"],
  [" https://api.example.org/v2 ", "https://api.example.org/v2/"],
  ["https://api.example.org/2.0/?x=1#y", "https://api.example.org/2.0/"],
  ["http://127.0.0.1:8080", "http://127.0.0.1:8080/"],
  ["http://127.1:8080/", "http://127.0.0.1:8080/"],
  ["http://127.200.3.4/", "http://127.200.3.4/"],
  ["http://LOCALHOST:1/a", "http://localhost:1/a/"],
  ["http://[::1]:1", "http://[::1]:1/"],
])("accepts %s", (text, expected) => {
  expect(parseBaseUrl("DISCOGS_API_URL", text).href).toBe(expected);
});

test.each([
  ["http://api.example.org/", /unencrypted/],
  ["http://127.0.0.1.example.org/", /unencrypted/],
  ["http://localhost.example.org/", /unencrypted/],
  ["http://[::2]/", /unencrypted/],
  ["http://0.0.0.0/", /unencrypted/],
  ["https://me:word@api.example.org/", /password/],
  ["ftp://127.0.0.1/", /not a web address/],
  ["file:///etc/hosts", /not a web address/],
])("refuses %s and names the setting", (text, why) => {
  expect(() => parseBaseUrl("LASTFM_API_URL", text)).toThrow(UsageError);
  expect(() => parseBaseUrl("LASTFM_API_URL", text)).toThrow(why);
  expect(() => parseBaseUrl("LASTFM_API_URL", text)).toThrow(/^LASTFM_API_URL /);
});
