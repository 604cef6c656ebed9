// The whole answer of each GET route, and of each value of its parameters, worked out by hand from one small shelf.
import { expect, test } from "vitest";
import { buildRoutes } from "../../../src/interfaces/http/routes/all-routes.ts";
import type { CollectionRecord, Release } from "../../../src/model/model.ts";
import {
  cd,
  buildArtistCredit,
  type Filling,
  createSharedHome,
  buildListedTrack,
  buildPlay,
  buildRecord,
  buildAlbumPlays,
  buildWant,
} from "../../support/filled-cache.ts";
import { serveCache } from "../../support/served-cache.ts";
import { createTempDirectory } from "../../support/temp-directories.ts";
import type { Play } from "../../support/service-data.ts";

// The time is noon on Saturday 14 March 2026, UTC. Each period of the charts begins between two plays a second apart.

const buildFormats = (name: string, ...descriptions: string[]): Release["formats"] => [
  { name, quantity: 1, text: "", descriptions },
];
const buildLabels = (name: string, catalogNumber: string): Release["labels"] => [
  { id: 1, name, catalogNumber },
];

const records = [
  buildRecord({
    id: 101,
    artists: [buildArtistCredit("Can", { id: 11 })],
    title: "Tago Mago",
    year: 1971,
    genres: ["Rock", "Electronic"],
    styles: ["Krautrock"],
    labels: buildLabels("United Artists", "UAS 29211"),
    rating: 4,
    dateAdded: "2020-05-01T10:00:00-07:00",
  }),
  buildRecord({
    id: 102,
    artists: [buildArtistCredit("Miles Davis", { id: 12 })],
    title: "Kind Of Blue",
    year: 1959,
    genres: ["Jazz"],
    styles: ["Modal"],
    labels: buildLabels("Columbia", "CS 8163"),
    rating: 5,
    folderId: 2,
    dateAdded: "2026-01-20T00:30:00+02:00",
  }),
  buildRecord({
    id: 103,
    artists: [buildArtistCredit("Miles Davis", { id: 12 })],
    title: "Bitches Brew",
    year: 1999,
    formats: cd,
    genres: ["Jazz"],
    styles: ["Fusion"],
    labels: buildLabels("Columbia", "C2K 65774"),
    dateAdded: "2026-02-01T10:00:00Z",
  }),
  buildRecord({
    id: 104,
    artists: [buildArtistCredit("New Order (2)", { id: 13 })],
    title: "Blue Monday",
    year: 1983,
    formats: buildFormats("Vinyl", '12"', "Single"),
    genres: ["Electronic"],
    styles: ["Synth-pop"],
    labels: buildLabels("Factory", "FAC 73"),
    rating: 3,
    dateAdded: "2024-06-15T10:00:00Z",
  }),
  buildRecord({
    id: 105,
    artists: [buildArtistCredit("Various", { id: 194 })],
    title: "Ocean Of Sound",
    year: 1996,
    formats: buildFormats("Box Set", "Compilation"),
    genres: ["Electronic"],
    styles: ["Ambient"],
    labels: buildLabels("Virgin", "AMBT 10"),
    dateAdded: "2025-12-31T23:30:00-08:00",
  }),
  buildRecord({
    id: 106,
    artist: "Prince",
    title: "Parade",
    year: null,
    formats: buildFormats("Cassette", "Album"),
    genres: ["Funk / Soul"],
    labels: buildLabels("Paisley Park", "925395-4"),
    dateAdded: null,
  }),
] as const;

const wants = [
  {
    ...buildWant({ id: 201, artist: "Can", title: "Ege Bamyasi", year: 1972 }),
    dateAdded: "2025-02-03T10:00:00Z",
    notes: "first pressing",
  },
  buildWant({
    id: 202,
    artist: "Alice Coltrane",
    title: "Journey In Satchidananda",
    year: 2011,
    genres: ["Jazz"],
  }),
];

const buildPlayAt = (at: string, artist: string, album: string, track: string): Play =>
  buildPlay(artist, album, track, Date.parse(at) / 1000);

const tagoDays = ["2024-01-10", "2024-02-10", "2024-03-10", "2024-04-10", "2024-05-10"];

const plays = [
  ...tagoDays.flatMap((day) => buildAlbumPlays("Can", "Tago Mago", { from: `${day}T20:00:00Z`, tracks: 4 })),
  buildPlayAt("2025-03-13T23:59:59Z", "Alice Coltrane", "Journey In Satchidananda", "Stopover Bombay"),
  buildPlayAt("2025-03-14T00:00:00Z", "Alice Coltrane", "Journey In Satchidananda", "Shiva-Loka"),
  buildPlayAt("2025-06-01T09:00:00Z", "Prince", "1999", "Automatic"),
  buildPlayAt("2025-09-14T23:59:59Z", "Can", "Ege Bamyasi", "Pinch"),
  buildPlayAt("2025-09-15T00:00:00Z", "Can", "Ege Bamyasi", "Vitamin C"),
  ...buildAlbumPlays("Broadcast", "Tender Buttons", { from: "2025-12-13T23:40:00Z", tracks: 5 }),
  ...buildAlbumPlays("Broadcast", "Tender Buttons", { from: "2025-12-14T00:00:00Z", tracks: 5 }),
  buildPlayAt("2026-02-11T23:59:59Z", "New Order", "Blue Monday", "The Beach"),
  buildPlayAt("2026-02-12T00:00:00Z", "New Order", "Blue Monday", "Blue Monday"),
  buildPlayAt("2026-03-06T23:59:59Z", "Miles Davis", "Kind Of Blue", "Track 1"),
  buildPlayAt("2026-03-07T00:00:00Z", "Miles Davis", "Bitches Brew", "Spanish Key"),
  ...buildAlbumPlays("Miles Davis", "Kind Of Blue", { from: "2026-03-12T20:00:00Z", tracks: 5 }),
  buildPlayAt("2026-03-13T21:00:00Z", "Stereolab", "", "French Disko"),
];

const filling: Filling = {
  records,
  wants,
  plays,
  folders: [
    { id: 1, name: "Uncategorized" },
    { id: 2, name: "Jazz corner" },
  ],
  wholeShelf: true,
  tracklists: new Map([
    [
      103,
      [
        buildListedTrack("Pharaoh's Dance", { position: "1-1", durationSeconds: 1203 }),
        buildListedTrack("Bitches Brew", { position: "1-2" }),
      ],
    ],
  ]),
};

const home = createSharedHome(filling);

const secondParade = buildRecord({
  id: 112,
  artist: "Prince",
  title: "Parade",
  year: null,
  formats: [{ name: "Cassette", quantity: 2, text: "", descriptions: ["Album"] }],
  genres: ["Funk / Soul"],
  labels: buildLabels("Paisley Park", "925395-4"),
  dateAdded: "2021-05-01T10:00:00Z",
  fieldValues: [{ fieldId: 1, value: "Near Mint (NM or M-)" }],
});
const grades = [
  { fieldId: 1, value: "Good (G)" },
  { fieldId: 2, value: "Very Good Plus (VG+)" },
];

/** Records 7 to 12 are second copies of 1 to 6; 13 is a third copy of 5; 14 has a logged play; 15 has no date. */
const widerHome = createSharedHome({
  ...filling,
  records: [
    ...records,
    ...[
      records[0],
      records[1],
      records[2],
      { ...records[3], rating: 2 },
      { ...records[4], fieldValues: grades },
      secondParade,
      records[4],
      buildRecord({
        id: 114,
        artist: "Stereolab",
        title: "Dots And Loops",
        fieldValues: [{ fieldId: 4, value: "2026-03-13" }],
      }),
      buildRecord({ artist: "Faust", title: "Faust IV", dateAdded: null }),
      // Records are numbered in this order.
    ].map((each, at) => ({ ...each, instanceId: 100_007 + at })),
  ],
  wants: [
    ...wants,
    {
      ...buildWant({ id: 203, artist: "Can", title: "Tago Mago", year: 1989 }),
      dateAdded: "2026-03-01T10:00:00Z",
    },
    { ...buildWant(), release: secondParade.release },
  ],
  customFields: [{ id: 4, name: "Last played", position: 4 }],
  playedField: "Last played",
});

const buildPagination = (total: number, limit = 20, page = 1): object => ({
  page,
  limit,
  total,
  total_pages: Math.ceil(total / limit),
});

/** "https://www.last.fm/music/Miles+Davis/Kind+Of+Blue" */
const buildLastfmUrl = (...names: string[]): string =>
  `https://www.last.fm/music/${names.map((name) => name.replaceAll(" ", "+")).join("/")}`;
const buildDiscogsUrl = (id: number): string => `https://www.discogs.com/release/${id}`;

// Records, by their numbers.

const collection = [
  {
    id: 1,
    discogs_id: 101,
    title: "Tago Mago",
    artists: ["Can"],
    year: 1971,
    format: "Vinyl",
    genres: ["Rock", "Electronic"],
    styles: ["Krautrock"],
    image: null,
    date_added: "2020-05-01T10:00:00-07:00",
    rating: 4,
    discogs_url: buildDiscogsUrl(101),
  },
  {
    id: 2,
    discogs_id: 102,
    title: "Kind Of Blue",
    artists: ["Miles Davis"],
    year: 1959,
    format: "Vinyl",
    genres: ["Jazz"],
    styles: ["Modal"],
    image: null,
    date_added: "2026-01-20T00:30:00+02:00",
    rating: 5,
    discogs_url: buildDiscogsUrl(102),
  },
  {
    id: 3,
    discogs_id: 103,
    title: "Bitches Brew",
    artists: ["Miles Davis"],
    year: 1999,
    format: "CD",
    genres: ["Jazz"],
    styles: ["Fusion"],
    image: null,
    date_added: "2026-02-01T10:00:00Z",
    rating: 0,
    discogs_url: buildDiscogsUrl(103),
  },
  {
    id: 4,
    discogs_id: 104,
    title: "Blue Monday",
    artists: ["New Order"],
    year: 1983,
    format: "Vinyl",
    genres: ["Electronic"],
    styles: ["Synth-pop"],
    image: null,
    date_added: "2024-06-15T10:00:00Z",
    rating: 3,
    discogs_url: buildDiscogsUrl(104),
  },
  {
    id: 5,
    discogs_id: 105,
    title: "Ocean Of Sound",
    artists: ["Various"],
    year: 1996,
    format: "Box Set",
    genres: ["Electronic"],
    styles: ["Ambient"],
    image: null,
    date_added: "2025-12-31T23:30:00-08:00",
    rating: 0,
    discogs_url: buildDiscogsUrl(105),
  },
  {
    id: 6,
    discogs_id: 106,
    title: "Parade",
    artists: ["Prince"],
    year: null,
    format: "Cassette",
    genres: ["Funk / Soul"],
    styles: [],
    image: null,
    date_added: null,
    rating: 0,
    discogs_url: buildDiscogsUrl(106),
  },
];

/** A confidence above 0.9 and below 1; each calibration moves it. */
const calibrated = expect.closeTo(0.95, 1) as number;

const buildMatch = (
  album: string | null,
  artist: string | null,
  count: number,
  last: string | null,
  type = "exact",
  confidence = 1,
): object => ({
  album_name: album,
  artist_name: artist,
  play_count: count,
  last_played: last,
  match_type: type,
  match_confidence: confidence,
});

const listening = [
  buildMatch("Tago Mago", "Can", 20, "2024-05-10T20:12:00Z"),
  buildMatch("Kind Of Blue", "Miles Davis", 6, "2026-03-12T20:16:00Z"),
  buildMatch("Bitches Brew", "Miles Davis", 1, "2026-03-07T00:00:00Z"),
  buildMatch("Blue Monday", "New Order", 2, "2026-02-12T00:00:00Z", "fuzzy", calibrated),
  buildMatch(null, null, 0, null, "none", 0),
  buildMatch(null, "Prince", 0, null, "artist_only", 0.5),
];

/** Records 5 and 6 have no plays; 5 has no match either. */
const summary = { total_matches: 5, listen_rate: 0.6667, unlistened_count: 2 };

const buildPair = (id: number): object => ({ collection: collection[id - 1], listening: listening[id - 1] });

const buildMatchesBody = (ids: readonly number[], pagination = buildPagination(ids.length)): object => ({
  data: ids.map(buildPair),
  summary,
  pagination,
});

/** The plays of 2024 are the 20 of record 1; matches and last plays remain. */
const matchesIn2024 = {
  data: [1, 2, 3, 4, 5, 6].map((id) => ({
    collection: collection[id - 1],
    listening: { ...listening[id - 1], play_count: id === 1 ? 20 : 0 },
  })),
  summary: { total_matches: 5, listen_rate: 0.1667, unlistened_count: 5 },
  pagination: buildPagination(6),
};

const formatTexts = [
  '[{"name":"Vinyl","qty":"1","text":"","descriptions":["LP","Album"]}]',
  '[{"name":"Vinyl","qty":"1","text":"","descriptions":["LP","Album"]}]',
  '[{"name":"CD","qty":"1","text":"","descriptions":["Album"]}]',
  String.raw`[{"name":"Vinyl","qty":"1","text":"","descriptions":["12\"","Single"]}]`,
  '[{"name":"Box Set","qty":"1","text":"","descriptions":["Compilation"]}]',
  '[{"name":"Cassette","qty":"1","text":"","descriptions":["Album"]}]',
];
const labels = [
  ["United Artists", "UAS 29211"],
  ["Columbia", "CS 8163"],
  ["Columbia", "C2K 65774"],
  ["Factory", "FAC 73"],
  ["Virgin", "AMBT 10"],
  ["Paisley Park", "925395-4"],
] as const;

const buildItem = (id: number): object => {
  const [name, catno] = labels[id - 1] ?? [];
  return {
    ...collection[id - 1],
    format_detail: formatTexts[id - 1],
    label: `[{"id":1,"name":"${name}","catno":"${catno}"}]`,
  };
};
const buildItemsBody = (ids: readonly number[], pagination = buildPagination(ids.length)): object => ({
  data: ids.map(buildItem),
  pagination,
});

const buildFullItem = (id: number, tracklist: readonly object[] = []): object => ({
  ...buildItem(id),
  tracklist,
  country: null,
  community_have: null,
  community_want: null,
  lowest_price: null,
  num_for_sale: null,
  notes: null,
});

/** Sittings with at least half of the album; of a single and of what was not played, none are known. */
const spins = [
  [5, "2024-05-10T20:00:00Z"],
  [1, "2026-03-12T20:00:00Z"],
  [1, "2026-03-07T00:00:00Z"],
  [null, null],
  [null, null],
  [null, null],
] as const;

const buildSpunPair = (id: number): object => {
  const [count, last] = spins[id - 1] ?? [];
  return { ...buildPair(id), copies: 1, spins: count, last_spin: last };
};
const buildDustyBody = (
  ids: readonly number[],
  pagination = buildPagination(ids.length),
  total = ids.length,
): object => ({
  data: ids.map(buildSpunPair),
  summary: { total },
  pagination,
});

/** Years idle, at most 6, × rating × spins. */
const weights = [
  // 1 year: 2; rated 4: 2; 5 spins: 1.5.
  6,
  // This year: 1; rated 5: 3.
  3, 1, 1, 6, 6,
];
const reasons = [
  "5 spins; the last on 10 May 2024, 1 year 10 months ago.",
  "1 spin; the last on 12 Mar 2026, 2 days ago.",
  "1 spin; the last on 7 Mar 2026, 7 days ago.",
  "2 plays; the last on 12 Feb 2026, 30 days ago.",
  "Never played, on the shelf since 1 Jan 2026.",
  "Never played.",
];
const buildPicksBody = (ids: readonly number[], seed: number | null = null, albums = ids.length): object => ({
  data: ids.map((id) => {
    const [label, number] = labels[id - 1] ?? [];
    return {
      ...buildSpunPair(id),
      label,
      catalog_number: number,
      folder: id === 2 ? "Jazz corner" : "Uncategorized",
      shelf: null,
      why: reasons[id - 1],
      weight: weights[id - 1],
    };
  }),
  summary: { albums, records: albums, proposed_lately: 0 },
  seed,
});

/** The filters of records, and the records that each lets through, in the order of cross-reference. */
const filters: readonly (readonly [query: string, ids: readonly number[]])[] = [
  ["q=davis+blue", [2]],
  ["artist=davis", [2, 3]],
  ["title=blue", [2, 4]],
  ["kind=album", [1, 2, 3, 6]],
  ["kind=single", [4]],
  ["kind=ep", []],
  ["kind=compilation", []],
  ["kind=box", [5]],
  ["kind=other", []],
  ["kind=any", [1, 2, 4, 3, 5, 6]],
  ["format=CD&format=Cassette", [3, 6]],
  ["genre=Jazz", [2, 3]],
  ["style=krautrock", [1]],
  ["label=Columbia", [2, 3]],
  ["folder=Jazz+corner", [2]],
  ["match=exact", [1, 2, 3]],
  ["match=fuzzy", [4]],
  ["match=~", [4]],
  ["match=artist", [6]],
  ["match=artist_only", [6]],
  ["match=none", [5]],
  ["match=you", []],
  ["never=true", [5, 6]],
  ["year=1970s", [1]],
  ["original-year=1971", []],
  ["rating=4..", [1, 2]],
  ["plays=2..6", [2, 4]],
  ["spins=2..", [1]],
  ["confidence=0.9..0.99", [4]],
  ["added=2026", [2, 3, 5]],
  ["last-played=2026-03", [2, 3]],
  ["not-kind=album", [4, 5]],
  ["not-kind=single", [1, 2, 3, 5, 6]],
  ["not-kind=ep", [1, 2, 4, 3, 5, 6]],
  ["not-kind=compilation", [1, 2, 4, 3, 5, 6]],
  ["not-kind=box", [1, 2, 4, 3, 6]],
  ["not-kind=other", [1, 2, 4, 3, 5, 6]],
  ["not-format=CD", [1, 2, 4, 5, 6]],
  ["not-genre=Electronic", [2, 3, 6]],
  ["not-style=modal", [1, 4, 3, 5, 6]],
  ["not-label=columbia", [1, 4, 5, 6]],
  ["not-folder=Jazz+corner", [1, 4, 3, 5, 6]],
];

/** The records in each order. */
const orders = {
  plays: [1, 2, 4, 3, 5, 6],
  added: [3, 2, 5, 4, 1, 6],
  artist: [1, 2, 3, 4, 6, 5],
  title: [3, 4, 2, 5, 6, 1],
  year: [2, 1, 4, 5, 3, 6],
  // No album has one: by artist.
  "original-year": [1, 2, 3, 4, 6, 5],
  rating: [2, 1, 4, 3, 5, 6],
  "last-played": [2, 3, 4, 1, 5, 6],
  confidence: [1, 2, 3, 4, 6, 5],
  spins: [1, 2, 3, 4, 5, 6],
  // No record has a price: by plays.
  paid: [1, 2, 4, 3, 5, 6],
  "cost-per-spin": [1, 2, 4, 3, 5, 6],
  "cost-per-play": [1, 2, 4, 3, 5, 6],
};

/** The albums with known spins, the longest idle first. */
const spunIds = [1, 3, 2];
const albumIds = [1, 2, 3, 6];

type Row = readonly [path: string, body: object];

const recordRows: readonly Row[] = [
  ["/v1/collecting/cross-reference", buildMatchesBody([1, 2, 4, 3, 5, 6])],
  ["/v1/collecting/cross-reference?page=2&limit=4", buildMatchesBody([5, 6], buildPagination(6, 4, 2))],
  ["/v1/collecting/cross-reference?reverse=true", buildMatchesBody([5, 6, 3, 4, 2, 1])],
  ["/v1/collecting/cross-reference?filter=all", buildMatchesBody([1, 2, 4, 3, 5, 6])],
  ["/v1/collecting/cross-reference?filter=listened", buildMatchesBody([1, 2, 4, 3])],
  ["/v1/collecting/cross-reference?filter=unlistened", buildMatchesBody([5, 6])],
  ["/v1/collecting/cross-reference?per-artist=1", buildMatchesBody([1, 2, 4, 5, 6])],
  ["/v1/collecting/cross-reference?during=2024", matchesIn2024],
  ...Object.entries({
    ...orders,
    // The plays of the artist's other albums: 6, 2, 1, 1, 0, 0.
    "artist-plays": [3, 1, 2, 6, 4, 5],
  }).map(([sort, ids]): Row => [`/v1/collecting/cross-reference?sort=${sort}`, buildMatchesBody(ids)]),
  ...filters.map(([query, ids]): Row => [`/v1/collecting/cross-reference?${query}`, buildMatchesBody(ids)]),

  ["/v1/collecting/dusty", buildDustyBody([1])],
  ["/v1/collecting/dusty?spins=1..&idle=2d", buildDustyBody([1, 3])],
  ["/v1/collecting/dusty?spins=1..&idle=1d", buildDustyBody([1, 3, 2])],
  ["/v1/collecting/dusty?spins=1..&idle=1d&page=2&limit=2", buildDustyBody([2], buildPagination(3, 2, 2), 3)],
  ["/v1/collecting/dusty?spins=1..&idle=1d&reverse=true", buildDustyBody([2, 3, 1])],
  ...Object.entries({
    asleep: [1, 3, 2],
    plays: [1, 2, 3],
    added: [3, 2, 1],
    artist: [1, 2, 3],
    title: [3, 2, 1],
    year: [2, 1, 3],
    "original-year": [1, 2, 3],
    rating: [2, 1, 3],
    "last-played": [2, 3, 1],
    confidence: [1, 2, 3],
    spins: [1, 2, 3],
    paid: [1, 2, 3],
    "cost-per-spin": [1, 2, 3],
    "cost-per-play": [1, 2, 3],
  }).map(([sort, ids]): Row => [`/v1/collecting/dusty?spins=1..&idle=1d&sort=${sort}`, buildDustyBody(ids)]),
  ...filters.map(([query, ids]): Row => {
    const all = query.startsWith("spins=") ? "" : "spins=1..&";
    return [
      `/v1/collecting/dusty?${all}idle=1d&${query}`,
      buildDustyBody(spunIds.filter((id) => ids.includes(id))),
    ];
  }),

  // Each draw takes the album in the middle of what is left, by weight.
  ["/v1/collecting/pick", buildPicksBody([2], null, 4)],
  ["/v1/collecting/pick?number=2", buildPicksBody([2, 3], null, 4)],
  ["/v1/collecting/pick?number=4", buildPicksBody([2, 3, 6, 1])],
  ["/v1/collecting/pick?number=4&seed=7", buildPicksBody([6, 1, 2, 3], 7)],
];

/** Albums and EPs unless a kind is given. */
const pickRows: readonly Row[] = filters.map(([query, ids]): Row => {
  const isAnyKind = query.startsWith("kind=");
  const fitting = ids.filter((id) => isAnyKind || albumIds.includes(id)).toSorted((a, b) => a - b);
  return [`/v1/collecting/pick?number=100&${query}`, buildPicksBody(fitting)];
});

const wanted = [
  {
    id: 201,
    discogs_id: 201,
    title: "Ege Bamyasi",
    artists: ["Can"],
    year: 1972,
    formats: ["Vinyl"],
    genres: ["Rock"],
    image: null,
    discogs_url: buildDiscogsUrl(201),
    notes: "first pressing",
    rating: 0,
    date_added: "2025-02-03T10:00:00Z",
  },
  {
    id: 202,
    discogs_id: 202,
    title: "Journey In Satchidananda",
    artists: ["Alice Coltrane"],
    year: 2011,
    formats: ["Vinyl"],
    genres: ["Jazz"],
    image: null,
    discogs_url: buildDiscogsUrl(202),
    notes: null,
    rating: 0,
    date_added: "2024-11-29T10:00:00-08:00",
  },
];
const buildWantlistBody = (ids: readonly number[], pagination = buildPagination(2)): object => ({
  data: ids.map((id) => wanted[id - 201]),
  pagination,
});

const buildGap = (
  id: number,
  [artist, title]: readonly [string, string],
  [count, tracks, recently]: readonly [number, number, number],
  last: string,
  [isWanted, owned]: readonly [boolean, number],
): object => ({
  album: {
    id,
    album_name: title,
    artist_name: artist,
    play_count: count,
    last_played: last,
    url: buildLastfmUrl(artist, title),
  },
  kind: tracks > 3 ? "album" : "single",
  editions: 1,
  tracks,
  plays_last_12_months: recently,
  wanted: isWanted,
  owned_by_artist: owned,
  box_by_artist: false,
  maybe_record_id: null,
});
const gap = {
  tender: buildGap(2, ["Broadcast", "Tender Buttons"], [10, 5, 10], "2025-12-14T00:16:00Z", [false, 0]),
  ege: buildGap(5, ["Can", "Ege Bamyasi"], [2, 2, 2], "2025-09-15T00:00:00Z", [true, 1]),
  journey: buildGap(4, ["Alice Coltrane", "Journey In Satchidananda"], [2, 2, 1], "2025-03-14T00:00:00Z", [
    true,
    0,
  ]),
  nineteen: buildGap(8, ["Prince", "1999"], [1, 1, 1], "2025-06-01T09:00:00Z", [false, 1]),
};
const gapPlays = { tender: 10, ege: 2, journey: 2, nineteen: 1 };
type Gap = keyof typeof gap;
const buildGapsBody = (
  names: readonly Gap[],
  pagination = buildPagination(names.length),
  all = names,
): object => ({
  data: names.map((name) => gap[name]),
  summary: {
    total: all.length,
    wanted: all.filter((name) => name === "ege" || name === "journey").length,
    plays: all.reduce((sum, name) => sum + gapPlays[name], 0),
  },
  pagination,
});
const everyGap: readonly Gap[] = ["tender", "ege", "journey", "nineteen"];
const anyGap = "plays=1..&tracks=1..&kind=any";

const buildFound = (id: number, form: string): object => {
  const [label, number] = labels[id - 1] ?? [];
  const { play_count: count, last_played: last } = listening[id - 1] as Record<string, unknown>;
  return {
    collection: collection[id - 1],
    form,
    label,
    catalog_number: number,
    folder: id === 2 ? "Jazz corner" : "Uncategorized",
    play_count: count,
    spins: spins[id - 1]?.[0],
    last_played: last,
    exact: false,
    whole_words: true,
    found_by: "words",
    credited_with: null,
  };
};
const kindOfBlue = {
  id: 3,
  artist_name: "Miles Davis",
  album_name: "Kind Of Blue",
  play_count: 6,
  last_played: "2026-03-12T20:16:00Z",
  owned: true,
};
const blueMonday = {
  id: 6,
  artist_name: "New Order",
  album_name: "Blue Monday",
  play_count: 2,
  last_played: "2026-02-12T00:00:00Z",
  owned: true,
};
const tenderButtons = {
  id: 2,
  artist_name: "Broadcast",
  album_name: "Tender Buttons",
  play_count: 10,
  last_played: "2025-12-14T00:16:00Z",
  owned: false,
};

const buildCalendar = (year: number, days: readonly (readonly [string, number])[], max: string): object => {
  const counts = days.map(([date, count]) => ({ date: `${year}-${date}`, count }));
  return {
    year,
    days: counts,
    total: counts.reduce((sum, { count }) => sum + count, 0),
    max_day: { date: `${year}-${max}`, count: days.find(([date]) => date === max)?.[1] ?? 0 },
  };
};

const buildCounts = (counts: Readonly<Record<string, number>>): object => ({
  data: Object.entries(counts).map(([name, count]) => ({ name, count })),
});

const collectionStats = {
  total_items: 6,
  by_format: { vinyl: 3, cd: 1, cassette: 1, other: 1 },
  wantlist_count: 2,
  unique_artists: 5,
  estimated_value: null,
  top_genre: "Electronic",
  oldest_release_year: 1959,
  newest_release_year: 1999,
  most_collected_artist: { name: "Miles Davis", count: 2 },
  added_this_year: 3,
};
/** The stats of Bitches Brew alone, added on 1 February. */
const brewStats = {
  ...collectionStats,
  total_items: 1,
  by_format: { vinyl: 0, cd: 1, cassette: 0, other: 0 },
  unique_artists: 1,
  top_genre: "Jazz",
  oldest_release_year: 1999,
  most_collected_artist: { name: "Miles Davis", count: 1 },
  added_this_year: 1,
};
/** The stats of Tago Mago, from 2020, and Blue Monday, from 2024. */
const earlyStats = {
  ...collectionStats,
  total_items: 2,
  by_format: { vinyl: 2, cd: 0, cassette: 0, other: 0 },
  unique_artists: 2,
  oldest_release_year: 1971,
  newest_release_year: 1983,
  most_collected_artist: { name: "Can", count: 1 },
  added_this_year: 0,
};

const buildCollectedBody = (limit: number): object => ({
  data: (
    [
      ["Miles Davis", 12, 2],
      ["Can", 11, 1],
      ["New Order", 13, 1],
      ["Prince", 0, 1],
      ["Various", 194, 1],
    ] as const
  )
    .slice(0, limit)
    .map(([name, id, count]) => ({ name, discogs_id: id, image_url: null, release_count: count })),
});

const collectingRows: readonly Row[] = [
  ["/v1/collecting/vinyl", buildItemsBody([3, 2, 5, 4, 1, 6])],
  ["/v1/collecting/vinyl?page=3&limit=2", buildItemsBody([1, 6], buildPagination(6, 2, 3))],
  ["/v1/collecting/vinyl?order=asc", buildItemsBody([1, 4, 5, 2, 3, 6])],
  ["/v1/collecting/vinyl?sort=date_added&order=desc", buildItemsBody([3, 2, 5, 4, 1, 6])],
  ["/v1/collecting/vinyl?sort=title&order=asc", buildItemsBody([3, 4, 2, 5, 6, 1])],
  ["/v1/collecting/vinyl?sort=title", buildItemsBody([1, 6, 5, 2, 4, 3])],
  ["/v1/collecting/vinyl?sort=year&order=asc", buildItemsBody([2, 1, 4, 5, 3, 6])],
  ["/v1/collecting/vinyl?sort=rating", buildItemsBody([2, 1, 4, 3, 5, 6])],
  ["/v1/collecting/vinyl?date=2026-01-19", buildItemsBody([2])],
  ["/v1/collecting/vinyl?from=2026-01-19", buildItemsBody([3, 2])],
  ["/v1/collecting/vinyl?to=2026-01-01", buildItemsBody([5, 4, 1])],
  ["/v1/collecting/vinyl?q=blue", buildItemsBody([2, 4])],
  ["/v1/collecting/vinyl?format=CD", buildItemsBody([3])],
  ["/v1/collecting/vinyl?format=8-Track", buildItemsBody([])],
  ["/v1/collecting/vinyl?genre=Electronic", buildItemsBody([5, 4, 1])],
  ["/v1/collecting/vinyl?artist=davis", buildItemsBody([3, 2])],
  [
    "/v1/collecting/vinyl/3",
    buildFullItem(3, [
      { position: "1-1", title: "Pharaoh's Dance", duration: "20:03" },
      { position: "1-2", title: "Bitches Brew", duration: "" },
    ]),
  ],
  ["/v1/collecting/vinyl/6", buildFullItem(6)],
  ["/v1/collecting/recent", { data: [3, 2, 5, 4, 1, 6].map(buildItem) }],
  ["/v1/collecting/recent?page=2&limit=4", { data: [1, 6].map(buildItem) }],
  ["/v1/collecting/recent?date=2026-01-01", { data: [buildItem(5)] }],
  ["/v1/collecting/recent?from=2026-01-19T22:30:00Z", { data: [3, 2].map(buildItem) }],
  ["/v1/collecting/recent?to=2024-06-15", { data: [4, 1].map(buildItem) }],
  ["/v1/collecting/stats", { data: collectionStats }],
  ["/v1/collecting/stats?date=2026-02-01", { data: brewStats }],
  ["/v1/collecting/stats?from=2026-01-20", { data: brewStats }],
  ["/v1/collecting/stats?to=2025-12-31", { data: earlyStats }],
  ["/v1/collecting/wantlist", buildWantlistBody([201, 202])],
  ["/v1/collecting/wantlist?page=2&limit=1", buildWantlistBody([202], buildPagination(2, 1, 2))],
  ["/v1/collecting/wantlist?sort=date_added&order=asc", buildWantlistBody([202, 201])],
  ["/v1/collecting/wantlist?sort=title&order=desc", buildWantlistBody([202, 201])],
  ["/v1/collecting/wantlist?sort=year", buildWantlistBody([202, 201])],
  ["/v1/collecting/wantlist?sort=year&order=asc", buildWantlistBody([201, 202])],
  ["/v1/collecting/formats", buildCounts({ Vinyl: 3, "Box Set": 1, CD: 1, Cassette: 1 })],
  ["/v1/collecting/genres", buildCounts({ Electronic: 3, Jazz: 2, "Funk / Soul": 1, Rock: 1 })],
  ["/v1/collecting/artists", buildCollectedBody(5)],
  ["/v1/collecting/artists?limit=2", buildCollectedBody(2)],
  [
    "/v1/collecting/calendar",
    buildCalendar(
      2026,
      [
        ["01-01", 1],
        ["01-19", 1],
        ["02-01", 1],
      ],
      "01-01",
    ),
  ],
  ["/v1/collecting/calendar?year=2024", buildCalendar(2024, [["06-15", 1]], "06-15")],
  ["/v1/collecting/calendar?year=2025", buildCalendar(2025, [], "01-01")],
  [
    "/v1/collecting/have?q=blue",
    {
      verdict: "yes",
      owned: true,
      did_you_mean: [],
      left_over: [],
      records: [buildFound(2, "LP"), buildFound(4, '12"')],
      wanted: [],
      played: [kindOfBlue, blueMonday],
      summary: { records: 2, wanted: 0, played: 2 },
    },
  ],
  [
    "/v1/collecting/have?q=blue&limit=1",
    {
      verdict: "yes",
      owned: true,
      did_you_mean: [],
      left_over: [],
      records: [buildFound(2, "LP")],
      wanted: [],
      played: [kindOfBlue],
      summary: { records: 2, wanted: 0, played: 2 },
    },
  ],
  [
    "/v1/collecting/have?q=tender+buttons",
    {
      verdict: "no",
      owned: false,
      did_you_mean: [],
      left_over: [],
      records: [],
      wanted: [],
      played: [tenderButtons],
      summary: { records: 0, wanted: 0, played: 1 },
    },
  ],
  ["/v1/collecting/gaps", buildGapsBody(["tender"])],
  [`/v1/collecting/gaps?${anyGap}`, buildGapsBody(everyGap)],
  [
    `/v1/collecting/gaps?${anyGap}&page=2&limit=3`,
    buildGapsBody(["nineteen"], buildPagination(4, 3, 2), everyGap),
  ],
  [`/v1/collecting/gaps?${anyGap}&reverse=true`, buildGapsBody(["nineteen", "journey", "ege", "tender"])],
  [`/v1/collecting/gaps?${anyGap}&hidden=true`, buildGapsBody([])],
  [`/v1/collecting/gaps?${anyGap}&sort=plays`, buildGapsBody(everyGap)],
  // Plays in the last 12 months: 10, 2, 1, 1.
  [`/v1/collecting/gaps?${anyGap}&sort=recent`, buildGapsBody(everyGap)],
  [`/v1/collecting/gaps?${anyGap}&sort=tracks`, buildGapsBody(everyGap)],
  [`/v1/collecting/gaps?${anyGap}&sort=last-played`, buildGapsBody(["tender", "ege", "nineteen", "journey"])],
  [`/v1/collecting/gaps?${anyGap}&sort=artist`, buildGapsBody(["journey", "tender", "ege", "nineteen"])],
  [`/v1/collecting/gaps?${anyGap}&sort=title`, buildGapsBody(["nineteen", "ege", "journey", "tender"])],
  [`/v1/collecting/gaps?${anyGap}&q=can+ege`, buildGapsBody(["ege"])],
  [`/v1/collecting/gaps?${anyGap}&artist=alice`, buildGapsBody(["journey"])],
  [`/v1/collecting/gaps?${anyGap}&title=butt`, buildGapsBody(["tender"])],
  [`/v1/collecting/gaps?${anyGap}&wanted=true`, buildGapsBody(["ege", "journey"])],
  [`/v1/collecting/gaps?${anyGap}&last-played=2025-06..2025-09`, buildGapsBody(["ege", "nineteen"])],
  ["/v1/collecting/gaps?plays=1..&tracks=1..&kind=album", buildGapsBody(["tender"])],
  ["/v1/collecting/gaps?plays=1..&tracks=1..&kind=ep", buildGapsBody([])],
  ["/v1/collecting/gaps?plays=1..&tracks=1..&kind=single", buildGapsBody(["ege", "journey", "nineteen"])],
  ["/v1/collecting/gaps?plays=2..5&tracks=1..&kind=any", buildGapsBody(["ege", "journey"])],
  ["/v1/collecting/gaps?plays=1..&tracks=2..&kind=any", buildGapsBody(["tender", "ege", "journey"])],
  [`/v1/collecting/gaps?${anyGap}&during=2025-06`, buildGapsBody(["nineteen"])],
  [
    "/v1/collecting/explain/1",
    {
      record: collection[0],
      original_year: null,
      kinds: { formats: "album", musicbrainz: null },
      decision: { match_type: "exact", match_confidence: 1, rule: "title", decided_by: "matcher" },
      credited: [
        {
          id: 1,
          artist_name: "Can",
          album_name: "Tago Mago",
          play_count: 20,
          last_played: "2024-05-10T20:12:00Z",
          rule: "title",
          confidence: 1,
        },
      ],
      rejected: [
        { id: 5, artist_name: "Can", album_name: "Ege Bamyasi", play_count: 2, reason: "another title" },
      ],
    },
  ],
  [
    "/v1/collecting/explain/6",
    {
      record: collection[5],
      original_year: null,
      kinds: { formats: "album", musicbrainz: null },
      decision: { match_type: "artist_only", match_confidence: 0.5, rule: "artist", decided_by: "matcher" },
      credited: [],
      rejected: [
        { id: 8, artist_name: "Prince", album_name: "1999", play_count: 1, reason: "another title" },
      ],
    },
  ],
];

// Artists and albums by their numbers, tracks by their names.

const artistNames = [
  "Can",
  "Broadcast",
  "Miles Davis",
  "Alice Coltrane",
  "New Order",
  "Prince",
  "Stereolab",
] as const;
const albums = [
  ["Tago Mago", 1],
  ["Tender Buttons", 2],
  ["Kind Of Blue", 3],
  ["Journey In Satchidananda", 4],
  ["Ege Bamyasi", 1],
  ["Blue Monday", 5],
  ["Bitches Brew", 3],
  ["1999", 6],
] as const;

const buildNamedArtist = (id: number): { readonly id: number; readonly name: string } => ({
  id,
  name: artistNames[id - 1] ?? "",
});
const buildNamedAlbum = (
  id: number,
): { readonly id: number; readonly name: string; readonly artist: ReturnType<typeof buildNamedArtist> } => {
  const [name, artistId] = albums[id - 1] ?? ["", 0];
  return { id, name, artist: buildNamedArtist(artistId) };
};

/** Track, artist, album. */
const tracks = {
  tago1: [1, "Track 1", 1, 1],
  tago2: [2, "Track 2", 1, 1],
  tago3: [3, "Track 3", 1, 1],
  tago4: [4, "Track 4", 1, 1],
  bombay: [21, "Stopover Bombay", 4, 4],
  shiva: [22, "Shiva-Loka", 4, 4],
  automatic: [23, "Automatic", 6, 8],
  pinch: [24, "Pinch", 1, 5],
  vitamin: [25, "Vitamin C", 1, 5],
  tender1: [26, "Track 1", 2, 2],
  tender2: [27, "Track 2", 2, 2],
  tender3: [28, "Track 3", 2, 2],
  tender4: [29, "Track 4", 2, 2],
  tender5: [30, "Track 5", 2, 2],
  beach: [36, "The Beach", 5, 6],
  monday: [37, "Blue Monday", 5, 6],
  blue1: [38, "Track 1", 3, 3],
  key: [39, "Spanish Key", 3, 7],
  blue2: [41, "Track 2", 3, 3],
  blue3: [42, "Track 3", 3, 3],
  blue4: [43, "Track 4", 3, 3],
  blue5: [44, "Track 5", 3, 3],
  disko: [45, "French Disko", 7, null],
} as const;
type TrackName = keyof typeof tracks;

/** The newest first. */
const played: readonly (readonly [TrackName, string])[] = [
  ["disko", "2026-03-13T21:00:00Z"],
  ["blue5", "2026-03-12T20:16:00Z"],
  ["blue4", "2026-03-12T20:12:00Z"],
  ["blue3", "2026-03-12T20:08:00Z"],
  ["blue2", "2026-03-12T20:04:00Z"],
  ["blue1", "2026-03-12T20:00:00Z"],
  ["key", "2026-03-07T00:00:00Z"],
  ["blue1", "2026-03-06T23:59:59Z"],
  ["monday", "2026-02-12T00:00:00Z"],
  ["beach", "2026-02-11T23:59:59Z"],
  ["tender5", "2025-12-14T00:16:00Z"],
  ["tender4", "2025-12-14T00:12:00Z"],
  ["tender3", "2025-12-14T00:08:00Z"],
  ["tender2", "2025-12-14T00:04:00Z"],
  ["tender1", "2025-12-14T00:00:00Z"],
  ["tender5", "2025-12-13T23:56:00Z"],
  ["tender4", "2025-12-13T23:52:00Z"],
  ["tender3", "2025-12-13T23:48:00Z"],
  ["tender2", "2025-12-13T23:44:00Z"],
  ["tender1", "2025-12-13T23:40:00Z"],
  ["vitamin", "2025-09-15T00:00:00Z"],
  ["pinch", "2025-09-14T23:59:59Z"],
  ["automatic", "2025-06-01T09:00:00Z"],
  ["shiva", "2025-03-14T00:00:00Z"],
  ["bombay", "2025-03-13T23:59:59Z"],
  ...tagoDays.toReversed().flatMap((day): (readonly [TrackName, string])[] => [
    ["tago4", `${day}T20:12:00Z`],
    ["tago3", `${day}T20:08:00Z`],
    ["tago2", `${day}T20:04:00Z`],
    ["tago1", `${day}T20:00:00Z`],
  ]),
];

const noPreview = { apple_music_url: null, preview_url: null };
const noLinks = { apple_music_url: null, image: null };

const buildPlays = (from: number, to: number): object[] =>
  played.slice(from, to).map(([key, at]) => {
    const [id, name, artistId, albumId] = tracks[key];
    const artist = buildNamedArtist(artistId);
    return {
      track: { id, name, url: buildLastfmUrl(artist.name, "_", name), ...noPreview },
      artist,
      album: { id: albumId, name: albumId === null ? null : buildNamedAlbum(albumId).name, image: null },
      scrobbled_at: at,
    };
  });
const buildHistoryBody = (from: number, to: number, pagination = buildPagination(to - from, 50)): object => ({
  data: buildPlays(from, to),
  pagination,
});

const buildArtistsBody = (
  rows: readonly (readonly [id: number, plays: number])[],
  pagination = buildPagination(7),
): object => ({
  data: rows.map(([id, count]) => {
    const { name } = buildNamedArtist(id);
    return { id, name, playcount: count, genre: null, url: buildLastfmUrl(name), ...noLinks };
  }),
  pagination,
});
const albumPlays = [20, 10, 6, 2, 2, 2, 1, 1];
const buildAlbumsBody = (ids: readonly number[], pagination = buildPagination(8)): object => ({
  data: ids.map((id) => {
    const { name, artist } = buildNamedAlbum(id);
    return {
      id,
      name,
      artist,
      playcount: albumPlays[id - 1],
      url: buildLastfmUrl(artist.name, name),
      ...noLinks,
    };
  }),
  pagination,
});

const buildRecentAlbumsBody = (count: number): object => ({
  data: (
    [
      [3, "2026-03-12T20:16:00Z"],
      [7, "2026-03-07T00:00:00Z"],
      [6, "2026-02-12T00:00:00Z"],
      [2, "2025-12-14T00:16:00Z"],
      [5, "2025-09-15T00:00:00Z"],
      [8, "2025-06-01T09:00:00Z"],
      [4, "2025-03-14T00:00:00Z"],
      [1, "2024-05-10T20:12:00Z"],
    ] as const
  )
    .slice(0, count)
    .map(([albumId, at]) => {
      const { id, name, artist } = buildNamedAlbum(albumId);
      return {
        album: { id, name, url: buildLastfmUrl(artist.name, name), ...noLinks },
        artist,
        last_scrobbled_at: at,
      };
    }),
});

const buildTotals = (scrobbles: number, artists: number, albumCount: number, trackCount: number): object => ({
  total_scrobbles: scrobbles,
  unique_artists: artists,
  unique_albums: albumCount,
  unique_tracks: trackCount,
});
/** The time since 10 January 2024 is 2.17 years. */
const buildStats = (figures: object, perDay: number): object => ({
  ...figures,
  registered_date: null,
  years_tracking: 2.2,
  scrobbles_per_day: perDay,
});

const buildTrend = (metric: string, values: Readonly<Record<string, number>>): object => ({
  metric,
  data: Object.entries(values).map(([period, value]) => ({ period, value })),
});

const buildGenres = (period: string, genres: Readonly<Record<string, number>>, total: number): object => ({
  period,
  genres,
  total,
});
const tagoMonths = ["2024-01", "2024-02", "2024-03", "2024-04", "2024-05"].map((month) =>
  buildGenres(month, { Electronic: 4, Rock: 4 }, 4),
);
const february = buildGenres("2026-02", { Electronic: 2 }, 2);
const march = buildGenres("2026-03", { Jazz: 7 }, 7);

const playedYears = [
  { year: 2026, ...buildTotals(10, 3, 3, 9), top_artist: buildNamedArtist(3) },
  { year: 2025, ...buildTotals(15, 4, 4, 10), top_artist: buildNamedArtist(2) },
  { year: 2024, ...buildTotals(20, 1, 1, 4), top_artist: buildNamedArtist(1) },
];

const listeningRows: readonly Row[] = [
  [
    "/v1/listening/now-playing",
    {
      is_playing: false,
      track: null,
      scrobbled_at: null,
      source: null,
      client: null,
      record: null,
      record_ids: [],
      unanswered: [],
    },
  ],
  ["/v1/listening/recent", { data: buildPlays(0, 10) }],
  ["/v1/listening/recent?page=3&limit=3", { data: buildPlays(6, 9) }],
  ["/v1/listening/recent?date=2025-12-13", { data: buildPlays(15, 20) }],
  ["/v1/listening/recent?from=2026-03-07", { data: buildPlays(0, 7) }],
  ["/v1/listening/recent?to=2025-09-14&limit=4", { data: buildPlays(21, 25) }],
  ["/v1/listening/recent/albums", buildRecentAlbumsBody(8)],
  ["/v1/listening/recent/albums?limit=2", buildRecentAlbumsBody(2)],
  ["/v1/listening/history", buildHistoryBody(0, 45)],
  ["/v1/listening/history?page=2&limit=40", buildHistoryBody(40, 45, buildPagination(45, 40, 2))],
  ["/v1/listening/history?from=2026-02-12T00:00:00Z", buildHistoryBody(0, 9)],
  ["/v1/listening/history?to=2024-01-10", buildHistoryBody(41, 45)],
  ["/v1/listening/history?artist=orde", buildHistoryBody(8, 10)],
  ["/v1/listening/history?album=bamy", buildHistoryBody(20, 22)],
  // 45 plays in 793.7 days.
  ["/v1/listening/stats", buildStats(buildTotals(45, 7, 8, 23), 0.1)],
  ["/v1/listening/stats?date=2025-12-14", buildStats(buildTotals(5, 1, 1, 5), 5)],
  // 7 plays in 7.5 days.
  ["/v1/listening/stats?from=2026-03-07", buildStats(buildTotals(7, 2, 2, 7), 0.9)],
  // 4 plays from 20:00 on the 10th: 21.2 days.
  ["/v1/listening/stats?to=2024-01-31", buildStats(buildTotals(4, 1, 1, 4), 0.2)],
  // Equal numbers: the latest first.
  [
    "/v1/listening/artists",
    buildArtistsBody([
      [1, 22],
      [2, 10],
      [3, 7],
      [5, 2],
      [4, 2],
      [7, 1],
      [6, 1],
    ]),
  ],
  [
    "/v1/listening/artists?page=2&limit=2",
    buildArtistsBody(
      [
        [3, 7],
        [5, 2],
      ],
      buildPagination(7, 2, 2),
    ),
  ],
  [
    "/v1/listening/artists?sort=playcount&order=asc&limit=3",
    buildArtistsBody(
      [
        [7, 1],
        [6, 1],
        [5, 2],
      ],
      buildPagination(7, 3),
    ),
  ],
  [
    "/v1/listening/artists?sort=name&order=desc&limit=2",
    buildArtistsBody(
      [
        [7, 1],
        [6, 1],
      ],
      buildPagination(7, 2),
    ),
  ],
  ["/v1/listening/artists?search=davis", buildArtistsBody([[3, 7]], buildPagination(1))],
  ["/v1/listening/albums", buildAlbumsBody([1, 2, 3, 6, 5, 4, 7, 8])],
  ["/v1/listening/albums?page=2&limit=3", buildAlbumsBody([6, 5, 4], buildPagination(8, 3, 2))],
  ["/v1/listening/albums?sort=playcount&order=asc", buildAlbumsBody([7, 8, 6, 5, 4, 3, 2, 1])],
  ["/v1/listening/albums?sort=name&order=asc", buildAlbumsBody([8, 7, 6, 5, 4, 3, 1, 2])],
  ["/v1/listening/albums?sort=name&order=desc", buildAlbumsBody([2, 1, 3, 4, 5, 6, 7, 8])],
  ["/v1/listening/albums?sort=recent", buildAlbumsBody([3, 7, 6, 2, 5, 8, 4, 1])],
  ["/v1/listening/albums?artist=miles", buildAlbumsBody([3, 7], buildPagination(2))],
  ["/v1/listening/albums?search=blue", buildAlbumsBody([3, 6], buildPagination(2))],
  [
    "/v1/listening/albums/1",
    {
      id: 1,
      name: "Tago Mago",
      mbid: null,
      url: buildLastfmUrl("Can", "Tago Mago"),
      apple_music_url: null,
      playcount: 20,
      image: null,
      artist: buildNamedArtist(1),
      tracks: [1, 2, 3, 4].map((id) => ({ id, name: `Track ${id}`, scrobble_count: 5, ...noPreview })),
    },
  ],
  [
    "/v1/listening/albums/3",
    {
      id: 3,
      name: "Kind Of Blue",
      mbid: null,
      url: buildLastfmUrl("Miles Davis", "Kind Of Blue"),
      apple_music_url: null,
      playcount: 6,
      image: null,
      artist: buildNamedArtist(3),
      tracks: (
        [
          [38, 1, 2],
          [41, 2, 1],
          [42, 3, 1],
          [43, 4, 1],
          [44, 5, 1],
        ] as const
      ).map(([id, at, count]) => ({ id, name: `Track ${at}`, scrobble_count: count, ...noPreview })),
    },
  ],
  [
    "/v1/listening/calendar",
    buildCalendar(
      2026,
      [
        ["02-11", 1],
        ["02-12", 1],
        ["03-06", 1],
        ["03-07", 1],
        ["03-12", 5],
        ["03-13", 1],
      ],
      "03-12",
    ),
  ],
  [
    "/v1/listening/calendar?year=2025",
    buildCalendar(
      2025,
      [
        ["03-13", 1],
        ["03-14", 1],
        ["06-01", 1],
        ["09-14", 1],
        ["09-15", 1],
        ["12-13", 5],
        ["12-14", 5],
      ],
      "12-13",
    ),
  ],
  [
    "/v1/listening/trends",
    buildTrend("scrobbles", {
      "2024-01": 4,
      "2024-02": 4,
      "2024-03": 4,
      "2024-04": 4,
      "2024-05": 4,
      "2025-03": 2,
      "2025-06": 1,
      "2025-09": 2,
      "2025-12": 10,
      "2026-02": 2,
      "2026-03": 8,
    }),
  ],
  [
    "/v1/listening/trends?metric=scrobbles&from=2026-02-12",
    buildTrend("scrobbles", { "2026-02": 1, "2026-03": 8 }),
  ],
  [
    "/v1/listening/trends?metric=artists&from=2026-02-01",
    buildTrend("artists", { "2026-02": 1, "2026-03": 2 }),
  ],
  [
    "/v1/listening/trends?metric=albums&from=2025-12-01",
    buildTrend("albums", { "2025-12": 1, "2026-02": 1, "2026-03": 2 }),
  ],
  [
    "/v1/listening/trends?metric=tracks&from=2025-12-01&to=2025-12-31",
    buildTrend("tracks", { "2025-12": 5 }),
  ],
  ["/v1/listening/trends?to=2024-02-10", buildTrend("scrobbles", { "2024-01": 4, "2024-02": 4 })],
  ["/v1/listening/genres", { data: [...tagoMonths, february, march] }],
  [
    "/v1/listening/genres?group_by=month&date=2026-02-12",
    { data: [buildGenres("2026-02", { Electronic: 1 }, 1)] },
  ],
  ["/v1/listening/genres?from=2026-02-01", { data: [february, march] }],
  ["/v1/listening/genres?to=2024-02-29", { data: tagoMonths.slice(0, 2) }],
  [
    "/v1/listening/genres?group_by=week&from=2026-02-01",
    {
      data: [
        buildGenres("2026-W07", { Electronic: 2 }, 2),
        buildGenres("2026-W10", { Jazz: 2 }, 2),
        buildGenres("2026-W11", { Jazz: 5 }, 5),
      ],
    },
  ],
  [
    "/v1/listening/genres?group_by=year&limit=1",
    {
      data: [
        buildGenres("2024", { Electronic: 20, Other: 20 }, 20),
        buildGenres("2026", { Jazz: 7, Other: 2 }, 9),
      ],
    },
  ],
  [
    "/v1/listening/genres?from=2025-04-11&to=2026-03-06&compare_to=previous_year",
    { data: [february, buildGenres("2026-03", { Jazz: 1 }, 1)], compare: tagoMonths.slice(4) },
  ],
  [
    "/v1/listening/streaks",
    {
      current: { days: 2, start_date: "2026-03-12", total_scrobbles: 6 },
      longest: { days: 2, start_date: "2025-03-13", end_date: "2025-03-14", total_scrobbles: 2 },
    },
  ],
  ["/v1/listening/years", { data: playedYears }],
  [
    "/v1/sources",
    {
      data: [
        {
          name: "lastfm",
          kind: "service",
          plays: 45,
          shared: 0,
          first: "2024-01-10T20:00:00Z",
          last: "2026-03-13T21:00:00Z",
          offsets: [],
          read_at: "2026-03-14T12:00:00Z",
          stopped_at: null,
          refused_at: null,
        },
      ],
      plays: 45,
    },
  ],
  ["/v1/sources/holes", { data: [], summary: { certain: 0, probable: 0 } }],
];

// Charts.

type Sparkline = readonly [granularity: string, points: readonly number[]];
const buildSparkline = ([granularity, points]: Sparkline): object => ({ sparkline: { granularity, points } });
/** Points with these counts at these places, from 0; the others are 0. */
const buildPoints = (count: number, at: Readonly<Record<number, number>>): number[] =>
  Array.from({ length: count }, (_, place) => at[place] ?? 0);

const buildChartBody = (
  period: string,
  data: readonly object[],
  pagination = buildPagination(data.length, 10),
): object => ({
  period,
  data,
  pagination,
});
const buildTopArtist = (rank: number, id: number, count: number, sparkline?: Sparkline): object => ({
  rank,
  ...buildNamedArtist(id),
  detail: "",
  playcount: count,
  image: null,
  url: buildLastfmUrl(buildNamedArtist(id).name),
  apple_music_url: null,
  ...(sparkline === undefined ? {} : buildSparkline(sparkline)),
});
const buildTopAlbum = (rank: number, albumId: number, count: number, sparkline?: Sparkline): object => {
  const { id, name, artist } = buildNamedAlbum(albumId);
  return {
    rank,
    id,
    name,
    detail: artist.name,
    playcount: count,
    image: null,
    url: buildLastfmUrl(artist.name, name),
    apple_music_url: null,
    ...(sparkline === undefined ? {} : buildSparkline(sparkline)),
  };
};
const buildTopTrack = (rank: number, key: TrackName, count: number, sparkline?: Sparkline): object => {
  const [id, name, artistId, albumId] = tracks[key];
  const artist = buildNamedArtist(artistId).name;
  return {
    rank,
    id,
    name,
    detail: artist,
    playcount: count,
    image: null,
    url: buildLastfmUrl(artist, "_", name),
    ...noPreview,
    album_id: albumId,
    album_name: albumId === null ? null : buildNamedAlbum(albumId).name,
    ...(sparkline === undefined ? {} : buildSparkline(sparkline)),
  };
};
const buildTrackChart = (
  period: string,
  rows: readonly (readonly [TrackName, number])[],
  {
    artist = null,
    pagination = buildPagination(rows.length, 10),
    first = 1,
  }: {
    readonly artist?: number | null;
    readonly pagination?: object;
    readonly first?: number;
  } = {},
): object => ({
  period,
  artist_id: artist,
  data: rows.map(([key, count], at) => buildTopTrack(first + at, key, count)),
  pagination,
});

/** The artists and albums of each period, with their plays in it. */
const periods = {
  // 7 March and later.
  "7day": [
    [
      [3, 6],
      [7, 1],
    ],
    [
      [3, 5],
      [7, 1],
    ],
  ],
  // 12 February and later.
  "1month": [
    [
      [3, 7],
      [7, 1],
      [5, 1],
    ],
    [
      [3, 6],
      [7, 1],
      [6, 1],
    ],
  ],
  // 14 December and later.
  "3month": [
    [
      [3, 7],
      [2, 5],
      [5, 2],
      [7, 1],
    ],
    [
      [3, 6],
      [2, 5],
      [6, 2],
      [7, 1],
    ],
  ],
  // 15 September and later.
  "6month": [
    [
      [2, 10],
      [3, 7],
      [5, 2],
      [7, 1],
      [1, 1],
    ],
    [
      [2, 10],
      [3, 6],
      [6, 2],
      [7, 1],
      [5, 1],
    ],
  ],
  // 14 March 2025 and later.
  "12month": [
    [
      [2, 10],
      [3, 7],
      [5, 2],
      [1, 2],
      [7, 1],
      [6, 1],
      [4, 1],
    ],
    [
      [2, 10],
      [3, 6],
      [6, 2],
      [5, 2],
      [7, 1],
      [8, 1],
      [4, 1],
    ],
  ],
  overall: [
    [
      [1, 22],
      [2, 10],
      [3, 7],
      [5, 2],
      [4, 2],
      [7, 1],
      [6, 1],
    ],
    [
      [1, 20],
      [2, 10],
      [3, 6],
      [6, 2],
      [5, 2],
      [4, 2],
      [7, 1],
      [8, 1],
    ],
  ],
} as const satisfies Readonly<Record<string, readonly (readonly (readonly [id: number, plays: number])[])[]>>;

/** The tracks of each period, the latest first; two plays of a track come before one. */
const sevenDays = ["disko", "blue5", "blue4", "blue3", "blue2", "blue1", "key"] as const;
const countOnce = (keys: readonly TrackName[]): (readonly [TrackName, number])[] =>
  keys.map((key) => [key, 1]);
const blues = countOnce(["disko", "blue5", "blue4", "blue3", "blue2", "key"]);
const playedTwice = (["tender5", "tender4", "tender3", "tender2", "tender1"] as const).map(
  (key): readonly [TrackName, number] => [key, 2],
);

const chartRows: readonly Row[] = [
  ["/v1/listening/top/artists", buildChartBody("7day", [buildTopArtist(1, 3, 6), buildTopArtist(2, 7, 1)])],
  ["/v1/listening/top/albums", buildChartBody("7day", [buildTopAlbum(1, 3, 5), buildTopAlbum(2, 7, 1)])],
  ["/v1/listening/top/tracks", buildTrackChart("7day", countOnce(sevenDays))],
  ...Object.entries(periods).flatMap(([period, [artistPlays, playsOfAlbums]]): Row[] => [
    [
      `/v1/listening/top/artists?period=${period}`,
      buildChartBody(
        period,
        artistPlays.map(([id, count], at) => buildTopArtist(at + 1, id, count)),
      ),
    ],
    [
      `/v1/listening/top/albums?period=${period}`,
      buildChartBody(
        period,
        playsOfAlbums.map(([id, count], at) => buildTopAlbum(at + 1, id, count)),
      ),
    ],
  ]),
  ["/v1/listening/top/tracks?period=7day", buildTrackChart("7day", countOnce(sevenDays))],
  [
    "/v1/listening/top/tracks?period=1month",
    buildTrackChart("1month", [["blue1", 2], ...blues, ["monday", 1]]),
  ],
  [
    "/v1/listening/top/tracks?period=3month&limit=20",
    buildTrackChart(
      "3month",
      [
        ["blue1", 2],
        ...blues,
        ["monday", 1],
        ["beach", 1],
        ...countOnce(["tender5", "tender4", "tender3", "tender2", "tender1"]),
      ],
      { pagination: buildPagination(14) },
    ),
  ],
  [
    "/v1/listening/top/tracks?period=6month&limit=20",
    buildTrackChart(
      "6month",
      [["blue1", 2], ...playedTwice, ...blues, ["monday", 1], ["beach", 1], ["vitamin", 1]],
      {
        pagination: buildPagination(15),
      },
    ),
  ],
  [
    "/v1/listening/top/tracks?period=12month&page=4&limit=5",
    buildTrackChart("12month", countOnce(["pinch", "automatic", "shiva"]), {
      pagination: buildPagination(18, 5, 4),
      first: 16,
    }),
  ],
  [
    "/v1/listening/top/tracks?period=overall&limit=5",
    buildTrackChart(
      "overall",
      [
        ["tago4", 5],
        ["tago3", 5],
        ["tago2", 5],
        ["tago1", 5],
        ["blue1", 2],
      ],
      { pagination: buildPagination(23, 5) },
    ),
  ],
  [
    "/v1/listening/top/artists?period=overall&page=2&limit=3",
    buildChartBody(
      "overall",
      [buildTopArtist(4, 5, 2), buildTopArtist(5, 4, 2), buildTopArtist(6, 7, 1)],
      buildPagination(7, 3, 2),
    ),
  ],
  [
    "/v1/listening/top/albums?period=overall&page=3&limit=3",
    buildChartBody("overall", [buildTopAlbum(7, 7, 1), buildTopAlbum(8, 8, 1)], buildPagination(8, 3, 3)),
  ],
  // Dates take precedence over the period, which is repeated all the same.
  ["/v1/listening/top/artists?date=2025-12-13", buildChartBody("7day", [buildTopArtist(1, 2, 5)])],
  [
    "/v1/listening/top/artists?period=overall&date=2025-12-13",
    buildChartBody("overall", [buildTopArtist(1, 2, 5)]),
  ],
  [
    "/v1/listening/top/artists?from=2026-02-11&to=2026-03-06",
    buildChartBody("7day", [buildTopArtist(1, 5, 2), buildTopArtist(2, 3, 1)]),
  ],
  ["/v1/listening/top/albums?date=2025-09-14", buildChartBody("7day", [buildTopAlbum(1, 5, 1)])],
  [
    "/v1/listening/top/albums?from=2026-03-06T23:59:59Z&to=2026-03-07T00:00:00Z",
    buildChartBody("7day", [buildTopAlbum(1, 7, 1), buildTopAlbum(2, 3, 1)]),
  ],
  ["/v1/listening/top/tracks?date=2025-03-13", buildTrackChart("7day", [["bombay", 1]])],
  [
    "/v1/listening/top/tracks?from=2025-03-14&to=2025-09-14",
    buildTrackChart("7day", countOnce(["pinch", "automatic", "shiva"])),
  ],
  [
    "/v1/listening/top/tracks?period=overall&artist_name=can",
    buildTrackChart(
      "overall",
      [
        ["tago4", 5],
        ["tago3", 5],
        ["tago2", 5],
        ["tago1", 5],
        ["vitamin", 1],
        ["pinch", 1],
      ],
      { artist: 1 },
    ),
  ],
  [
    "/v1/listening/top/tracks?period=overall&artist_id=5",
    buildTrackChart("overall", countOnce(["monday", "beach"]), { artist: 5 }),
  ],
  ["/v1/listening/top/tracks?period=overall&artist_name=nobody", buildTrackChart("overall", [])],
  // 7 to 14 March; a day each.
  [
    "/v1/listening/top/artists?include_sparklines=true",
    buildChartBody("7day", [
      buildTopArtist(1, 3, 6, ["day", buildPoints(8, { 0: 1, 5: 5 })]),
      buildTopArtist(2, 7, 1, ["day", buildPoints(8, { 6: 1 })]),
    ]),
  ],
  // Three days from the first play on, 10 January. And up to today, 14 March.
  [
    "/v1/listening/top/artists?from=2024-01-01&to=2024-01-12&include_sparklines=true",
    buildChartBody("7day", [buildTopArtist(1, 1, 4, ["day", buildPoints(3, { 0: 4 })])]),
  ],
  [
    "/v1/listening/top/artists?from=2026-03-13&to=2026-04-30&include_sparklines=true",
    buildChartBody("7day", [buildTopArtist(1, 7, 1, ["day", buildPoints(2, { 0: 1 })])]),
  ],
  // Weeks from 15 September to 14 March. The 13th is the Monday of 8 December.
  [
    "/v1/listening/top/albums?period=6month&limit=1&include_sparklines=true",
    buildChartBody(
      "6month",
      [buildTopAlbum(1, 2, 10, ["week", buildPoints(26, { 12: 10 })])],
      buildPagination(5, 1),
    ),
  ],
  // Months from January 2024 to March 2026.
  [
    "/v1/listening/top/tracks?period=overall&limit=1&include_sparklines=true",
    {
      period: "overall",
      artist_id: null,
      data: [buildTopTrack(1, "tago4", 5, ["month", buildPoints(27, { 0: 1, 1: 1, 2: 1, 3: 1, 4: 1 })])],
      pagination: buildPagination(23, 1),
    },
  ],
];

const monthsSince2024 = ["2024", "2025", "2026"]
  .flatMap((year) => Array.from({ length: 12 }, (_, at) => `${year}-${String(at + 1).padStart(2, "0")}-01`))
  .slice(0, 27);

const buildFullArtist = (
  id: number,
  [count, first, last, rank]: readonly [number, string, string, number],
  months: Readonly<Record<string, number>>,
  [albumRows, trackRows]: readonly [
    readonly (readonly [number, number])[],
    readonly (readonly [TrackName, number])[],
  ],
): object => ({
  ...buildNamedArtist(id),
  mbid: null,
  url: buildLastfmUrl(buildNamedArtist(id).name),
  apple_music_url: null,
  playcount: count,
  scrobble_count: count,
  first_scrobbled_at: first,
  last_played_at: last,
  all_time_rank: rank,
  distinct_tracks: trackRows.length,
  distinct_albums: albumRows.length,
  genre: null,
  tags: [],
  bio_summary: null,
  bio_content: null,
  bio_synced_at: null,
  image: null,
  sparkline: {
    granularity: "month",
    points: monthsSince2024.map((at) => ({ at, count: months[at] ?? 0 })),
  },
  top_albums: albumRows.map(([albumId, albumCount]) => ({
    id: albumId,
    name: buildNamedAlbum(albumId).name,
    playcount: albumCount,
    ...noLinks,
  })),
  top_tracks: trackRows.map(([key, trackCount]) => {
    const [trackId, name, , albumId] = tracks[key];
    return {
      id: trackId,
      name,
      album_id: albumId,
      album_name: albumId === null ? null : buildNamedAlbum(albumId).name,
      scrobble_count: trackCount,
      ...noPreview,
      image: null,
    };
  }),
  similar_artists: [],
});

interface YearParts {
  readonly figures: object;
  readonly artists: readonly (readonly [number, number, Sparkline?])[];
  readonly albums: readonly (readonly [number, number, Sparkline?])[];
  readonly tracks: readonly (readonly [TrackName, number, Sparkline?])[];
  readonly monthly: readonly (readonly [string, number, number, number])[];
}
const buildOptionalSparkline = (sparkline: Sparkline | undefined): object =>
  sparkline === undefined ? {} : buildSparkline(sparkline);
const buildFullYear = ({ figures, monthly, ...top }: YearParts): object => ({
  ...figures,
  top_artists: top.artists.map(([id, count, spark]) => ({
    ...buildNamedArtist(id),
    scrobbles: count,
    ...noLinks,
    ...buildOptionalSparkline(spark),
  })),
  top_albums: top.albums.map(([albumId, count, spark]) => {
    const { id, name, artist } = buildNamedAlbum(albumId);
    return { id, name, artist: artist.name, scrobbles: count, ...noLinks, ...buildOptionalSparkline(spark) };
  }),
  top_tracks: top.tracks.map(([key, count, spark]) => {
    const [id, name, artistId] = tracks[key];
    return {
      id,
      name,
      artist: buildNamedArtist(artistId).name,
      scrobbles: count,
      ...noPreview,
      ...buildOptionalSparkline(spark),
    };
  }),
  monthly: monthly.map(([month, scrobbles, artists, albumCount]) => ({
    month,
    scrobbles,
    unique_artists: artists,
    unique_albums: albumCount,
  })),
});

const buildFoundEntry = (
  kind: "album" | "release" | "track",
  id: number,
  title: string,
  by: string,
): object => ({
  domain: kind === "release" ? "collecting" : "listening",
  entity_type: kind,
  entity_id: String(id),
  title,
  subtitle: by,
  image_key: null,
  image: null,
  url:
    kind === "release"
      ? buildDiscogsUrl(100 + id)
      : kind === "album"
        ? buildLastfmUrl(by, title)
        : buildLastfmUrl(by, "_", title),
  instapaper_url: null,
  instapaper_app_url: null,
  author: null,
  score: 0.75,
});
const blueFound = [
  buildFoundEntry("album", 3, "Kind Of Blue", "Miles Davis"),
  buildFoundEntry("release", 2, "Kind Of Blue", "Miles Davis"),
  buildFoundEntry("album", 6, "Blue Monday", "New Order"),
  buildFoundEntry("release", 4, "Blue Monday", "New Order"),
  buildFoundEntry("track", 37, "Blue Monday", "New Order"),
];
const buildSearchBody = (data: readonly object[], pagination = buildPagination(data.length)): object => ({
  data,
  pagination,
});

const buildHealth = (type: string, count: number): object => ({
  last_sync: "2026-03-14T12:00:00Z",
  status: "completed",
  sync_type: type,
  items_synced: count,
  duration_ms: null,
  error: null,
  error_rate: 0,
});

/** Keys are made from random bytes. */
const buildKey = (id: number, scope: string, prefix: string): object => ({
  id,
  name: scope === "read" ? "live" : scope,
  scope,
  key_prefix: prefix,
  key_hint: expect.stringMatching(/^[\w-]{4}$/),
  rate_limit_rpm: null,
  last_used_at: id === 2 ? "2026-03-14T12:00:00Z" : null,
  request_count: null,
  expires_at: null,
  is_active: true,
  created_at: "2026-03-14T12:00:00Z",
});

const otherRows: readonly Row[] = [
  [
    "/v1/listening/artists/1",
    buildFullArtist(
      1,
      [22, "2024-01-10T20:00:00Z", "2025-09-15T00:00:00Z", 1],
      {
        "2024-01-01": 4,
        "2024-02-01": 4,
        "2024-03-01": 4,
        "2024-04-01": 4,
        "2024-05-01": 4,
        "2025-09-01": 2,
      },
      [
        [
          [1, 20],
          [5, 2],
        ],
        [
          ["tago4", 5],
          ["tago3", 5],
          ["tago2", 5],
          ["tago1", 5],
          ["vitamin", 1],
          ["pinch", 1],
        ],
      ],
    ),
  ],
  // Stereolab has as many plays, and a later one.
  [
    "/v1/listening/artists/6",
    buildFullArtist(6, [1, "2025-06-01T09:00:00Z", "2025-06-01T09:00:00Z", 7], { "2025-06-01": 1 }, [
      [[8, 1]],
      [["automatic", 1]],
    ]),
  ],
  [
    "/v1/listening/year/2025",
    buildFullYear({
      figures: { year: 2025, ...buildTotals(15, 4, 4, 10) },
      artists: [
        [2, 10],
        [1, 2],
        [4, 2],
        [6, 1],
      ],
      albums: [
        [2, 10],
        [5, 2],
        [4, 2],
        [8, 1],
      ],
      tracks: [...playedTwice, ...countOnce(["vitamin", "pinch", "automatic", "shiva", "bombay"])],
      monthly: [
        ["2025-03", 2, 1, 1],
        ["2025-06", 1, 1, 1],
        ["2025-09", 2, 1, 1],
        ["2025-12", 10, 1, 1],
      ],
    }),
  ],
  [
    "/v1/listening/year/2026?month=3",
    buildFullYear({
      figures: { year: 2026, month: 3, ...buildTotals(8, 2, 2, 7) },
      artists: [
        [3, 7],
        [7, 1],
      ],
      albums: [
        [3, 6],
        [7, 1],
      ],
      tracks: [["blue1", 2], ...blues],
      monthly: [["2026-03", 8, 2, 2]],
    }),
  ],
  // The period lasts to the end of today.
  [
    "/v1/listening/year/2026?month=2&include_sparklines=true",
    buildFullYear({
      figures: { year: 2026, month: 2, ...buildTotals(2, 1, 1, 2) },
      artists: [[5, 2, ["day", buildPoints(28, { 10: 1, 11: 1 })]]],
      albums: [[6, 2, ["day", buildPoints(28, { 10: 1, 11: 1 })]]],
      tracks: [
        ["monday", 1, ["day", buildPoints(28, { 11: 1 })]],
        ["beach", 1, ["day", buildPoints(28, { 10: 1 })]],
      ],
      monthly: [["2026-02", 2, 1, 1]],
    }),
  ],
  ["/v1/search?q=blue", buildSearchBody(blueFound)],
  ["/v1/search?q=blue&page=2&limit=2", buildSearchBody(blueFound.slice(2, 4), buildPagination(5, 2, 2))],
  [
    "/v1/search?q=blue&domain=listening",
    buildSearchBody([blueFound[0], blueFound[2], blueFound[4]] as object[]),
  ],
  ["/v1/search?q=blue&domain=collecting", buildSearchBody([blueFound[1], blueFound[3]] as object[])],
  ["/v1/search?q=blue&domain=running", buildSearchBody([])],
  ["/v1/search?q=blue&domain=watching", buildSearchBody([])],
  ["/v1/search?q=blue&domain=reading&mode=keyword", buildSearchBody([])],
  ["/v1/search?q=blue&domain=reading&mode=semantic", buildSearchBody(blueFound)],
  ["/v1/search?q=blue&domain=reading&mode=hybrid", buildSearchBody(blueFound)],
  ["/v1/health", { status: "ok", timestamp: "2026-03-14T12:00:00Z" }],
  [
    "/v1/health/sync",
    {
      status: "ok",
      domains: { listening: buildHealth("scrobbles", 45), collecting: buildHealth("collection", 6) },
      enrichment: {
        artists_missing_apple_music_url_with_plays: 0,
        artists_missing_apple_music_url: 0,
        tracks_missing_itunes_enrichment: 0,
      },
      integrity: { lastfm_album_artist_mismatch_count: 0 },
    },
  ],
  ["/v1/sync", { syncing: false, run: null }],
  ["/v1/admin/keys", { data: [buildKey(1, "read", "rw_live_"), buildKey(2, "admin", "rw_admin_")] }],
];

// Lists from the wider home.

/** The form of each copy of records 1 to 6. */
const forms = [
  ["LP", "LP"],
  ["LP", "LP"],
  ["CD", "CD"],
  ['12"', '12"'],
  ["Box", "Box", "Box"],
  ["Cass", "2×Cass"],
];
const buildDupesBody = (
  ids: readonly number[],
  pagination = buildPagination(ids.length),
  all = ids,
): object => ({
  data: ids.map((id) => {
    const copies = id === 5 ? [5, 11, 13] : [id, id + 6];
    return { ...buildPair(id), copies: copies.length, record_ids: copies, forms: forms[id - 1] };
  }),
  summary: { total: all.length, records: all.length * 2 + (all.includes(5) ? 1 : 0) },
  pagination,
});
const copiesOrder = [5, 1, 2, 4, 3, 6];

type Reason = "copy" | "never" | "rating";
/** `first`: the first copy. */
type Culled = readonly [
  first: number,
  why: readonly Reason[],
  keep: number | null,
  media?: string,
  sleeve?: string,
];
const culled: Readonly<Record<number, Culled>> = {
  // Record 12 is in a better condition.
  6: [6, ["copy", "never"], 12],
  7: [1, ["copy"], 1],
  8: [2, ["copy"], 2],
  9: [3, ["copy"], 3],
  10: [4, ["copy", "rating"], 4],
  11: [5, ["copy", "never"], 5, "G", "VG+"],
  12: [6, ["never"], null, "NM"],
  13: [5, ["copy", "never"], 5],
};
/** How a later copy differs from the first. */
const differences: Readonly<Record<number, object>> = {
  10: { rating: 2 },
  12: { discogs_id: 112, date_added: "2021-05-01T10:00:00Z", discogs_url: buildDiscogsUrl(112) },
};
const buildCullBody = (
  ids: readonly number[],
  pagination = buildPagination(ids.length),
  all = ids,
): object => {
  const countReason = (reason: Reason): number => all.filter((id) => culled[id]?.[1].includes(reason)).length;
  return {
    data: ids.map((id) => {
      const [first, why, keep, media = null, sleeve = null] = culled[id] ?? [0, [], null];
      const [label, number] = labels[first - 1] ?? [];
      return {
        collection: { ...collection[first - 1], id, ...differences[id] },
        listening: listening[first - 1],
        why,
        copy_of: keep,
        media,
        sleeve,
        label,
        catalog_number: number,
      };
    }),
    summary: {
      total: all.length,
      copy: countReason("copy"),
      never: countReason("never"),
      rating: countReason("rating"),
    },
    pagination,
  };
};
/** Two reasons, then one. Of equals: the fewest plays, then the latest addition, then the highest number. */
const reasonsOrder = [13, 11, 6, 10, 12, 9];

const buildWantLine = (
  id: number,
  [artist, title, form, year]: readonly [string, string, string, number | null],
  added: string,
  [count, last]: readonly [number, string | null],
  [ids, theirForms]: readonly [readonly number[], readonly string[]] = [[], []],
): object => ({
  release_id: id,
  artist,
  title,
  form,
  year,
  added_at: added,
  play_count: count,
  last_played: last,
  owned: ids.length > 0,
  owned_outright: id === 112,
  record_ids: ids,
  forms: theirForms,
});
const wantLines = {
  ege: buildWantLine(201, ["Can", "Ege Bamyasi", "LP", 1972], "2025-02-03T10:00:00Z", [
    2,
    "2025-09-15T00:00:00Z",
  ]),
  journey: buildWantLine(
    202,
    ["Alice Coltrane", "Journey In Satchidananda", "LP", 2011],
    "2024-11-29T18:00:00Z",
    [2, "2025-03-14T00:00:00Z"],
  ),
  tago: buildWantLine(
    203,
    ["Can", "Tago Mago", "LP", 1989],
    "2026-03-01T10:00:00Z",
    [20, "2024-05-10T20:12:00Z"],
    [[1, 7], ["LP"]],
  ),
  // The copy of the wanted release comes first.
  parade: buildWantLine(
    112,
    ["Prince", "Parade", "2×Cass", null],
    "2024-11-29T18:00:00Z",
    [0, null],
    [
      [12, 6],
      ["2×Cass", "Cass"],
    ],
  ),
};
type Wanted = keyof typeof wantLines;
const buildWantsBody = (
  names: readonly Wanted[],
  pagination = buildPagination(names.length),
  all = names,
): object => ({
  data: names.map((name) => wantLines[name]),
  summary: {
    total: all.length,
    owned: all.filter((name) => name === "tago" || name === "parade").length,
    owned_outright: all.includes("parade") ? 1 : 0,
  },
  pagination,
});
const wantsOrder: readonly Wanted[] = ["tago", "ege", "journey", "parade"];

/** The records of each album. */
const recordsOfAlbum: Readonly<Record<number, object>> = {
  1: { record_ids: [1, 7], forms: ["LP"] },
  3: { record_ids: [2, 8], forms: ["LP"] },
  6: { record_ids: [4, 10], forms: ['12"'] },
  7: { record_ids: [3, 9], forms: ["CD"] },
};
const getAlbumCopies = (albumId: number | null): object =>
  recordsOfAlbum[albumId ?? 0] ?? { record_ids: [], forms: [] };
const buildPeriod = (from: string, to: string): object => ({
  from: `${from}T00:00:00Z`,
  to: `${to}T00:00:00Z`,
});

/** A play with a day but no time. */
const loggedPlay = {
  played_at: "2026-03-13T12:00:00Z",
  precision_seconds: 86_400,
  artist_name: "Stereolab",
  track_name: null,
  album_id: null,
  album_name: "Dots And Loops",
  record_ids: [14],
  forms: ["LP"],
  logged: true,
};
const playLines: readonly object[] = played
  .map(([key, at]): object => {
    const [, name, artistId, albumId] = tracks[key];
    return {
      played_at: at,
      precision_seconds: 1,
      artist_name: buildNamedArtist(artistId).name,
      track_name: name,
      album_id: albumId,
      album_name: albumId === null ? null : buildNamedAlbum(albumId).name,
      ...getAlbumCopies(albumId),
      logged: false,
    };
  })
  .toSpliced(1, 0, loggedPlay);
const buildPlaysBody = (
  lines: readonly object[],
  pagination = buildPagination(lines.length),
  during: object | null = null,
): object => ({ data: lines, during, pagination });

interface TopLine extends Readonly<Record<string, unknown>> {
  readonly play_count: number;
  readonly owned?: boolean;
  readonly owned_records?: number | undefined;
}
interface TopPage {
  readonly page?: number;
  readonly limit?: number;
  readonly during?: object | null;
}
const sumLinePlays = (lines: readonly TopLine[]): number =>
  lines.reduce((sum, { play_count: count }) => sum + count, 0);
const buildTopBody = (
  lines: readonly TopLine[],
  { page = 1, limit = 20, during = null }: TopPage = {},
): object => {
  const owned = lines.filter((line) => line.owned ?? line.owned_records !== 0);
  return {
    data: lines.map((line, at) => ({ rank: at + 1, ...line })).slice((page - 1) * limit, page * limit),
    summary: {
      total: lines.length,
      owned: owned.length,
      plays: sumLinePlays(lines),
      owned_plays: sumLinePlays(owned),
    },
    during,
    pagination: buildPagination(lines.length, limit, page),
  };
};

const getOwnership = (albumId: number | null) => ({
  owned: recordsOfAlbum[albumId ?? 0] !== undefined,
  ...getAlbumCopies(albumId),
  // Tago Mago in another pressing, Journey In Satchidananda, Ege Bamyasi.
  wanted: [1, 4, 5].includes(albumId ?? 0),
});
type AlbumFigures = readonly [plays: number, spins: number | null, tracks: number, last: string];
/** The two sittings with Tender Buttons have no pause between them, so they are one spin. */
const albumFigures: Readonly<Record<number, AlbumFigures>> = {
  1: [20, 5, 4, "2024-05-10T20:12:00Z"],
  2: [10, 1, 5, "2025-12-14T00:16:00Z"],
  3: [6, 1, 5, "2026-03-12T20:16:00Z"],
  4: [2, null, 2, "2025-03-14T00:00:00Z"],
  5: [2, null, 2, "2025-09-15T00:00:00Z"],
  6: [2, null, 2, "2026-02-12T00:00:00Z"],
  7: [1, 1, 1, "2026-03-07T00:00:00Z"],
  8: [1, null, 1, "2025-06-01T09:00:00Z"],
};
const buildAlbumLine = (id: number, figures = albumFigures[id]): TopLine => {
  const { name, artist } = buildNamedAlbum(id);
  const [count = 0, spinCount, trackCount, last] = figures ?? [];
  return {
    album_id: id,
    artist_name: artist.name,
    album_name: name,
    play_count: count,
    spins: spinCount,
    tracks: trackCount,
    last_played: last,
    ...getOwnership(id),
  };
};
const buildTopAlbumsBody = (ids: readonly number[], page: TopPage = {}): object =>
  buildTopBody(
    ids.map((id) => buildAlbumLine(id)),
    page,
  );

type ArtistFigures = readonly [plays: number, tracks: number, last: string];
const artistFigures: Readonly<Record<number, ArtistFigures>> = {
  1: [22, 6, "2025-09-15T00:00:00Z"],
  2: [10, 5, "2025-12-14T00:16:00Z"],
  3: [7, 6, "2026-03-12T20:16:00Z"],
  4: [2, 2, "2025-03-14T00:00:00Z"],
  5: [2, 2, "2026-02-12T00:00:00Z"],
  6: [1, 1, "2025-06-01T09:00:00Z"],
  7: [1, 1, "2026-03-13T21:00:00Z"],
};
const ownedByArtist = [2, 0, 4, 0, 2, 2, 1];
const buildArtistLine = (id: number, figures = artistFigures[id]): TopLine => {
  const [count = 0, trackCount, last] = figures ?? [];
  return {
    artist_name: buildNamedArtist(id).name,
    play_count: count,
    tracks: trackCount,
    last_played: last,
    owned_records: ownedByArtist[id - 1],
  };
};
const buildTopArtistsBody = (ids: readonly number[]): object =>
  buildTopBody(ids.map((id) => buildArtistLine(id)));

const buildTrackLine = ([key, count]: readonly [TrackName, number], last?: string): TopLine => {
  const [, name, artistId, albumId] = tracks[key];
  return {
    artist_name: buildNamedArtist(artistId).name,
    track_name: name,
    album_id: albumId,
    album_name: albumId === null ? null : buildNamedAlbum(albumId).name,
    play_count: count,
    last_played: last ?? played.find(([each]) => each === key)?.[1],
    ...getOwnership(albumId),
  };
};
const tagoTracks = (["tago4", "tago3", "tago2", "tago1"] as const).map(
  (key): readonly [TrackName, number] => [key, 5],
);
const ownedOnce = countOnce(["blue5", "blue4", "blue3", "blue2", "key", "monday", "beach"]);
const ownedTracks = [...tagoTracks, ["blue1", 2] as const, ...ownedOnce];
const otherTracks = countOnce(["vitamin", "pinch", "automatic", "shiva", "bombay"]);
const everyTrack = [
  ...tagoTracks,
  ["blue1", 2] as const,
  ...playedTwice,
  ["disko", 1] as const,
  ...ownedOnce,
  ...otherTracks,
];
const buildTopTracksBody = (rows: readonly (readonly [TrackName, number])[], page: TopPage = {}): object =>
  buildTopBody(
    rows.map((row) => buildTrackLine(row)),
    page,
  );

const widerRows: readonly Row[] = [
  ["/v1/collecting/cull", buildCullBody(reasonsOrder)],
  ["/v1/collecting/cull?page=2&limit=4", buildCullBody([12, 9], buildPagination(6, 4, 2), reasonsOrder)],
  // Equal numbers of reasons: still the fewest plays first.
  ["/v1/collecting/cull?reverse=true", buildCullBody([12, 9, 13, 11, 6, 10])],
  ["/v1/collecting/cull?sort=title&reverse=true", buildCullBody([12, 6, 13, 11, 10, 9])],
  ["/v1/collecting/cull?why=copy", buildCullBody([13, 11, 6, 10, 9])],
  ["/v1/collecting/cull?why=never", buildCullBody([13, 11, 6, 12])],
  ["/v1/collecting/cull?why=rating", buildCullBody([10])],
  ["/v1/collecting/cull?why=rating&why=never", buildCullBody([13, 11, 6, 10, 12])],
  ...Object.entries({
    reasons: reasonsOrder,
    plays: [10, 9, 11, 13, 12, 6],
    added: [9, 11, 13, 10, 12, 6],
    artist: [9, 10, 6, 12, 11, 13],
    title: [9, 10, 11, 13, 6, 12],
    year: [10, 11, 13, 9, 6, 12],
    // No album has one: by artist.
    "original-year": [9, 10, 6, 12, 11, 13],
    rating: [10, 9, 11, 13, 12, 6],
    "last-played": [9, 10, 11, 13, 12, 6],
    confidence: [9, 10, 12, 6, 11, 13],
    spins: [9, 10, 11, 13, 12, 6],
    // No record has a price: by plays.
    paid: [10, 9, 11, 13, 12, 6],
    "cost-per-spin": [10, 9, 11, 13, 12, 6],
    "cost-per-play": [10, 9, 11, 13, 12, 6],
  }).map(([sort, ids]): Row => [`/v1/collecting/cull?sort=${sort}`, buildCullBody(ids)]),
  ...filters.map(([query, ids]): Row => {
    // No other filter lists records rated 4 or 5.
    const all = query.startsWith("rating=") ? [8, 7] : reasonsOrder;
    return [
      `/v1/collecting/cull?${query}`,
      buildCullBody(all.filter((id) => ids.includes(culled[id]?.[0] ?? 0))),
    ];
  }),

  ["/v1/collecting/dupes", buildDupesBody(copiesOrder)],
  ["/v1/collecting/dupes?page=2&limit=4", buildDupesBody([3, 6], buildPagination(6, 4, 2), copiesOrder)],
  // Equal numbers of copies: still the most plays first.
  ["/v1/collecting/dupes?reverse=true", buildDupesBody([1, 2, 4, 3, 6, 5])],
  ["/v1/collecting/dupes?sort=title&reverse=true", buildDupesBody([1, 6, 5, 2, 4, 3])],
  ...Object.entries({
    ...orders,
    copies: copiesOrder,
    // Record 12 is from 2021.
    added: [3, 2, 5, 4, 6, 1],
  }).map(([sort, ids]): Row => [`/v1/collecting/dupes?sort=${sort}`, buildDupesBody(ids)]),
  ...filters.map(([query, ids]): Row => [
    `/v1/collecting/dupes?${query}`,
    buildDupesBody(copiesOrder.filter((id) => ids.includes(id))),
  ]),

  ["/v1/collecting/wants", buildWantsBody(wantsOrder)],
  ["/v1/collecting/wants?page=2&limit=3", buildWantsBody(["parade"], buildPagination(4, 3, 2), wantsOrder)],
  ["/v1/collecting/wants?reverse=true", buildWantsBody(["parade", "journey", "ege", "tago"])],
  ["/v1/collecting/wants?q=can", buildWantsBody(["tago", "ege"])],
  ["/v1/collecting/wants?owned=any", buildWantsBody(wantsOrder)],
  ["/v1/collecting/wants?owned=yes", buildWantsBody(["tago", "parade"])],
  ["/v1/collecting/wants?owned=no", buildWantsBody(["ege", "journey"])],
  ...Object.entries({
    plays: wantsOrder,
    added: ["tago", "ege", "parade", "journey"],
    artist: ["journey", "ege", "tago", "parade"],
    title: ["ege", "journey", "parade", "tago"],
    year: ["ege", "tago", "journey", "parade"],
    "last-played": ["ege", "journey", "tago", "parade"],
  } as const).map(([sort, names]): Row => [`/v1/collecting/wants?sort=${sort}`, buildWantsBody(names)]),

  ["/v1/listening/plays", buildPlaysBody(playLines.slice(0, 20), buildPagination(46))],
  ["/v1/listening/plays?page=3&limit=20", buildPlaysBody(playLines.slice(40), buildPagination(46, 20, 3))],
  ["/v1/listening/plays?q=stereolab", buildPlaysBody(playLines.slice(0, 2))],
  ["/v1/listening/plays?q=blue", buildPlaysBody([...playLines.slice(2, 7), ...playLines.slice(8, 11)])],
  [
    "/v1/listening/plays?during=2026-03-13",
    buildPlaysBody(playLines.slice(0, 2), buildPagination(2), buildPeriod("2026-03-13", "2026-03-14")),
  ],
  [
    "/v1/listening/plays?during=2025-12-13",
    buildPlaysBody(playLines.slice(16, 21), buildPagination(5), buildPeriod("2025-12-13", "2025-12-14")),
  ],

  ["/v1/listening/top", buildTopAlbumsBody([1, 2, 3, 6, 5, 4, 7, 8])],
  [
    "/v1/listening/top?what=albums&page=3&limit=3",
    buildTopAlbumsBody([1, 2, 3, 6, 5, 4, 7, 8], { page: 3, limit: 3 }),
  ],
  ["/v1/listening/top?sort=plays", buildTopAlbumsBody([1, 2, 3, 6, 5, 4, 7, 8])],
  // Equal numbers of spins, or unknown ones: by plays.
  ["/v1/listening/top?sort=spins", buildTopAlbumsBody([1, 2, 3, 7, 6, 5, 4, 8])],
  ["/v1/listening/top?owned=any", buildTopAlbumsBody([1, 2, 3, 6, 5, 4, 7, 8])],
  ["/v1/listening/top?owned=yes", buildTopAlbumsBody([1, 3, 6, 7])],
  ["/v1/listening/top?owned=no", buildTopAlbumsBody([2, 5, 4, 8])],
  ["/v1/listening/top?q=can", buildTopAlbumsBody([1, 5])],
  ["/v1/listening/top?artist=miles", buildTopAlbumsBody([3, 7])],
  ["/v1/listening/top?plays=2..6", buildTopAlbumsBody([3, 6, 5, 4])],
  ["/v1/listening/top?last-played=2026-03", buildTopAlbumsBody([3, 7])],
  // The spin began the day before.
  [
    "/v1/listening/top?during=2025-12-14",
    buildTopBody([buildAlbumLine(2, [5, 0, 5, "2025-12-14T00:16:00Z"])], {
      during: buildPeriod("2025-12-14", "2025-12-15"),
    }),
  ],
  // No spins come before unknown ones.
  [
    "/v1/listening/top?sort=spins&during=2026-02-11..2026-03-06",
    buildTopBody([buildAlbumLine(3, [1, 0, 1, "2026-03-06T23:59:59Z"]), buildAlbumLine(6)], {
      during: buildPeriod("2026-02-11", "2026-03-07"),
    }),
  ],
  ["/v1/listening/top?what=artists", buildTopArtistsBody([1, 2, 3, 5, 4, 7, 6])],
  ["/v1/listening/top?what=artists&owned=no", buildTopArtistsBody([2, 4])],
  [
    "/v1/listening/top?what=artists&owned=yes&during=2025",
    buildTopBody([buildArtistLine(1, [2, 2, "2025-09-15T00:00:00Z"]), buildArtistLine(6)], {
      during: buildPeriod("2025-01-01", "2026-01-01"),
    }),
  ],
  ["/v1/listening/top?what=tracks", buildTopTracksBody(everyTrack)],
  ["/v1/listening/top?what=tracks&owned=yes", buildTopTracksBody(ownedTracks)],
  [
    "/v1/listening/top?what=tracks&during=2024-02",
    buildTopBody(
      [
        buildTrackLine(["tago4", 1], "2024-02-10T20:12:00Z"),
        buildTrackLine(["tago3", 1], "2024-02-10T20:08:00Z"),
        buildTrackLine(["tago2", 1], "2024-02-10T20:04:00Z"),
        buildTrackLine(["tago1", 1], "2024-02-10T20:00:00Z"),
      ],
      { during: buildPeriod("2024-02-01", "2024-03-01") },
    ),
  ],
];

const rows: readonly Row[] = [
  ...recordRows,
  ...collectingRows,
  ...listeningRows,
  ...chartRows,
  ...otherRows,
  ...widerRows,
];

/** The document of OpenAPI and pictures have tests of their own. */
const routes = buildRoutes("0").filter(
  ({ method, path, mediaType }) => method === "get" && path !== "/v1/openapi.json" && mediaType === undefined,
);

function selectRequests<Each extends Row>(path: string, table: readonly Each[]): Each[] {
  const pattern = new RegExp(String.raw`^${path.replaceAll(/\{\w+\}/g, "\\d+")}(\?|$)`);
  return table.filter(([request]) => pattern.test(request));
}

test.each(routes.map(({ path }) => path))(
  "answers each request of %s with the expected body",
  async (path) => {
    const isAdmin = path.startsWith("/v1/admin/");
    // Each app adds its two keys to those of the home.
    const filledHome = selectRequests(path, widerRows).length > 0 ? widerHome : home;
    const { ask, live, admin } = serveCache(isAdmin ? createTempDirectory("rewind-home") : filledHome);
    const headers = { authorization: `Bearer ${isAdmin ? admin : live}` };
    for (const [request, body] of selectRequests(path, rows)) {
      const answer = await ask(request, { headers });
      expect([request, answer.status, await answer.json()]).toEqual([request, 200, body]);
    }
  },
);

interface Picked {
  readonly collection: { readonly id: number };
}

test("picks among all records that fit a filter, in any order", async () => {
  const { json } = serveCache(home);
  for (const [request, body] of pickRows) {
    const answer = (await json(request)) as { readonly data: readonly Picked[] };
    const data = answer.data.toSorted((a, b) => a.collection.id - b.collection.id);
    expect([request, { ...answer, data }]).toEqual([request, body]);
  }
});

test("has a row for each route, each parameter and each of its words", () => {
  const missing = routes.flatMap(({ path, parameters }) => {
    const requests = selectRequests(path, [...rows, ...pickRows]).map(
      ([request]) => new URL(request, "http://localhost"),
    );
    if (requests.length === 0) return [path];
    return Object.entries(parameters).flatMap(([name, { isPart, schema }]) => {
      if (isPart === true) return [];
      const sent = requests.flatMap(({ searchParams }) => searchParams.getAll(name));
      if (sent.length === 0) return [`${path} ${name}`];
      const words = (schema["enum"] ?? []) as readonly string[];
      return words.filter((word) => !sent.includes(word)).map((word) => `${path} ${name}=${word}`);
    });
  });
  expect(missing).toEqual([]);
});

const buildCompilation = (id: number, title: string): CollectionRecord =>
  buildRecord({
    id,
    artists: [buildArtistCredit("Various", { id: 194 })],
    title,
    formats: buildFormats("CDr", "Compilation"),
  });

const tagoMago = buildRecord({
  id: 101,
  artists: [buildArtistCredit("Can", { id: 11 })],
  title: "Tago Mago",
});

/** Two copies of one release, and more records by nobody in particular. */
const copiesHome = createSharedHome({
  records: [
    ...[1, 2].map((instanceId) => ({ ...tagoMago, instanceId })),
    ...["Ocean Of Sound", "Macro Dub Infection", "Isolationism"].map((title, at) =>
      buildCompilation(110 + at, title),
    ),
  ],
});

test("counts copies as records and one release, and names no placeholder as the most collected", async () => {
  const { json } = serveCache(copiesHome);
  expect(await json("/v1/collecting/stats")).toMatchObject({
    data: {
      total_items: 5,
      by_format: { vinyl: 2, cd: 3, cassette: 0, other: 0 },
      most_collected_artist: { name: "Can", count: 2 },
    },
  });
  expect(await json("/v1/collecting/artists")).toMatchObject({
    data: [
      { name: "Various", release_count: 3 },
      { name: "Can", release_count: 1 },
    ],
  });
});
