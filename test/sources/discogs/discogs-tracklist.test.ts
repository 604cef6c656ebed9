// Shapes of tracklists as Discogs sends them: each rule on an answer made for it.
import { expect, test } from "vitest";
import { Malformed, root } from "../../../src/model/decode.ts";
import { decodeTracklist } from "../../../src/sources/discogs/discogs-decoding.ts";
import { namedTracks } from "../../../src/model/named-tracks.ts";

const decode = (tracklist: unknown) => decodeTracklist(root({ id: 1, tracklist }));
const track = (position: string, title: string, more: object = {}) => ({
  position,
  type_: "track",
  title,
  duration: "",
  ...more,
});
const plain = { kind: "track", durationSeconds: null, artists: [], parts: [] };

test("tracks keep their positions as printed, and their order", () => {
  const positions = ["A1", "A2", "B", "1-1", "CD2-3", "C1a", "D4.1", "", "DVD1"];
  const found = decode(positions.map((position, at) => track(position, `Song ${at}`)));
  expect(found.map(({ position }) => position)).toEqual(positions);
  expect(found[0]).toEqual({ ...plain, position: "A1", title: "Song 0" });
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
])("a duration of %j is %j seconds", (duration, seconds) => {
  expect(decode([track("1", "Song", { duration })])[0]?.durationSeconds).toBe(seconds);
});

test("headings are not tracks", () => {
  const list = decode([{ type_: "heading", title: "Side One", position: "" }, track("A1", "Song")]);
  expect(list.map(({ kind }) => kind)).toEqual(["heading", "track"]);
  expect(namedTracks(list).map(({ title }) => title)).toEqual(["Song"]);
});

test("the parts of a suite are under its title, with its artists", () => {
  const artists = [{ id: 7, name: "Trio (2)", anv: "", join: "" }];
  const list = decode([
    {
      type_: "index",
      position: "",
      title: "Suite",
      duration: "12:00",
      artists,
      sub_tracks: [track("A1.a", "First"), track("A1.b", "Second", { artists: [{ id: 8, name: "Guest" }] })],
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
  expect(namedTracks(list)).toEqual([
    { title: "Suite", artists: ["Trio"] },
    { title: "First", artists: ["Trio"] },
    { title: "Second", artists: ["Guest"] },
  ]);
});

test("a track with parts is a suite of any type", () => {
  const [suite] = decode([track("1", "Outer", { sub_tracks: [track("1a", "First")] })]);
  expect(suite?.kind).toBe("index");
  expect(suite?.parts.map(({ title, parts }) => [title, parts.length])).toEqual([["First", 0]]);
});

test("reads each artist of a track, with its name on the sleeve", () => {
  const artists = [
    { id: 1, name: "Ann (3)", anv: "Annie", join: "feat." },
    { id: 2, name: "Bob", anv: "", join: "" },
  ];
  expect(namedTracks(decode([track("1", "Song", { artists })]))).toEqual([
    { title: "Song", artists: ["Ann", "Annie", "Bob", "Ann & Bob"] },
  ]);
});

test.each([[undefined], [null], [[]], [""]])("a release with %j for a tracklist has none", (tracklist) => {
  expect(decode(tracklist)).toEqual([]);
});

test("a single track may be no list, and a row without a title is kept", () => {
  expect(decode(track("A", "Only"))).toHaveLength(1);
  const list = decode([{}, track("A2", "Only")]);
  expect(list).toHaveLength(2);
  expect(namedTracks(list).map(({ title }) => title)).toEqual(["Only"]);
});

test.each([
  ["a list of text", ["A1"]],
  ["text", "A1 Song"],
  ["a title that is a list", [track("1", "x", { title: [] })]],
])("%s is no tracklist", (_, tracklist) => {
  expect(() => decode(tracklist)).toThrow(Malformed);
});
