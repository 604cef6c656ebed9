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
import type { SettingsDocument } from "../../src/queries/documents/installation-documents.ts";
import { settingNames, settings } from "../../src/settings/all-settings.ts";
import { startFakeListenBrainz } from "../support/fake-listenbrainz.ts";
import { createListenBrainzData, buildPlainListen } from "../support/listenbrainz-data.ts";
import {
  key,
  createNewUser,
  getSettingsFile,
  saveSettings,
  readStoredSettings,
  token,
} from "../support/new-user.ts";
import { createCommandRunner } from "../support/command-runner.ts";
import { requireError, type CliOptions, type CliResult } from "../support/run-cli.ts";
import { sampleHome } from "../support/sample-home.ts";
import { createTempDirectory } from "../support/temp-directories.ts";

function createHomeWith(stored: Readonly<Record<string, string>> | string): string {
  const home = createTempDirectory();
  saveSettings(home, typeof stored === "string" ? stored : JSON.stringify(stored));
  return home;
}

const runConfig = (home: string, line: string, options: CliOptions = {}): Promise<CliResult> =>
  createCommandRunner("config", home).run(line.split(" ").filter(Boolean), options);
const readMode = (path: string): string => (statSync(path).mode & 0o777).toString(8);

test("lists every setting with its value and source, without secrets", async () => {
  const home = createHomeWith({ discogs_token: token, lastfm_username: "of-the-file", musicbrainz: "on" });
  const env = { LASTFM_USERNAME: "outside", LASTFM_API_KEY: key, REWIND_COVERS: "perhaps" };
  const { code, stdout, stderr } = await runConfig(home, "", { env });
  expect(code).toBe(0);
  for (const secret of [token, key]) expect(stdout).not.toContain(secret);
  expect(stdout.match(/^\w+/gm)).toEqual([...settingNames]);
  for (const line of [
    /^discogs_token +\*{8} +file$/m,
    /^lastfm_api_key +\*{8} +LASTFM_API_KEY$/m,
    /^lastfm_username +outside +LASTFM_USERNAME, over the file$/m,
    /^musicbrainz +on +file$/m,
    /^discogs_username +\(the token's owner\) +not set$/m,
    /^covers +perhaps +REWIND_COVERS, not valid$/m,
  ])
    expect(stdout).toMatch(line);
  expect(stderr).toContain("covers must be ");
});

test("--json has the same values", async () => {
  const home = createHomeWith({ discogs_token: token, lastfm_username: "of-the-file" });
  const env = { LASTFM_USERNAME: "outside" };
  const document = await createCommandRunner<SettingsDocument>("config", home, { env }).json();
  expect(document.path).toBe(getSettingsFile(home));
  expect(document.settings.map(({ name }) => name)).toEqual([...settingNames]);
  expect(document.settings[0]).toEqual({
    name: "discogs_token",
    environment: "DISCOGS_TOKEN",
    secret: true,
    set: true,
    value: null,
    source: "file",
    overridden: false,
    fault: null,
  });
  expect(document.settings.find(({ name }) => name === "lastfm_username")).toMatchObject({
    secret: false,
    value: "outside",
    source: "environment",
    overridden: true,
  });
});

test("a secret in another setting is not shown, nor a password in an address", async () => {
  const env = { LASTFM_USERNAME: token, REWIND_CONTACT: key, DISCOGS_API_URL: "https://me:pw-pw@x.example/" };
  for (const line of ["", "--json", "get contact"]) {
    const { stdout, stderr } = await runConfig(createTempDirectory(), line, { env });
    for (const secret of [token, key, "pw-pw"]) expect(stdout + stderr).not.toContain(secret);
  }
});

test("set writes, unset removes, get reads, and other settings stay", async () => {
  const home = createHomeWith({ discogs_token: token, shelf_field: "Shelf" });
  expect(await runConfig(home, "set musicbrainz On")).toMatchObject({ code: 0, stdout: "" });
  expect(readStoredSettings(home)).toEqual({ discogs_token: token, musicbrainz: "on", shelf_field: "Shelf" });
  expect((await runConfig(home, "get musicbrainz")).stdout).toBe("on\n");
  expect((await runConfig(home, "unset musicbrainz")).code).toBe(0);
  expect(readStoredSettings(home)).toEqual({ discogs_token: token, shelf_field: "Shelf" });
  const unset = { code: 0, stdout: "", stderr: "rewind: musicbrainz is not set: off\n" };
  expect(await runConfig(home, "get musicbrainz")).toMatchObject(unset);
  // A setting can be named by its environment variable.
  expect((await runConfig(home, "set REWIND_MUSICBRAINZ on")).code).toBe(0);
  expect(readStoredSettings(home)).toMatchObject({ musicbrainz: "on" });
});

test("the settings file is private, and no other file is left beside it", async () => {
  const home = createTempDirectory();
  expect(await runConfig(home, "path")).toMatchObject({ code: 0, stdout: `${getSettingsFile(home)}\n` });
  const directory = dirname(getSettingsFile(home));
  expect((await runConfig(home, "set contact me@example.org")).code).toBe(0);
  expect([readMode(getSettingsFile(home)), readMode(directory)]).toEqual(["600", "700"]);
  chmodSync(directory, 0o755);
  expect((await runConfig(home, "set contact you@example.org")).code).toBe(0);
  expect(readMode(directory)).toBe("700");
  expect(readdirSync(directory)).toEqual(["config.json"]);
});

test("a link to a file among other dotfiles stays a link", async () => {
  const home = createTempDirectory();
  const real = join(home, "dotfiles.json");
  writeFileSync(real, '{ "shelf_field": "Shelf" }', { mode: 0o600 });
  mkdirSync(dirname(getSettingsFile(home)), { recursive: true });
  symlinkSync(real, getSettingsFile(home));
  expect((await runConfig(home, "set musicbrainz off")).code).toBe(0);
  expect(JSON.parse(readFileSync(real, "utf8"))).toEqual({ musicbrainz: "off", shelf_field: "Shelf" });
});

test.each(settingNames.filter((name) => settings[name].isSecret === true))(
  "%s is neither set nor shown",
  async (name) => {
    const home = createHomeWith({ [name]: "something" });
    const set = await runConfig(home, `set ${name} ${token}`);
    expect(set).toMatchObject({ code: 2, stdout: "" });
    expect(set.stderr).toContain("rewind login");
    expect(set.stderr).not.toContain(token);
    expect(requireError(await runConfig(home, `get ${name}`), 2)).not.toContain("something");
    expect(readStoredSettings(home)).toEqual({ [name]: "something" });
  },
);

test.each([
  ["set contct x", /no setting "contct"\. Did you mean contact\?/],
  ["get musicbrains", /Did you mean musicbrainz\?/],
  ["unset zzz", /no setting "zzz"\nSettings: discogs_token, /],
  ["set musicbrainz perhaps", /musicbrainz must be on or off/],
  ["set discogs_api_url http://x.example/", /unencrypted/],
  ["set contact tökén", /contact must be at most 200 ASCII characters/],
  ["set contact \u00a0", /rewind config unset contact/],
  [`set lastfm_username ${token}`, /looks like a Discogs token/],
  [`set lastfm_username ${key}`, /looks like a Last\.fm key/],
])("rewind config %s is refused, and nothing is written", async (line, words) => {
  const home = createTempDirectory();
  const stderr = requireError(await createCommandRunner("config", home).run(line.split(" ")), 2);
  expect(stderr).toMatch(words);
  for (const secret of [token, key]) expect(stderr).not.toContain(secret);
  expect(readdirSync(home)).toEqual([]);
});

test("set and unset say if the environment wins", async () => {
  const home = createTempDirectory();
  const env = { REWIND_CONTACT: "outside@example.org" };
  const message = "rewind: REWIND_CONTACT is set in the environment and wins over the file\n";
  const set = await runConfig(home, "set contact inside@example.org", { env });
  expect(set.stderr).toBe(message);
  expect((await runConfig(home, "unset contact", { env })).stderr).toBe(message);
});

test("an invalid settings file is not overwritten", async () => {
  const home = createHomeWith("{ oops");
  expect(await runConfig(home, "set musicbrainz on")).toMatchObject({ code: 2 });
  expect(readFileSync(getSettingsFile(home), "utf8")).toBe("{ oops");
});

test("set refuses a user whom the service does not have", async () => {
  const person = await createNewUser({ discogs_token: token, lastfm_api_key: key });
  const fixture = createListenBrainzData([buildPlainListen(1_600_000_000)]);
  const server = await startFakeListenBrainz(fixture, { clock: person.clock, limit: null });
  const runSet = (name: string, value: string): Promise<CliResult> =>
    person.rewind(["config", "set", name, value], { env: { LISTENBRAINZ_API_URL: server.url } });
  const users = {
    discogs_username: person.worlds.discogs.shelf.username,
    lastfm_username: person.name,
    listenbrainz_username: fixture.username,
  };
  for (const [name, user] of Object.entries(users)) {
    const { code, stderr } = await runSet(name, "nobody-here");
    expect(code).toBe(4);
    expect(stderr).toMatch(/ has no user "nobody-here"\nNothing was changed\. Check the spelling/);
    expect(readStoredSettings(person.home)).not.toHaveProperty(name);
    expect(await runSet(name, user)).toMatchObject({ code: 0, stderr: "" });
    expect(readStoredSettings(person.home)).toMatchObject({ [name]: user });
  }
});

test("set accepts a user name that can't be checked", async () => {
  const person = await createNewUser({ lastfm_api_key: "f".repeat(32) });
  const runSet = (name: string): Promise<CliResult> => person.rewind(["config", "set", name, "somebody"]);
  expect(await runSet("discogs_username")).toMatchObject({ code: 0, stderr: "" });
  const { code, stderr } = await runSet("lastfm_username");
  expect(code).toBe(0);
  expect(stderr).toMatch(/^rewind: lastfm_username was not checked: Last\.fm re\w+ the API key/);
  expect(readStoredSettings(person.home)).toMatchObject({
    discogs_username: "somebody",
    lastfm_username: "somebody",
  });
});

test.each(["price_field", "played_field", "shelf_field"])(
  "set says if the collection has no %s of that name",
  async (name) => {
    const home = await sampleHome();
    const message = `rewind: ${name} is set, but at the last sync your collection had no field "Sheff". Did you mean Shelf?\nIts fields: Media, Sleeve, Shelf, Price`;
    const { code, stderr } = await runConfig(home, `set ${name} Sheff`);
    expect({ code, stderr }).toMatchObject({ code: 0, stderr: expect.stringContaining(message) });
    expect(readStoredSettings(home)).toEqual({ [name]: "Sheff" });
    expect(await runConfig(home, `set ${name} shelf`)).toMatchObject({ code: 0, stderr: "" });
    expect(await runConfig(createTempDirectory(), `set ${name} Sheff`)).toMatchObject({
      code: 0,
      stderr: "",
    });
  },
);
