// Keeps what a client told `rewind serve` is playing in a small file beside the cache. `rewind now` is another process and
// reads it there.
import {
  existsSync,
  mkdirSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { dirname, join, parse } from "node:path";
import {
  createRootNode,
  decodeIdOrNull,
  decodeShortText,
  getField,
  isEmpty,
  requireField,
  type Node,
} from "../model/decode.ts";
import { isStillPlaying, type PlayingNow } from "../model/playing-now.ts";

/** rewind.playing.json beside rewind.db. */
export function getPlayingNowPath(ofCache: string): string {
  const { dir, name } = parse(existsSync(ofCache) ? realpathSync(ofCache) : ofCache);
  return join(dir, `${name}.playing.json`);
}

/** Replaces the file in one step. Only its owner can read it. A client may report a track before there is a cache. */
export function savePlayingNow(path: string, playing: PlayingNow): void {
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
  const unfinished = `${path}.${process.pid}`;
  rmSync(unfinished, { force: true });
  try {
    writeFileSync(unfinished, JSON.stringify(playing), { mode: 0o600, flag: "wx" });
    renameSync(unfinished, path);
  } finally {
    rmSync(unfinished, { force: true });
  }
}

/** Returns null if nothing was reported, if the track is over, or if the file can't be read. */
export function readPlayingNow(path: string, nowUts: number): PlayingNow | null {
  const playing = readFile(path);
  return playing !== null && isStillPlaying(playing, nowUts) ? playing : null;
}

export function deletePlayingNow(path: string): void {
  rmSync(path, { force: true });
}

function readFile(path: string): PlayingNow | null {
  try {
    return decodePlayingNow(createRootNode(JSON.parse(readFileSync(path, "utf8"))));
  } catch {
    return null;
  }
}

function decodePlayingNow(root: Node): PlayingNow {
  const decodeTextOrNull = (key: string): string | null => {
    const node = getField(root, key);
    return isEmpty(node) ? null : decodeShortText(node);
  };
  return {
    artist: decodeShortText(requireField(root, "artist")),
    title: decodeShortText(requireField(root, "title")),
    album: decodeTextOrNull("album"),
    lengthSeconds: decodeIdOrNull(getField(root, "lengthSeconds")),
    startedUts: decodeIdOrNull(requireField(root, "startedUts")) ?? 0,
    client: decodeTextOrNull("client"),
  };
}
