import { EventEmitter } from "node:events";
import { existsSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { stripVTControlCharacters } from "node:util";
import { expect, test } from "vitest";
import type { SummaryDocument } from "../../src/queries/documents/sync-documents.ts";
import { createCliFixture } from "../support/cli-fixture.ts";
import { parseContractDocument } from "../support/contract-schema.ts";
import { openRefusingAddress } from "../support/refusing-address.ts";
import { requireError, runCli } from "../support/run-cli.ts";
import { createSampleSync } from "../support/sample-home.ts";
import { createLastfmAccount, createDiscogsAccount } from "../support/service-data.ts";

test("a sync prints a line for each step and what to run next", async () => {
  const person = await createCliFixture();
  const { code, stdout, stderr } = await person.rewind(["sync"]);
  expect({ code, stdout }).toEqual({ code: 0, stdout: "" });
  const lines = stderr.trimEnd().split("\n");
  expect(stderr).toMatch(/^(Discogs)? +collection +120 records +\d+ requests? /m);
  expect(stderr).toMatch(/^(Discogs)? +wantlist +12 wants +1 request /m);
  expect(stderr).toMatch(/^(Last\.fm)? +albums +\d+ albums +\d+ requests? /m);
  expect(stderr).toMatch(/^(Last\.fm)? +history +600 plays +\d+ requests? /m);
  expect(lines.at(-3)).toMatch(/^Match +\d+ by album · \d+ artist only · \d+ none/);
  expect(lines.at(-2)).toMatch(/^Done in .* Next: rewind xref --never --kind album --sort artist-plays$/);
  expect(lines.at(-1)).toMatch(/^For original years: rewind sync --musicbrainz /);
  // Tracklists come last of the steps: only of what they would settle.
  expect(lines.at(-4)).toMatch(/^(Discogs)? +tracklists +\d tracklists? +\d requests? /);
  expect(lines).toHaveLength(9);

  const requests = person.discogs.requests.length + person.lastfm.requests.length;
  const answer = await person.rewind(["xref", "--all", "--json"]);
  const { data, summary } = parseContractDocument(answer.stdout);
  expect(data).toHaveLength(120);
  expect(summary.total_matches).toBe(
    data.filter(({ listening }) => listening["match_type"] !== "none").length,
  );
  expect(summary.unlistened_count).toBe(data.filter(({ listening }) => listening.play_count === 0).length);
  // Questions never ask the services.
  expect(person.discogs.requests.length + person.lastfm.requests.length).toBe(requests);
});

test("sync and import end and move no cursor on a terminal of 0 columns", async () => {
  const person = await createCliFixture({ records: 20, albums: 15, plays: 100 });
  const history = join(person.home, "plays.csv");
  writeFileSync(history, "artist,album,track,date\nCan,Tago Mago,Mushroom,2026-03-10 20:00\n");
  for (const argv of [["sync"], ["import", history]]) {
    const { code, stdout, stderr } = await person.rewind(argv, { tty: true, columns: 0 });
    expect(code).toBe(0);
    const sequences = (stdout + stderr).split("\u001b[").slice(1);
    expect(sequences.filter((sequence) => /^[\d;?]*[ABGHJhl]/.test(sequence))).toEqual([]);
  }
});

test("--json prints one document with the figures of each step; --quiet prints nothing else", async () => {
  const person = await createCliFixture();
  const { code, stdout, stderr } = await person.rewind(["sync", "--json", "--quiet"]);
  expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
  const summary = JSON.parse(stdout) as SummaryDocument;
  const time = expect.stringMatching(/^2026-03-14T12:\d\d:\d\dZ$/) as string;
  const steps = expect.any(Array) as [];
  const day = expect.stringMatching(/^20\d\d-\d\d-\d\dT/) as string;
  const both = ["discogs", "lastfm"].map((name) => ({
    name,
    status: "done",
    message: null,
    data_until: day,
  }));
  expect(summary).toEqual({
    started_at: time,
    finished_at: time,
    complete: true,
    steps,
    notes: [],
    services: both,
  });
  expect(summary.steps.map(({ name }) => name).join(" ")).toBe(
    "collection wantlist albums history match tracklists",
  );
  const counts = { rows: 120, added: 120, updated: 0, removed: 0 };
  const [requests, seconds] = [expect.any(Number) as number, expect.any(Number) as number];
  expect(summary.steps[0]).toEqual({ name: "collection", requests, seconds, status: "done", ...counts });
  const sent = summary.steps.reduce((sum, step) => sum + step.requests, 0);
  expect(sent).toBe(person.discogs.requests.length + person.lastfm.requests.length);
  const again = JSON.parse((await person.rewind(["sync", "--json"])).stdout) as SummaryDocument;
  expect(again.steps.slice(0, 4).map(({ status }) => status)).toEqual(Array(4).fill("unchanged"));
});

test("on a terminal the first line appears before the first request and is erased", async () => {
  const person = await createCliFixture();
  let asked = 0;
  let askedAtFirst: number | null = null;
  let shown = "";
  person.discogs.behaviour.onRequest = () => {
    asked += 1;
  };
  await person.rewind(["sync"], {
    tty: true,
    onOutput: (text) => {
      askedAtFirst ??= asked;
      shown += text;
    },
  });
  expect(askedAtFirst).toBe(0);
  expect(shown.startsWith("Checking your accounts\r\u001b[2K")).toBe(true);
  const failed = await person.rewind(["sync"], { tty: true, env: { LASTFM_API_KEY: undefined } });
  expect(failed.stderr.startsWith("Checking your accounts\r\u001b[2Krewind: ")).toBe(true);
});

test("--verbose shows each request without secrets", async () => {
  const person = await createCliFixture();
  const { stderr } = await person.rewind(["sync", "--verbose"]);
  const shown = stderr.split("\n").filter((line) => /^(discogs|lastfm) {2}/.test(line));
  expect(shown).toHaveLength(person.discogs.requests.length + person.lastfm.requests.length);
  expect(shown.every((line) => / 200 · \d+ ms/.test(line))).toBe(true);
});

test("--only and --no-history leave the rest unchanged", async () => {
  const person = await createCliFixture();
  await person.rewind(["sync", "--only", "lastfm", "--no-history"]);
  expect(person.discogs.requests).toEqual([]);
  const asked = new Set(person.lastfm.requests.map(({ query }) => query["method"]?.toLowerCase()));
  expect(asked).toEqual(new Set(["user.getinfo", "user.gettopalbums"]));
  expect(requireError(await person.rewind(["xref"]), 5)).toMatch(
    /^rewind: the Discogs collection is not synced yet\n/,
  );
  const other = await person.rewind(["sync", "--only", "discogs"]);
  expect(other.code).toBe(0);
  const { data } = parseContractDocument((await person.rewind(["xref", "--json"])).stdout);
  expect(data.map(({ listening }) => listening["last_played"])).toEqual(Array(20).fill(null));
});

test("--tracklists fetches all tracklists from Discogs and reports waits once", async () => {
  const person = await createCliFixture();
  // The client must assume sixty requests a minute if there are no rate limit headers.
  person.discogs.behaviour.limit = null;
  const { code, stderr } = await person.rewind(["sync", "--tracklists"]);
  expect(code).toBe(0);
  expect(stderr).toMatch(/^(Discogs)? +tracklists +\d+ tracklists +1\d\d requests /m);
  expect(stderr.match(/^Discogs: waiting .*rate limit$/gm)).toHaveLength(1);
  const asked = person.discogs.requests.length;
  const nothingNew = await person.rewind(["sync", "--tracklists"]);
  expect(nothingNew.stderr).not.toContain("tracklists");
  expect(person.discogs.requests.length - asked).toBeLessThan(5);

  const refused = await person.rewind(["sync", "--only", "lastfm", "--tracklists"]);
  expect(refused).toMatchObject({
    code: 2,
    stderr:
      "rewind: --tracklists needs Discogs, but --only lastfm does not sync it\nRun: rewind sync --only discogs --tracklists\n",
  });
});

test("without settings a sync names the one that it needs and creates no file", async () => {
  const person = await createCliFixture();
  const stderr = requireError(await runCli(["sync"], { home: person.home }), 4);
  expect(stderr).toMatch(/rewind is not connected yet: DISCOGS_TOKEN is missing$/m);
  expect(stderr).toMatch(/discogs\.com\/settings\/developers$/m);
  expect(readdirSync(person.home)).toEqual([]);
});

test.each([
  [
    "a wrong token",
    { DISCOGS_TOKEN: "wrong-secret-value" },
    /Discogs rejected the token[\s\S]*settings\/developers/,
  ],
  ["an unknown name on Discogs", { DISCOGS_USERNAME: "nobody-here" }, /nobody-here[\s\S]*DISCOGS_USERNAME/],
  [
    "someone's private collection",
    { DISCOGS_USERNAME: "Recluse" },
    /collection of "Recluse" is private\nNo records are known yet\.\nUse a token of "Recluse", or make the collection public: http/,
  ],
])("exits with 4 and syncs no records if %s", async (_, env, message) => {
  const person = await createCliFixture();
  person.worlds.discogs.others.push(createDiscogsAccount({ username: "Recluse", collectionPublic: false }));
  const stderr = requireError(await person.rewind(["sync"], { env }), 4);
  expect(stderr).toMatch(message);
  expect(stderr).not.toMatch(/^ {4}at /m);
  expect((await person.rewind(["xref"])).code).toBe(5);
});

test("a cache stays with its accounts", async () => {
  const person = await createCliFixture();
  person.worlds.lastfm.others.push(createLastfmAccount({ name: "EarlyBird" }));
  await person.rewind(["sync"]);
  const before = await person.rewind(["xref", "--all", "--json"]);
  const { code, stderr } = await person.rewind(["sync"], { env: { LASTFM_USERNAME: "earlybird" } });
  expect(code).toBe(4);
  expect(stderr).toMatch(
    /belongs to NightOwl on Last\.fm, not to EarlyBird\nYour 600 plays until [^\n]* stay\.\n.*--db/,
  );
  expect((await person.rewind(["xref", "--all", "--json"])).stdout).toBe(before.stdout);
  // The same person in another spelling is the same person.
  expect((await person.rewind(["sync"], { env: { LASTFM_USERNAME: "nightowl" } })).code).toBe(0);
});

test.each([
  ["DISCOGS_API_URL", "http://discogs.example.org"],
  ["MUSICBRAINZ_API_URL", "http://mb.example/ws/2/"],
  ["MUSICBRAINZ_API_URL", "ftp://127.0.0.1/"],
  ["COVERART_API_URL", "http://caa.example/"],
  ["DISCOGS_IMAGES_URL", "no address"],
  ["REWIND_COVERS", "all"],
])("%s=%s is refused before any request", async (name, value) => {
  const person = await createCliFixture();
  expect(requireError(await person.rewind(["sync"], { env: { [name]: value } }), 2)).toContain(name);
  expect([...person.discogs.requests, ...person.lastfm.requests]).toEqual([]);
  expect(existsSync(join(person.home, "data"))).toBe(false);
});

test("keeps the other service if one is down, and says what is missing and what to do", async () => {
  const person = await createCliFixture();
  const env = { DISCOGS_API_URL: await openRefusingAddress() };
  const { code, stdout, stderr } = await person.rewind(["sync", "--json"], { env });
  expect(code).toBe(3);
  expect(stderr).toMatch(/rewind: Discogs can't be reached/);
  expect(stderr).toMatch(
    /\nNo records are known yet\.\nCheck your network connection; rewind sync continues/,
  );
  const summary = JSON.parse(stdout) as {
    complete: boolean;
    steps: { name: string; status: string; rows: number }[];
  };
  expect(summary.complete).toBe(false);
  expect(summary.steps.find(({ name }) => name === "history")).toMatchObject({ status: "done", rows: 600 });
});

test.each([
  ["SIGINT", 130],
  ["SIGTERM", 143],
] as const)("ends after %s with exit code %i, and completes in the next sync", async (signal, expected) => {
  const person = await createCliFixture();
  const signals = new EventEmitter();
  person.lastfm.behaviour.onRequest = async (_, { query }) => {
    if (query["method"]?.toLowerCase() !== "user.getrecenttracks") return;
    signals.emit(signal);
    await Promise.resolve();
    // The next one is the system's own.
    expect(signals.eventNames()).toEqual([]);
  };
  const stderr = requireError(await person.rewind(["sync"], { signals }), expected);
  expect(stderr).toMatch(/rewind: interrupted\nWhat was fetched is kept/);
  person.lastfm.behaviour.onRequest = null;
  expect((await person.rewind(["sync"])).code).toBe(0);
  const { pagination } = parseContractDocument((await person.rewind(["xref", "--json"])).stdout);
  expect(pagination.total).toBe(120);
});

test("a sync that took no time says so as a person would", async () => {
  const { stderr } = await runCli(["sync"], createSampleSync());
  expect(stderr).toMatch(/^Done in less than a second: \d+ records, 4 wants, [\d,]+ plays new\. Next: /m);
});

test.each([80, 200])("the last line says what is new, on a terminal of %i columns", async (columns) => {
  const person = await createCliFixture();
  const readLastLine = async (): Promise<string> => {
    const { stderr } = await person.rewind(["sync"], { tty: true, columns });
    return stripVTControlCharacters(stderr).replace(/\s+/g, " ");
  };
  expect(await readLastLine()).toMatch(
    /Done in [^:]+: 120 records, 12 wants, 600 plays new\. Next: rewind xref /,
  );
  expect(await readLastLine()).toMatch(/Done in [^:]+: nothing new\. Next: rewind xref /);
});

test("an interrupted first sync says what it has so far", async () => {
  const person = await createCliFixture();
  await person.rewind(["sync", "--only", "discogs"]);
  const signals = new EventEmitter();
  person.lastfm.behaviour.onRequest = (_, { query }) => {
    if (query["method"]?.toLowerCase() === "user.getrecenttracks") signals.emit("SIGINT");
  };
  const stderr = requireError(await person.rewind(["sync"], { signals }), 130);
  expect(stderr).toMatch(/^So far: 120 records, 12 wants\.\nrewind: interrupted$/m);
});
