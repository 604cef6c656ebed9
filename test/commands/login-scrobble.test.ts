// Letting rewind scrobble: the shared secret, a page of Last.fm, and a session that is kept like the token.
import { expect, test } from "vitest";
import { expectNoSecret } from "../support/cli-fixture.ts";
import { respondWithLastfmError } from "../support/response-faults.ts";
import { startFakeListenBrainz } from "../support/fake-listenbrainz.ts";
import { createListenBrainzData, buildPlainListen } from "../support/listenbrainz-data.ts";
import { key, createNewUser, buildSavedSettings, readStoredSettings, token } from "../support/new-user.ts";
import { createFakeScrobbler } from "../support/fake-scrobbler.ts";
import { createTempDirectory } from "../support/temp-directories.ts";
import { buildTrackAt, createScrobblingFixture } from "../support/scrobbling-fixture.ts";
import { ctrlC, enter, createTypist, type Reply } from "../support/scripted-typing.ts";
import { noon, type CliOptions, type CliResult } from "../support/run-cli.ts";

const secret = "fedcba9876543210fedcba9876543210";

const normalizeSpace = (text: string): string => text.replaceAll(/\s+/g, " ");
const rightSecret: Reply = ["Shared secret:", secret, enter];

const connected = { discogs_token: token, lastfm_api_key: key, lastfm_username: "NightOwl" };

async function createScrobblingUser(stored: Readonly<Record<string, string>> = connected) {
  const person = await createNewUser(stored);
  const desk = createFakeScrobbler(person.worlds.lastfm, { secret, nowMs: () => noon });
  person.lastfm.behaviour.scrobbler = desk;
  const pages: string[] = [];
  const openPage = (page: string): boolean => {
    pages.push(page);
    return true;
  };
  return {
    person,
    desk,
    /** The opened addresses. */
    pages,
    /** Allows whatever is asked for as this user, after some polls. */
    allow: (user: string, polls = 2) => {
      let left = polls;
      person.lastfm.behaviour.onRequest = (_, { body }) => {
        if (!body.includes("auth.getSession")) return;
        left -= 1;
        if (left <= 0) for (const asked of desk.tokens.keys()) desk.tokens.set(asked, user);
      };
    },
    login: async (replies: readonly Reply[], options: CliOptions = {}) => {
      const result = await person.login(replies, { openPage, ...options }, ["--scrobble"]);
      for (const hidden of [secret, ...desk.sessions.keys()]) {
        expect(result.stdout + result.stderr).not.toContain(hidden);
      }
      return result;
    },
  };
}

test("opens the permission page and saves the session key", async () => {
  const { person, desk, pages, allow, login } = await createScrobblingUser();
  allow("NightOwl");
  const { code, stdout } = await login([rightSecret]);
  expect(code).toBe(0);
  expect(pages[1]).toMatch(/^https:\/\/www\.last\.fm\/api\/auth\/\?api_key=\w+&token=token-1-t+$/);
  expect(normalizeSpace(stdout)).toContain("✓ rewind may scrobble as NightOwl");
  const [session] = desk.sessions.keys();
  expect(readStoredSettings(person.home)).toEqual({
    ...buildSavedSettings(person),
    lastfm_shared_secret: secret,
    lastfm_session_key: session,
  });
});

test("without a browser the address is printed unwrapped", async () => {
  const { person, allow } = await createScrobblingUser();
  allow("NightOwl");
  const { options } = createTypist([["Your choice (1):", "2", enter], rightSecret]);
  const { code, stdout } = await person.rewind(["login", "--scrobble", "--no-browser"], {
    ...options,
    columns: 60,
  });
  expect(code).toBe(0);
  expect(stdout).toMatch(/\nhttps:\/\/www\.last\.fm\/api\/auth\/\?api_key=\w+&token=[\w-]+\n/);
});

test("a session of another user is refused", async () => {
  const { person, allow, login } = await createScrobblingUser();
  allow("SomebodyElse");
  const { code, stderr } = await login([rightSecret]);
  expect(code).toBe(4);
  expect(stderr.replaceAll("\n", " ")).toContain(
    "SomebodyElse on Last.fm allowed rewind to scrobble, but the plays belong to NightOwl",
  );
  expect(readStoredSettings(person.home)).toEqual(buildSavedSettings(person));
});

test.each([
  ["a wrong shared secret", "0".repeat(32), "rejected the shared secret"],
  ["the key for the secret", key, "That is the API key"],
  ["the token for the secret", token, "That looks like a Discogs token"],
])("refuses %s, does not show it, and asks again", async (_, given, message) => {
  const { allow, login } = await createScrobblingUser();
  allow("NightOwl");
  const { code, stdout } = await login([["Shared secret:", given, enter], rightSecret]);
  expect(code).toBe(0);
  expect(normalizeSpace(stdout)).toContain(message);
});

test("a failed request to Last.fm is repeated", async () => {
  const { person, desk, login } = await createScrobblingUser();
  let polls = 0;
  person.lastfm.behaviour.onRequest = (_, { body }) => {
    if (!body.includes("auth.getSession")) return undefined;
    polls += 1;
    for (const asked of desk.tokens.keys()) desk.tokens.set(asked, "NightOwl");
    return polls < 3 ? respondWithLastfmError(11) : undefined;
  };
  expect((await login([rightSecret])).code).toBe(0);
});

test("changes nothing after an hour without confirmation", async () => {
  const { person, login } = await createScrobblingUser();
  // Each poll takes a quarter of an hour.
  person.lastfm.behaviour.onRequest = (_, { body }) => {
    if (body.includes("auth.getSession")) person.clock.jump(900_000);
  };
  const { code, stderr } = await login([rightSecret]);
  expect(code).toBe(4);
  expect(stderr).toContain("nobody confirmed within an hour");
  expect(readStoredSettings(person.home)).toEqual(buildSavedSettings(person));
});

test("Ctrl-C during the wait changes nothing", async () => {
  const { person, login } = await createScrobblingUser();
  const { code, stderr } = await login([rightSecret, ["you to confirm …", ctrlC]]);
  expect(code).toBe(130);
  expect(stderr).toContain("Nothing was changed. To try again: rewind login --scrobble");
  expect(readStoredSettings(person.home)).toEqual(buildSavedSettings(person));
});

test("asks for the API key of Last.fm first if there is none", async () => {
  const { person, allow, login } = await createScrobblingUser({ discogs_token: token });
  allow("NightOwl");
  const { code } = await login([["API key:", key, enter], ["User name:", "NightOwl", enter], rightSecret]);
  expect(code).toBe(0);
  expect(readStoredSettings(person.home)).toMatchObject({
    ...buildSavedSettings(person),
    lastfm_shared_secret: secret,
  });
});

test("--stdin asks nothing, so it can't be combined with --scrobble", async () => {
  const { person } = await createScrobblingUser();
  const both = await person.rewind(["login", "--stdin", "--scrobble"], { stdin: "{}" });
  expect(both.code).toBe(2);
  expect(both.stderr).toContain("without --scrobble");
});

test("ListenBrainz alone is enough to send plays, from the first message on", async () => {
  const table = await createScrobblingFixture([buildTrackAt("A1", 301)]);
  const fixture = createListenBrainzData([buildPlainListen(noon / 1000 - 90_000)]);
  const server = await startFakeListenBrainz(fixture, { clock: table.clock, limit: null });
  const env = {
    LASTFM_API_KEY: "",
    LASTFM_USERNAME: "",
    LASTFM_SHARED_SECRET: "",
    LASTFM_SESSION_KEY: "",
    LISTENBRAINZ_USERNAME: fixture.username,
    LISTENBRAINZ_API_URL: server.url,
    NO_COLOR: "1",
  };
  const rewind = async (line: string, replies: readonly Reply[] = []): Promise<CliResult> => {
    const { options, left } = createTypist(replies);
    const result = await table.rewind(line.split(" "), { env, ...(replies.length === 0 ? {} : options) });
    expect(left).toEqual([]);
    expectNoSecret([fixture.token], { stdout: result.stdout, stderr: result.stderr }, createTempDirectory());
    return result;
  };
  expect(await rewind("sync")).toMatchObject({ code: 0 });
  const command = "login --scrobble";
  for (const line of ["played 1 --at 8:00 --scrobble --yes", "played send"]) {
    const { code, stderr } = await rewind(line);
    expect({ code, stderr }).toMatchObject({
      code: 4,
      stderr: expect.stringContaining(`run: rewind ${command}`),
    });
  }
  for (const name of ["listenbrainz_token", "lastfm_shared_secret", "lastfm_session_key"]) {
    expect((await rewind(`config set ${name} anything`)).stderr).toContain(`To set it: rewind ${command}`);
  }
  const always = await rewind("config set scrobble always");
  expect(always).toMatchObject({ code: 0, stderr: expect.stringContaining(`rewind ${command}`) });
  const { code, stdout } = await rewind(command, [
    ["Your choice (1):", enter],
    ["User token:", fixture.token, enter],
  ]);
  expect(code).toBe(0);
  expect(normalizeSpace(stdout)).toContain("✓ rewind can send plays as NightOwl");
  expect((await rewind("config set scrobble ask")).stderr).toBe("");
  expect((await rewind("config set scrobble always")).stderr).toBe("");
  const sent = await rewind("played 1 --at 8:00 --scrobble --yes");
  expect(sent).toMatchObject({ code: 0, stderr: expect.stringContaining("Sent to ListenBrainz: 1 play.") });
});

test.each<[setting: Readonly<Record<string, string>>, told: string]>([
  [{ scrobble: "never" }, "To change it: rewind config set scrobble ask"],
  [{ scrobble_to: "listenbrainz" }, "To change it: rewind config set scrobble_to both"],
])("says if a setting prevents plays from being sent: %j", async (setting, message) => {
  const { allow, login } = await createScrobblingUser({ ...connected, ...setting });
  allow("NightOwl");
  expect(normalizeSpace((await login([rightSecret])).stdout)).toContain(message);
});

test.each([{ discogs_token: token }, connected])(
  "does not warn of a setting that was not made: %j",
  async (stored) => {
    const { login } = await createScrobblingUser(stored);
    const fixture = createListenBrainzData([buildPlainListen(noon / 1000 - 90_000)]);
    const server = await startFakeListenBrainz(fixture, { limit: null });
    const { code, stdout } = await login(
      [
        ["Your choice (1):", "1", enter],
        ["User token:", fixture.token, enter],
      ],
      { env: { LISTENBRAINZ_API_URL: server.url } },
    );
    expect(code).toBe(0);
    expect(stdout).not.toContain("scrobble_to");
  },
);

test("played says if scrobble_to leaves out the only service that takes plays", async () => {
  const person = await createNewUser({ ...connected, listenbrainz_token: "a-token", scrobble_to: "lastfm" });
  await person.rewind(["sync", "--only", "discogs"]);
  const { code, stderr } = await person.rewind(["played", "send"]);
  expect(code).toBe(2);
  expect(normalizeSpace(stderr)).toContain("To send there: rewind config set scrobble_to both");
});

test("a script can set both on stdin, and they are checked", async () => {
  const { person, desk } = await createScrobblingUser();
  desk.sessions.set("session-of-a-script", "NightOwl");
  desk.sessions.set("session-of-another", "SomebodyElse");
  person.worlds.lastfm.others.push({ ...person.worlds.lastfm.listener, name: "SomebodyElse" });
  const runLoginStdin = async (session: string): Promise<CliResult> =>
    person.rewind(["login", "--stdin"], {
      stdin: JSON.stringify({ lastfm_shared_secret: secret, lastfm_session_key: session }),
    });
  expect(await runLoginStdin("session-that-is-none")).toMatchObject({ code: 4 });
  expect((await runLoginStdin("session-of-another")).stderr).toContain(
    "SomebodyElse on Last.fm allowed rewind to scrobble",
  );
  expect(readStoredSettings(person.home)).toEqual(buildSavedSettings(person));
  expect(await runLoginStdin("session-of-a-script")).toMatchObject({ code: 0 });
  expect(readStoredSettings(person.home)).toMatchObject({ lastfm_session_key: "session-of-a-script" });
  const { stderr } = await person.rewind(["logout", "--yes"]);
  expect(stderr).toContain("lastfm_shared_secret, lastfm_session_key");
  expect(normalizeSpace(stderr)).toContain("https://www.last.fm/settings/applications");
});
