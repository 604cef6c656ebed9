// Decodes Last.fm's JSON, which is converted from XML.
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
 * Returns true if a row is the track that is playing now. It is no scrobble, but is listed first in every window. It is
 * marked, or has no date. A row without a date further down is a scrobble that lost it.
 */
export function isNowPlaying(row: Node): boolean {
  const attributes = field(row, "@attr");
  if (!isEmpty(attributes) && name(field(attributes, "nowplaying")) === "true") return true;
  return (
    (row.key === 0 || row.key === "track") && isEmpty(field(row, "date")) && !isEmpty(field(row, "name"))
  );
}

/** A name is a text, or "#text" of an object with attributes, or "name" of an object with children. */
function decodeName(node: Node): string {
  if (!isObject(node)) return name(node);
  const plain = field(node, "#text");
  return isMissing(plain) ? name(required(node, "name")) : name(plain);
}
