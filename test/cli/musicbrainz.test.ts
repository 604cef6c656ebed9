// MusicBrainz on the command line: asked for, mentioned once, and never blocking.
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { cliWorld } from "../support/cli-world.ts";
import { html } from "../support/faults.ts";

const offer = /rewind sync --musicbrainz/;

test("the first sync mentions MusicBrainz once and does not ask it", async () => {
  const person = await cliWorld();
  const first = await person.rewind(["sync"]);
  expect(first.stderr.trimEnd().split("\n").at(-1)).toMatch(offer);
  const second = await person.rewind(["sync"]);
  expect(second.stderr).not.toMatch(offer);
  expect(person.musicbrainz.requests).toEqual([]);
});

test("a failed sync does not mention MusicBrainz", async () => {
  const person = await cliWorld();
  person.lastfm.behaviour.onRequest = () => html(500);
  expect((await person.rewind(["sync"])).stderr).not.toMatch(offer);
  person.lastfm.behaviour.onRequest = null;
  expect((await person.rewind(["sync"])).stderr).toMatch(offer);
});

test("--musicbrainz asks once, prints a line, and ends the offers", async () => {
  const person = await cliWorld();
  const { code, stderr } = await person.rewind(["sync", "--musicbrainz"]);
  expect(code).toBe(0);
  expect(stderr).toMatch(/^MusicBrainz +\d+ releases +\d requests? /m);
  expect(stderr).not.toMatch(offer);
  const sent = person.musicbrainz.requests.length;
  expect(sent).toBeGreaterThan(0);
  await person.rewind(["sync"]);
  expect(person.musicbrainz.requests).toHaveLength(sent);
});

test("musicbrainz: on asks each time, off is silent, another word is refused", async () => {
  const person = await cliWorld();
  mkdirSync(join(person.home, "config", "rewind"), { recursive: true, mode: 0o700 });
  const write = (musicbrainz: string): void =>
    writeFileSync(join(person.home, "config", "rewind", "config.json"), JSON.stringify({ musicbrainz }), {
      mode: 0o600,
    });
  write("off");
  expect((await person.rewind(["sync"])).stderr).not.toMatch(offer);
  expect(person.musicbrainz.requests).toEqual([]);
  write("On");
  expect((await person.rewind(["sync"])).stderr).toMatch(/^MusicBrainz /m);
  const sent = person.musicbrainz.requests.length;
  expect(sent).toBeGreaterThan(0);
  expect((await person.rewind(["sync", "--only", "lastfm"])).code).toBe(0);
  expect(person.musicbrainz.requests).toHaveLength(sent);
  write("maybe");
  const wrong = await person.rewind(["sync"]);
  expect(wrong.code).toBe(2);
  expect(wrong.stderr).toContain("REWIND_MUSICBRAINZ");
  const env = { REWIND_MUSICBRAINZ: "off" };
  expect((await person.rewind(["sync"], { env })).code).toBe(0);
});

test("an unreachable MusicBrainz is a note with exit code 0", async () => {
  const person = await cliWorld();
  await person.musicbrainz.close();
  const { code, stderr } = await person.rewind(["sync", "--musicbrainz"]);
  expect(code).toBe(0);
  expect(stderr).toMatch(/^Note: MusicBrainz can't be reached: /m);
  expect(stderr).toMatch(/^Done in /m);
});
