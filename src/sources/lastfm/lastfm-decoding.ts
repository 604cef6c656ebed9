// Last.fm's JSON, which was XML once, to the nouns of the house.
import type { Album, Scrobble } from "../../model/model.ts";
import {
  addressOrNull,
  codeOrNull,
  count,
  field,
  isEmpty,
  isMissing,
  isObject,
  name,
  required,
  uts,
  type Node,
} from "../../model/decode.ts";

export function decodeAlbum(row: Node): Album {
  return {
    artist: decodeName(required(row, "artist")),
    title: name(required(row, "name")),
    playCount: count(field(row, "playcount")),
    mbid: codeOrNull(field(row, "mbid")),
    url: addressOrNull(field(row, "url")),
  };
}

export function decodeScrobble(row: Node): Scrobble {
  const album = field(row, "album");
  const named = !isEmpty(album);
  const date = field(row, "date");
  return {
    uts: isEmpty(date) ? 0 : uts(field(date, "uts")),
    artist: decodeName(required(row, "artist")),
    track: name(required(row, "name")),
    album: named ? decodeName(album) : "",
    albumMbid: named && isObject(album) ? codeOrNull(field(album, "mbid")) : null,
  };
}

/**
 * Whether a row is what plays this minute: no scrobble yet, and listed first, whatever window is asked for. It says
 * so, or has no date; further down, a row without a date is a scrobble that lost it.
 */
export function isNowPlaying(row: Node): boolean {
  const attributes = field(row, "@attr");
  if (!isEmpty(attributes) && name(field(attributes, "nowplaying")) === "true") return true;
  return (
    (row.key === 0 || row.key === "track") && isEmpty(field(row, "date")) && !isEmpty(field(row, "name"))
  );
}

/** A name stands alone, under "#text" beside attributes, or under "name" beside other children. */
function decodeName(node: Node): string {
  if (!isObject(node)) return name(node);
  const plain = field(node, "#text");
  return isMissing(plain) ? name(required(node, "name")) : name(plain);
}
