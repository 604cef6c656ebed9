// One answer to what an artist is called, for the matcher as for every screen.
import { expect, test } from "vitest";
import { stripArtistSuffix } from "../../src/model/names.ts";

test.each([
  ["Ghost (32)", "Ghost"],
  ["Kin (12345)", "Kin"],
  ["Prince*", "Prince"],
  ["Ghost (32)*", "Ghost"],
  ["  Low ", "Low"],
  // The database writes a blank before its number.
  ["Ghost(32)", "Ghost(32)"],
  ["Sunn O)))", "Sunn O)))"],
  ["(2)", "(2)"],
  ["*", "*"],
])("%s is %s", (name, bare) => {
  expect(stripArtistSuffix(name)).toBe(bare);
});
