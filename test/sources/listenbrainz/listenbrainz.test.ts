import { expect, test } from "vitest";
import type { ListenWriter, SentPlay } from "../../../src/sources/services/listening-service.ts";
import type { Services } from "../../../src/sources/services/service-clients.ts";
import { respondWith, respondWithHtml } from "../../support/response-faults.ts";
import { buildListen, createListenBrainzData } from "../../support/listenbrainz-data.ts";
import { connectToFakes, catchFailure, requireListenService } from "../connected-clients.ts";

const mbid = "0f1e2d3c-4b5a-4978-8695-a4b3c2d1e0f9";

function requireWriter(services: Services): ListenWriter {
  const { writer } = requireListenService(services);
  if (writer === null) throw new Error("no token");
  return writer;
}

const startMs = 1_700_000_000_000;

const sent: SentPlay = {
  artist: "Can",
  title: "Halleluhwah",
  uts: 1_033_500_000,
  album: "Tago Mago",
  albumArtist: "Can",
  durationSeconds: 1_110,
};

test("a listen becomes a source play", async () => {
  const uts = 1_700_000_000;
  const { services } = await connectToFakes(
    {
      listenbrainz: createListenBrainzData([
        buildListen(uts, {
          artist_name: "Can",
          track_name: "Halleluhwah",
          release_name: "Tago Mago",
          additional_info: {
            duration_ms: 1_110_400,
            release_artist_name: "CAN",
            recording_mbid: mbid,
            tags: ["krautrock", " ", "live"],
          },
          mbid_mapping: {
            artist_mbids: [mbid, "no MBID"],
            recording_mbid: mbid.replace("0f", "ff"),
            release_mbid: mbid,
            release_group_mbid: mbid,
          },
        }),
      ]),
    },
    { wallMs: () => uts * 1000 },
  );
  const page = await requireListenService(services).fetchNewestListens("nightowl", 1);
  expect(page).toMatchObject({ username: "NightOwl", oldestUts: uts, latestUts: uts });
  const [found] = page.listens;
  expect(found).toEqual({
    listenedUts: uts,
    msid: found?.msid,
    play: {
      startUts: uts,
      precisionSeconds: 1,
      artist: "Can",
      albumArtist: "CAN",
      album: "Tago Mago",
      title: "Halleluhwah",
      durationSeconds: 1_110,
      recordingMbid: mbid,
      releaseMbid: null,
      releaseGroupMbid: mbid,
      origin: null,
      isEndStamped: false,
      hasOwnAlbum: true,
      sourceKey: found?.msid,
      artistMbids: [mbid],
      tags: ["krautrock", "live"],
    },
  });
});

test("reads the track that is playing, with its length and player", async () => {
  const listenbrainz = createListenBrainzData();
  const { services } = await connectToFakes({ listenbrainz }, { wallMs: () => startMs });
  const service = requireListenService(services);
  expect(await service.fetchPlayingNow("nightowl")).toBeNull();
  const names = { artist_name: "Can", track_name: "Halleluhwah" };
  const playing = { artist: "Can", title: "Halleluhwah", startedUts: startMs / 1000 };
  listenbrainz.nowPlaying = {
    ...names,
    release_name: "Tago Mago",
    additional_info: { duration: 1_110, submission_client: "cmus" },
  };
  expect(await service.fetchPlayingNow("nightowl")).toEqual({
    ...playing,
    album: "Tago Mago",
    lengthSeconds: 1_110,
    client: "cmus",
  });
  listenbrainz.nowPlaying = names;
  const bare = { ...playing, album: null, lengthSeconds: null, client: null };
  expect(await service.fetchPlayingNow("nightowl")).toEqual(bare);
});

test.each([
  ["of Last.fm, by its client", { submission_client: "ListenBrainz lastfm importer v2" }, "lastfm", 0, false],
  ["of Last.fm, by its MBIDs", { lastfm_track_mbid: mbid }, "lastfm", 0, false],
  [
    "of Spotify's files",
    { origin_url: "https://open.spotify.com/track/x", music_service: "spotify.com", ms_played: 200_000 },
    "spotify",
    -200,
    false,
  ],
  [
    "of Spotify, live",
    { music_service: "spotify.com", submission_client: "listenbrainz" },
    "spotify",
    0,
    true,
  ],
  [
    "another client's from Spotify",
    { music_service: "spotify.com", submission_client: "Web Scrobbler" },
    null,
    0,
    false,
  ],
] as const)("recognises the import %s", async (_, info, origin, shift, isEndStamped) => {
  const uts = 1_700_000_000;
  const row = buildListen(uts, { artist_name: "A", track_name: "B", additional_info: info });
  const { services } = await connectToFakes(
    { listenbrainz: createListenBrainzData([row]) },
    { wallMs: () => uts * 1000 },
  );
  const { listens } = await requireListenService(services).fetchNewestListens("NightOwl", 1);
  expect(listens[0]?.play).toMatchObject({ origin, startUts: uts + shift, isEndStamped });
});

test("waits until the window ends after one request too many", async () => {
  const { services, listenbrainz, clock } = await connectToFakes();
  listenbrainz.behaviour.onRequest = (n) =>
    n === 1 ? respondWith(429, { code: 429, error: "…" }, { "x-ratelimit-reset-in": "7" }) : undefined;
  await requireListenService(services).fetchListenCount("NightOwl");
  expect(listenbrainz.requests).toHaveLength(2);
  expect(clock.slept[0]).toBeGreaterThanOrEqual(7_000);
});

test.each([
  [
    "an unknown user",
    () => respondWith(404, { code: 404, error: "Cannot find user: x" }),
    'has no user "x"',
    4,
  ],
  [
    "a rejected token",
    () => respondWith(401, { code: 401, error: "Invalid authorization token." }),
    "rejected the user token",
    4,
  ],
  [
    "a wrong address",
    () => respondWith(404, { code: 404, error: "The requested URL was not found." }),
    "answered 404",
    3,
  ],
  [
    "a redirect",
    () => respondWith(302, "", { location: "https://elsewhere.invalid/" }),
    "redirects elsewhere",
    3,
  ],
  ["a web page", () => respondWithHtml(200, "<p>hello"), "a web page instead of data", 3],
] as const)("says what is wrong: %s", async (_, fault, message, exitCode) => {
  const { services, listenbrainz } = await connectToFakes();
  listenbrainz.behaviour.onRequest = fault;
  const error = await catchFailure(
    requireListenService(services).fetchNewestListens("x", 1, { attempts: 1 }),
  );
  expect(error.message).toContain(message);
  expect(error).toMatchObject({ exitCode });
});

test("sends the same bytes each time, and leaves out what is not known", async () => {
  const { services, listenbrainz } = await connectToFakes({ startMs });
  const writing = requireWriter(services);
  await writing.scrobble([sent, { ...sent, durationSeconds: null, album: "", albumArtist: "" }]);
  await writing.scrobble([sent, { ...sent, durationSeconds: null, album: "", albumArtist: "" }]);
  const [first, second] = listenbrainz.submissions;
  expect(second).toBe(first);
  expect(JSON.parse(first ?? "")).toEqual({
    listen_type: "import",
    payload: [
      {
        listened_at: sent.uts,
        track_metadata: {
          artist_name: "Can",
          track_name: "Halleluhwah",
          release_name: "Tago Mago",
          additional_info: {
            media_player: "turntable",
            submission_client: "rewind",
            release_artist_name: "Can",
            duration_ms: 1_110_000,
          },
        },
      },
      {
        listened_at: sent.uts,
        track_metadata: {
          artist_name: "Can",
          track_name: "Halleluhwah",
          additional_info: { media_player: "turntable", submission_client: "rewind" },
        },
      },
    ],
  });
});

test("a play that the service's clock calls too new may be sent later", async () => {
  const { services, listenbrainz } = await connectToFakes({ startMs });
  listenbrainz.behaviour.tellsTime = true;
  const receipts = await requireWriter(services).scrobble([sent, { ...sent, uts: startMs / 1000 + 7_200 }]);
  expect(receipts).toEqual([{ isStored: true }, { isStored: false, refusal: "too-new" }]);
});
