import { expect, test } from "vitest";
import type { AccountError } from "../../../src/model/errors.ts";
import {
  BadAnswer,
  PrivateListing,
  RejectedCredential,
  ShortPage,
  Throttled,
  UnexpectedRefusal,
  UnknownUser,
} from "../../../src/sources/transport/service-errors.ts";
import type { CollectionService } from "../../../src/sources/services/service-clients.ts";
import { generousLimit } from "../../support/fake-discogs.ts";
import {
  respondWith,
  cut,
  editBody,
  hang,
  respondWithHtml,
  respondTooManyRequests,
  type Fault,
} from "../../support/response-faults.ts";
import { generateServiceData } from "../../support/generated-data.ts";
import { Listing } from "../../support/editable-list.ts";
import { createDiscogsData, createDiscogsAccount } from "../../support/service-data.ts";
import { connectToFakes, catchFailure } from "../connected-clients.ts";

const discogsData = generateServiceData({ records: 250, wants: 120, plays: 10 }).discogs;

async function fetchWholeCollection(discogs: CollectionService): Promise<unknown[]> {
  const first = await discogs.fetchCollectionPage("CrateDigger", 1, "oldest-first");
  const rest = await Promise.all(
    Array.from({ length: first.pages - 1 }, (_, at) =>
      discogs.fetchCollectionPage("CrateDigger", at + 2, "oldest-first"),
    ),
  );
  return [first, ...rest].flatMap(({ rows }) => rows);
}

test("every request says who we are, asks for gzip, and carries the token in its header alone", async () => {
  const { services, discogs } = await connectToFakes({ discogs: discogsData });
  await services.collection.fetchIdentity();
  await services.collection.fetchCollectionPage("cratedigger", 2, "newest-first");
  expect(discogs.requests).toHaveLength(2);
  for (const { headers, path, query } of discogs.requests) {
    expect(headers).toMatchObject({
      "user-agent": "rewind-shelf/9.8.7",
      "accept-encoding": "gzip",
      authorization: `Discogs token=${discogsData.token}`,
    });
    expect(JSON.stringify([path, query])).not.toContain(discogsData.token);
  }
  expect(discogs.requests[1]?.query).toEqual({
    per_page: "100",
    sort: "added",
    sort_order: "desc",
    page: "2",
  });
});

test("decodes records, wants, folders and fields", async () => {
  const { services } = await connectToFakes({ discogs: discogsData });
  expect(await fetchWholeCollection(services.collection)).toEqual(discogsData.shelf.records.rows);
  const { rows, ...counts } = await services.collection.fetchWantsPage("CrateDigger", 2);
  expect(counts).toEqual({ page: 2, pages: 2, total: 120 });
  expect(rows).toEqual(discogsData.shelf.wants.rows.slice(100));
  expect(await services.collection.fetchFolders("CrateDigger")).toEqual([
    { id: 0, name: "All", count: 250 },
    { id: 1, name: "Uncategorized", count: 154 },
    { id: 20, name: "Singles & 12s", count: 50 },
    { id: 30, name: "Boxes", count: 46 },
  ]);
  expect(await services.collection.fetchCustomFields("CrateDigger")).toEqual(discogsData.shelf.fields.rows);
});

test.each([
  ["an empty collection is one empty page", 1, 1],
  ["a page past the end is empty", 4, 3],
])("%s", async (_, page, pages) => {
  const { services } = await connectToFakes();
  const answered = await services.collection.fetchCollectionPage("CrateDigger", page, "oldest-first");
  expect(answered).toEqual({ page, pages, total: 0, rows: [] });
});

test.each(["../../oauth/identity", "a/b?c#d", "...", "Žluť 桜", "half\ud800pair"])(
  "the name %j stays one path segment",
  async (username) => {
    const { services, discogs } = await connectToFakes();
    expect(await catchFailure(services.collection.fetchProfile(username))).toBeInstanceOf(UnknownUser);
    expect(discogs.requests[0]?.path).toMatch(/^\/users\/[^/]+$/);
  },
);

const temporaryFaults: readonly (readonly [string, Fault])[] = [
  ["a cut connection", cut],
  ["no answer", hang],
  ["HTML with status 200", respondWithHtml(200)],
  ["HTML with status 403", respondWithHtml(403, "Just a moment...")],
  ["no pagination", editBody((body: { pagination?: unknown }) => delete body.pagination)],
  ["a row too few", editBody((body: { releases: unknown[] }) => body.releases.pop())],
  ["a row too many", editBody((body: { releases: unknown[] }) => body.releases.push(body.releases[0]))],
  ["another page", editBody((body: { pagination: { page: number } }) => (body.pagination.page = 2))],
];

test.each(temporaryFaults)("retries after %s, and names service and call if it fails", async (_, fault) => {
  const { services, discogs, reports } = await connectToFakes({ discogs: discogsData });
  discogs.behaviour.onRequest = (n) => (n < 3 ? fault : undefined);
  const page = await services.collection.fetchCollectionPage("CrateDigger", 1, "oldest-first");
  expect(page.rows).toEqual(discogsData.shelf.records.rows.slice(0, 100));
  expect(reports.map(({ outcome }) => outcome.slice(0, 9))).toEqual(["again in ", "again in ", "ok"]);
  discogs.behaviour.onRequest = () => fault;
  const error = await catchFailure(services.collection.fetchCollectionPage("CrateDigger", 1, "oldest-first"));
  expect(error).toBeInstanceOf(BadAnswer);
  expect(error).toMatchObject({ exitCode: 3 });
  expect(error.message).toMatch(/^Discogs: collection page 1/);
  expect(error.message.length).toBeLessThan(300);
  expect(discogs.requests).toHaveLength(3 + (fault.kind === "hang" ? 4 : 5));
});

test("the error for a page that stays short has the page", async () => {
  const { services, discogs } = await connectToFakes({ discogs: discogsData });
  discogs.behaviour.onRequest = () => editBody((body: { releases: unknown[] }) => body.releases.pop());
  const error = await catchFailure(services.collection.fetchCollectionPage("CrateDigger", 1, "oldest-first"));
  expect(error).toBeInstanceOf(ShortPage);
  expect((error as ShortPage).page.rows).toEqual(discogsData.shelf.records.rows.slice(0, 99));
});

test("decodes rows with null, missing and text fields", async () => {
  const { services, discogs } = await connectToFakes({ discogs: discogsData });
  const row = {
    id: null,
    instance_id: "77",
    rating: null,
    date_added: null,
    notes: "",
    basic_information: {
      id: "5",
      title: null,
      year: "0",
      master_id: "0",
      artists: { id: null, name: "A\u0003 \ud800", anv: null, join: " & " },
      formats: [
        { name: "Vinyl", qty: "2", descriptions: null },
        { name: null, qty: "a few" },
      ],
      labels: null,
      styles: "",
      cover_image: "https://st.discogs.com/images/spacer.gif",
    },
  };
  discogs.behaviour.onRequest = () =>
    respondWith(200, { pagination: { page: "1", pages: "1", per_page: "100", items: "1" }, releases: row });
  const { rows } = await services.collection.fetchCollectionPage("CrateDigger", 1, "oldest-first");
  expect(rows).toEqual([
    {
      instanceId: 77,
      rating: 0,
      dateAdded: null,
      folderId: null,
      fieldValues: [],
      release: {
        id: 5,
        title: "",
        year: null,
        masterId: null,
        artists: [{ id: null, name: "A\u0003 \ufffd", anv: "", join: "&" }],
        formats: [
          { name: "Vinyl", quantity: 2, text: "", descriptions: [] },
          { name: "", quantity: 1, text: "", descriptions: [] },
        ],
        labels: [],
        genres: [],
        styles: [],
        coverUrl: null,
        thumbUrl: null,
      },
    },
  ]);
});

test("a rejected token fails at once", async () => {
  const { services, discogs } = await connectToFakes();
  discogs.behaviour.onRequest = () =>
    respondWith(401, { message: "Invalid consumer token. Please register an app before making requests." });
  const error = await catchFailure(services.collection.fetchIdentity());
  expect(error).toBeInstanceOf(RejectedCredential);
  expect(error).toMatchObject({ message: "Discogs rejected the token", exitCode: 4 });
  expect((error as AccountError).hint).toContain("https://www.discogs.com/settings/developers");
  expect(discogs.requests).toHaveLength(1);
});

test.each(["", "two words", "line\nbreak", "tökén"])(
  "the token %j is rejected without being sent",
  async (token) => {
    const { services, discogs } = await connectToFakes({ discogs: createDiscogsData({ token }) });
    expect(await catchFailure(services.collection.fetchIdentity())).toBeInstanceOf(RejectedCredential);
    expect(discogs.requests).toHaveLength(0);
  },
);

test("private listings, unknown users and foreign folders are told apart, each at the first answer", async () => {
  const shy = createDiscogsAccount({ username: "Shy", collectionPublic: false, wantlistPublic: false });
  const open = createDiscogsAccount({
    username: "Open",
    records: new Listing(discogsData.shelf.records.rows.slice(0, 3)),
  });
  const { services, discogs } = await connectToFakes({
    discogs: createDiscogsData({ others: [shy, open] }),
  });
  const failures = [
    await catchFailure(services.collection.fetchCollectionPage("shy", 1, "oldest-first")),
    await catchFailure(services.collection.fetchWantsPage("open", 1)),
    await catchFailure(services.collection.fetchCollectionPage("nobody", 1, "oldest-first")),
  ];
  expect(failures.map((error) => error.constructor)).toEqual([PrivateListing, PrivateListing, UnknownUser]);
  expect(failures.map(({ message }) => message)).toEqual([
    'The Discogs collection of "shy" is private',
    'The Discogs wantlist of "open" is private',
    'Discogs has no user "nobody"',
  ]);
  expect(discogs.requests).toHaveLength(3);
  const { rows } = await services.collection.fetchCollectionPage("open", 1, "oldest-first");
  expect(rows.map(({ folderId }) => folderId)).toEqual([null, null, null]);
});

test.each([
  ["a redirect", respondWith(302, "", { location: "https://elsewhere.example/" })],
  ["a request it can't take", respondWith(422, { message: "Invalid sort" })],
])("%s is refused, not followed and not repeated", async (_, fault) => {
  const { services, discogs } = await connectToFakes({ discogs: discogsData });
  discogs.behaviour.onRequest = () => fault;
  const error = await catchFailure(services.collection.fetchIdentity());
  expect(error).toBeInstanceOf(UnexpectedRefusal);
  expect(discogs.requests).toHaveLength(1);
});

test("fetches 3 000 records in one burst within one window without a wait", async () => {
  const big = generateServiceData({ records: 3_000, wants: 250, plays: 10 }).discogs;
  const { services, discogs, clock } = await connectToFakes({ discogs: big });
  discogs.behaviour.latencyMs = 5;
  await services.collection.fetchIdentity();
  const rows = await fetchWholeCollection(services.collection);
  await Promise.all([1, 2, 3].map((page) => services.collection.fetchWantsPage("CrateDigger", page)));
  expect(rows).toHaveLength(3_000);
  expect(services.collection.usage.requests).toBe(34);
  expect(clock.slept).toEqual([]);
  expect(discogs.peakInFlight).toBe(4);
});

test.each([
  ["Discogs", respondTooManyRequests()],
  ["its front end", respondWithHtml(429)],
])("waits a whole window after a 429 of %s, then sends one request first", async (_, refused) => {
  const { services, discogs, clock, waits } = await connectToFakes({ discogs: discogsData });
  discogs.behaviour.limit = generousLimit;
  discogs.behaviour.latencyMs = 5;
  await services.collection.fetchIdentity();
  const before = discogs.requests.length;
  let answeredBeforeNext: unknown = "not asked";
  discogs.behaviour.onRequest = (n) => {
    if (n === before + 6) answeredBeforeNext = discogs.requests[before + 4]?.status;
    return n > before && n <= before + 4 ? refused : undefined;
  };
  const calls = Array.from({ length: 12 }, (_unused, at) =>
    services.collection.fetchCollectionPage("CrateDigger", 1 + (at % 3), "oldest-first"),
  );
  await Promise.all(calls);
  const times = discogs.requests.slice(before).map(({ atMs }) => atMs);
  expect(times).toHaveLength(16);
  const [lastRefused = 0, ahead = 0] = times.slice(3, 5);
  expect(ahead - lastRefused).toBeGreaterThan(59_000);
  expect(answeredBeforeNext).toBe(200);
  expect(clock.slept.filter((ms) => ms >= 60_000)).toHaveLength(1);
  expect(waits).toEqual([{ service: "discogs", ms: expect.any(Number), reason: "too many requests" }]);
});

test("waits as long as the service asks, or fails at once if that is too long", async () => {
  const { services, discogs, clock } = await connectToFakes({ discogs: discogsData });
  discogs.behaviour.onRequest = (n) => (n === 1 ? respondTooManyRequests(90) : undefined);
  await services.collection.fetchIdentity();
  expect(clock.slept[0]).toBeGreaterThanOrEqual(90_000);
  expect(clock.slept[0]).toBeLessThan(95_000);
  discogs.behaviour.onRequest = () => respondTooManyRequests(7_200);
  const error = await catchFailure(services.collection.fetchIdentity());
  expect(error).toBeInstanceOf(Throttled);
  expect((error as Throttled).hint).toMatch(/^Try again in 2 h/);
  expect(discogs.requests).toHaveLength(3);
});

test("an interruption ends a running call, a waiting one and a sleeping one at once", async () => {
  const { services, discogs } = await connectToFakes({ discogs: discogsData });
  const stop = new AbortController();
  const reason = new Error("stopped by the user");
  // The first sleeps before it tries again, four run, the sixth waits for one of them.
  discogs.behaviour.onRequest = (n) => {
    if (n === 5) stop.abort(reason);
    return n === 1 ? respondWithHtml(503) : hang;
  };
  const calls = Array.from({ length: 6 }, () => services.collection.fetchIdentity({ signal: stop.signal }));
  const failures = await Promise.all(calls.map(catchFailure));
  expect(failures.filter((error) => error !== reason)).toEqual([]);
  expect(discogs.requests).toHaveLength(5);
  expect(await catchFailure(services.collection.fetchIdentity({ signal: stop.signal }))).toBe(reason);
  discogs.behaviour.onRequest = null;
  expect(await services.collection.fetchIdentity()).toMatchObject({ username: "CrateDigger" });
});
