import { inspect } from "node:util";
import { expect, test } from "vitest";
import {
  respondWith,
  cut,
  respondWithHtml,
  respondWithLastfmError,
  respondTooManyRequests,
  type Fault,
} from "../support/response-faults.ts";
import { startFakeListenBrainz } from "../support/fake-listenbrainz.ts";
import { createListenBrainzData } from "../support/listenbrainz-data.ts";
import { secretExamples } from "../support/secret-examples.ts";
import { createDiscogsData, createLastfmData } from "../support/service-data.ts";
import { createCliFixture } from "../support/cli-fixture.ts";
import { connectToFakes, catchFailure } from "./connected-clients.ts";

const token = "tOk%en/with+odd&signs=1";
const apiKey = "k3y with / odd & signs";

function listEncodings(secret: string): string[] {
  return [secret, encodeURIComponent(secret), encodeURIComponent(secret).replaceAll("%20", "+")];
}

const echoes: readonly (readonly [string, Fault])[] = [
  [
    "a web page",
    respondWithHtml(
      200,
      `${token} ${encodeURIComponent(token)} api_key=${encodeURIComponent(apiKey)} ${apiKey}`,
    ),
  ],
  ["a web page with status 503", respondWithHtml(503, `${token} ${apiKey}`)],
  [
    "half JSON",
    respondWith(200, `{"token": "${token}", "key": "${apiKey}", `, { "content-type": "application/json" }),
  ],
  ["a message", respondWith(422, { message: `no: ${token} ${apiKey}`, error: 3 })],
  ["a message of a failure", respondWith(500, { message: `no: ${token} ${apiKey}`, error: 8 })],
  ["a refusal", respondWith(401, { message: token, error: 10 })],
  ["a secret at the cut of the snippet", respondWithHtml(200, `${"x".repeat(60)}${token}${apiKey}`)],
  [
    "JSON of another shape",
    respondWith(200, { pagination: token, topalbums: apiKey, recenttracks: [token, apiKey] }),
  ],
  ["a cut", cut],
  ["throttling", respondTooManyRequests(9_999)],
  ["an error", respondWithLastfmError(6)],
];

test.each(echoes)(
  "shows no secret in error, cause, report or wait, whatever comes back: %s",
  async (_, fault) => {
    const { services, discogs, lastfm, reports, waits } = await connectToFakes({
      discogs: createDiscogsData({ token }),
      lastfm: createLastfmData({ apiKey }),
    });
    discogs.behaviour.onRequest = () => fault;
    lastfm.behaviour.onRequest = () => fault;
    // Sent as an odd token would be: in the header, where it must not be altered.
    const errors = [
      await catchFailure(services.collection.fetchCollectionPage("someone", 1, "oldest-first")),
      await catchFailure(services.listening.fetchAlbumPage("nightowl", 1, 1000)),
      await catchFailure(services.listening.fetchScrobblePage("nightowl", { page: 1, limit: 1000 })),
    ];
    expect(discogs.requests[0]?.headers["authorization"]).toBe(`Discogs token=${token}`);
    const shown = inspect(
      { errors, reports, waits },
      { depth: Infinity, showHidden: true, maxStringLength: null },
    );
    for (const form of [...listEncodings(token), ...listEncodings(apiKey)]) expect(shown).not.toContain(form);
    expect(reports.length).toBeGreaterThanOrEqual(2);
  },
);

/** Variables that hold no secret, and the commands that read them. */
const readers: readonly (readonly [variable: string, commands: readonly string[]])[] = [
  ["DISCOGS_USERNAME", ["sync --verbose", "config", "doctor"]],
  ["LASTFM_USERNAME", ["sync --verbose --debug", "config", "doctor"]],
  ["LISTENBRAINZ_USERNAME", ["sync --verbose --debug", "config", "doctor"]],
  ["DISCOGS_API_URL", ["sync --debug", "config", "doctor"]],
  ["LISTENBRAINZ_API_URL", ["sync --debug", "config", "doctor"]],
  ["REWIND_SHELF_FIELD", ["pick", "config", "doctor"]],
  ["REWIND_PRICE_FIELD", ["sync", "config", "doctor"]],
  ["REWIND_DB", ["xref --debug"]],
  ["REWIND_CONTACT", ["sync --debug", "config", "doctor"]],
];

test.each(readers)("a secret in %s is neither shown nor sent", async (variable, commands) => {
  const person = await createCliFixture({ records: 5, albums: 5, plays: 10, wants: 1 });
  const listens = await startFakeListenBrainz(createListenBrainzData(), { clock: person.clock });
  const addresses = { LISTENBRAINZ_API_URL: listens.url };
  await person.rewind(["sync"]);
  const own = person.worlds.discogs.token;
  const secrets = [...secretExamples.map(([, example]) => example), own, own.toUpperCase()];
  for (const secret of secrets) {
    for (const command of commands) {
      const { stdout, stderr } = await person.rewind(command.split(" "), {
        env: { ...addresses, [variable]: secret },
        tty: true,
      });
      expect(stdout + stderr).not.toContain(secret);
    }
  }
  const names = secretExamples.map(([, example]) => example);
  const sent = JSON.stringify([person.discogs, person.lastfm, listens].map(({ requests }) => requests));
  expect(names.filter((secret) => sent.includes(secret))).toEqual([]);
});

test.each([
  ["config", "get", "SECRET"],
  ["config", "set", "contact", "SECRET"],
  ["config", "set", "listenbrainz_username", "SECRET"],
  ["config", "set", "listenbrainz_token", "SECRET"],
  ["login", "SECRET"],
  ["login", "--token=SECRET"],
  ["sync", "--only", "SECRET"],
  ["sources", "remove", "SECRET"],
])("a secret on the command line is not shown again: %j", async (...argv) => {
  const person = await createCliFixture({ records: 5, albums: 5, plays: 10, wants: 1 });
  for (const [, secret] of secretExamples) {
    const line = argv.map((word) => word.replace("SECRET", secret));
    const { code, stdout, stderr } = await person.rewind(line, { tty: true });
    expect(code).not.toBe(0);
    expect(stdout + stderr).not.toContain(secret);
  }
});
