import { expect, test } from "vitest";
import { toSongKey } from "../../../src/match/titles/track-title.ts";

test.each([
  ["Nights", "nights"],
  ["Blue Monday", "Blue Monday - 2011 Remaster"],
  ["Blue Monday", "Blue Monday (2011 Remastered)"],
  ["Pink + White", "Pink + White (feat. Beyoncé)"],
  ["Pink + White", "Pink + White feat. Beyoncé"],
  ["Heroes", "Heroes (Single Version) - 2017 Remaster"],
  ["So What", "So What (Mono)"],
])("%s and %s are one song", (one, other) => {
  expect(toSongKey(other)).toBe(toSongKey(one));
});

test.each([
  ["Solo", "Solo (Reprise)"],
  ["Hurt", "Hurt (Live)"],
  ["Hurt", "Hurt - Live at the BBC"],
  ["Blue Monday", "Blue Monday (Hardfloor Mix)"],
  ["What Does Your Soul Look Like (Part 1)", "What Does Your Soul Look Like (Part 4)"],
  ["Teardrop", "Teardrop (Instrumental)"],
])("%s and %s are two songs", (one, other) => {
  expect(toSongKey(other)).not.toBe(toSongKey(one));
});
