import { expect, test } from "vitest";
import { parseDecisionDocument } from "../../src/queries/decisions/decision-document.ts";

const decision = {
  release_id: 1,
  instance_id: null,
  mode: "none",
  add: [],
  not: [],
  decided_at: "2026-03-14T12:00:00Z",
};

function parsed(change: object, top: object = {}): unknown {
  return parseDecisionDocument(
    JSON.stringify({ version: 1, decisions: [{ ...decision, ...change }], ...top }),
  );
}

test("a document with a byte order mark and without aliases is read", () => {
  const text = `\ufeff${JSON.stringify({ version: 1, decisions: [decision] })}`;
  expect(parseDecisionDocument(text)).toEqual({
    decisions: [{ releaseId: 1, instanceId: 0, mode: "none", add: [], not: [], decidedUts: 1_773_489_600 }],
    aliases: [],
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
  [{}, { version: 2 }, "the file was written by a newer rewind"],
  [{}, { version: "1" }, '"version" should be 1'],
])("%j %j is refused", ([change, top, message]) => {
  expect(() => parsed(change, top)).toThrow(message);
});

test.for(["", "[]", "null", "{", '"x"'])("%s is no document", (text) => {
  expect(() => parseDecisionDocument(text)).toThrow("not a decisions file");
});
