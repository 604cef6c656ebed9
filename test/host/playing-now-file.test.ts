import { readdirSync, statSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import {
  deletePlayingNow,
  getPlayingNowPath,
  readPlayingNow,
  savePlayingNow,
} from "../../src/host/playing-now-file.ts";
import type { PlayingNow } from "../../src/model/playing-now.ts";
import { createTempDirectory } from "../support/temp-directories.ts";

const nowUts = 1_780_000_000;
const playing: PlayingNow = {
  artist: "Beyoncé",
  title: "桃の花",
  album: null,
  lengthSeconds: 200,
  startedUts: nowUts,
  client: "Navidrome",
};

test("keeps what is playing in a private file beside the cache and replaces it whole", () => {
  const directory = createTempDirectory();
  const path = getPlayingNowPath(join(directory, "my shelf.db"));
  expect(readPlayingNow(path, nowUts)).toBeNull();
  savePlayingNow(path, { ...playing, title: "before" });
  savePlayingNow(path, playing);
  expect(readPlayingNow(path, nowUts)).toEqual(playing);
  expect(readdirSync(directory)).toEqual(["my shelf.playing.json"]);
  expect(statSync(path).mode & 0o777).toBe(0o600);
  deletePlayingNow(path);
  deletePlayingNow(path);
  expect(readdirSync(directory)).toEqual([]);
});

test("makes the directory of a cache that does not exist yet, for its owner alone", () => {
  const directory = join(createTempDirectory(), "share", "rewind");
  const path = getPlayingNowPath(join(directory, "rewind.db"));
  savePlayingNow(path, playing);
  expect(readPlayingNow(path, nowUts)).toEqual(playing);
  expect(statSync(directory).mode & 0o777).toBe(0o700);
});

test.each([
  [200, 259, true],
  [200, 260, false],
  [null, 599, true],
  [null, 600, false],
])("shows a track of %s seconds after %i seconds: %s", (lengthSeconds, laterSeconds, isShown) => {
  const path = getPlayingNowPath(join(createTempDirectory(), "rewind.db"));
  savePlayingNow(path, { ...playing, lengthSeconds });
  expect(readPlayingNow(path, nowUts + laterSeconds) !== null).toBe(isShown);
});

test.each(["", "{", "[]", "null", "{}", '{"artist":{},"title":"x","startedUts":1780000000}'])(
  "reads a damaged file as nothing playing: %s",
  (text) => {
    const path = join(createTempDirectory(), "rewind.playing.json");
    writeFileSync(path, text);
    expect(readPlayingNow(path, nowUts)).toBeNull();
  },
);

test.runIf(process.platform !== "win32")("finds the same file through a link to the cache", () => {
  const [real, other] = [createTempDirectory(), createTempDirectory()];
  writeFileSync(join(real, "rewind.db"), "");
  symlinkSync(join(real, "rewind.db"), join(other, "link.db"));
  expect(getPlayingNowPath(join(other, "link.db"))).toBe(getPlayingNowPath(join(real, "rewind.db")));
});
