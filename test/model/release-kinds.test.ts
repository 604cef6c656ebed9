import { expect, test } from "vitest";
import type { Format } from "../../src/model/model.ts";
import { formOf, kindOf } from "../../src/model/release-kinds.ts";

const format = (name: string, descriptions: readonly string[] = [], quantity = 1): Format => ({
  name,
  quantity,
  text: "",
  descriptions,
});

const somebody = [{ id: 7, name: "Somebody", anv: "", join: "" }];
const various = [{ id: 194, name: "Various", anv: "", join: "" }];

test.each<readonly [string, string, readonly Format[]]>([
  ["album", "LP", [format("Vinyl", ["LP", "Album"])]],
  ["album", "2×LP", [format("Vinyl", ["LP", "Album"], 2)]],
  ["album", "2×LP", [format("Vinyl", ["LP", "Album"]), format("Vinyl", ["LP"])]],
  ["album", "CD", [format("CD", ["Album"])]],
  ["album", "CD", [format("CD")]],
  ["album", "2×CD", [format("CD", ["Album"], 2), format("All Media", ["Deluxe Edition"])]],
  ["album", "Cass", [format("Cassette")]],
  ["album", '10"', [format("Vinyl", ['10"', "Mini-Album"])]],
  ["single", '7"', [format("Vinyl", ['7"', "45 RPM", "Single"])]],
  ["single", '7"', [format("Vinyl", ['7"'])]],
  ["single", '12"', [format("Vinyl", ['12"', "Maxi-Single"])]],
  ["single", "Flexi", [format("Flexi-disc")]],
  ["single", '10"', [format("Shellac", ['10"'])]],
  ["ep", '12"', [format("Vinyl", ['12"', "EP"])]],
  ["ep", "CD", [format("CD", ["EP", "Promo"])]],
  ["compilation", "LP", [format("Vinyl", ["LP", "Compilation"])]],
  ["compilation", "CD", [format("CD", ["Mixed"])]],
  ["box", "Box", [format("Box Set", ["Compilation"]), format("Vinyl", ["LP", "Album"], 13)]],
  ["box", "Box", [format("CD", ["Album"], 5), format("Box Set")]],
  ["other", "DVD", [format("DVD", ["DVD-Video"])]],
  ["other", "File", [format("File", ["MP3"])]],
  ["other", "?", []],
])("%s, %s: %j", (kind, form, formats) => {
  expect([kindOf(formats, somebody), formOf(formats)]).toEqual([kind, form]);
});

test("a release by Various is a compilation unless its formats say otherwise", () => {
  expect(kindOf([format("CD")], various)).toBe("compilation");
  expect(kindOf([format("CD", ["Album"])], [{ id: null, name: "Various", anv: "", join: "" }])).toBe(
    "compilation",
  );
  expect(kindOf([format("Vinyl", ['7"', "EP"])], various)).toBe("ep");
  expect(kindOf([format("Box Set")], various)).toBe("box");
});

test.each(["constructor", "__proto__", "toString", "hasOwnProperty", "valueOf"])(
  "a format called %s gets a form",
  (name) => {
    expect(formOf([format(name)])).toBe(name.slice(0, 5));
  },
);
