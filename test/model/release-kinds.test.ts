import { expect, test } from "vitest";
import type { Format } from "../../src/model/model.ts";
import { getReleaseForm, getReleaseKind } from "../../src/model/release-kinds.ts";

const buildFormat = (name: string, descriptions: readonly string[] = [], quantity = 1): Format => ({
  name,
  quantity,
  text: "",
  descriptions,
});

const somebody = [{ id: 7, name: "Somebody", anv: "", join: "" }];
const various = [{ id: 194, name: "Various", anv: "", join: "" }];

test.each<readonly [string, string, readonly Format[]]>([
  ["album", "LP", [buildFormat("Vinyl", ["LP", "Album"])]],
  ["album", "2×LP", [buildFormat("Vinyl", ["LP", "Album"], 2)]],
  ["album", "2×LP", [buildFormat("Vinyl", ["LP", "Album"]), buildFormat("Vinyl", ["LP"])]],
  ["album", "CD", [buildFormat("CD", ["Album"])]],
  ["album", "CD", [buildFormat("CD")]],
  ["album", "2×CD", [buildFormat("CD", ["Album"], 2), buildFormat("All Media", ["Deluxe Edition"])]],
  ["album", "Cass", [buildFormat("Cassette")]],
  ["album", '10"', [buildFormat("Vinyl", ['10"', "Mini-Album"])]],
  ["single", '7"', [buildFormat("Vinyl", ['7"', "45 RPM", "Single"])]],
  ["single", '7"', [buildFormat("Vinyl", ['7"'])]],
  ["single", '12"', [buildFormat("Vinyl", ['12"', "Maxi-Single"])]],
  ["single", "Flexi", [buildFormat("Flexi-disc")]],
  ["single", '10"', [buildFormat("Shellac", ['10"'])]],
  ["ep", '12"', [buildFormat("Vinyl", ['12"', "EP"])]],
  ["ep", "CD", [buildFormat("CD", ["EP", "Promo"])]],
  ["compilation", "LP", [buildFormat("Vinyl", ["LP", "Compilation"])]],
  ["compilation", "CD", [buildFormat("CD", ["Mixed"])]],
  ["box", "Box", [buildFormat("Box Set", ["Compilation"]), buildFormat("Vinyl", ["LP", "Album"], 13)]],
  ["box", "Box", [buildFormat("CD", ["Album"], 5), buildFormat("Box Set")]],
  ["other", "DVD", [buildFormat("DVD", ["DVD-Video"])]],
  ["other", "File", [buildFormat("File", ["MP3"])]],
  ["other", "?", []],
])("finds kind %s and form %s of %j", (kind, form, formats) => {
  expect([getReleaseKind(formats, somebody), getReleaseForm(formats)]).toEqual([kind, form]);
});

test("a release by Various is a compilation unless its formats say otherwise", () => {
  expect(getReleaseKind([buildFormat("CD")], various)).toBe("compilation");
  expect(
    getReleaseKind([buildFormat("CD", ["Album"])], [{ id: null, name: "Various", anv: "", join: "" }]),
  ).toBe("compilation");
  expect(getReleaseKind([buildFormat("Vinyl", ['7"', "EP"])], various)).toBe("ep");
  expect(getReleaseKind([buildFormat("Box Set")], various)).toBe("box");
});

test.each(["constructor", "__proto__", "toString", "hasOwnProperty", "valueOf"])(
  "a format called %s gets a form",
  (name) => {
    expect(getReleaseForm([buildFormat(name)])).toBe(name.slice(0, 5));
  },
);
