import {
  chmodSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { dirname, join } from "node:path";
import { expect, test } from "vitest";
import { settingNames, settings } from "../../src/settings/all-settings.ts";
import { runCli, runCliJson } from "../support/run-cli.ts";
import { tempDirectory } from "../support/temp.ts";

const token = "TokenTokenTokenTokenTokenTokenTokenToken";
const key = "0123456789abcdef0123456789abcdef";

function homeWith(stored: Readonly<Record<string, string>> | string | null): string {
  const home = tempDirectory();
  if (stored === null) return home;
  mkdirSync(dirname(pathIn(home)), { recursive: true, mode: 0o700 });
  writeFileSync(pathIn(home), typeof stored === "string" ? stored : JSON.stringify(stored), { mode: 0o600 });
  return home;
}

const pathIn = (home: string): string => join(home, "config", "rewind", "config.json");
const storedIn = (home: string): unknown => JSON.parse(readFileSync(pathIn(home), "utf8"));
const modeOf = (path: string): string => (statSync(path).mode & 0o777).toString(8);

test("lists every setting with its value and source, without secrets", async () => {
  const home = homeWith({ discogs_token: token, lastfm_username: "of-the-file", musicbrainz: "on" });
  const env = { LASTFM_USERNAME: "outside", LASTFM_API_KEY: key };
  const { stdout } = await runCli(["config"], { home, env });
  expect(stdout).not.toContain(token);
  expect(stdout).not.toContain(key);
  const lines = stdout.trimEnd().split("\n");
  expect(lines.map((line) => line.split(/\s/)[0])).toEqual([...settingNames]);
  expect(lines).toContainEqual(expect.stringMatching(/^discogs_token +\*{8} +file$/));
  expect(lines).toContainEqual(expect.stringMatching(/^lastfm_api_key +\*{8} +LASTFM_API_KEY$/));
  expect(lines).toContainEqual(
    expect.stringMatching(/^lastfm_username +outside +LASTFM_USERNAME, over the file$/),
  );
  expect(lines).toContainEqual(expect.stringMatching(/^musicbrainz +on +file$/));
  expect(lines).toContainEqual(expect.stringMatching(/^discogs_username +\(the token's owner\) +not set$/));
});

test("--json has the same values", async () => {
  const home = homeWith({ discogs_token: token, lastfm_username: "of-the-file" });
  const document = await runCliJson(["config", "--json"], { home, env: { LASTFM_USERNAME: "outside" } });
  expect(document).toMatchObject({ path: pathIn(home) });
  const { settings: listed } = document as { settings: { name: string }[] };
  expect(listed.map(({ name }) => name)).toEqual([...settingNames]);
  expect(listed[0]).toEqual({
    name: "discogs_token",
    environment: "DISCOGS_TOKEN",
    secret: true,
    set: true,
    value: null,
    source: "file",
    overridden: false,
    fault: null,
  });
  expect(listed).toContainEqual({
    name: "lastfm_username",
    environment: "LASTFM_USERNAME",
    secret: false,
    set: true,
    value: "outside",
    source: "environment",
    overridden: true,
    fault: null,
  });
});

test("a secret in another setting is not shown, nor a password in an address", async () => {
  const env = { LASTFM_USERNAME: token, REWIND_CONTACT: key, DISCOGS_API_URL: "https://me:pw-pw@x.example/" };
  for (const argv of [["config"], ["config", "--json"], ["config", "get", "contact"]]) {
    const { stdout, stderr } = await runCli(argv, { env });
    for (const secret of [token, key, "pw-pw"]) expect(stdout + stderr).not.toContain(secret);
  }
});

test("an invalid setting is marked, and the others are listed", async () => {
  const { code, stdout, stderr } = await runCli(["config"], { env: { REWIND_MUSICBRAINZ: "perhaps" } });
  expect(code).toBe(0);
  expect(stdout).toMatch(/^musicbrainz +perhaps +REWIND_MUSICBRAINZ, not valid$/m);
  expect(stderr).toContain("musicbrainz must be on or off");
});

test("set writes, unset removes, get reads, and other settings stay", async () => {
  const home = homeWith({ discogs_token: token, shelf_field: "Shelf" });
  expect(await runCli(["config", "set", "musicbrainz", "On"], { home })).toMatchObject({
    code: 0,
    stdout: "",
  });
  expect(storedIn(home)).toEqual({ discogs_token: token, musicbrainz: "on", shelf_field: "Shelf" });
  expect((await runCli(["config", "get", "musicbrainz"], { home })).stdout).toBe("on\n");
  expect((await runCli(["config", "unset", "musicbrainz"], { home })).code).toBe(0);
  expect(storedIn(home)).toEqual({ discogs_token: token, shelf_field: "Shelf" });
  expect(await runCli(["config", "get", "musicbrainz"], { home })).toMatchObject({
    code: 0,
    stdout: "",
    stderr: "rewind: musicbrainz is not set: off\n",
  });
});

test("the settings file is private, and no other file is left beside it", async () => {
  const home = homeWith(null);
  expect((await runCli(["config", "set", "contact", "me@example.org"], { home })).code).toBe(0);
  expect([modeOf(pathIn(home)), modeOf(dirname(pathIn(home)))]).toEqual(["600", "700"]);
  chmodSync(dirname(pathIn(home)), 0o755);
  expect((await runCli(["config", "set", "contact", "you@example.org"], { home })).code).toBe(0);
  expect(modeOf(dirname(pathIn(home)))).toBe("700");
  expect(readdirSync(dirname(pathIn(home)))).toEqual(["config.json"]);
});

test("a link to a file among other dotfiles stays a link", async () => {
  const home = homeWith(null);
  const real = join(home, "dotfiles.json");
  writeFileSync(real, '{ "shelf_field": "Shelf" }', { mode: 0o600 });
  mkdirSync(dirname(pathIn(home)), { recursive: true });
  symlinkSync(real, pathIn(home));
  expect((await runCli(["config", "set", "musicbrainz", "off"], { home })).code).toBe(0);
  expect(JSON.parse(readFileSync(real, "utf8"))).toEqual({ musicbrainz: "off", shelf_field: "Shelf" });
});

test("path prints where the file is, even if it is missing", async () => {
  const home = homeWith(null);
  expect(await runCli(["config", "path"], { home })).toMatchObject({ code: 0, stdout: `${pathIn(home)}\n` });
});

test.each(settingNames.filter((name) => settings[name].isSecret === true))(
  "%s is neither set nor shown",
  async (name) => {
    const home = homeWith({ [name]: "something" });
    const set = await runCli(["config", "set", name, token], { home });
    expect(set).toMatchObject({ code: 2, stdout: "" });
    expect(set.stderr).toContain("rewind login");
    expect(set.stderr).not.toContain(token);
    const get = await runCli(["config", "get", name], { home });
    expect(get).toMatchObject({ code: 2, stdout: "" });
    expect(get.stderr).not.toContain("something");
    expect(storedIn(home)).toEqual({ [name]: "something" });
  },
);

test.each([
  [["set", "contct", "x"], /no setting "contct"\. Did you mean contact\?/],
  [["get", "musicbrains"], /Did you mean musicbrainz\?/],
  [["unset", "zzz"], /no setting "zzz"\nSettings: discogs_token, /],
  [["set", "musicbrainz", "perhaps"], /musicbrainz must be on or off/],
  [["set", "discogs_api_url", "http://x.example/"], /unencrypted/],
  [["set", "contact", " "], /rewind config unset contact/],
  [["set", "lastfm_username", token], /looks like a Discogs token/],
  [["set", "lastfm_username", key], /looks like a Last\.fm key/],
])("%j is refused, and nothing is written", async (argv, words) => {
  const home = homeWith(null);
  const { code, stderr } = await runCli(["config", ...argv], { home });
  expect(code).toBe(2);
  expect(stderr).toMatch(words);
  for (const secret of [token, key]) expect(stderr).not.toContain(secret);
  expect(readdirSync(home)).toEqual([]);
});

test("a setting can be named by its environment variable", async () => {
  const home = homeWith(null);
  expect((await runCli(["config", "set", "REWIND_MUSICBRAINZ", "on"], { home })).code).toBe(0);
  expect(storedIn(home)).toEqual({ musicbrainz: "on" });
});

test("set and unset say if the environment wins", async () => {
  const home = homeWith(null);
  const env = { REWIND_CONTACT: "outside@example.org" };
  const set = await runCli(["config", "set", "contact", "inside@example.org"], { home, env });
  expect(set.stderr).toBe("rewind: REWIND_CONTACT is set in the environment and wins over this\n");
  const unset = await runCli(["config", "unset", "contact"], { home, env });
  expect(unset.stderr).toBe("rewind: REWIND_CONTACT is set in the environment and still applies\n");
});

test.each([
  ["not JSON", "{ oops", /not valid JSON/],
  ["an unknown key", '{ "discogs_tokn": "x" }', /Did you mean discogs_token\?/],
])("an invalid settings file is not overwritten: %s", async (_, text, words) => {
  const home = homeWith(text);
  const { code, stderr } = await runCli(["config", "set", "musicbrainz", "on"], { home });
  expect(code).toBe(2);
  expect(stderr).toMatch(words);
  expect(readFileSync(pathIn(home), "utf8")).toBe(text);
});

test("an unwritable settings file is reported with what to do", async () => {
  const home = homeWith(null);
  writeFileSync(join(home, "config"), "");
  const { code, stderr } = await runCli(["config", "set", "musicbrainz", "on"], { home });
  expect(code).toBe(1);
  expect(stderr).toMatch(/^rewind: can't write the settings file .*: part of its path is a file$/m);
  expect(stderr).toMatch(/^Nothing was changed\. Move that file away/m);
});

test("a directory in place of the settings file is reported", async () => {
  const home = homeWith(null);
  mkdirSync(pathIn(home), { recursive: true });
  const { code, stderr } = await runCli(["config", "set", "musicbrainz", "on"], { home });
  expect(code).toBe(2);
  expect(stderr).toMatch(/can't be read: it is not a regular file/);
});
