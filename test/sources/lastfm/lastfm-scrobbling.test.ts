// Writing to Last.fm: signatures, the fields of each play, and that a play sent twice is stored once.
import { expect, test } from "vitest";
import { buildSignedForm } from "../../../src/sources/lastfm/lastfm-scrobbling.ts";
import type { Receipt, SentPlay } from "../../../src/sources/services/listening-service.ts";
import { RejectedCredential } from "../../../src/sources/transport/service-errors.ts";
import { cut, respondWithLastfmError, lost, truncated, type Fault } from "../../support/response-faults.ts";
import { createFakeScrobbler, type FakeScrobblerOptions } from "../../support/fake-scrobbler.ts";
import { createLastfmData } from "../../support/service-data.ts";
import { connectToFakes, catchFailure } from "../connected-clients.ts";

const secret = "shared0secret0shared0secret00000";
const nowUts = Date.UTC(2026, 2, 12) / 1000;

/** Connects with a session of the user, unless another key is given. */
async function connectToFakeScrobbler(
  settings: Partial<FakeScrobblerOptions> = {},
  session = "a-session-key",
) {
  const fixture = createLastfmData();
  const connected = await connectToFakes({ lastfm: fixture, signing: { sharedSecret: secret, session } });
  const desk = createFakeScrobbler(fixture, { secret, nowMs: () => nowUts * 1000, ...settings });
  desk.sessions.set("a-session-key", fixture.listener.name);
  connected.lastfm.behaviour.scrobbler = desk;
  const { scrobbler } = connected.services.listening;
  if (scrobbler === null) throw new Error("nothing to write with");
  return { ...connected, scrobbling: scrobbler, desk };
}

function buildSentPlay(at: number, parts: Partial<SentPlay> = {}): SentPlay {
  return {
    artist: "Sigur Rós",
    title: `Track ${at}`,
    uts: nowUts - 6000 + at * 100,
    album: "( )",
    albumArtist: "Sigur Rós",
    durationSeconds: 100,
    ...parts,
  };
}

const buildSentPlays = (count: number): SentPlay[] =>
  Array.from({ length: count }, (_, at) => buildSentPlay(at));

test("parameters are signed in byte order, and empty ones are left out", () => {
  const form = buildSignedForm(
    { "artist[1]": "b", "artist[10]": "a", album: "", é: "ü", z: "1 &+" },
    "secret",
  );
  expect([...form.keys()].toSorted()).toEqual(["api_sig", "artist[10]", "artist[1]", "format", "z", "é"]);
  // md5 of artist[10]aartist[1]bz1 &+éüsecret
  expect(form.get("api_sig")).toBe("2ec5c3598ce00554c73ed202595a64c0");
});

test.each([1, 2, 11, 50])("%i plays at once are stored, each with its names", async (count) => {
  const { scrobbling, desk } = await connectToFakeScrobbler();
  const sent = buildSentPlays(count);
  expect(await scrobbling.scrobble(sent)).toEqual(sent.map(() => ({ isStored: true })));
  expect(desk.stored.map(({ track, uts }) => [track, uts])).toEqual(
    sent.map(({ title, uts }) => [title, uts]),
  );
});

test("sends a compilation with the artists of its tracks and an album artist", async () => {
  const { scrobbling, desk } = await connectToFakeScrobbler();
  await scrobbling.scrobble([
    buildSentPlay(1, { artist: "Nico & +", albumArtist: "Various Artists", album: "A&M = 100%" }),
  ]);
  expect(desk.stored).toMatchObject([
    { artist: "Nico & +", albumArtist: "Various Artists", album: "A&M = 100%" },
  ]);
});

test("empty parameters are not sent", async () => {
  const { scrobbling, lastfm, desk } = await connectToFakeScrobbler();
  await scrobbling.scrobble([buildSentPlay(1, { album: "", albumArtist: "", durationSeconds: null })]);
  expect(desk.stored).toHaveLength(1);
  expect(lastfm.requests[0]?.body).not.toMatch(/album|duration/);
  expect(lastfm.requests[0]).toMatchObject({ method: "POST", search: "" });
});

test("returns a receipt for each play", async () => {
  const codes = new Map([1, 2, 3, 4, 5, 6].map((code) => [`Track ${code}`, code]));
  const { scrobbling } = await connectToFakeScrobbler({ ignores: ({ track }) => codes.get(track) ?? 0 });
  const refusals = ["artist", "track", "too-old", "too-new", "daily-limit", "unknown"];
  expect(await scrobbling.scrobble(buildSentPlays(8))).toEqual([
    { isStored: true },
    ...refusals.map((refusal): Receipt => ({ isStored: false, refusal }) as Receipt),
    { isStored: true },
  ]);
});

function changeAcceptedCount(body: unknown, accepted: number): unknown {
  const { scrobbles } = body as { scrobbles: object };
  return { scrobbles: { ...scrobbles, "@attr": { accepted, ignored: 0 } } };
}

const faults: readonly (readonly [string, Fault])[] = [
  ["lost on its way", lost],
  ["stored, and the answer lost", cut],
  ["stored, and half of the answer", truncated],
  [
    "stored, and a server's failure for an answer",
    { kind: "edit", edit: () => ({ error: 16, message: "x" }) },
  ],
  [
    "stored, and an answer that counts fewer plays than it accepts",
    { kind: "edit", edit: (body) => changeAcceptedCount(body, 2) },
  ],
  [
    "stored, and an answer about other plays",
    { kind: "edit", edit: () => ({ scrobbles: { scrobble: [] } }) },
  ],
  ["not stored: offline", respondWithLastfmError(11)],
];

test.each(faults)("sends the same bytes again and stores the play once if it is %s", async (_, fault) => {
  const { scrobbling, desk, lastfm } = await connectToFakeScrobbler();
  lastfm.behaviour.onRequest = (n) => (n <= 2 ? fault : undefined);
  const sent = buildSentPlays(3);
  expect(await scrobbling.scrobble(sent)).toEqual(sent.map(() => ({ isStored: true })));
  expect(desk.stored).toHaveLength(3);
  expect(lastfm.requests.length).toBeGreaterThan(2);
  expect(new Set(lastfm.requests.map(({ body }) => body)).size).toBe(1);
});

test("error 29 refuses all plays until tomorrow, after one request", async () => {
  const { scrobbling, lastfm } = await connectToFakeScrobbler();
  lastfm.behaviour.onRequest = () => respondWithLastfmError(29);
  const refused: Receipt = { isStored: false, refusal: "daily-limit" };
  expect(await scrobbling.scrobble(buildSentPlays(3))).toEqual([refused, refused, refused]);
  expect(lastfm.requests).toHaveLength(1);
});

test("exchanges a token for a session once, after the user allowed it", async () => {
  const { scrobbling, desk } = await connectToFakeScrobbler();
  const token = await scrobbling.requestToken();
  expect(scrobbling.buildPermissionUrl(token)).toBe(
    `https://www.last.fm/api/auth/?api_key=lastfm0key0d41d8cd98f00b204e980&token=${token}`,
  );
  expect(await scrobbling.requestSession(token)).toBeNull();
  desk.tokens.set(token, "NightOwl");
  const session = await scrobbling.requestSession(token);
  expect(session?.username).toBe("NightOwl");
  expect(desk.sessions.get(session?.key ?? "")).toBe("NightOwl");
  expect(await catchFailure(scrobbling.requestSession(token))).toBeInstanceOf(RejectedCredential);
});

test.each([
  ["a session that was taken back", {}, "gone-session-key", /does not let rewind scrobble for you/],
  ["no session", {}, "", /have not let rewind scrobble yet/],
  ["another shared secret", { secret: "x".repeat(32) }, undefined, /rejected the shared secret/],
])("fails after %s without showing a secret", async (_, settings, session, told) => {
  const { scrobbling, reports } = await connectToFakeScrobbler(settings, session);
  const failure = await catchFailure(scrobbling.scrobble(buildSentPlays(1)));
  expect(failure).toBeInstanceOf(RejectedCredential);
  expect(failure.message).toMatch(told);
  expect(failure).toMatchObject({ hint: expect.stringContaining("rewind login --scrobble") as string });
  const all = JSON.stringify([failure.message, reports]);
  for (const hidden of [secret, "a-session-key", "gone-session-key", "api_sig"])
    expect(all).not.toContain(hidden);
});
