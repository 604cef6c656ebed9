// One answer to what an artist is called, for the matcher as for every screen.
import { expect, test } from "vitest";
import { bareArtistName } from "../../src/model/names.ts";

test.each([
  ["Ghost (32)", "Ghost"],
  ["Kin (12345)", "Kin"],
  ["Prince*", "Prince"],
  ["Ghost (32)*", "Ghost"],
  ["  Low ", "Low"],
  // The first of a name has no number: this one is the name's own.
  ["Peter Gabriel (1)", "Peter Gabriel (1)"],
  ["Blink (0)", "Blink (0)"],
  // The database writes a blank before its number.
  ["Ghost(32)", "Ghost(32)"],
  ["Sunn O)))", "Sunn O)))"],
  ["(2)", "(2)"],
  ["*", "*"],
])("%s is %s", (name, bare) => {
  expect(bareArtistName(name)).toBe(bare);
});
