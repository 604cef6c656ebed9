// Last.fm's JSON, which was XML once, to the nouns of the house.
import type { Album, Scrobble } from "../model.ts";
import { count, field, isEmpty, required, text, textOrNull } from "./decode.ts";
import type { Node } from "./decode.ts";

export function decodeAlbum(row: Node): Album {
  return {
    artist: decodeName(required(row, "artist")),
    title: text(required(row, "name")),
    playCount: count(field(row, "playcount")),
    mbid: textOrNull(field(row, "mbid")),
    url: textOrNull(field(row, "url")),
  };
}

export function decodeScrobble(row: Node): Scrobble {
  const album = field(row, "album");
  const named = !isEmpty(album);
  return {
    uts: decodeUts(field(required(row, "date"), "uts")),
    artist: decodeName(required(row, "artist")),
    track: text(required(row, "name")),
    album: named ? decodeName(album) : "",
    albumMbid: named && typeof album.value === "object" ? textOrNull(field(album, "mbid")) : null,
  };
}

/** Whether a row is what plays this minute: no scrobble yet, and listed whatever window is asked for. */
export function isNowPlaying(row: Node): boolean {
  const attributes = field(row, "@attr");
  if (!isEmpty(attributes) && text(field(attributes, "nowplaying")) === "true") return true;
  return isEmpty(field(row, "date"));
}

/** A moment before 1970 is as good as none. */
function decodeUts(node: Node): number {
  return /^\s*-\d+\s*$/.test(text(node)) ? 0 : count(node);
}

/** A name stands alone, under "#text" beside attributes, or under "name" beside other children. */
function decodeName(node: Node): string {
  if (typeof node.value !== "object" || node.value === null) return text(node);
  const plain = field(node, "#text");
  return plain.value === undefined ? text(required(node, "name")) : text(plain);
}
