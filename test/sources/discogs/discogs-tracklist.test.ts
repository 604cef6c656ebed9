// Shapes of tracklists as Discogs sends them: each rule on an answer made for it.
import { expect, test } from "vitest";
import { Malformed, createRootNode } from "../../../src/model/decode.ts";
import { decodeTracklist } from "../../../src/sources/discogs/discogs-decoding.ts";
import { toNamedTracks } from "../../../src/model/named-tracks.ts";

const decodeTracks = (tracklist: unknown) => decodeTracklist(createRootNode({ id: 1, tracklist }));
const buildTrack = (position: string, title: string, more: object = {}) => ({
  position,
  type_: "track",
  title,
  duration: "",
  ...more,
});
const plainTrack = { kind: "track", durationSeconds: null, artists: [], parts: [] };

test("tracks keep their positions as printed, and their order", () => {
  const positions = ["A1", "A2", "B", "1-1", "CD2-3", "C1a", "D4.1", "", "DVD1"];
  const found = decodeTracks(positions.map((position, at) => buildTrack(position, `Song ${at}`)));
  expect(found.map(({ position }) => position)).toEqual(positions);
  expect(found[0]).toEqual({ ...plainTrack, position: "A1", title: "Song 0" });
});

test.each([
  ["3:45", 225],
  ["0:31", 31],
  ["62:10", 3730],
  ["1:02:03", 3723],
  ["(4:20)", 260],
  ["", null],
  [null, null],
  [undefined, null],
  ["0:00", null],
  ["3:75", null],
  ["3'45\"", null],
  ["side long", null],
  ["99999999999:00", null],
  ["1:2:3:4", null],
])("decodes a duration of %j as %j seconds", (duration, seconds) => {
  expect(decodeTracks([buildTrack("1", "Song", { duration })])[0]?.durationSeconds).toBe(seconds);
});

test("does not decode headings as tracks", () => {
  const list = decodeTracks([
    { type_: "heading", title: "Side One", position: "" },
    buildTrack("A1", "Song"),
  ]);
  expect(list.map(({ kind }) => kind)).toEqual(["heading", "track"]);
  expect(toNamedTracks(list).map(({ title }) => title)).toEqual(["Song"]);
});

test("groups the parts of a suite under its title, with its artists", () => {
  const artists = [{ id: 7, name: "Trio (2)", anv: "", join: "" }];
  const list = decodeTracks([
    {
      type_: "index",
      position: "",
      title: "Suite",
      duration: "12:00",
      artists,
      sub_tracks: [
        buildTrack("A1.a", "First"),
        buildTrack("A1.b", "Second", { artists: [{ id: 8, name: "Guest" }] }),
      ],
    },
  ]);
  expect(list).toMatchObject([
    {
      kind: "index",
      title: "Suite",
      durationSeconds: 720,
      parts: [{ position: "A1.a" }, { position: "A1.b" }],
    },
  ]);
  expect(toNamedTracks(list)).toEqual([
    { title: "Suite", artists: ["Trio"] },
    { title: "First", artists: ["Trio"] },
    { title: "Second", artists: ["Guest"] },
  ]);
});

test("a track with parts is a suite of any type", () => {
  const [suite] = decodeTracks([buildTrack("1", "Outer", { sub_tracks: [buildTrack("1a", "First")] })]);
  expect(suite?.kind).toBe("index");
  expect(suite?.parts.map(({ title, parts }) => [title, parts.length])).toEqual([["First", 0]]);
});

test("reads each artist of a track, with its printed name", () => {
  const artists = [
    { id: 1, name: "Ann (3)", anv: "Annie", join: "feat." },
    { id: 2, name: "Bob", anv: "", join: "" },
  ];
  expect(toNamedTracks(decodeTracks([buildTrack("1", "Song", { artists })]))).toEqual([
    { title: "Song", artists: ["Ann", "Annie", "Bob", "Ann & Bob"] },
  ]);
});

test.each([[undefined], [null], [[]], [""]])("decodes no tracklist from %j", (tracklist) => {
  expect(decodeTracks(tracklist)).toEqual([]);
});

test("decodes a single track without a list, and keeps a row without a title", () => {
  expect(decodeTracks(buildTrack("A", "Only"))).toHaveLength(1);
  const list = decodeTracks([{}, buildTrack("A2", "Only")]);
  expect(list).toHaveLength(2);
  expect(toNamedTracks(list).map(({ title }) => title)).toEqual(["Only"]);
});

test.each([
  ["a list of text", ["A1"]],
  ["text", "A1 Song"],
  ["a title that is a list", [buildTrack("1", "x", { title: [] })]],
])("refuses %s as a tracklist", (_, tracklist) => {
  expect(() => decodeTracks(tracklist)).toThrow(Malformed);
});
