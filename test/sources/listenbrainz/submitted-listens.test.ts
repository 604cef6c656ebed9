// Submissions at and beyond each limit of ListenBrainz.
import { expect, test } from "vitest";
import {
  InvalidSubmission,
  parseSubmission,
  type Submission,
} from "../../../src/sources/listenbrainz/submitted-listens.ts";

const nowUts = Date.UTC(2026, 2, 14, 12) / 1000;
const mbid = "c0ffee00-1234-4abc-8def-0123456789ab";
const oldestUts = 1_033_430_400;

type Fields = Readonly<Record<string, unknown>>;

/** A listen with some of its fields replaced; undefined leaves one out. */
function buildListen(track: Fields = {}, top: Fields = {}): Fields {
  return {
    listened_at: nowUts - 60,
    track_metadata: { artist_name: "The Amber Kettles", track_name: "Low Tide", ...track },
    ...top,
  };
}

const withInfo = (info: unknown): Fields => buildListen({ additional_info: info });

function parse(document: unknown): Submission {
  return parseSubmission(
    Buffer.from(typeof document === "string" ? document : JSON.stringify(document)),
    nowUts,
  );
}

function submit(...payload: readonly unknown[]): Submission {
  return parse({ listen_type: payload.length === 1 ? "single" : "import", payload });
}

const playNow = (listen: Fields): Submission => parse({ listen_type: "playing_now", payload: [listen] });

function findRefusal(work: () => unknown): InvalidSubmission {
  try {
    work();
  } catch (error) {
    if (error instanceof InvalidSubmission) return error;
    throw error;
  }
  throw new Error("nothing was refused");
}

const many = (count: number, listen = buildListen()): Fields => ({
  listen_type: "import",
  payload: Array.from({ length: count }, () => listen),
});

const withoutTime: Fields = { track_metadata: buildListen()["track_metadata"] };

const refusedBodies: readonly (readonly [string, unknown, RegExp])[] = [
  ["no JSON", "{", /Cannot parse JSON document/],
  ["an empty body", "", /Cannot parse JSON document/],
  ["a list", "[]", /Top level/],
  ["no payload", { listen_type: "single" }, /Invalid JSON document/],
  ["a payload that is no list", { listen_type: "single", payload: {} }, /should be a list/],
  ["an empty payload", { listen_type: "import", payload: [] }, /does not contain any listens/],
  ["1,001 listens", many(1001), /more than 1000 listens/],
  [
    "more than 10,240 bytes a listen",
    many(2, buildListen({ note: "x".repeat(10_300) })),
    /larger than 10240/,
  ],
  ["no listen_type", { payload: [buildListen()] }, /Invalid JSON document/],
  ["an unknown listen_type", { listen_type: "Single", payload: [buildListen()] }, /valid listen_type/],
  ["two listens as single", { ...many(2), listen_type: "single" }, /only one/],
  ["two listens as playing_now", { ...many(2), listen_type: "playing_now" }, /only one/],
];

test.each(refusedBodies)("refuses %s as a whole", (_, document, message) => {
  const refusal = findRefusal(() => parse(document));
  expect(refusal.message).toMatch(message);
  expect(refusal.listen).toBeNull();
});

test("refuses a body that is not UTF-8", () => {
  const body = Buffer.from(JSON.stringify(many(1)).replace("Low", "L\u00E4w"), "latin1");
  expect(findRefusal(() => parseSubmission(body, nowUts)).message).toMatch(/Cannot parse/);
});

const refusedListens: readonly (readonly [string, unknown, RegExp])[] = [
  ["null", null, /empty/],
  ["a text", "Low Tide", /empty/],
  ["no listened_at", withoutTime, /must contain the key listened_at/],
  ["listened_at null", buildListen({}, { listened_at: null }), /int value/],
  ["listened_at as a date", buildListen({}, { listened_at: "2026-03-14" }), /int value/],
  ["a listen before 1 October 2002", buildListen({}, { listened_at: oldestUts - 1 }), /too low/],
  ["a listen an hour ahead", buildListen({}, { listened_at: nowUts + 3600 }), /too high/],
  ["a third top-level key", buildListen({}, { recording_msid: mbid }), /may only contain/],
  ["no track_metadata", { listened_at: nowUts }, /must contain the key track_metadata/],
  ["track_metadata null", buildListen({}, { track_metadata: null }), /null value/],
  ["track_metadata as a list", buildListen({}, { track_metadata: [] }), /must be an object/],
  ["no track_name", buildListen({ track_name: undefined }), /required field track_metadata.track_name/],
  ["no artist_name", buildListen({ artist_name: undefined }), /required field track_metadata.artist_name/],
  ["a blank track_name", buildListen({ track_name: " \t" }), /track_metadata.track_name is empty/],
  ["an empty artist_name", buildListen({ artist_name: "" }), /track_metadata.artist_name is empty/],
  ["artists as a list", buildListen({ artist_name: ["A", "B"] }), /artist_name must be a single string/],
  ["a release_name of null", buildListen({ release_name: null }), /release_name must be a single string/],
  ["additional_info as a list", withInfo([]), /additional_info must be an object/],
  ["additional_info null", withInfo(null), /additional_info must be an object/],
  ["51 tags", withInfo({ tags: Array.from({ length: 51 }, () => "dub") }), /more than 50/],
  ["a tag of 65 characters", withInfo({ tags: ["x".repeat(65)] }), /longer than 64/],
  ["tags that are no list", withInfo({ tags: 5 }), /must be a list/],
  ["duration and duration_ms", withInfo({ duration: 200, duration_ms: 200_000 }), /both/],
  ["a duration of 0", withInfo({ duration: 0 }), /positive integer/],
  ["a duration of null", withInfo({ duration_ms: null }), /positive integer/],
  ["a negative duration", withInfo({ duration_ms: -1 }), /positive integer/],
  ["a duration in words", withInfo({ duration: "3:20" }), /positive integer/],
  ["more than 24 days", withInfo({ duration: 24 * 86_400 + 1 }), /too large/],
  ["more than 24 days in milliseconds", withInfo({ duration_ms: 24 * 86_400_000 + 1 }), /too large/],
  ["an invalid recording_mbid", withInfo({ recording_mbid: "abc" }), /recording_mbid MBID/],
  ["an invalid release_mbid", withInfo({ release_mbid: `${mbid}0` }), /release_mbid MBID/],
  ["an invalid release_group_mbid", withInfo({ release_group_mbid: 7 }), /release_group_mbid MBID/],
  ["an invalid track_mbid", withInfo({ track_mbid: [mbid] }), /track_mbid MBID/],
  ["an invalid artist MBID", withInfo({ artist_mbids: [mbid, "x"] }), /artist_mbids MBID/],
  ["artist MBIDs as a text", withInfo({ artist_mbids: mbid }), /artist_mbids MBID/],
  ["an invalid work MBID", withInfo({ work_mbids: ["x"] }), /work_mbids MBID/],
  ["a NUL in a name", buildListen({ track_name: "Low\0Tide" }), /unicode null/],
  ["a NUL deep inside", withInfo({ any: [{ thing: ["a", "b\0"] }] }), /unicode null/],
];

test.each(refusedListens)("refuses %s, and says which listen it is", (_, listen, message) => {
  const refusal = findRefusal(() => submit(buildListen(), listen, buildListen()));
  expect(refusal.message).toMatch(message);
  expect(refusal.listen).toEqual({ place: 2, count: 3 });
});

test.each<readonly [string, Fields, Fields]>([
  ["the oldest time", buildListen({}, { listened_at: oldestUts }), { startUts: oldestUts }],
  [
    "a clock that is almost an hour ahead",
    buildListen({}, { listened_at: nowUts + 3599 }),
    { startUts: nowUts + 3599 },
  ],
  ["a time with a fraction", buildListen({}, { listened_at: nowUts - 0.5 }), { startUts: nowUts - 1 }],
  ["a time in digits", buildListen({}, { listened_at: String(nowUts) }), { startUts: nowUts }],
  ["an empty release_name", buildListen({ release_name: " " }), { album: "" }],
  ["blanks around names", buildListen({ track_name: " Low Tide\n" }), { title: "Low Tide" }],
  ["a duration in milliseconds", withInfo({ duration_ms: 200_400 }), { durationSeconds: 200 }],
  ["a duration in digits", withInfo({ duration: "200" }), { durationSeconds: 200 }],
  ["24 days", withInfo({ duration: 24 * 86_400 }), {}],
  ["an MBID of null", withInfo({ recording_mbid: null }), { recordingMbid: null }],
  ["an MBID of nothing", withInfo({ release_mbid: "" }), { releaseMbid: null }],
  ["an MBID in capitals", withInfo({ release_mbid: mbid.toUpperCase() }), { releaseMbid: mbid }],
  [
    "an MBID without hyphens",
    withInfo({ recording_mbid: mbid.replaceAll("-", "") }),
    { recordingMbid: mbid },
  ],
  ["empty artist MBIDs", withInfo({ artist_mbids: [null, ""] }), {}],
  ["a tag of 64 characters", withInfo({ tags: ["🎷".repeat(64)] }), {}],
  ["50 tags", withInfo({ tags: Array.from({ length: 50 }, () => "dub") }), {}],
  [
    "a backslash before u0000",
    buildListen({ track_name: String.raw`\u0000` }),
    { title: String.raw`\u0000` },
  ],
  ["unknown fields", withInfo({ any: { thing: [1] } }), {}],
])("takes %s", (_, listen, expected) => {
  const submission = submit(listen);
  expect(submission).toMatchObject({ kind: "plays", plays: [expected] });
});

test.each([
  [{ submission_client: "Navidrome", media_player: "Web" }, "Navidrome"],
  [{ submission_client: " ", media_player: "Web" }, "Web"],
  [{ submission_client: 5 }, ""],
])("names the client of %j", (info, client) => {
  expect(submit(withInfo(info))).toMatchObject({ plays: [{ client }] });
});

test("takes 1,000 listens, and a body with a byte order mark", () => {
  expect(parse(many(1000))).toMatchObject({ plays: { length: 1000 } });
  expect(parse(`\uFEFF${JSON.stringify(many(1))}`)).toMatchObject({ plays: { length: 1 } });
});

test("keeps the MBIDs, the duration and the album artist of a listen", () => {
  const other = mbid.replace("c0ffee", "decade");
  const info = {
    release_mbid: mbid,
    recording_mbid: other,
    release_group_mbid: mbid,
    duration_ms: 200_000,
    release_artist_name: "Various",
    submission_client: "navidrome",
    artist_mbids: [`urn:uuid:${mbid.toUpperCase()}`, other],
    tags: ["dub"],
  };
  expect(submit(buildListen({ release_name: "Shoals", additional_info: info }))).toMatchObject({
    plays: [
      {
        album: "Shoals",
        albumArtist: "Various",
        durationSeconds: 200,
        recordingMbid: other,
        releaseMbid: mbid,
        releaseGroupMbid: mbid,
        client: "navidrome",
        artistMbids: [mbid, other],
        tags: ["dub"],
      },
    ],
  });
});

test("reads what plays now, which has no time of its own", () => {
  const listen = {
    track_metadata: { artist_name: "Iva", track_name: "Dune", additional_info: { duration: 90 } },
  };
  expect(playNow(listen)).toEqual({
    kind: "playing now",
    playing: {
      artist: "Iva",
      title: "Dune",
      album: null,
      lengthSeconds: 90,
      startedUts: nowUts,
      client: null,
    },
  });
  expect(findRefusal(() => playNow(buildListen())).message).toMatch(/must not contain listened_at/);
  expect(findRefusal(() => playNow({ ...listen, note: 1 })).message).toMatch(/only contain track_metadata/);
});
