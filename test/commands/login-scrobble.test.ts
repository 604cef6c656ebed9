// Letting rewind scrobble: the shared secret, a page of Last.fm, and a session that is kept like the token.
import { expect, test } from "vitest";
import { lastfmError } from "../support/faults.ts";
import { key, newcomer, saved, storedIn, token } from "../support/newcomer.ts";
import { scrobbleDesk } from "../support/scrobble-desk.ts";
import { ctrlC, enter, typist, type Reply } from "../support/typist.ts";
import { noon, type CliOptions, type CliResult } from "../support/run-cli.ts";

const secret = "fedcba9876543210fedcba9876543210";

const words = (text: string): string => text.replaceAll(/\s+/g, " ");
const rightSecret: Reply = ["Shared secret:", secret, enter];

async function scrobbler() {
  const person = await newcomer({ discogs_token: token, lastfm_api_key: key, lastfm_username: "NightOwl" });
  const desk = scrobbleDesk(person.worlds.lastfm, { secret, nowMs: () => noon });
  person.lastfm.behaviour.desk = desk;
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
  const { person, desk, pages, allow, login } = await scrobbler();
  allow("NightOwl");
  const { code, stdout } = await login([rightSecret]);
  expect(code).toBe(0);
  expect(pages[1]).toMatch(/^https:\/\/www\.last\.fm\/api\/auth\/\?api_key=\w+&token=token-1-t+$/);
  expect(words(stdout)).toContain("✓ rewind may scrobble as NightOwl");
  const [session] = desk.sessions.keys();
  expect(storedIn(person.home)).toEqual({
    ...saved(person),
    lastfm_shared_secret: secret,
    lastfm_session_key: session,
  });
});

test("without a browser the address is printed unwrapped", async () => {
  const { person, allow } = await scrobbler();
  allow("NightOwl");
  const { options } = typist([rightSecret]);
  const { code, stdout } = await person.rewind(["login", "--scrobble", "--no-browser"], {
    ...options,
    columns: 60,
  });
  expect(code).toBe(0);
  expect(stdout).toMatch(/\nhttps:\/\/www\.last\.fm\/api\/auth\/\?api_key=\w+&token=[\w-]+\n/);
});

test("a session of another user is refused", async () => {
  const { person, allow, login } = await scrobbler();
  allow("SomebodyElse");
  const { code, stderr } = await login([rightSecret]);
  expect(code).toBe(4);
  expect(stderr.replaceAll("\n", " ")).toContain(
    "SomebodyElse on Last.fm allowed rewind to scrobble, but the plays belong to NightOwl",
  );
  expect(storedIn(person.home)).toEqual(saved(person));
});

test.each([
  ["a wrong shared secret", "0".repeat(32), "rejected the shared secret"],
  ["the key for the secret", key, "That is the API key"],
  ["the token for the secret", token, "That looks like a Discogs token"],
])("%s is refused, not shown, and asked for again", async (_, given, told) => {
  const { allow, login } = await scrobbler();
  allow("NightOwl");
  const { code, stdout } = await login([["Shared secret:", given, enter], rightSecret]);
  expect(code).toBe(0);
  expect(words(stdout)).toContain(told);
});

test("a failed request to Last.fm is repeated", async () => {
  const { person, desk, login } = await scrobbler();
  let polls = 0;
  person.lastfm.behaviour.onRequest = (_, { body }) => {
    if (!body.includes("auth.getSession")) return undefined;
    polls += 1;
    for (const asked of desk.tokens.keys()) desk.tokens.set(asked, "NightOwl");
    return polls < 3 ? lastfmError(11) : undefined;
  };
  expect((await login([rightSecret])).code).toBe(0);
});

test("an hour without confirmation changes nothing", async () => {
  const { person, login } = await scrobbler();
  // Each poll takes a quarter of an hour.
  person.lastfm.behaviour.onRequest = (_, { body }) => {
    if (body.includes("auth.getSession")) person.clock.jump(900_000);
  };
  const { code, stderr } = await login([rightSecret]);
  expect(code).toBe(4);
  expect(stderr).toContain("nobody confirmed within an hour");
  expect(storedIn(person.home)).toEqual(saved(person));
});

test("Ctrl-C during the wait changes nothing", async () => {
  const { person, login } = await scrobbler();
  const { code, stderr } = await login([rightSecret, ["you to confirm …", ctrlC]]);
  expect(code).toBe(130);
  expect(stderr).toContain("Nothing was changed. To try again: rewind login --scrobble");
  expect(storedIn(person.home)).toEqual(saved(person));
});

test("without accounts it says to log in first; --stdin asks nothing", async () => {
  const person = await newcomer({ discogs_token: token });
  const { code, stderr } = await person.login([], {}, ["--scrobble"]);
  expect(code).toBe(4);
  expect(stderr).toContain("Run first: rewind login");
  const both = await person.rewind(["login", "--stdin", "--scrobble"], { stdin: "{}" });
  expect(both.code).toBe(2);
  expect(both.stderr).toContain("without --scrobble");
});

test("a script can set both on stdin, and they are checked", async () => {
  const { person, desk } = await scrobbler();
  desk.sessions.set("session-of-a-script", "NightOwl");
  desk.sessions.set("session-of-another", "SomebodyElse");
  person.worlds.lastfm.others.push({ ...person.worlds.lastfm.listener, name: "SomebodyElse" });
  const give = async (session: string): Promise<CliResult> =>
    person.rewind(["login", "--stdin"], {
      stdin: JSON.stringify({ lastfm_shared_secret: secret, lastfm_session_key: session }),
    });
  expect(await give("session-that-is-none")).toMatchObject({ code: 4 });
  expect((await give("session-of-another")).stderr).toContain(
    "SomebodyElse on Last.fm allowed rewind to scrobble",
  );
  expect(storedIn(person.home)).toEqual(saved(person));
  expect(await give("session-of-a-script")).toMatchObject({ code: 0 });
  expect(storedIn(person.home)).toMatchObject({ lastfm_session_key: "session-of-a-script" });
  const { stderr } = await person.rewind(["logout"]);
  expect(stderr).toContain("lastfm_shared_secret, lastfm_session_key");
  expect(words(stderr)).toContain("https://www.last.fm/settings/applications");
});
