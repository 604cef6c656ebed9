// The whole answer of each GET route, and of each value of its parameters, worked out by hand from one small shelf.
import { expect, test } from "vitest";
import { routesOf } from "../../../src/doors/http/routes/all-routes.ts";
import type { CollectionRecord, Release } from "../../../src/model/model.ts";
import {
  cd,
  credit,
  type Filling,
  homeOf,
  listedTrack,
  playOf,
  record,
  sitting,
  want,
} from "../../support/filled-cache.ts";
import { servedCache } from "../../support/served-cache.ts";
import { tempDirectory } from "../../support/temp.ts";
import type { Play } from "../../support/world.ts";

// The time is noon on Saturday 14 March 2026, UTC. Each period of the charts begins between two plays a second apart.

const formatOf = (name: string, ...descriptions: string[]): Release["formats"] => [
  { name, quantity: 1, text: "", descriptions },
];
const labelOf = (name: string, catalogNumber: string): Release["labels"] => [{ id: 1, name, catalogNumber }];

const records = [
  record({
    id: 101,
    artists: [credit("Can", { id: 11 })],
    title: "Tago Mago",
    year: 1971,
    genres: ["Rock", "Electronic"],
    styles: ["Krautrock"],
    labels: labelOf("United Artists", "UAS 29211"),
    rating: 4,
    dateAdded: "2020-05-01T10:00:00-07:00",
  }),
  record({
    id: 102,
    artists: [credit("Miles Davis", { id: 12 })],
    title: "Kind Of Blue",
    year: 1959,
    genres: ["Jazz"],
    styles: ["Modal"],
    labels: labelOf("Columbia", "CS 8163"),
    rating: 5,
    folderId: 2,
    dateAdded: "2026-01-20T00:30:00+02:00",
  }),
  record({
    id: 103,
    artists: [credit("Miles Davis", { id: 12 })],
    title: "Bitches Brew",
    year: 1999,
    formats: cd,
    genres: ["Jazz"],
    styles: ["Fusion"],
    labels: labelOf("Columbia", "C2K 65774"),
    dateAdded: "2026-02-01T10:00:00Z",
  }),
  record({
    id: 104,
    artists: [credit("New Order (2)", { id: 13 })],
    title: "Blue Monday",
    year: 1983,
    formats: formatOf("Vinyl", '12"', "Single"),
    genres: ["Electronic"],
    styles: ["Synth-pop"],
    labels: labelOf("Factory", "FAC 73"),
    rating: 3,
    dateAdded: "2024-06-15T10:00:00Z",
  }),
  record({
    id: 105,
    artists: [credit("Various", { id: 194 })],
    title: "Ocean Of Sound",
    year: 1996,
    formats: formatOf("Box Set", "Compilation"),
    genres: ["Electronic"],
    styles: ["Ambient"],
    labels: labelOf("Virgin", "AMBT 10"),
    dateAdded: "2025-12-31T23:30:00-08:00",
  }),
  record({
    id: 106,
    artist: "Prince",
    title: "Parade",
    year: null,
    formats: formatOf("Cassette", "Album"),
    genres: ["Funk / Soul"],
    labels: labelOf("Paisley Park", "925395-4"),
    dateAdded: null,
  }),
] as const;

const wants = [
  {
    ...want({ id: 201, artist: "Can", title: "Ege Bamyasi", year: 1972 }),
    dateAdded: "2025-02-03T10:00:00Z",
    notes: "first pressing",
  },
  want({
    id: 202,
    artist: "Alice Coltrane",
    title: "Journey In Satchidananda",
    year: 2011,
    genres: ["Jazz"],
  }),
];

const play = (at: string, artist: string, album: string, track: string): Play =>
  playOf(artist, album, track, Date.parse(at) / 1000);

const tagoDays = ["2024-01-10", "2024-02-10", "2024-03-10", "2024-04-10", "2024-05-10"];

const plays = [
  ...tagoDays.flatMap((day) => sitting("Can", "Tago Mago", { from: `${day}T20:00:00Z`, tracks: 4 })),
  play("2025-03-13T23:59:59Z", "Alice Coltrane", "Journey In Satchidananda", "Stopover Bombay"),
  play("2025-03-14T00:00:00Z", "Alice Coltrane", "Journey In Satchidananda", "Shiva-Loka"),
  play("2025-06-01T09:00:00Z", "Prince", "1999", "Automatic"),
  play("2025-09-14T23:59:59Z", "Can", "Ege Bamyasi", "Pinch"),
  play("2025-09-15T00:00:00Z", "Can", "Ege Bamyasi", "Vitamin C"),
  ...sitting("Broadcast", "Tender Buttons", { from: "2025-12-13T23:40:00Z", tracks: 5 }),
  ...sitting("Broadcast", "Tender Buttons", { from: "2025-12-14T00:00:00Z", tracks: 5 }),
  play("2026-02-11T23:59:59Z", "New Order", "Blue Monday", "The Beach"),
  play("2026-02-12T00:00:00Z", "New Order", "Blue Monday", "Blue Monday"),
  play("2026-03-06T23:59:59Z", "Miles Davis", "Kind Of Blue", "Track 1"),
  play("2026-03-07T00:00:00Z", "Miles Davis", "Bitches Brew", "Spanish Key"),
  ...sitting("Miles Davis", "Kind Of Blue", { from: "2026-03-12T20:00:00Z", tracks: 5 }),
  play("2026-03-13T21:00:00Z", "Stereolab", "", "French Disko"),
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
        listedTrack("Pharaoh's Dance", { position: "1-1", durationSeconds: 1203 }),
        listedTrack("Bitches Brew", { position: "1-2" }),
      ],
    ],
  ]),
};

const home = homeOf(filling);

const secondParade = record({
  id: 112,
  artist: "Prince",
  title: "Parade",
  year: null,
  formats: [{ name: "Cassette", quantity: 2, text: "", descriptions: ["Album"] }],
  genres: ["Funk / Soul"],
  labels: labelOf("Paisley Park", "925395-4"),
  dateAdded: "2021-05-01T10:00:00Z",
  fieldValues: [{ fieldId: 1, value: "Near Mint (NM or M-)" }],
});
const grades = [
  { fieldId: 1, value: "Good (G)" },
  { fieldId: 2, value: "Very Good Plus (VG+)" },
];

/** Records 7 to 12 are second copies of 1 to 6; 13 is a third copy of 5; 14 has a logged play; 15 has no date. */
const widerHome = homeOf({
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
      record({
        id: 114,
        artist: "Stereolab",
        title: "Dots And Loops",
        fieldValues: [{ fieldId: 4, value: "2026-03-13" }],
      }),
      record({ artist: "Faust", title: "Faust IV", dateAdded: null }),
      // Records are numbered in this order.
    ].map((each, at) => ({ ...each, instanceId: 100_007 + at })),
  ],
  wants: [
    ...wants,
    {
      ...want({ id: 203, artist: "Can", title: "Tago Mago", year: 1989 }),
      dateAdded: "2026-03-01T10:00:00Z",
    },
    { ...want(), release: secondParade.release },
  ],
  customFields: [{ id: 4, name: "Last played", position: 4 }],
  playedField: "Last played",
});

const pageOf = (total: number, limit = 20, page = 1): object => ({
  page,
  limit,
  total,
  total_pages: Math.ceil(total / limit),
});

/** "https://www.last.fm/music/Miles+Davis/Kind+Of+Blue" */
const lastfm = (...names: string[]): string =>
  `https://www.last.fm/music/${names.map((name) => name.replaceAll(" ", "+")).join("/")}`;
const discogs = (id: number): string => `https://www.discogs.com/release/${id}`;

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
    discogs_url: discogs(101),
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
    discogs_url: discogs(102),
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
    discogs_url: discogs(103),
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
    discogs_url: discogs(104),
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
    discogs_url: discogs(105),
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
    discogs_url: discogs(106),
  },
];

/** Above 0.9 and below 1; each calibration moves it. */
const calibrated = expect.closeTo(0.95, 1) as number;

const matchOf = (
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
  matchOf("Tago Mago", "Can", 20, "2024-05-10T20:12:00Z"),
  matchOf("Kind Of Blue", "Miles Davis", 6, "2026-03-12T20:16:00Z"),
  matchOf("Bitches Brew", "Miles Davis", 1, "2026-03-07T00:00:00Z"),
  matchOf("Blue Monday", "New Order", 2, "2026-02-12T00:00:00Z", "fuzzy", calibrated),
  matchOf(null, null, 0, null, "none", 0),
  matchOf(null, "Prince", 0, null, "artist_only", 0.5),
];

/** Records 5 and 6 have no plays; 5 has no match either. */
const summary = { total_matches: 5, listen_rate: 0.6667, unlistened_count: 2 };

const pairOf = (id: number): object => ({ collection: collection[id - 1], listening: listening[id - 1] });

const matches = (ids: readonly number[], pagination = pageOf(ids.length)): object => ({
  data: ids.map(pairOf),
  summary,
  pagination,
});

/** The plays of 2024 are the 20 of record 1; matches and last plays remain. */
const matchesOf2024 = {
  data: [1, 2, 3, 4, 5, 6].map((id) => ({
    collection: collection[id - 1],
    listening: { ...listening[id - 1], play_count: id === 1 ? 20 : 0 },
  })),
  summary: { total_matches: 5, listen_rate: 0.1667, unlistened_count: 5 },
  pagination: pageOf(6),
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

const itemOf = (id: number): object => {
  const [name, catno] = labels[id - 1] ?? [];
  return {
    ...collection[id - 1],
    format_detail: formatTexts[id - 1],
    label: `[{"id":1,"name":"${name}","catno":"${catno}"}]`,
  };
};
const items = (ids: readonly number[], pagination = pageOf(ids.length)): object => ({
  data: ids.map(itemOf),
  pagination,
});

const inFull = (id: number, tracklist: readonly object[] = []): object => ({
  ...itemOf(id),
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

const spunOf = (id: number): object => {
  const [count, last] = spins[id - 1] ?? [];
  return { ...pairOf(id), copies: 1, spins: count, last_spin: last };
};
const dusty = (ids: readonly number[], pagination = pageOf(ids.length), total = ids.length): object => ({
  data: ids.map(spunOf),
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
const picks = (ids: readonly number[], seed: number | null = null, albums = ids.length): object => ({
  data: ids.map((id) => {
    const [label, number] = labels[id - 1] ?? [];
    return {
      ...spunOf(id),
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
  ["/v1/collecting/cross-reference", matches([1, 2, 4, 3, 5, 6])],
  ["/v1/collecting/cross-reference?page=2&limit=4", matches([5, 6], pageOf(6, 4, 2))],
  ["/v1/collecting/cross-reference?reverse=true", matches([5, 6, 3, 4, 2, 1])],
  ["/v1/collecting/cross-reference?filter=all", matches([1, 2, 4, 3, 5, 6])],
  ["/v1/collecting/cross-reference?filter=listened", matches([1, 2, 4, 3])],
  ["/v1/collecting/cross-reference?filter=unlistened", matches([5, 6])],
  ["/v1/collecting/cross-reference?per-artist=1", matches([1, 2, 4, 5, 6])],
  ["/v1/collecting/cross-reference?during=2024", matchesOf2024],
  ...Object.entries({
    ...orders,
    // The plays of the artist's other albums: 6, 2, 1, 1, 0, 0.
    "artist-plays": [3, 1, 2, 6, 4, 5],
  }).map(([sort, ids]): Row => [`/v1/collecting/cross-reference?sort=${sort}`, matches(ids)]),
  ...filters.map(([query, ids]): Row => [`/v1/collecting/cross-reference?${query}`, matches(ids)]),

  ["/v1/collecting/dusty", dusty([1])],
  ["/v1/collecting/dusty?spins=1..&idle=2d", dusty([1, 3])],
  ["/v1/collecting/dusty?spins=1..&idle=1d", dusty([1, 3, 2])],
  ["/v1/collecting/dusty?spins=1..&idle=1d&page=2&limit=2", dusty([2], pageOf(3, 2, 2), 3)],
  ["/v1/collecting/dusty?spins=1..&idle=1d&reverse=true", dusty([2, 3, 1])],
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
  }).map(([sort, ids]): Row => [`/v1/collecting/dusty?spins=1..&idle=1d&sort=${sort}`, dusty(ids)]),
  ...filters.map(([query, ids]): Row => {
    const all = query.startsWith("spins=") ? "" : "spins=1..&";
    return [`/v1/collecting/dusty?${all}idle=1d&${query}`, dusty(spunIds.filter((id) => ids.includes(id)))];
  }),

  // Each draw takes the album in the middle of what is left, by weight.
  ["/v1/collecting/pick", picks([2], null, 4)],
  ["/v1/collecting/pick?number=2", picks([2, 3], null, 4)],
  ["/v1/collecting/pick?number=4", picks([2, 3, 6, 1])],
  ["/v1/collecting/pick?number=4&seed=7", picks([6, 1, 2, 3], 7)],
];

/** Albums and EPs unless a kind is given. */
const pickRows: readonly Row[] = filters.map(([query, ids]): Row => {
  const isAnyKind = query.startsWith("kind=");
  const fitting = ids.filter((id) => isAnyKind || albumIds.includes(id)).toSorted((a, b) => a - b);
  return [`/v1/collecting/pick?number=100&${query}`, picks(fitting)];
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
    discogs_url: discogs(201),
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
    discogs_url: discogs(202),
    notes: null,
    rating: 0,
    date_added: "2024-11-29T10:00:00-08:00",
  },
];
const wantlist = (ids: readonly number[], pagination = pageOf(2)): object => ({
  data: ids.map((id) => wanted[id - 201]),
  pagination,
});

const gapOf = (
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
    url: lastfm(artist, title),
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
  tender: gapOf(2, ["Broadcast", "Tender Buttons"], [10, 5, 10], "2025-12-14T00:16:00Z", [false, 0]),
  ege: gapOf(5, ["Can", "Ege Bamyasi"], [2, 2, 2], "2025-09-15T00:00:00Z", [true, 1]),
  journey: gapOf(4, ["Alice Coltrane", "Journey In Satchidananda"], [2, 2, 1], "2025-03-14T00:00:00Z", [
    true,
    0,
  ]),
  nineteen: gapOf(8, ["Prince", "1999"], [1, 1, 1], "2025-06-01T09:00:00Z", [false, 1]),
};
const gapPlays = { tender: 10, ege: 2, journey: 2, nineteen: 1 };
type Gap = keyof typeof gap;
const gaps = (names: readonly Gap[], pagination = pageOf(names.length), all = names): object => ({
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

const foundOf = (id: number, form: string): object => {
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

const daysOf = (year: number, days: readonly (readonly [string, number])[], max: string): object => {
  const counts = days.map(([date, count]) => ({ date: `${year}-${date}`, count }));
  return {
    year,
    days: counts,
    total: counts.reduce((sum, { count }) => sum + count, 0),
    max_day: { date: `${year}-${max}`, count: days.find(([date]) => date === max)?.[1] ?? 0 },
  };
};

const countsOf = (counts: Readonly<Record<string, number>>): object => ({
  data: Object.entries(counts).map(([name, count]) => ({ name, count })),
});

const shelfStats = {
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
/** Of Bitches Brew alone, added on 1 February. */
const brewStats = {
  ...shelfStats,
  total_items: 1,
  by_format: { vinyl: 0, cd: 1, cassette: 0, other: 0 },
  unique_artists: 1,
  top_genre: "Jazz",
  oldest_release_year: 1999,
  most_collected_artist: { name: "Miles Davis", count: 1 },
  added_this_year: 1,
};
/** Of Tago Mago, from 2020, and Blue Monday, from 2024. */
const earlyStats = {
  ...shelfStats,
  total_items: 2,
  by_format: { vinyl: 2, cd: 0, cassette: 0, other: 0 },
  unique_artists: 2,
  oldest_release_year: 1971,
  newest_release_year: 1983,
  most_collected_artist: { name: "Can", count: 1 },
  added_this_year: 0,
};

const collected = (limit: number): object => ({
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
  ["/v1/collecting/vinyl", items([3, 2, 5, 4, 1, 6])],
  ["/v1/collecting/vinyl?page=3&limit=2", items([1, 6], pageOf(6, 2, 3))],
  ["/v1/collecting/vinyl?order=asc", items([1, 4, 5, 2, 3, 6])],
  ["/v1/collecting/vinyl?sort=date_added&order=desc", items([3, 2, 5, 4, 1, 6])],
  ["/v1/collecting/vinyl?sort=title&order=asc", items([3, 4, 2, 5, 6, 1])],
  ["/v1/collecting/vinyl?sort=title", items([1, 6, 5, 2, 4, 3])],
  ["/v1/collecting/vinyl?sort=year&order=asc", items([2, 1, 4, 5, 3, 6])],
  ["/v1/collecting/vinyl?sort=rating", items([2, 1, 4, 3, 5, 6])],
  ["/v1/collecting/vinyl?date=2026-01-19", items([2])],
  ["/v1/collecting/vinyl?from=2026-01-19", items([3, 2])],
  ["/v1/collecting/vinyl?to=2026-01-01", items([5, 4, 1])],
  ["/v1/collecting/vinyl?q=blue", items([2, 4])],
  ["/v1/collecting/vinyl?format=CD", items([3])],
  ["/v1/collecting/vinyl?format=8-Track", items([])],
  ["/v1/collecting/vinyl?genre=Electronic", items([5, 4, 1])],
  ["/v1/collecting/vinyl?artist=davis", items([3, 2])],
  [
    "/v1/collecting/vinyl/3",
    inFull(3, [
      { position: "1-1", title: "Pharaoh's Dance", duration: "20:03" },
      { position: "1-2", title: "Bitches Brew", duration: "" },
    ]),
  ],
  ["/v1/collecting/vinyl/6", inFull(6)],
  ["/v1/collecting/recent", { data: [3, 2, 5, 4, 1, 6].map(itemOf) }],
  ["/v1/collecting/recent?page=2&limit=4", { data: [1, 6].map(itemOf) }],
  ["/v1/collecting/recent?date=2026-01-01", { data: [itemOf(5)] }],
  ["/v1/collecting/recent?from=2026-01-19T22:30:00Z", { data: [3, 2].map(itemOf) }],
  ["/v1/collecting/recent?to=2024-06-15", { data: [4, 1].map(itemOf) }],
  ["/v1/collecting/stats", { data: shelfStats }],
  ["/v1/collecting/stats?date=2026-02-01", { data: brewStats }],
  ["/v1/collecting/stats?from=2026-01-20", { data: brewStats }],
  ["/v1/collecting/stats?to=2025-12-31", { data: earlyStats }],
  ["/v1/collecting/wantlist", wantlist([201, 202])],
  ["/v1/collecting/wantlist?page=2&limit=1", wantlist([202], pageOf(2, 1, 2))],
  ["/v1/collecting/wantlist?sort=date_added&order=asc", wantlist([202, 201])],
  ["/v1/collecting/wantlist?sort=title&order=desc", wantlist([202, 201])],
  ["/v1/collecting/wantlist?sort=year", wantlist([202, 201])],
  ["/v1/collecting/wantlist?sort=year&order=asc", wantlist([201, 202])],
  ["/v1/collecting/formats", countsOf({ Vinyl: 3, "Box Set": 1, CD: 1, Cassette: 1 })],
  ["/v1/collecting/genres", countsOf({ Electronic: 3, Jazz: 2, "Funk / Soul": 1, Rock: 1 })],
  ["/v1/collecting/artists", collected(5)],
  ["/v1/collecting/artists?limit=2", collected(2)],
  [
    "/v1/collecting/calendar",
    daysOf(
      2026,
      [
        ["01-01", 1],
        ["01-19", 1],
        ["02-01", 1],
      ],
      "01-01",
    ),
  ],
  ["/v1/collecting/calendar?year=2024", daysOf(2024, [["06-15", 1]], "06-15")],
  ["/v1/collecting/calendar?year=2025", daysOf(2025, [], "01-01")],
  [
    "/v1/collecting/have?q=blue",
    {
      verdict: "yes",
      owned: true,
      did_you_mean: [],
      left_over: [],
      records: [foundOf(2, "LP"), foundOf(4, '12"')],
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
      records: [foundOf(2, "LP")],
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
  ["/v1/collecting/gaps", gaps(["tender"])],
  [`/v1/collecting/gaps?${anyGap}`, gaps(everyGap)],
  [`/v1/collecting/gaps?${anyGap}&page=2&limit=3`, gaps(["nineteen"], pageOf(4, 3, 2), everyGap)],
  [`/v1/collecting/gaps?${anyGap}&reverse=true`, gaps(["nineteen", "journey", "ege", "tender"])],
  [`/v1/collecting/gaps?${anyGap}&hidden=true`, gaps([])],
  [`/v1/collecting/gaps?${anyGap}&sort=plays`, gaps(everyGap)],
  // Plays in the last 12 months: 10, 2, 1, 1.
  [`/v1/collecting/gaps?${anyGap}&sort=recent`, gaps(everyGap)],
  [`/v1/collecting/gaps?${anyGap}&sort=tracks`, gaps(everyGap)],
  [`/v1/collecting/gaps?${anyGap}&sort=last-played`, gaps(["tender", "ege", "nineteen", "journey"])],
  [`/v1/collecting/gaps?${anyGap}&sort=artist`, gaps(["journey", "tender", "ege", "nineteen"])],
  [`/v1/collecting/gaps?${anyGap}&sort=title`, gaps(["nineteen", "ege", "journey", "tender"])],
  [`/v1/collecting/gaps?${anyGap}&q=can+ege`, gaps(["ege"])],
  [`/v1/collecting/gaps?${anyGap}&artist=alice`, gaps(["journey"])],
  [`/v1/collecting/gaps?${anyGap}&title=butt`, gaps(["tender"])],
  [`/v1/collecting/gaps?${anyGap}&wanted=true`, gaps(["ege", "journey"])],
  [`/v1/collecting/gaps?${anyGap}&last-played=2025-06..2025-09`, gaps(["ege", "nineteen"])],
  ["/v1/collecting/gaps?plays=1..&tracks=1..&kind=album", gaps(["tender"])],
  ["/v1/collecting/gaps?plays=1..&tracks=1..&kind=ep", gaps([])],
  ["/v1/collecting/gaps?plays=1..&tracks=1..&kind=single", gaps(["ege", "journey", "nineteen"])],
  ["/v1/collecting/gaps?plays=2..5&tracks=1..&kind=any", gaps(["ege", "journey"])],
  ["/v1/collecting/gaps?plays=1..&tracks=2..&kind=any", gaps(["tender", "ege", "journey"])],
  [`/v1/collecting/gaps?${anyGap}&during=2025-06`, gaps(["nineteen"])],
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

const namedArtist = (id: number): { readonly id: number; readonly name: string } => ({
  id,
  name: artistNames[id - 1] ?? "",
});
const namedAlbum = (
  id: number,
): { readonly id: number; readonly name: string; readonly artist: ReturnType<typeof namedArtist> } => {
  const [name, artistId] = albums[id - 1] ?? ["", 0];
  return { id, name, artist: namedArtist(artistId) };
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

const playsFrom = (from: number, to: number): object[] =>
  played.slice(from, to).map(([key, at]) => {
    const [id, name, artistId, albumId] = tracks[key];
    const artist = namedArtist(artistId);
    return {
      track: { id, name, url: lastfm(artist.name, "_", name), ...noPreview },
      artist,
      album: { id: albumId, name: albumId === null ? null : namedAlbum(albumId).name, image: null },
      scrobbled_at: at,
    };
  });
const history = (from: number, to: number, pagination = pageOf(to - from, 50)): object => ({
  data: playsFrom(from, to),
  pagination,
});

const artistList = (
  rows: readonly (readonly [id: number, plays: number])[],
  pagination = pageOf(7),
): object => ({
  data: rows.map(([id, count]) => {
    const { name } = namedArtist(id);
    return { id, name, playcount: count, genre: null, url: lastfm(name), ...noLinks };
  }),
  pagination,
});
const albumPlays = [20, 10, 6, 2, 2, 2, 1, 1];
const albumList = (ids: readonly number[], pagination = pageOf(8)): object => ({
  data: ids.map((id) => {
    const { name, artist } = namedAlbum(id);
    return { id, name, artist, playcount: albumPlays[id - 1], url: lastfm(artist.name, name), ...noLinks };
  }),
  pagination,
});

const latestAlbums = (count: number): object => ({
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
      const { id, name, artist } = namedAlbum(albumId);
      return {
        album: { id, name, url: lastfm(artist.name, name), ...noLinks },
        artist,
        last_scrobbled_at: at,
      };
    }),
});

const totals = (scrobbles: number, artists: number, albumCount: number, trackCount: number): object => ({
  total_scrobbles: scrobbles,
  unique_artists: artists,
  unique_albums: albumCount,
  unique_tracks: trackCount,
});
/** From 10 January 2024 it is 2.17 years. */
const statsOf = (figures: object, perDay: number): object => ({
  ...figures,
  registered_date: null,
  years_tracking: 2.2,
  scrobbles_per_day: perDay,
});

const trendOf = (metric: string, values: Readonly<Record<string, number>>): object => ({
  metric,
  data: Object.entries(values).map(([period, value]) => ({ period, value })),
});

const genresOf = (period: string, genres: Readonly<Record<string, number>>, total: number): object => ({
  period,
  genres,
  total,
});
const tagoMonths = ["2024-01", "2024-02", "2024-03", "2024-04", "2024-05"].map((month) =>
  genresOf(month, { Electronic: 4, Rock: 4 }, 4),
);
const february = genresOf("2026-02", { Electronic: 2 }, 2);
const march = genresOf("2026-03", { Jazz: 7 }, 7);

const yearsOf = [
  { year: 2026, ...totals(10, 3, 3, 9), top_artist: namedArtist(3) },
  { year: 2025, ...totals(15, 4, 4, 10), top_artist: namedArtist(2) },
  { year: 2024, ...totals(20, 1, 1, 4), top_artist: namedArtist(1) },
];

const listeningRows: readonly Row[] = [
  ["/v1/listening/now-playing", { is_playing: false, track: null, scrobbled_at: null }],
  ["/v1/listening/recent", { data: playsFrom(0, 10) }],
  ["/v1/listening/recent?page=3&limit=3", { data: playsFrom(6, 9) }],
  ["/v1/listening/recent?date=2025-12-13", { data: playsFrom(15, 20) }],
  ["/v1/listening/recent?from=2026-03-07", { data: playsFrom(0, 7) }],
  ["/v1/listening/recent?to=2025-09-14&limit=4", { data: playsFrom(21, 25) }],
  ["/v1/listening/recent/albums", latestAlbums(8)],
  ["/v1/listening/recent/albums?limit=2", latestAlbums(2)],
  ["/v1/listening/history", history(0, 45)],
  ["/v1/listening/history?page=2&limit=40", history(40, 45, pageOf(45, 40, 2))],
  ["/v1/listening/history?from=2026-02-12T00:00:00Z", history(0, 9)],
  ["/v1/listening/history?to=2024-01-10", history(41, 45)],
  ["/v1/listening/history?artist=orde", history(8, 10)],
  ["/v1/listening/history?album=bamy", history(20, 22)],
  // 45 plays in 793.7 days.
  ["/v1/listening/stats", statsOf(totals(45, 7, 8, 23), 0.1)],
  ["/v1/listening/stats?date=2025-12-14", statsOf(totals(5, 1, 1, 5), 5)],
  // 7 plays in 7.5 days.
  ["/v1/listening/stats?from=2026-03-07", statsOf(totals(7, 2, 2, 7), 0.9)],
  // 4 plays from 20:00 on the 10th: 21.2 days.
  ["/v1/listening/stats?to=2024-01-31", statsOf(totals(4, 1, 1, 4), 0.2)],
  // Equal numbers: the latest first.
  [
    "/v1/listening/artists",
    artistList([
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
    artistList(
      [
        [3, 7],
        [5, 2],
      ],
      pageOf(7, 2, 2),
    ),
  ],
  [
    "/v1/listening/artists?sort=playcount&order=asc&limit=3",
    artistList(
      [
        [7, 1],
        [6, 1],
        [5, 2],
      ],
      pageOf(7, 3),
    ),
  ],
  [
    "/v1/listening/artists?sort=name&order=desc&limit=2",
    artistList(
      [
        [7, 1],
        [6, 1],
      ],
      pageOf(7, 2),
    ),
  ],
  ["/v1/listening/artists?search=davis", artistList([[3, 7]], pageOf(1))],
  ["/v1/listening/albums", albumList([1, 2, 3, 6, 5, 4, 7, 8])],
  ["/v1/listening/albums?page=2&limit=3", albumList([6, 5, 4], pageOf(8, 3, 2))],
  ["/v1/listening/albums?sort=playcount&order=asc", albumList([7, 8, 6, 5, 4, 3, 2, 1])],
  ["/v1/listening/albums?sort=name&order=asc", albumList([8, 7, 6, 5, 4, 3, 1, 2])],
  ["/v1/listening/albums?sort=name&order=desc", albumList([2, 1, 3, 4, 5, 6, 7, 8])],
  ["/v1/listening/albums?sort=recent", albumList([3, 7, 6, 2, 5, 8, 4, 1])],
  ["/v1/listening/albums?artist=miles", albumList([3, 7], pageOf(2))],
  ["/v1/listening/albums?search=blue", albumList([3, 6], pageOf(2))],
  [
    "/v1/listening/albums/1",
    {
      id: 1,
      name: "Tago Mago",
      mbid: null,
      url: lastfm("Can", "Tago Mago"),
      apple_music_url: null,
      playcount: 20,
      image: null,
      artist: namedArtist(1),
      tracks: [1, 2, 3, 4].map((id) => ({ id, name: `Track ${id}`, scrobble_count: 5, ...noPreview })),
    },
  ],
  [
    "/v1/listening/albums/3",
    {
      id: 3,
      name: "Kind Of Blue",
      mbid: null,
      url: lastfm("Miles Davis", "Kind Of Blue"),
      apple_music_url: null,
      playcount: 6,
      image: null,
      artist: namedArtist(3),
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
    daysOf(
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
    daysOf(
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
    trendOf("scrobbles", {
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
    trendOf("scrobbles", { "2026-02": 1, "2026-03": 8 }),
  ],
  ["/v1/listening/trends?metric=artists&from=2026-02-01", trendOf("artists", { "2026-02": 1, "2026-03": 2 })],
  [
    "/v1/listening/trends?metric=albums&from=2025-12-01",
    trendOf("albums", { "2025-12": 1, "2026-02": 1, "2026-03": 2 }),
  ],
  ["/v1/listening/trends?metric=tracks&from=2025-12-01&to=2025-12-31", trendOf("tracks", { "2025-12": 5 })],
  ["/v1/listening/trends?to=2024-02-10", trendOf("scrobbles", { "2024-01": 4, "2024-02": 4 })],
  ["/v1/listening/genres", { data: [...tagoMonths, february, march] }],
  [
    "/v1/listening/genres?group_by=month&date=2026-02-12",
    { data: [genresOf("2026-02", { Electronic: 1 }, 1)] },
  ],
  ["/v1/listening/genres?from=2026-02-01", { data: [february, march] }],
  ["/v1/listening/genres?to=2024-02-29", { data: tagoMonths.slice(0, 2) }],
  [
    "/v1/listening/genres?group_by=week&from=2026-02-01",
    {
      data: [
        genresOf("2026-W07", { Electronic: 2 }, 2),
        genresOf("2026-W10", { Jazz: 2 }, 2),
        genresOf("2026-W11", { Jazz: 5 }, 5),
      ],
    },
  ],
  [
    "/v1/listening/genres?group_by=year&limit=1",
    {
      data: [genresOf("2024", { Electronic: 20, Other: 20 }, 20), genresOf("2026", { Jazz: 7, Other: 2 }, 9)],
    },
  ],
  [
    "/v1/listening/genres?from=2025-04-11&to=2026-03-06&compare_to=previous_year",
    { data: [february, genresOf("2026-03", { Jazz: 1 }, 1)], compare: tagoMonths.slice(4) },
  ],
  [
    "/v1/listening/streaks",
    {
      current: { days: 2, start_date: "2026-03-12", total_scrobbles: 6 },
      longest: { days: 2, start_date: "2025-03-13", end_date: "2025-03-14", total_scrobbles: 2 },
    },
  ],
  ["/v1/listening/years", { data: yearsOf }],
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
];

// Charts.

type Sparkline = readonly [granularity: string, points: readonly number[]];
const sparklineOf = ([granularity, points]: Sparkline): object => ({ sparkline: { granularity, points } });
/** Points with these counts at these places, from 0; the others are 0. */
const points = (count: number, at: Readonly<Record<number, number>>): number[] =>
  Array.from({ length: count }, (_, place) => at[place] ?? 0);

const chart = (period: string, data: readonly object[], pagination = pageOf(data.length, 10)): object => ({
  period,
  data,
  pagination,
});
const topArtist = (rank: number, id: number, count: number, sparkline?: Sparkline): object => ({
  rank,
  ...namedArtist(id),
  detail: "",
  playcount: count,
  image: null,
  url: lastfm(namedArtist(id).name),
  apple_music_url: null,
  ...(sparkline === undefined ? {} : sparklineOf(sparkline)),
});
const topAlbum = (rank: number, albumId: number, count: number, sparkline?: Sparkline): object => {
  const { id, name, artist } = namedAlbum(albumId);
  return {
    rank,
    id,
    name,
    detail: artist.name,
    playcount: count,
    image: null,
    url: lastfm(artist.name, name),
    apple_music_url: null,
    ...(sparkline === undefined ? {} : sparklineOf(sparkline)),
  };
};
const topTrack = (rank: number, key: TrackName, count: number, sparkline?: Sparkline): object => {
  const [id, name, artistId, albumId] = tracks[key];
  const artist = namedArtist(artistId).name;
  return {
    rank,
    id,
    name,
    detail: artist,
    playcount: count,
    image: null,
    url: lastfm(artist, "_", name),
    ...noPreview,
    album_id: albumId,
    album_name: albumId === null ? null : namedAlbum(albumId).name,
    ...(sparkline === undefined ? {} : sparklineOf(sparkline)),
  };
};
const trackChart = (
  period: string,
  rows: readonly (readonly [TrackName, number])[],
  {
    artist = null,
    pagination = pageOf(rows.length, 10),
    first = 1,
  }: {
    readonly artist?: number | null;
    readonly pagination?: object;
    readonly first?: number;
  } = {},
): object => ({
  period,
  artist_id: artist,
  data: rows.map(([key, count], at) => topTrack(first + at, key, count)),
  pagination,
});

/** Of each period: artists and albums with their plays in it. */
const periods = {
  // From 7 March.
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
  // From 12 February.
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
  // From 14 December.
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
  // From 15 September.
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
  // From 14 March 2025.
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
const once = (keys: readonly TrackName[]): (readonly [TrackName, number])[] => keys.map((key) => [key, 1]);
const blues = once(["disko", "blue5", "blue4", "blue3", "blue2", "key"]);
const twice = (["tender5", "tender4", "tender3", "tender2", "tender1"] as const).map(
  (key): readonly [TrackName, number] => [key, 2],
);

const chartRows: readonly Row[] = [
  ["/v1/listening/top/artists", chart("7day", [topArtist(1, 3, 6), topArtist(2, 7, 1)])],
  ["/v1/listening/top/albums", chart("7day", [topAlbum(1, 3, 5), topAlbum(2, 7, 1)])],
  ["/v1/listening/top/tracks", trackChart("7day", once(sevenDays))],
  ...Object.entries(periods).flatMap(([period, [artistPlays, playsOfAlbums]]): Row[] => [
    [
      `/v1/listening/top/artists?period=${period}`,
      chart(
        period,
        artistPlays.map(([id, count], at) => topArtist(at + 1, id, count)),
      ),
    ],
    [
      `/v1/listening/top/albums?period=${period}`,
      chart(
        period,
        playsOfAlbums.map(([id, count], at) => topAlbum(at + 1, id, count)),
      ),
    ],
  ]),
  ["/v1/listening/top/tracks?period=7day", trackChart("7day", once(sevenDays))],
  ["/v1/listening/top/tracks?period=1month", trackChart("1month", [["blue1", 2], ...blues, ["monday", 1]])],
  [
    "/v1/listening/top/tracks?period=3month&limit=20",
    trackChart(
      "3month",
      [
        ["blue1", 2],
        ...blues,
        ["monday", 1],
        ["beach", 1],
        ...once(["tender5", "tender4", "tender3", "tender2", "tender1"]),
      ],
      { pagination: pageOf(14) },
    ),
  ],
  [
    "/v1/listening/top/tracks?period=6month&limit=20",
    trackChart("6month", [["blue1", 2], ...twice, ...blues, ["monday", 1], ["beach", 1], ["vitamin", 1]], {
      pagination: pageOf(15),
    }),
  ],
  [
    "/v1/listening/top/tracks?period=12month&page=4&limit=5",
    trackChart("12month", once(["pinch", "automatic", "shiva"]), { pagination: pageOf(18, 5, 4), first: 16 }),
  ],
  [
    "/v1/listening/top/tracks?period=overall&limit=5",
    trackChart(
      "overall",
      [
        ["tago4", 5],
        ["tago3", 5],
        ["tago2", 5],
        ["tago1", 5],
        ["blue1", 2],
      ],
      { pagination: pageOf(23, 5) },
    ),
  ],
  [
    "/v1/listening/top/artists?period=overall&page=2&limit=3",
    chart("overall", [topArtist(4, 5, 2), topArtist(5, 4, 2), topArtist(6, 7, 1)], pageOf(7, 3, 2)),
  ],
  [
    "/v1/listening/top/albums?period=overall&page=3&limit=3",
    chart("overall", [topAlbum(7, 7, 1), topAlbum(8, 8, 1)], pageOf(8, 3, 3)),
  ],
  // Dates take precedence over the period, which is repeated all the same.
  ["/v1/listening/top/artists?date=2025-12-13", chart("7day", [topArtist(1, 2, 5)])],
  ["/v1/listening/top/artists?period=overall&date=2025-12-13", chart("overall", [topArtist(1, 2, 5)])],
  [
    "/v1/listening/top/artists?from=2026-02-11&to=2026-03-06",
    chart("7day", [topArtist(1, 5, 2), topArtist(2, 3, 1)]),
  ],
  ["/v1/listening/top/albums?date=2025-09-14", chart("7day", [topAlbum(1, 5, 1)])],
  [
    "/v1/listening/top/albums?from=2026-03-06T23:59:59Z&to=2026-03-07T00:00:00Z",
    chart("7day", [topAlbum(1, 7, 1), topAlbum(2, 3, 1)]),
  ],
  ["/v1/listening/top/tracks?date=2025-03-13", trackChart("7day", [["bombay", 1]])],
  [
    "/v1/listening/top/tracks?from=2025-03-14&to=2025-09-14",
    trackChart("7day", once(["pinch", "automatic", "shiva"])),
  ],
  [
    "/v1/listening/top/tracks?period=overall&artist_name=can",
    trackChart(
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
    trackChart("overall", once(["monday", "beach"]), { artist: 5 }),
  ],
  ["/v1/listening/top/tracks?period=overall&artist_name=nobody", trackChart("overall", [])],
  // From 7 to 14 March; a day each.
  [
    "/v1/listening/top/artists?include_sparklines=true",
    chart("7day", [
      topArtist(1, 3, 6, ["day", points(8, { 0: 1, 5: 5 })]),
      topArtist(2, 7, 1, ["day", points(8, { 6: 1 })]),
    ]),
  ],
  // From the first play on, 10 January: three days. And up to today, 14 March.
  [
    "/v1/listening/top/artists?from=2024-01-01&to=2024-01-12&include_sparklines=true",
    chart("7day", [topArtist(1, 1, 4, ["day", points(3, { 0: 4 })])]),
  ],
  [
    "/v1/listening/top/artists?from=2026-03-13&to=2026-04-30&include_sparklines=true",
    chart("7day", [topArtist(1, 7, 1, ["day", points(2, { 0: 1 })])]),
  ],
  // From 15 September to 14 March: weeks. The 13th is the Monday of 8 December.
  [
    "/v1/listening/top/albums?period=6month&limit=1&include_sparklines=true",
    chart("6month", [topAlbum(1, 2, 10, ["week", points(26, { 12: 10 })])], pageOf(5, 1)),
  ],
  // From January 2024 to March 2026: months.
  [
    "/v1/listening/top/tracks?period=overall&limit=1&include_sparklines=true",
    {
      period: "overall",
      artist_id: null,
      data: [topTrack(1, "tago4", 5, ["month", points(27, { 0: 1, 1: 1, 2: 1, 3: 1, 4: 1 })])],
      pagination: pageOf(23, 1),
    },
  ],
];

const monthsSince2024 = ["2024", "2025", "2026"]
  .flatMap((year) => Array.from({ length: 12 }, (_, at) => `${year}-${String(at + 1).padStart(2, "0")}-01`))
  .slice(0, 27);

const artistInFull = (
  id: number,
  [count, first, last, rank]: readonly [number, string, string, number],
  months: Readonly<Record<string, number>>,
  [albumRows, trackRows]: readonly [
    readonly (readonly [number, number])[],
    readonly (readonly [TrackName, number])[],
  ],
): object => ({
  ...namedArtist(id),
  mbid: null,
  url: lastfm(namedArtist(id).name),
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
    name: namedAlbum(albumId).name,
    playcount: albumCount,
    ...noLinks,
  })),
  top_tracks: trackRows.map(([key, trackCount]) => {
    const [trackId, name, , albumId] = tracks[key];
    return {
      id: trackId,
      name,
      album_id: albumId,
      album_name: albumId === null ? null : namedAlbum(albumId).name,
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
const sparkOf = (sparkline: Sparkline | undefined): object =>
  sparkline === undefined ? {} : sparklineOf(sparkline);
const yearInFull = ({ figures, monthly, ...top }: YearParts): object => ({
  ...figures,
  top_artists: top.artists.map(([id, count, spark]) => ({
    ...namedArtist(id),
    scrobbles: count,
    ...noLinks,
    ...sparkOf(spark),
  })),
  top_albums: top.albums.map(([albumId, count, spark]) => {
    const { id, name, artist } = namedAlbum(albumId);
    return { id, name, artist: artist.name, scrobbles: count, ...noLinks, ...sparkOf(spark) };
  }),
  top_tracks: top.tracks.map(([key, count, spark]) => {
    const [id, name, artistId] = tracks[key];
    return {
      id,
      name,
      artist: namedArtist(artistId).name,
      scrobbles: count,
      ...noPreview,
      ...sparkOf(spark),
    };
  }),
  monthly: monthly.map(([month, scrobbles, artists, albumCount]) => ({
    month,
    scrobbles,
    unique_artists: artists,
    unique_albums: albumCount,
  })),
});

const foundEntry = (kind: "album" | "release" | "track", id: number, title: string, by: string): object => ({
  domain: kind === "release" ? "collecting" : "listening",
  entity_type: kind,
  entity_id: String(id),
  title,
  subtitle: by,
  image_key: null,
  image: null,
  url: kind === "release" ? discogs(100 + id) : kind === "album" ? lastfm(by, title) : lastfm(by, "_", title),
  instapaper_url: null,
  instapaper_app_url: null,
  author: null,
  score: 0.75,
});
const blueFound = [
  foundEntry("album", 3, "Kind Of Blue", "Miles Davis"),
  foundEntry("release", 2, "Kind Of Blue", "Miles Davis"),
  foundEntry("album", 6, "Blue Monday", "New Order"),
  foundEntry("release", 4, "Blue Monday", "New Order"),
  foundEntry("track", 37, "Blue Monday", "New Order"),
];
const found = (data: readonly object[], pagination = pageOf(data.length)): object => ({ data, pagination });

const healthOf = (type: string, count: number): object => ({
  last_sync: "2026-03-14T12:00:00Z",
  status: "completed",
  sync_type: type,
  items_synced: count,
  duration_ms: null,
  error: null,
  error_rate: 0,
});

/** Keys are made from random bytes. */
const keyOf = (id: number, scope: string, prefix: string): object => ({
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
    artistInFull(
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
    artistInFull(6, [1, "2025-06-01T09:00:00Z", "2025-06-01T09:00:00Z", 7], { "2025-06-01": 1 }, [
      [[8, 1]],
      [["automatic", 1]],
    ]),
  ],
  [
    "/v1/listening/year/2025",
    yearInFull({
      figures: { year: 2025, ...totals(15, 4, 4, 10) },
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
      tracks: [...twice, ...once(["vitamin", "pinch", "automatic", "shiva", "bombay"])],
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
    yearInFull({
      figures: { year: 2026, month: 3, ...totals(8, 2, 2, 7) },
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
  // To the end of today.
  [
    "/v1/listening/year/2026?month=2&include_sparklines=true",
    yearInFull({
      figures: { year: 2026, month: 2, ...totals(2, 1, 1, 2) },
      artists: [[5, 2, ["day", points(28, { 10: 1, 11: 1 })]]],
      albums: [[6, 2, ["day", points(28, { 10: 1, 11: 1 })]]],
      tracks: [
        ["monday", 1, ["day", points(28, { 11: 1 })]],
        ["beach", 1, ["day", points(28, { 10: 1 })]],
      ],
      monthly: [["2026-02", 2, 1, 1]],
    }),
  ],
  ["/v1/search?q=blue", found(blueFound)],
  ["/v1/search?q=blue&page=2&limit=2", found(blueFound.slice(2, 4), pageOf(5, 2, 2))],
  ["/v1/search?q=blue&domain=listening", found([blueFound[0], blueFound[2], blueFound[4]] as object[])],
  ["/v1/search?q=blue&domain=collecting", found([blueFound[1], blueFound[3]] as object[])],
  ["/v1/search?q=blue&domain=running", found([])],
  ["/v1/search?q=blue&domain=watching", found([])],
  ["/v1/search?q=blue&domain=reading&mode=keyword", found([])],
  ["/v1/search?q=blue&domain=reading&mode=semantic", found(blueFound)],
  ["/v1/search?q=blue&domain=reading&mode=hybrid", found(blueFound)],
  ["/v1/health", { status: "ok", timestamp: "2026-03-14T12:00:00Z" }],
  [
    "/v1/health/sync",
    {
      status: "ok",
      domains: { listening: healthOf("scrobbles", 45), collecting: healthOf("collection", 6) },
      enrichment: {
        artists_missing_apple_music_url_with_plays: 0,
        artists_missing_apple_music_url: 0,
        tracks_missing_itunes_enrichment: 0,
      },
      integrity: { lastfm_album_artist_mismatch_count: 0 },
    },
  ],
  ["/v1/sync", { syncing: false, run: null }],
  ["/v1/admin/keys", { data: [keyOf(1, "read", "rw_live_"), keyOf(2, "admin", "rw_admin_")] }],
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
const dupes = (ids: readonly number[], pagination = pageOf(ids.length), all = ids): object => ({
  data: ids.map((id) => {
    const copies = id === 5 ? [5, 11, 13] : [id, id + 6];
    return { ...pairOf(id), copies: copies.length, record_ids: copies, forms: forms[id - 1] };
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
  12: { discogs_id: 112, date_added: "2021-05-01T10:00:00Z", discogs_url: discogs(112) },
};
const cull = (ids: readonly number[], pagination = pageOf(ids.length), all = ids): object => {
  const count = (reason: Reason): number => all.filter((id) => culled[id]?.[1].includes(reason)).length;
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
    summary: { total: all.length, copy: count("copy"), never: count("never"), rating: count("rating") },
    pagination,
  };
};
/** Two reasons, then one. Of equals: the fewest plays, then the latest addition, then the highest number. */
const reasonsOrder = [13, 11, 6, 10, 12, 9];

const wantOf = (
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
  ege: wantOf(201, ["Can", "Ege Bamyasi", "LP", 1972], "2025-02-03T10:00:00Z", [2, "2025-09-15T00:00:00Z"]),
  journey: wantOf(202, ["Alice Coltrane", "Journey In Satchidananda", "LP", 2011], "2024-11-29T18:00:00Z", [
    2,
    "2025-03-14T00:00:00Z",
  ]),
  tago: wantOf(
    203,
    ["Can", "Tago Mago", "LP", 1989],
    "2026-03-01T10:00:00Z",
    [20, "2024-05-10T20:12:00Z"],
    [[1, 7], ["LP"]],
  ),
  // The copy of the wanted release comes first.
  parade: wantOf(
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
const wantList = (names: readonly Wanted[], pagination = pageOf(names.length), all = names): object => ({
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
const copiesOfAlbum = (albumId: number | null): object =>
  recordsOfAlbum[albumId ?? 0] ?? { record_ids: [], forms: [] };
const spanOf = (from: string, to: string): object => ({ from: `${from}T00:00:00Z`, to: `${to}T00:00:00Z` });

/** Only the day is known. */
const loggedPlay = {
  played_at: "2026-03-13T12:00:00Z",
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
      artist_name: namedArtist(artistId).name,
      track_name: name,
      album_id: albumId,
      album_name: albumId === null ? null : namedAlbum(albumId).name,
      ...copiesOfAlbum(albumId),
      logged: false,
    };
  })
  .toSpliced(1, 0, loggedPlay);
const playsOf = (
  lines: readonly object[],
  pagination = pageOf(lines.length),
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
const playsOfLines = (lines: readonly TopLine[]): number =>
  lines.reduce((sum, { play_count: count }) => sum + count, 0);
const top = (lines: readonly TopLine[], { page = 1, limit = 20, during = null }: TopPage = {}): object => {
  const owned = lines.filter((line) => line.owned ?? line.owned_records !== 0);
  return {
    data: lines.map((line, at) => ({ rank: at + 1, ...line })).slice((page - 1) * limit, page * limit),
    summary: {
      total: lines.length,
      owned: owned.length,
      plays: playsOfLines(lines),
      owned_plays: playsOfLines(owned),
    },
    during,
    pagination: pageOf(lines.length, limit, page),
  };
};

const ownershipOf = (albumId: number | null) => ({
  owned: recordsOfAlbum[albumId ?? 0] !== undefined,
  ...copiesOfAlbum(albumId),
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
const albumLine = (id: number, figures = albumFigures[id]): TopLine => {
  const { name, artist } = namedAlbum(id);
  const [count = 0, spinCount, trackCount, last] = figures ?? [];
  return {
    album_id: id,
    artist_name: artist.name,
    album_name: name,
    play_count: count,
    spins: spinCount,
    tracks: trackCount,
    last_played: last,
    ...ownershipOf(id),
  };
};
const topAlbums = (ids: readonly number[], page: TopPage = {}): object =>
  top(
    ids.map((id) => albumLine(id)),
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
const artistLine = (id: number, figures = artistFigures[id]): TopLine => {
  const [count = 0, trackCount, last] = figures ?? [];
  return {
    artist_name: namedArtist(id).name,
    play_count: count,
    tracks: trackCount,
    last_played: last,
    owned_records: ownedByArtist[id - 1],
  };
};
const topArtists = (ids: readonly number[]): object => top(ids.map((id) => artistLine(id)));

const trackLine = ([key, count]: readonly [TrackName, number], last?: string): TopLine => {
  const [, name, artistId, albumId] = tracks[key];
  return {
    artist_name: namedArtist(artistId).name,
    track_name: name,
    album_id: albumId,
    album_name: albumId === null ? null : namedAlbum(albumId).name,
    play_count: count,
    last_played: last ?? played.find(([each]) => each === key)?.[1],
    ...ownershipOf(albumId),
  };
};
const tagoTracks = (["tago4", "tago3", "tago2", "tago1"] as const).map(
  (key): readonly [TrackName, number] => [key, 5],
);
const ownedOnce = once(["blue5", "blue4", "blue3", "blue2", "key", "monday", "beach"]);
const ownedTracks = [...tagoTracks, ["blue1", 2] as const, ...ownedOnce];
const otherTracks = once(["vitamin", "pinch", "automatic", "shiva", "bombay"]);
const everyTrack = [
  ...tagoTracks,
  ["blue1", 2] as const,
  ...twice,
  ["disko", 1] as const,
  ...ownedOnce,
  ...otherTracks,
];
const topTracks = (rows: readonly (readonly [TrackName, number])[], page: TopPage = {}): object =>
  top(
    rows.map((row) => trackLine(row)),
    page,
  );

const widerRows: readonly Row[] = [
  ["/v1/collecting/cull", cull(reasonsOrder)],
  ["/v1/collecting/cull?page=2&limit=4", cull([12, 9], pageOf(6, 4, 2), reasonsOrder)],
  // Equal numbers of reasons: still the fewest plays first.
  ["/v1/collecting/cull?reverse=true", cull([12, 9, 13, 11, 6, 10])],
  ["/v1/collecting/cull?sort=title&reverse=true", cull([12, 6, 13, 11, 10, 9])],
  ["/v1/collecting/cull?why=copy", cull([13, 11, 6, 10, 9])],
  ["/v1/collecting/cull?why=never", cull([13, 11, 6, 12])],
  ["/v1/collecting/cull?why=rating", cull([10])],
  ["/v1/collecting/cull?why=rating&why=never", cull([13, 11, 6, 10, 12])],
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
  }).map(([sort, ids]): Row => [`/v1/collecting/cull?sort=${sort}`, cull(ids)]),
  ...filters.map(([query, ids]): Row => {
    // Only this filter lists records rated 4 or 5.
    const all = query.startsWith("rating=") ? [8, 7] : reasonsOrder;
    return [`/v1/collecting/cull?${query}`, cull(all.filter((id) => ids.includes(culled[id]?.[0] ?? 0)))];
  }),

  ["/v1/collecting/dupes", dupes(copiesOrder)],
  ["/v1/collecting/dupes?page=2&limit=4", dupes([3, 6], pageOf(6, 4, 2), copiesOrder)],
  // Equal numbers of copies: still the most plays first.
  ["/v1/collecting/dupes?reverse=true", dupes([1, 2, 4, 3, 6, 5])],
  ["/v1/collecting/dupes?sort=title&reverse=true", dupes([1, 6, 5, 2, 4, 3])],
  ...Object.entries({
    ...orders,
    copies: copiesOrder,
    // Record 12 is from 2021.
    added: [3, 2, 5, 4, 6, 1],
  }).map(([sort, ids]): Row => [`/v1/collecting/dupes?sort=${sort}`, dupes(ids)]),
  ...filters.map(([query, ids]): Row => [
    `/v1/collecting/dupes?${query}`,
    dupes(copiesOrder.filter((id) => ids.includes(id))),
  ]),

  ["/v1/collecting/wants", wantList(wantsOrder)],
  ["/v1/collecting/wants?page=2&limit=3", wantList(["parade"], pageOf(4, 3, 2), wantsOrder)],
  ["/v1/collecting/wants?reverse=true", wantList(["parade", "journey", "ege", "tago"])],
  ["/v1/collecting/wants?q=can", wantList(["tago", "ege"])],
  ["/v1/collecting/wants?owned=any", wantList(wantsOrder)],
  ["/v1/collecting/wants?owned=yes", wantList(["tago", "parade"])],
  ["/v1/collecting/wants?owned=no", wantList(["ege", "journey"])],
  ...Object.entries({
    plays: wantsOrder,
    added: ["tago", "ege", "parade", "journey"],
    artist: ["journey", "ege", "tago", "parade"],
    title: ["ege", "journey", "parade", "tago"],
    year: ["ege", "tago", "journey", "parade"],
    "last-played": ["ege", "journey", "tago", "parade"],
  } as const).map(([sort, names]): Row => [`/v1/collecting/wants?sort=${sort}`, wantList(names)]),

  ["/v1/listening/plays", playsOf(playLines.slice(0, 20), pageOf(46))],
  ["/v1/listening/plays?page=3&limit=20", playsOf(playLines.slice(40), pageOf(46, 20, 3))],
  ["/v1/listening/plays?q=stereolab", playsOf(playLines.slice(0, 2))],
  ["/v1/listening/plays?q=blue", playsOf([...playLines.slice(2, 7), ...playLines.slice(8, 11)])],
  [
    "/v1/listening/plays?during=2026-03-13",
    playsOf(playLines.slice(0, 2), pageOf(2), spanOf("2026-03-13", "2026-03-14")),
  ],
  [
    "/v1/listening/plays?during=2025-12-13",
    playsOf(playLines.slice(16, 21), pageOf(5), spanOf("2025-12-13", "2025-12-14")),
  ],

  ["/v1/listening/top", topAlbums([1, 2, 3, 6, 5, 4, 7, 8])],
  [
    "/v1/listening/top?what=albums&page=3&limit=3",
    topAlbums([1, 2, 3, 6, 5, 4, 7, 8], { page: 3, limit: 3 }),
  ],
  ["/v1/listening/top?sort=plays", topAlbums([1, 2, 3, 6, 5, 4, 7, 8])],
  // Equal numbers of spins, or unknown ones: by plays.
  ["/v1/listening/top?sort=spins", topAlbums([1, 2, 3, 7, 6, 5, 4, 8])],
  ["/v1/listening/top?owned=any", topAlbums([1, 2, 3, 6, 5, 4, 7, 8])],
  ["/v1/listening/top?owned=yes", topAlbums([1, 3, 6, 7])],
  ["/v1/listening/top?owned=no", topAlbums([2, 5, 4, 8])],
  ["/v1/listening/top?q=can", topAlbums([1, 5])],
  ["/v1/listening/top?artist=miles", topAlbums([3, 7])],
  ["/v1/listening/top?plays=2..6", topAlbums([3, 6, 5, 4])],
  ["/v1/listening/top?last-played=2026-03", topAlbums([3, 7])],
  // The spin began the day before.
  [
    "/v1/listening/top?during=2025-12-14",
    top([albumLine(2, [5, 0, 5, "2025-12-14T00:16:00Z"])], { during: spanOf("2025-12-14", "2025-12-15") }),
  ],
  // No spins come before unknown ones.
  [
    "/v1/listening/top?sort=spins&during=2026-02-11..2026-03-06",
    top([albumLine(3, [1, 0, 1, "2026-03-06T23:59:59Z"]), albumLine(6)], {
      during: spanOf("2026-02-11", "2026-03-07"),
    }),
  ],
  ["/v1/listening/top?what=artists", topArtists([1, 2, 3, 5, 4, 7, 6])],
  ["/v1/listening/top?what=artists&owned=no", topArtists([2, 4])],
  [
    "/v1/listening/top?what=artists&owned=yes&during=2025",
    top([artistLine(1, [2, 2, "2025-09-15T00:00:00Z"]), artistLine(6)], {
      during: spanOf("2025-01-01", "2026-01-01"),
    }),
  ],
  ["/v1/listening/top?what=tracks", topTracks(everyTrack)],
  ["/v1/listening/top?what=tracks&owned=yes", topTracks(ownedTracks)],
  [
    "/v1/listening/top?what=tracks&during=2024-02",
    top(
      [
        trackLine(["tago4", 1], "2024-02-10T20:12:00Z"),
        trackLine(["tago3", 1], "2024-02-10T20:08:00Z"),
        trackLine(["tago2", 1], "2024-02-10T20:04:00Z"),
        trackLine(["tago1", 1], "2024-02-10T20:00:00Z"),
      ],
      { during: spanOf("2024-02-01", "2024-03-01") },
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

/** The document of OpenAPI has tests of its own. */
const routes = routesOf("0").filter(({ method, path }) => method === "get" && path !== "/v1/openapi.json");

function requestsOf<Each extends Row>(path: string, table: readonly Each[]): Each[] {
  const pattern = new RegExp(String.raw`^${path.replaceAll(/\{\w+\}/g, "\\d+")}(\?|$)`);
  return table.filter(([request]) => pattern.test(request));
}

test.each(routes.map(({ path }) => path))(
  "answers each request of %s as worked out by hand",
  async (path) => {
    const isAdmin = path.startsWith("/v1/admin/");
    // Each app adds its two keys to those of the home.
    const filledHome = requestsOf(path, widerRows).length > 0 ? widerHome : home;
    const { ask, live, admin } = servedCache(isAdmin ? tempDirectory("rewind-home") : filledHome);
    const headers = { authorization: `Bearer ${isAdmin ? admin : live}` };
    for (const [request, body] of requestsOf(path, rows)) {
      const answer = await ask(request, { headers });
      expect([request, answer.status, await answer.json()]).toEqual([request, 200, body]);
    }
  },
);

interface Picked {
  readonly collection: { readonly id: number };
}

test("picks among all records that fit a filter, in any order", async () => {
  const { json } = servedCache(home);
  for (const [request, body] of pickRows) {
    const answer = (await json(request)) as { readonly data: readonly Picked[] };
    const data = answer.data.toSorted((a, b) => a.collection.id - b.collection.id);
    expect([request, { ...answer, data }]).toEqual([request, body]);
  }
});

test("has a row for each route, each parameter and each of its words", () => {
  const missing = routes.flatMap(({ path, parameters }) => {
    const requests = requestsOf(path, [...rows, ...pickRows]).map(
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

const compilation = (id: number, title: string): CollectionRecord =>
  record({ id, artists: [credit("Various", { id: 194 })], title, formats: formatOf("CDr", "Compilation") });

const tagoMago = record({ id: 101, artists: [credit("Can", { id: 11 })], title: "Tago Mago" });

/** Two copies of one release, and more records by nobody in particular. */
const copiesHome = homeOf({
  records: [
    ...[1, 2].map((instanceId) => ({ ...tagoMago, instanceId })),
    ...["Ocean Of Sound", "Macro Dub Infection", "Isolationism"].map((title, at) =>
      compilation(110 + at, title),
    ),
  ],
});

test("counts copies as records and one release, and names no placeholder as the most collected", async () => {
  const { json } = servedCache(copiesHome);
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
