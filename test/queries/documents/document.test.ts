// The keys that help lists are those that --json has: every command that has it is asked.
import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { Ajv2020 } from "ajv/dist/2020.js";
import addFormats from "ajv-formats";
import { expect, test } from "vitest";
import type { JsonForm } from "../../../src/commands/shared/command-declaration.ts";
import { getProperties, type JsonSchema } from "../../../src/queries/documents/json-schema.ts";
import { glanceSchema } from "../../../src/queries/documents/statistics-documents.ts";
import { daySeconds } from "../../../src/model/times.ts";
import { buildSampleListings } from "../../../src/demo/demo-sample.ts";
import { loadDeclarations } from "../../support/declarations.ts";
import { createNewUser, saveSettings, buildSavedSettings } from "../../support/new-user.ts";
import { noon, runCli, runCliJson } from "../../support/run-cli.ts";
import { sampleHome, createSampleSync } from "../../support/sample-home.ts";

type Line = readonly string[];

/** The lines, besides --json, that fill every list of the answer, in one line or in several, by form. */
const exampleLines = new Map<string, readonly (readonly Line[])[]>([
  [
    "stats",
    [
      [[], ["--during", "1y"]],
      [
        ["--by", "genre"],
        ["--by", "genre", "--during", "1y"],
      ],
      [
        ["--by", "genre", "--over", "year"],
        ["--by", "genre", "--over", "year", "--during", "1y"],
      ],
    ],
  ],
  ["sync", [[[]], [["--events"]]]],
  ["dusty", [[["--spins", "1..", "--idle", "1d", "--all"]]]],
  ["top", [[["--during", "1y"]], [["artists", "--during", "1y"]], [["tracks", "--during", "1y"]]]],
  ["recent", [[["--during", "1y"]]]],
  ["played", [[["52", "--on", "2026-03-01"]]]],
  ["played import", [[[buildHeardTrack()]]]],
  ["pick", [[[]], [["--snooze", "52"], ["--snoozed"]]]],
  ["recap", [[[], ["2025"], ["2018.."]]]],
  ["have", [[["coltrane"], ["blue", "monday"]]]],
  ["explain", [[["1"]], [["a37"]], [["1", "--plays"]]]],
  ["sources remove", [[["pano", "--yes"]]]],
  ["sources stop", [[["lastfm"]]]],
  ["sources resume", [[["lastfm"]]]],
  ["link", [[["2", "--clear"]]]],
  ["review", [[[]], [["--changed"]]]],
  ["links import", [[["-"]]]],
  ["import", [[[fileURLToPath(new URL("../../smoke/hostile-history.json", import.meta.url))]]]],
  ["alias", [[["Frank Ocean", "Talk Talk"]], [[]]]],
  ["alias add", [[["Frank Ocean", "Talk Talk"]]]],
  ["alias remove", [[["Frank Ocean"]]]],
  ["gaps hide", [[["a1"]]]],
  ["gaps unhide", [[["a1"]]]],
  ["keys revoke", [[["1"]]]],
]);

/** The history of the sample in local time, and a play of its own, as Pano Scrobbler writes them. */
function writeShiftedHistory(): string {
  const path = join(mkdtempSync(join(tmpdir(), "rewind-history-")), "pano.jsonl");
  const rows = buildSampleListings(noon).scrobbles.filter(({ uts }) => uts > 0);
  const lines = [...rows, { uts: 1_500_000_000, artist: "Can", track: "Spoon", album: "Ege Bamyasi" }].map(
    ({ uts, artist, track, album }) =>
      JSON.stringify({ timeMs: (uts + 10_800) * 1000, artist, track, album, event: "scrobble" }),
  );
  writeFileSync(path, `${lines.join("\n")}\n`);
  return path;
}

/** Five plays a day for sixty days, in two files. One of them lacks five days. */
function writeHistoriesWithHole(): string[] {
  const folder = mkdtempSync(join(tmpdir(), "rewind-hole-"));
  const plays = Array.from({ length: 300 }, (_, at) => {
    const day = Math.floor(at / 5);
    return { day, timeMs: Date.UTC(2025, 0, 1 + day, 9 + (at % 5) * 2) };
  });
  const whole = plays.map(({ timeMs }) =>
    JSON.stringify({ timeMs, artist: "Can", track: "Spoon", event: "scrobble" }),
  );
  const holed = plays
    .filter(({ day }) => day < 30 || day > 34)
    .map(({ timeMs }) => `Can,Spoon,${new Date(timeMs).toISOString()}`);
  const paths = [join(folder, "pano.jsonl"), join(folder, "plays.csv")] as const;
  writeFileSync(paths[0], `${whole.join("\n")}\n`);
  writeFileSync(paths[1], `artist,track,time\n${holed.join("\n")}\n`);
  return [...paths];
}

/** A track that a recogniser heard. */
function buildHeardTrack(): string {
  const path = join(mkdtempSync(join(tmpdir(), "rewind-heard-")), "heard.ndjson");
  writeFileSync(path, `${JSON.stringify({ artist: "Can", title: "Spoon" })}\n`);
  return path;
}

/** An answer "another album" in a review. */
function buildDismissal(): string {
  const path = join(mkdtempSync(join(tmpdir(), "rewind-dismissed-")), "decisions.json");
  const subject = JSON.stringify([["Can", "Ege Bamyasi"]]);
  const review = { release_id: 1, subject, verdict: "dismissed", noted_at: "2026-03-02T20:00:00Z" };
  writeFileSync(path, JSON.stringify({ version: 2, decisions: [], aliases: [], reviews: [review] }));
  return path;
}

/** The lines to run before a command. */
const preparations = new Map<string, readonly Line[]>([
  ...["played list", "played undo"].map((path) => [path, [["played", "1", "--on", "2026-03-02"]]] as const),
  [
    "links",
    [
      ["link", "1", "--only", "a3"],
      ["link", "2", "--not", "a4"],
      ["links", "import", buildDismissal()],
    ],
  ],
  ...["sources", "sources list", "sources remove"].map(
    (path) => [path, [["import", writeShiftedHistory()]]] as const,
  ),
  ["sources check", [["import", ...writeHistoriesWithHole()]]],
  ["sources resume", [["sources", "stop", "lastfm"]]],
  ["save", [["save", "never", "--", "xref", "--never"]]],
  ["alias", [["alias", "Frank Ocean", "The Beatles"]]],
  ...["keys", "keys list", "keys revoke"].map((path) => [path, [["keys", "create"]]] as const),
  ["alias list", [["alias", "Frank Ocean", "The Beatles"]]],
  ["alias remove", [["alias", "Frank Ocean", "The Beatles"]]],
]);

const decisions = JSON.stringify({ version: 2, decisions: [], aliases: [] });

interface Described {
  readonly path: string;
  readonly form: JsonForm;
  readonly lines: readonly Line[];
}

/**
 * The sample has no account to send to: send.test.ts has one. It has no tracklists, so no side is pending:
 * played-import.test.ts has some.
 */
const withoutAnswer = new Set(["send plays", "played pending"]);

/** Commands that answer with the columns that they are asked for. */
const withoutKeys = new Set(["sql"]);

const described: Described[] = [];
const commandsWithoutJson: string[] = [];

for (const { path: words, declaration } of await loadDeclarations()) {
  const path = words.join(" ");
  const { json, options = [] } = declaration;
  const forms = (await json?.()) ?? [];
  for (const [at, form] of forms.entries()) {
    if (withoutAnswer.has(path)) continue;
    described.push({ path, form, lines: exampleLines.get(path)?.[at] ?? [[]] });
  }
  if (forms.length === 0 && options.some(({ flags }) => flags === "--json") && !withoutKeys.has(path))
    commandsWithoutJson.push(path);
}

test("every command that has --json describes its keys", () => {
  expect(commandsWithoutJson).toEqual([]);
});

const ajv = new Ajv2020({ allErrors: true, strict: false });
addFormats.default(ajv);

test.each(described)(
  "describes exactly the keys and values of $path, $form.when",
  async ({ path, form, lines }) => {
    const documents =
      path === "doctor" ? [await readDoctorDocument(form.when)] : await readDocuments(path, lines);
    expect(findSchemaFaults(form.schema, documents, "")).toEqual([]);
    const fits = ajv.compile(form.schema);
    expect(documents.flatMap((document) => (fits(document) ? [] : fits.errors))).toEqual([]);
  },
);

test("describes exactly the keys and values of rewind alone", async () => {
  const home = await sampleHome();
  const days = [0, 4, 30].map((count) => noon + count * daySeconds * 1000);
  const documents: unknown[] = [];
  for (const now of days) documents.push(await runCliJson(["--json"], { home, now }));
  expect(findSchemaFaults(glanceSchema, documents, "")).toEqual([]);
  const fits = ajv.compile(glanceSchema);
  expect(documents.flatMap((document) => (fits(document) ? [] : fits.errors))).toEqual([]);
});

async function readDocuments(path: string, lines: readonly Line[]): Promise<unknown[]> {
  const home = await sampleHome();
  for (const line of preparations.get(path) ?? []) expect((await runCli(line, { home })).code).toBe(0);
  const documents: unknown[] = [];
  for (const line of lines) {
    const options = { home, stdin: decisions, ...createSampleSync() };
    if (line.includes("--events")) {
      const { stdout } = await runCli([path, ...line], options);
      // The last line is the summary, another form.
      const events = stdout.trimEnd().split("\n").slice(0, -1);
      documents.push(...events.map((event) => JSON.parse(event)));
    } else documents.push(await runCliJson([...path.split(" "), ...line, "--json"], options));
  }
  return documents;
}

/** The doctor checks settings and services of the user, which the sample has not. */
async function readDoctorDocument(when: string | undefined): Promise<unknown> {
  const person = await createNewUser();
  saveSettings(person.home, JSON.stringify(buildSavedSettings(person)));
  const { stdout } = await person.rewind([
    "doctor",
    "--json",
    ...(when === "With --report" ? ["--report"] : []),
  ]);
  return JSON.parse(stdout);
}

/** The sample has no covers, no prices, no tracklists, no reading that was broken off, no change of the rules, and no two names that a review asked about; an alias comes or goes. doctor looks before the first sync, in a pipe. */
const neverThere =
  /^\.(?:terminal|cache|last_sync|last_error)$|\.(?:image|collection_values\[\]|paid\[\]|tracks\[\]|listings\[\]\.checkpoint|changed\[\]|aliases\[\]|added\[\]|removed\[\]|reopened\[\]|two_artists\[\])$/;

/** Differences between values and their description. Values outside all lists can't be checked. */
function findSchemaFaults(schema: JsonSchema, values: readonly unknown[], at: string): string[] {
  if (values.length === 0) return neverThere.test(at) ? [] : [`${at} is nowhere`];
  const keys = getProperties(schema);
  const names = new Set(values.map((value) => Object.keys(value ?? {}).join()));
  const differing = [...names].filter((each) => each !== Object.keys(keys).join());
  return [
    ...differing.map((each) => `${at} has ${each}`),
    ...Object.entries(keys).flatMap(([name, key]) => {
      const below = values
        .map((value) => (value as Record<string, unknown>)[name])
        .filter((value) => value !== null);
      const isList = "items" in key;
      if (Object.keys(getProperties(key)).length > 0)
        return findSchemaFaults(key, isList ? below.flat() : below, `${at}.${name}${isList ? "[]" : ""}`);
      return below.some((value) => typeof value === "object" && !Array.isArray(value))
        ? [`${at}.${name} has keys`]
        : [];
    }),
  ];
}
