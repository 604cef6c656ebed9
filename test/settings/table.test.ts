import { expect, test } from "vitest";
import { UsageError } from "../../src/model/errors.ts";
import { settingNames, settings } from "../../src/settings/all-settings.ts";

const rows = settingNames.map((name) => ({ name, setting: settings[name] }));

test("every setting has its own environment variable", () => {
  const names = rows.map(({ setting }) => setting.environment);
  expect(new Set(names).size).toBe(names.length);
  expect(names.filter((name) => !/^[A-Z][A-Z_]+$/.test(name) || name === "REWIND_DB")).toEqual([]);
});

const choices = rows.flatMap(({ name, setting: { values = [], parse } }) =>
  values.map((value) => ({ name, value, parse })),
);

test.each(choices)("$name accepts $value in any case, and no other word", ({ name, value, parse }) => {
  expect(parse(value.toUpperCase(), name)).toBe(value);
  expect(() => parse("perhaps", name)).toThrow(UsageError);
  expect(() => parse("perhaps", name)).toThrow(value);
});

test.each(rows.filter(({ name }) => name.endsWith("_url")))(
  "$name accepts only https or this machine",
  ({ name, setting: { parse } }) => {
    expect(parse("http://127.0.0.1:80/x", name)).toBe("http://127.0.0.1/x/");
    expect(() => parse("http://api.example.org/", name)).toThrow(name);
  },
);

test.each([
  ["https://api.listenbrainz.org/1/", "https://api.listenbrainz.org/"],
  ["https://lb.example.org/sub/1", "https://lb.example.org/sub/"],
  ["https://lb.example.org/", "https://lb.example.org/"],
])("listenbrainz_api_url reads %s as %s", (given, meant) => {
  expect(settings.listenbrainz_api_url.parse(given, "listenbrainz_api_url")).toBe(meant);
});

const parseKoito = (): string =>
  settings.listenbrainz_api_url.parse("https://koito.example.org/apis/listenbrainz/1/", "the address");

test("listenbrainz_api_url refuses Koito and Maloja and names the file export", () => {
  expect(parseKoito).toThrow(UsageError);
  expect(parseKoito).toThrow("Koito or Maloja");
  expect(parseKoito).toThrow(expect.objectContaining({ hint: expect.stringContaining("rewind import") }));
});
