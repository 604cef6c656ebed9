import { inspect } from "node:util";
import { expect, test } from "vitest";
import { answer, cut, html, lastfmError, tooManyRequests, type Fault } from "../support/faults.ts";
import { makeDiscogsWorld, makeLastfmWorld } from "../support/world.ts";
import { cliWorld } from "../support/cli-world.ts";
import { connectToStandIns, failureOf } from "./clients.ts";

const token = "tOk%en/with+odd&signs=1";
const apiKey = "k3y with / odd & signs";

function forms(secret: string): string[] {
  return [secret, encodeURIComponent(secret), encodeURIComponent(secret).replaceAll("%20", "+")];
}

const echoes: readonly (readonly [string, Fault])[] = [
  [
    "a web page",
    html(200, `${token} ${encodeURIComponent(token)} api_key=${encodeURIComponent(apiKey)} ${apiKey}`),
  ],
  ["a web page with status 503", html(503, `${token} ${apiKey}`)],
  [
    "half JSON",
    answer(200, `{"token": "${token}", "key": "${apiKey}", `, { "content-type": "application/json" }),
  ],
  ["a message", answer(422, { message: `no: ${token} ${apiKey}`, error: 3 })],
  ["a message of a failure", answer(500, { message: `no: ${token} ${apiKey}`, error: 8 })],
  ["a refusal", answer(401, { message: token, error: 10 })],
  ["a secret at the cut of the snippet", html(200, `${"x".repeat(60)}${token}${apiKey}`)],
  [
    "JSON of another shape",
    answer(200, { pagination: token, topalbums: apiKey, recenttracks: [token, apiKey] }),
  ],
  ["a cut", cut],
  ["throttling", tooManyRequests(9_999)],
  ["an error", lastfmError(6)],
];

test.each(echoes)("no secret in error, cause, report or wait, whatever comes back: %s", async (_, fault) => {
  const { services, discogs, lastfm, reports, waits } = await connectToStandIns({
    discogs: makeDiscogsWorld({ token }),
    lastfm: makeLastfmWorld({ apiKey }),
  });
  discogs.behaviour.onRequest = () => fault;
  lastfm.behaviour.onRequest = () => fault;
  // Sent as an odd token would be: in the header, where it must not be altered.
  const errors = [
    await failureOf(services.collection.collectionPage("someone", 1, "oldest-first")),
    await failureOf(services.listening.albumsPage("nightowl", 1, 1000)),
    await failureOf(services.listening.scrobblesPage("nightowl", { page: 1, limit: 1000 })),
  ];
  expect(discogs.requests[0]?.headers["authorization"]).toBe(`Discogs token=${token}`);
  const shown = inspect(
    { errors, reports, waits },
    { depth: Infinity, showHidden: true, maxStringLength: null },
  );
  for (const form of [...forms(token), ...forms(apiKey)]) expect(shown).not.toContain(form);
  expect(reports.length).toBeGreaterThanOrEqual(2);
});

const likeToken = "aBcDeFgHiJ".repeat(4);
const likeKey = "0123456789abcdef".repeat(2);

test.each([
  ["the token as the name at Discogs", "DISCOGS_USERNAME", ["sync", "--verbose"]],
  ["the token as the name at Last.fm", "LASTFM_USERNAME", ["sync", "--verbose", "--debug"]],
  ["the token as the address of Discogs", "DISCOGS_API_URL", ["sync", "--debug"]],
  ["the token as the field of the shelf", "REWIND_SHELF_FIELD", ["pick"]],
  ["the token as the path of the cache", "REWIND_DB", ["xref", "--debug"]],
  ["the token as the contact", "REWIND_CONTACT", ["sync", "--debug"]],
])("%s is not shown", async (_, setting, argv) => {
  const person = await cliWorld({ records: 5, albums: 5, plays: 10, wants: 1 });
  await person.rewind(["sync"]);
  const own = person.worlds.discogs.token;
  for (const secret of [likeToken, likeKey, own, own.toUpperCase()]) {
    const { stdout, stderr } = await person.rewind(argv, { env: { [setting]: secret }, tty: true });
    expect(stdout + stderr).not.toContain(secret);
  }
});
