// rewind doctor checks whether rewind may still scrobble, and shows no secret.
import { expect, test } from "vitest";
import { createLoggedInUser } from "../support/new-user.ts";
import { noon } from "../support/run-cli.ts";
import { createFakeScrobbler } from "../support/fake-scrobbler.ts";

const secret = "fedcba9876543210fedcba9876543210";
const session = "session-of-the-doctor";
const keys = { lastfm_shared_secret: secret, lastfm_session_key: session };

test.each([
  { what: "its user's", user: "NightOwl", set: keys, told: /^✓ scrobbling +allowed, as NightOwl$/m, code: 0 },
  {
    what: "another user's",
    user: "Lark",
    set: keys,
    told: /^✗ scrobbling +allowed as Lark, but the plays belong to NightOwl +rewind login --scrobble$/m,
    code: 4,
  },
  {
    what: "taken back",
    user: null,
    set: keys,
    told: /^✗ scrobbling +Last\.fm does not let rewind scrobble for you +Run: rewind login --scrobble$/m,
    code: 4,
  },
  {
    what: "of another secret",
    user: "NightOwl",
    set: { ...keys, lastfm_shared_secret: "0".repeat(32) },
    told: /^✗ scrobbling +Last\.fm rejected the shared secret/m,
    code: 4,
  },
  {
    what: "missing where plays are always to be sent",
    user: null,
    set: { scrobble: "always" },
    told: /^! scrobbling +the setting scrobble is always, .* +rewind login --scrobble$/m,
    code: 0,
  },
  { what: "not wanted", user: "NightOwl", set: { ...keys, scrobble: "never" }, told: /^$/, code: 0 },
  { what: "not there", user: null, set: {}, told: /^$/, code: 0 },
])("reports a key that is $what", async ({ user, set, told, code }) => {
  const person = await createLoggedInUser(set);
  const desk = createFakeScrobbler(person.worlds.lastfm, { secret, nowMs: () => noon });
  if (user !== null) desk.sessions.set(session, user);
  person.worlds.lastfm.others.push({ ...person.worlds.lastfm.listener, name: "Lark" });
  person.lastfm.behaviour.scrobbler = desk;
  const { stdout, stderr, code: ended } = await person.rewind(["doctor"], { tty: true, columns: 200 });
  expect(ended).toBe(code);
  const line = stdout.split("\n").find((each) => each.includes(" scrobbling ")) ?? "";
  expect(line).toMatch(told);
  for (const hidden of [secret, session]) expect(stdout + stderr).not.toContain(hidden);
});
