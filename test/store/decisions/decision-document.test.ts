import { expect, test } from "vitest";
import { parseExportDocument } from "../../../src/store/decisions/decision-document.ts";

const decision = {
  release_id: 1,
  instance_id: null,
  mode: "none",
  add: [],
  not: [],
  decided_at: "2026-03-14T12:00:00Z",
};

const noon = "2026-03-14T12:00:00Z";
const play = {
  uuid: "0b5f6f0e-3a3c-4d57-9a0a-0d6d1c7c1f11",
  release_id: 1,
  instance_id: null,
  start: noon,
  last: noon,
  from: noon,
  to: noon,
  precision: "time",
  source: "user",
  note: "",
  noted_at: noon,
  tracks: [],
};

function parseWith(change: object, top: object = {}): unknown {
  return parseExportDocument(JSON.stringify({ version: 2, decisions: [{ ...decision, ...change }], ...top }));
}

test("a document with a byte order mark and without aliases is read", () => {
  const text = `\ufeff${JSON.stringify({ version: 2, decisions: [decision] })}`;
  expect(parseExportDocument(text)).toEqual({
    decisions: [{ releaseId: 1, instanceId: 0, mode: "none", add: [], not: [], decidedUts: 1_773_489_600 }],
    aliases: [],
    plays: [],
    hiddenAlbums: [],
    snoozes: [],
    reviews: [],
  });
});

test.for<[change: object, top: object, message: string]>([
  [{ release_id: "1" }, {}, "decisions[0].release_id should be a whole number"],
  [{ release_id: 1.5 }, {}, "decisions[0].release_id should be a whole number"],
  [{ instance_id: -1 }, {}, "decisions[0].instance_id should be a whole number"],
  [{ mode: "all" }, {}, 'decisions[0].mode should be "adjust", "only" or "none"'],
  [{ mode: "only" }, {}, "decisions[0].add should name an album"],
  [{ add: [{ artist: "A" }] }, {}, "decisions[0].add[0].album should be a name"],
  [{ not: "x" }, {}, "decisions[0].not should be a list"],
  [{ decided_at: "yesterday" }, {}, "decisions[0].decided_at should be a time"],
  [{}, { aliases: [{ name: "A" }] }, "aliases[0].same_as should be a name"],
  [{}, { decisions: {} }, "decisions should be a list"],
  [{}, { version: 1 }, '"version" should be 2'],
  [{}, { version: "1" }, '"version" should be 2'],
  [{}, { plays: {} }, "plays should be a list"],
  [{}, { plays: [{ uuid: "1" }] }, "plays[0].uuid should be a UUID"],
  [{}, { plays: [{ ...play, to: "2026-03-14T11:00:00Z" }] }, "plays[0].to should not be before its from"],
  [{}, { plays: [{ ...play, precision: "week" }] }, 'plays[0].precision should be "day" or "time"'],
  [{}, { plays: [{ ...play, tracks: [{}] }] }, "plays[0].tracks[0].position should be a text"],
  [{}, { hidden_albums: [{ artist: "A", album: "B" }] }, "hidden_albums[0].hidden_at should be a time"],
  [{}, { snoozes: [{ artist: "A", album: "B", until: "x" }] }, "snoozes[0].until should be a time"],
  [
    {},
    { reviews: [{ release_id: 1, subject: "x", verdict: "no" }] },
    'reviews[0].verdict should be "skipped"',
  ],
])("%j %j is refused", ([change, top, message]) => {
  expect(() => parseWith(change, top)).toThrow(message);
});

test.for(["", "[]", "null", "{", '"x"'])("refuses %s as a document", (text) => {
  expect(() => parseExportDocument(text)).toThrow("not a decisions file");
});
