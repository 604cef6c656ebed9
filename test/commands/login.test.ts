// The way to saved settings, and every wrong turn on it: each says what to do next, and none shows a secret.
import { existsSync, mkdirSync, readdirSync, statSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { expect, test } from "vitest";
import { startFakeListenBrainz } from "../support/fake-listenbrainz.ts";
import { secretExamples } from "../support/secret-examples.ts";
import { createListenBrainzData, buildPlainListen } from "../support/listenbrainz-data.ts";
import { respondWith, respondWithHtml, respondWithLastfmError } from "../support/response-faults.ts";
import {
  key,
  createLoggedInUser,
  createNewUser,
  getSettingsFile,
  buildSavedSettings,
  readStoredSettings,
  token,
  type TestUser,
} from "../support/new-user.ts";
import { requireError, type CliOptions, type CliResult } from "../support/run-cli.ts";
import { ctrlC, ctrlD, enter, createTypist, type Reply } from "../support/scripted-typing.ts";
import { createDiscogsAccount } from "../support/service-data.ts";

/** Whatever the width that it was broken to. */
const normalizeSpace = (text: string): string => text.replace(/\s+/g, " ");
const rightToken: Reply = ["Token:", token, enter];
const rightKey: Reply = ["API key:", key, enter];
const buildNameReply = ({ name }: TestUser): Reply => ["User name:", name, enter];
const noMusicBrainz: Reply = ["(y/N)", enter];
const noSync: Reply = ["Sync now? (Y/n)", "n", enter];
/** The right answers to every question. */
const buildRightReplies = (person: TestUser, last = noSync): Reply[] => [
  rightToken,
  rightKey,
  buildNameReply(person),
  noMusicBrainz,
  last,
];

/** Keeps what is saved. */
const buildKeepReplies = ({ name }: TestUser): Reply[] => [
  ["Token (Enter keeps yours):", enter],
  ["Your choice (3):", enter],
  ["API key (Enter keeps yours):", enter],
  [`User name (${name}):`, enter],
];

test("logs in, syncs and answers in a home without settings", async () => {
  const person = await createNewUser();
  const replies = buildRightReplies(person, ["Sync now? (Y/n)", enter]).with(3, ["(y/N)", "y", enter]);
  const { code, stdout } = await person.login(replies);
  expect(code).toBe(0);
  expect(stdout).toMatch(/✓ CrateDigger · 120 records · 12 wants/);
  expect(stdout).toMatch(/✓ NightOwl · 600 scrobbles since \d{4} · history visible/);
  expect(stdout).toMatch(/Saved in .*config\.json, readable by you alone\./);
  expect(readStoredSettings(person.home)).toEqual({ ...buildSavedSettings(person), musicbrainz: "on" });
  expect((statSync(getSettingsFile(person.home)).mode & 0o777).toString(8)).toBe("600");
  expect((statSync(dirname(getSettingsFile(person.home))).mode & 0o777).toString(8)).toBe("700");
  const { data } = JSON.parse((await person.rewind(["xref", "--json"])).stdout) as { data: unknown[] };
  expect(data).toHaveLength(20);
});

test("logs in and syncs on a terminal of 0 columns, and draws nothing there", async () => {
  const person = await createNewUser();
  const replies = buildRightReplies(person, ["Sync now? (Y/n)", enter]);
  const { code, stdout, stderr } = await person.login(replies, { columns: 0 });
  expect(code).toBe(0);
  expect(stdout).toMatch(/✓ CrateDigger · 120 records · 12 wants/);
  // Blocks are drawn by moving the cursor up.
  const sequences = (stdout + stderr).split("\u001b[").slice(1);
  expect(sequences.filter((sequence) => /^\d*A/.test(sequence))).toEqual([]);
});

test("login opens pages, or prints their addresses", async () => {
  const person = await createNewUser();
  const opened: string[] = [];
  const openPage = (address: string): boolean => opened.push(address) > 0;
  const replies = buildRightReplies(person);
  const first = await person.login(replies, { openPage });
  expect(opened).toEqual([
    "https://www.discogs.com/settings/developers",
    "https://www.last.fm/api/account/create",
  ]);
  expect(first.stdout).toContain("(opened)");
  const other = await createNewUser();
  const { stdout } = await other.login(replies, { openPage }, ["--no-browser"]);
  expect(opened).toHaveLength(2);
  expect(stdout).toContain("https://www.discogs.com/settings/developers");
  expect(stdout).not.toContain("(opened)");
});

test("a second login shows what is saved and changes nothing by itself", async () => {
  const person = await createLoggedInUser({ musicbrainz: "on", shelf_field: "Shelf" });
  const before = readStoredSettings(person.home);
  const { code, stdout } = await person.login([...buildKeepReplies(person), noSync]);
  expect(code).toBe(0);
  expect(stdout).toContain("✓ CrateDigger");
  expect(stdout).toContain("✓ NightOwl");
  expect(stdout).toMatch(/Nothing changed in /);
  expect(stdout).not.toContain("MusicBrainz");
  expect(readStoredSettings(person.home)).toEqual(before);
});

test("a second login changes only what the user wants to change", async () => {
  const person = await createLoggedInUser({ musicbrainz: "on", discogs_token: "x".repeat(40) });
  const { stdout } = await person.login([
    ["Token (Enter keeps yours):", enter],
    rightToken,
    ...buildKeepReplies(person).slice(1),
    noSync,
  ]);
  expect(stdout).toContain("✗ Discogs rejected the token");
  expect(readStoredSettings(person.home)).toEqual({ ...buildSavedSettings(person), musicbrainz: "on" });
});

/** A wrong answer is typed before the right one, at the question of the same place. */
test.each<[string, number, readonly string[], RegExp]>([
  ["the key for the token", 0, [key], /That looks like a Last\.fm key; a Discogs token has 40 letters/],
  ["the token for the key", 1, [token], /That looks like a Discogs token; a Last\.fm key has 32/],
  ["the token for the name", 2, [token], /That looks like a Discogs token\. Give your user name/],
  ["the key for the name", 2, [key], /That looks like a Last\.fm key\. Give your user name/],
  ["an application's secret", 0, ["SecretSe".repeat(4)], /consumer secret of a Discogs application/],
  [
    "another token",
    0,
    ["x".repeat(40)],
    /✗ Discogs rejected the token\. Discogs shows only the newest token/,
  ],
  ["half a token", 0, [token.slice(20)], /A token has 40 letters; this one has 20 characters/],
  ["a mail address for the name", 2, ["me@example.org"], /Give your user name, as in/],
  ["nothing at all", 0, [], /Please type an answer, or press Ctrl-C to stop/],
  ["neither yes nor no", 3, ["what"], /Type y for yes or n for no/],
])("login says what is wrong and asks again: %s", async (_, at, typed, message) => {
  const person = await createNewUser();
  const right = buildRightReplies(person);
  const { code, stdout } = await person.login(
    right.toSpliced(at, 0, [right[at]?.[0] ?? "", ...typed, enter]),
  );
  expect(code).toBe(0);
  expect(normalizeSpace(stdout)).toMatch(message);
  expect(readStoredSettings(person.home)).toEqual({ ...buildSavedSettings(person), musicbrainz: "off" });
});

test("login asks again for a wrong key and a wrong name, each by itself", async () => {
  const person = await createNewUser();
  const { code, stdout } = await person.login([
    rightToken,
    ["API key:", "f".repeat(32), enter],
    ["User name:", "NihgtOwl", enter],
    ["API key (Enter to continue without Last.fm):", key, enter],
    buildNameReply(person),
    noMusicBrainz,
    noSync,
  ]);
  expect(code).toBe(0);
  expect(normalizeSpace(stdout)).toMatch(/✗ Last\.fm has no user "NihgtOwl": check the spelling/);
  expect(normalizeSpace(stdout)).toMatch(/✗ Last\.fm re\w+ the API key\. .*not the shared secret/);
  expect(readStoredSettings(person.home)).toMatchObject(buildSavedSettings(person));
});

const pasted = `\n  ${token}\r\nsomething else\n`;

test.each<[string, number, readonly string[]]>([
  ["the address of a profile is accepted as its name", 2, ["https://www.last.fm/user/nightowl"]],
  ["only the first line of pasted text is an answer", 0, [pasted]],
  ["Backspace removes one character, Escape the whole line", 0, ["junk", "\u001b", token, "x", "\u007f"]],
])("%s", async (_, at, typed) => {
  const person = await createNewUser();
  const right = buildRightReplies(person);
  const { stdout } = await person.login(right.with(at, [right[at]?.[0] ?? "", ...typed, enter]));
  expect(stdout).not.toContain("something");
  expect(readStoredSettings(person.home)).toMatchObject(buildSavedSettings(person));
});

test("a hidden history is reported with what to do, and the account is saved", async () => {
  const person = await createNewUser();
  Object.assign(person.worlds.lastfm.listener, { hidden: true });
  const { code, stdout } = await person.login(buildRightReplies(person));
  expect(code).toBe(0);
  expect(stdout).toContain("history hidden");
  expect(stdout).toContain("https://www.last.fm/settings/privacy");
  // Users who decline the sync learn how to start it later.
  expect(stdout).toContain("Sync now? (Y/n) n\nNext: rewind sync\n");
});

const stranger = createDiscogsAccount({ userId: 99, username: "Stranger", collectionPublic: false });

test("login offers the token owner's collection instead of a private one", async () => {
  const person = await createNewUser({ discogs_token: token, discogs_username: "stranger" });
  person.worlds.discogs.others.push(stranger);
  const keptToken: Reply = ["Token (Enter keeps yours):", enter];
  const taken: Reply[] = [keptToken, ["(Y/n)", enter], keptToken];
  const { stdout } = await person.login([...taken, ...buildRightReplies(person).slice(1)]);
  expect(normalizeSpace(stdout)).toContain('The Discogs collection of "Stranger" is private');
  expect(readStoredSettings(person.home)).toEqual({ ...buildSavedSettings(person), musicbrainz: "off" });
});

test("refusing that offer ends login and changes nothing", async () => {
  const before = { discogs_token: token, discogs_username: "nobody-of-this-name" };
  const person = await createNewUser(before);
  const { code, stderr } = await person.login([
    ["Token (Enter keeps yours):", enter],
    ["(Y/n)", "n", enter],
  ]);
  expect(code).toBe(4);
  expect(stderr).toMatch(
    /has no user "nobody-of-this-name"\nNothing was changed\. To try again: rewind login/,
  );
  expect(readStoredSettings(person.home)).toEqual(before);
});

test("without a network the user can try again, and nothing is saved", async () => {
  const person = await createNewUser();
  let isAway = true;
  person.discogs.behaviour.onRequest = () => (isAway ? respondWithHtml(503) : undefined);
  const replies: Reply[] = [rightToken, ["Try again? (Y/n)", enter], ["Try again? (Y/n)", "n", enter]];
  const { code, stdout, stderr } = await person.login(replies);
  expect(code).toBe(3);
  expect(normalizeSpace(stdout)).toContain("✗ Discogs");
  expect(stderr).toMatch(/Nothing was changed\. To try again: rewind login/);
  expect(existsSync(getSettingsFile(person.home))).toBe(false);
  isAway = false;
  expect((await person.login(buildRightReplies(person))).code).toBe(0);
});

test.each([ctrlC, ctrlD])("%j at any prompt keeps what was checked", async (stop) => {
  const savedBefore = [
    null,
    { discogs_token: token },
    { discogs_token: token },
    { discogs_token: token, lastfm_api_key: key, lastfm_username: "NightOwl" },
  ];
  for (const [at, expected] of savedBefore.entries()) {
    const person = await createNewUser();
    const given = buildRightReplies(person);
    const replies = [...given.slice(0, at), [given[at]?.[0] ?? "", "a", stop] as const];
    const { code, stderr } = await person.login(replies);
    expect(code).toBe(130);
    expect(existsSync(getSettingsFile(person.home)) ? readStoredSettings(person.home) : null).toEqual(
      expected,
    );
    const names = at === 0 ? "" : at < 3 ? "Discogs" : "Discogs and Last.fm";
    expect(normalizeSpace(stderr)).toContain(
      names === ""
        ? "Nothing was changed. To try again: rewind login"
        : `What was checked is saved: ${names}. To continue: rewind login`,
    );
  }
});

test("Ctrl-C at the last question keeps the saved settings", async () => {
  const person = await createNewUser();
  const { code, stderr } = await person.login(buildRightReplies(person, ["Sync now? (Y/n)", ctrlC]));
  expect(code).toBe(130);
  expect(stderr).toContain("Your settings are saved. Next: rewind sync");
  expect(readStoredSettings(person.home)).toMatchObject(buildSavedSettings(person));
});

test("a line and its Enter in one write answer every question", async () => {
  const person = await createNewUser();
  const [namePrompt, ...name] = buildNameReply(person);
  const { code } = await person.login([
    [rightToken[0], `${token}\r`],
    ["Your choice (1):", "last.fm\r"],
    [rightKey[0], `${key}\n`],
    [namePrompt, `${name.join("").trim()}\r\n`],
    ["(y/N)", "y\r"],
    ["Sync now? (Y/n)", "n\n"],
  ]);
  expect(code).toBe(0);
  expect(readStoredSettings(person.home)).toEqual({ ...buildSavedSettings(person), musicbrainz: "on" });
});

test("Ctrl-C during a request stops login at once", async () => {
  const person = await createNewUser();
  const { options } = createTypist([rightToken]);
  const stdin = options.stdin;
  person.discogs.behaviour.onRequest = () => {
    if (typeof stdin === "object" && "push" in stdin) stdin.push(ctrlC);
    return { kind: "hang" };
  };
  const { code, stderr } = await person.rewind(["login"], options);
  expect(code).toBe(130);
  expect(stderr).toContain("Nothing was changed");
});

test("a closed terminal ends login", async () => {
  const person = await createNewUser();
  const { code } = await person.login([["Token:"]]);
  expect(code).toBe(130);
  expect(readdirSync(dirname(getSettingsFile(person.home)))).toEqual([]);
});

test("login says if an environment variable wins over the saved settings", async () => {
  const person = await createNewUser();
  const { stdout } = await person.login(buildRightReplies(person), {
    env: { LASTFM_USERNAME: "somebody-else" },
  });
  expect(stdout).toContain("! The environment wins over the saved settings: LASTFM_USERNAME.");
});

test("login reports a cache of other accounts and offers no sync", async () => {
  const person = await createNewUser();
  await person.login(buildRightReplies(person, ["Sync now? (Y/n)", enter]));
  Object.assign(person.worlds.discogs.shelf, { username: "SomebodyElse" });
  const { code, stdout } = await person.login(buildKeepReplies(person));
  expect(code).toBe(0);
  expect(normalizeSpace(stdout)).toContain("belongs to CrateDigger on Discogs, not to SomebodyElse");
  expect(normalizeSpace(stdout)).toContain("rewind sync --db PATH");
});

test("an unwritable settings file is reported before the first question", async () => {
  const person = await createNewUser();
  mkdirSync(join(person.home, "config"));
  writeFileSync(join(person.home, "config", "rewind"), "");
  const { code, stdout, stderr } = await person.login([]);
  expect(code).toBe(1);
  expect(stdout).toBe("");
  expect(normalizeSpace(stderr)).toMatch(
    /can't write the settings file .* Nothing was changed\. Make its directory yours/,
  );
});

test.each([
  ["stdin", { tty: { stdout: true } }, []],
  ["stdout", { tty: { stdin: true } }, []],
  ["--no-input", { tty: true }, ["--no-input"]],
])("login does not ask without a terminal: %s", async (_, options, flags) => {
  const person = await createNewUser();
  expect(requireError(await person.rewind(["login", ...flags], options), 2)).toContain(
    "rewind login --stdin",
  );
});

async function loginFromStdin(
  person: TestUser,
  given: unknown,
  options: CliOptions = {},
): Promise<CliResult> {
  const text = typeof given === "string" ? given : JSON.stringify(given);
  const result = await person.rewind(["login", "--stdin"], { ...options, stdin: text });
  for (const secret of [token, key]) expect(result.stdout + result.stderr).not.toContain(secret);
  return result;
}

test("--stdin reads JSON, asks nothing, and names the accounts", async () => {
  const person = await createNewUser();
  const given = { ...buildSavedSettings(person), lastfm_username: person.name.toLowerCase() };
  const { code, stdout, stderr } = await loginFromStdin(person, given);
  expect({ code, stdout }).toEqual({ code: 0, stdout: "" });
  expect(stderr).toMatch(/✓ Discogs +CrateDigger · 120 records/);
  expect(stderr).toMatch(/✓ Last\.fm +NightOwl · 600 scrobbles/);
  expect(readStoredSettings(person.home)).toEqual(buildSavedSettings(person));
});

test("--stdin changes only the given settings", async () => {
  const person = await createLoggedInUser({ shelf_field: "Shelf" });
  expect((await loginFromStdin(person, { musicbrainz: "ON" })).code).toBe(0);
  expect(readStoredSettings(person.home)).toEqual({
    ...buildSavedSettings(person),
    musicbrainz: "on",
    shelf_field: "Shelf",
  });
  expect(person.discogs.requests).toEqual([]);
});

test.each([
  ["no JSON", "oops", 2, /stdin is not valid JSON/],
  ["nothing", "", 2, /stdin is not valid JSON with one object\nIt should look like: .*\}\n$/],
  ["no setting", "{}", 2, /no settings were found on stdin/],
  ["an unknown key", { discogs_tokn: "x" }, 2, /Did you mean discogs_token\?/],
  [
    "secrets swapped",
    { discogs_token: key, lastfm_api_key: token },
    2,
    /discogs_token on stdin looks wrong\. That looks like a Last\.fm key/,
  ],
  ["a secret for a name", { lastfm_username: key }, 2, /lastfm_username on stdin looks wrong/],
  ["half of Last.fm's", { lastfm_api_key: key }, 4, /lastfm_username is neither on stdin nor saved yet/],
  ["another token", { discogs_token: "x".repeat(40) }, 4, /Discogs rejected the token\. Discogs shows/],
  ["another word", { musicbrainz: "perhaps" }, 2, /must be on or off/],
])("--stdin with %s changes nothing", async (_, given, code, message) => {
  const person = await createNewUser();
  const result = await loginFromStdin(person, given);
  expect(result.code).toBe(code);
  expect(result.stderr).toMatch(message);
  expect(existsSync(getSettingsFile(person.home))).toBe(false);
});

test("--stdin checks ListenBrainz, at the server that it gives", async () => {
  const person = await createNewUser();
  const service = createListenBrainzData([buildPlainListen(1_600_000_000)]);
  const server = await startFakeListenBrainz(service, { clock: person.clock });
  const own = { listenbrainz_api_url: server.url };
  for (const wrong of [
    { listenbrainz_username: "nobody-here" },
    { listenbrainz_token: "another" },
    { listenbrainz_token: "桃" },
  ])
    expect((await loginFromStdin(person, { ...own, ...wrong })).code).toBe(4);
  expect(existsSync(getSettingsFile(person.home))).toBe(false);
  const { stderr } = await loginFromStdin(person, { ...own, listenbrainz_token: service.token });
  expect(stderr).toMatch(/✓ ListenBrainz +NightOwl · 1 play\n/);
});

test("logout removes the secrets and keeps the rest", async () => {
  const person = await createLoggedInUser({ shelf_field: "Shelf", listenbrainz_token: "another" });
  const refusal = requireError(await person.rewind(["logout"]), 2);
  expect(refusal).toBe(
    "rewind: rewind cannot ask you here\nTo remove discogs_token, listenbrainz_token, lastfm_api_key without asking: rewind logout --yes\n",
  );
  expect(readStoredSettings(person.home)).toHaveProperty("discogs_token");
  const { code, stderr } = await person.rewind(["logout", "--yes"], { env: { LASTFM_API_KEY: key } });
  expect(code).toBe(0);
  expect(stderr).toMatch(/revoke .*discogs\.com.*listenbrainz\.org\/settings\/, .*last\.fm\/api\/accounts$/m);
  expect(stderr).toContain("discogs_token, listenbrainz_token, lastfm_api_key");
  expect(stderr).toContain("Still in the environment: LASTFM_API_KEY");
  expect(readStoredSettings(person.home)).toEqual({ lastfm_username: person.name, shelf_field: "Shelf" });
  expect((await person.rewind(["logout"])).stderr).toContain("nothing to remove");
});

/** A person with an account on ListenBrainz, and the answers that connect it. */
async function createListenBrainzUser(stored: Readonly<Record<string, string>> | null = null) {
  const person = await createNewUser(stored);
  const world = createListenBrainzData([buildPlainListen(1_600_000_000)]);
  const server = await startFakeListenBrainz(world, { clock: person.clock, limit: null });
  const runLogin = async (replies: readonly Reply[], flags: readonly string[] = []): Promise<CliResult> => {
    const result = await person.login(replies, { env: { LISTENBRAINZ_API_URL: server.url } }, flags);
    expect(result.stdout + result.stderr).not.toContain(world.token);
    return result;
  };
  return { person, world, server, login: runLogin };
}

const atListenBrainz: Reply = ["Your choice (1):", enter];
const noToken: Reply = ["User token (Enter to skip):", enter];

test.each<[string, Reply[], readonly string[], boolean]>([
  ["Enter keeps them", [["(y/N)", enter]], [], true],
  ["y removes them", [["(y/N)", "y", enter]], [], false],
  ["--yes asks nothing", [], ["--yes"], false],
])("logout asks before it removes secrets on a terminal: %s", async (_, replies, flags, isKept) => {
  const person = await createLoggedInUser();
  const { options, left } = createTypist(replies);
  const { code } = await person.rewind(["logout", ...flags], options);
  expect({ code, left }).toEqual({ code: 0, left: [] });
  expect(readStoredSettings(person.home)).toEqual(
    isKept ? buildSavedSettings(person) : { lastfm_username: person.name },
  );
});

test("ListenBrainz alone needs a user name and no token", async () => {
  const { person, world, login } = await createListenBrainzUser();
  const { code, stdout } = await login([
    rightToken,
    atListenBrainz,
    ["User name:", "nobody-here", enter],
    ["User name:", world.username.toLowerCase(), enter],
    noToken,
    noMusicBrainz,
    noSync,
  ]);
  expect(code).toBe(0);
  expect(stdout).toMatch(/✗ ListenBrainz has no user "nobody-here"/);
  expect(stdout).toMatch(/✓ NightOwl · 1 play/);
  expect(readStoredSettings(person.home)).toEqual({
    discogs_token: token,
    listenbrainz_username: world.username,
    musicbrainz: "off",
  });
});

test("the token of ListenBrainz is checked and saved", async () => {
  const { person, world, login } = await createListenBrainzUser();
  const { code, stdout } = await login([
    rightToken,
    atListenBrainz,
    ["User name:", world.username, enter],
    ["User token (Enter to skip):", key, enter],
    ["User token (Enter to skip):", world.token.replace("2", "3"), enter],
    ["User token (Enter to skip):", world.token, enter],
    noMusicBrainz,
    noSync,
  ]);
  expect(code).toBe(0);
  expect(normalizeSpace(stdout)).toContain(
    "That looks like a Last.fm key; a ListenBrainz token has 32 digits",
  );
  expect(normalizeSpace(stdout)).toContain("✗ ListenBrainz rejected the user token");
  expect(normalizeSpace(stdout)).toContain("✓ rewind can send plays as NightOwl");
  expect(readStoredSettings(person.home)).toMatchObject({ listenbrainz_token: world.token });
});

test("a token of ListenBrainz that belongs to another user is refused", async () => {
  const { person, world, server, login } = await createListenBrainzUser();
  server.behaviour.onRequest = (_, { path }) =>
    path.endsWith("validate-token")
      ? respondWith(200, { code: 200, valid: true, user_name: "Other" })
      : undefined;
  const { code, stdout } = await login([
    rightToken,
    atListenBrainz,
    ["User name:", world.username, enter],
    ["User token (Enter to skip):", world.token, enter],
    noToken,
    noMusicBrainz,
    noSync,
  ]);
  expect(code).toBe(0);
  expect(normalizeSpace(stdout)).toContain(
    "✗ The token belongs to Other, but your plays belong to NightOwl.",
  );
  const given = { listenbrainz_token: world.token, listenbrainz_api_url: server.url };
  const result = await loginFromStdin(person, given);
  expect(result.code).toBe(4);
  expect(normalizeSpace(result.stderr)).toContain(
    "Nothing was changed. Give the token and the name of one user.",
  );
  expect(readStoredSettings(person.home)).not.toHaveProperty("listenbrainz_token");
});

test("a refused token of ListenBrainz is removed unless another one is given", async () => {
  const { person, world, login } = await createListenBrainzUser({
    discogs_token: token,
    listenbrainz_token: "old-token",
  });
  const { code } = await login([
    ["Token (Enter keeps yours):", enter],
    atListenBrainz,
    ["User name:", world.username, enter],
    ["User token (Enter keeps yours):", enter],
    noToken,
    noMusicBrainz,
    noSync,
  ]);
  expect(code).toBe(0);
  expect(readStoredSettings(person.home)).toEqual({
    discogs_token: token,
    listenbrainz_username: world.username,
    musicbrainz: "off",
  });
});

test("login asks for several services", async () => {
  const { person, world, login } = await createListenBrainzUser();
  const { code, stdout } = await login([
    rightToken,
    ["Your choice (1):", "4", enter],
    ["Your choice (1):", "1 and last.fm", enter],
    ["User name:", world.username, enter],
    noToken,
    rightKey,
    buildNameReply(person),
    noMusicBrainz,
    noSync,
  ]);
  expect(code).toBe(0);
  expect(normalizeSpace(stdout)).toContain("Type numbers or names");
  expect(readStoredSettings(person.home)).toMatchObject({
    ...buildSavedSettings(person),
    listenbrainz_username: world.username,
  });
});

test("after a refused key, Enter goes on without Last.fm", async () => {
  const { person, login } = await createListenBrainzUser();
  const { code, stdout } = await login([
    rightToken,
    ["Your choice (1):", "3", enter],
    ["API key:", "f".repeat(31), enter],
    buildNameReply(person),
    ["API key (Enter to continue without Last.fm):", enter],
    noMusicBrainz,
    noSync,
  ]);
  expect(code).toBe(0);
  expect(normalizeSpace(stdout)).toContain(
    "Last.fm Pro. A key has 32 digits and letters from a to f; this one has 31",
  );
  expect(readStoredSettings(person.home)).toEqual({ discogs_token: token, musicbrainz: "off" });
});

const readStoppedTime = async (person: TestUser): Promise<unknown> => {
  const { stdout } = await person.rewind(["sources", "--json"]);
  const { data } = JSON.parse(stdout) as { data: { name: string; stopped_at: string | null }[] };
  return data.find(({ name }) => name === "lastfm")?.stopped_at ?? null;
};

test("a login that Last.fm accepts ends its refusal", async () => {
  const { person, login } = await createListenBrainzUser({
    discogs_token: token,
    lastfm_api_key: key,
    lastfm_username: "NightOwl",
    musicbrainz: "off",
  });
  await person.rewind(["sync"]);
  person.lastfm.behaviour.onRequest = () => respondWithLastfmError(26, 403);
  expect(await person.rewind(["sync"])).toMatchObject({ code: 4 });
  expect((await person.rewind(["status"])).stdout).toContain("(refused)");
  person.lastfm.behaviour.onRequest = null;
  await login([...buildKeepReplies(person), noSync]);
  expect((await person.rewind(["status"])).stdout).not.toContain("(refused)");
  expect(await person.rewind(["sync"])).toMatchObject({ code: 0 });
});

test("Ctrl-C after Last.fm accepted the key ends its refusal, and resumes it if it was stopped", async () => {
  const { person, login } = await createListenBrainzUser({
    discogs_token: token,
    lastfm_api_key: key,
    lastfm_username: "NightOwl",
  });
  await person.rewind(["sync"]);
  person.lastfm.behaviour.onRequest = () => respondWithLastfmError(26, 403);
  expect(await person.rewind(["sync"])).toMatchObject({ code: 4 });
  person.lastfm.behaviour.onRequest = null;
  const runInterrupted = async (choice: string): Promise<string> => {
    const [rightDiscogs, , ...lastfm] = buildKeepReplies(person);
    const choose: Reply = [choice, "3", enter];
    const { code, stderr } = await login([rightDiscogs ?? rightToken, choose, ...lastfm, ["(y/N)", ctrlC]]);
    expect(code).toBe(130);
    return normalizeSpace(stderr);
  };
  expect(await runInterrupted("Your choice (3):")).toContain(
    "Nothing was changed. To try again: rewind login",
  );
  expect((await person.rewind(["status"])).stdout).not.toContain("(refused)");
  await person.rewind(["sources", "stop", "lastfm"]);
  expect(await runInterrupted("Your choice (1):")).toContain(
    "Syncs ask Last.fm again. To continue: rewind login",
  );
  expect(await readStoppedTime(person)).toBeNull();
});

test("a connected service that is left out can be stopped, and is resumed when it is chosen again", async () => {
  const { person, world, login } = await createListenBrainzUser({
    discogs_token: token,
    lastfm_api_key: key,
    lastfm_username: "NightOwl",
    musicbrainz: "off",
  });
  expect(await person.rewind(["sync"])).toMatchObject({ code: 0 });
  const [rightDiscogs, , ...lastfm] = buildKeepReplies(person);
  const buildListenBrainzReplies = (stop: Reply): Reply[] => [
    rightDiscogs ?? rightToken,
    ["Your choice (3):", "1", enter],
    ["User name:", world.username, enter],
    noToken,
    stop,
  ];
  await login([...buildListenBrainzReplies(["Stop Last.fm? (Y/n)", "n", enter]), noSync]);
  expect(await readStoppedTime(person)).toBeNull();
  const again = buildListenBrainzReplies(["Stop Last.fm? (Y/n)", enter]);
  const { stdout } = await login([
    ...again.with(1, ["Your choice (1, 3):", "1", enter]).with(2, ["User name (NightOwl):", enter]),
    noSync,
  ]);
  expect(normalizeSpace(stdout)).toContain("Its 600 plays stay.");
  expect(normalizeSpace(stdout)).toContain("✓ Last.fm is stopped. To undo it: rewind sources resume lastfm");
  expect(await readStoppedTime(person)).not.toBeNull();
  const back = await login([
    rightDiscogs ?? rightToken,
    ["Your choice (1):", "3", enter],
    ...lastfm,
    ["Stop ListenBrainz? (Y/n)", "n", enter],
    noSync,
  ]);
  expect(back.stdout).toContain("Syncs ask Last.fm again.");
  expect(await readStoppedTime(person)).toBeNull();
});

test("login succeeds without a listening service if the user chooses files", async () => {
  const { person, login } = await createListenBrainzUser();
  const { code, stdout } = await login([
    rightToken,
    ["Your choice (1):", "files", enter],
    noMusicBrainz,
    noSync,
  ]);
  expect(code).toBe(0);
  expect(normalizeSpace(stdout)).toContain("Files can be added at any time: rewind import FILE");
  expect(readStoredSettings(person.home)).toEqual({ discogs_token: token, musicbrainz: "off" });
});

test.each([
  ["Last.fm", "3"],
  ["ListenBrainz", "1"],
])("a secret typed as the user name of %s is neither shown nor sent", async (service, place) => {
  const { person, world, server, login } = await createListenBrainzUser();
  const secrets = [...secretExamples.map(([, example]) => example), world.token];
  const name: Reply = ["User name:", world.username, enter];
  const { code, stdout, stderr } = await login([
    rightToken,
    ["Your choice (1):", place, enter],
    ...(service === "Last.fm" ? [rightKey] : []),
    ...secrets.flatMap((secret): Reply[] => [
      ["User name:", secret, enter],
      ["User name:", `Token ${secret}`, enter],
    ]),
    name,
    ...(service === "Last.fm" ? [] : [noToken]),
    noMusicBrainz,
    noSync,
  ]);
  expect(code).toBe(0);
  expect(normalizeSpace(stdout).match(/That looks like .*? Give your user name/g)).toHaveLength(
    secrets.length * 2,
  );
  const sent = JSON.stringify([person.lastfm.requests, server.requests]);
  for (const secret of secrets) {
    expect(stdout + stderr).not.toContain(secret);
    expect(sent).not.toContain(secret);
  }
});
