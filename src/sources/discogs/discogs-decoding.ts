// Decodes Discogs' JSON.
import type {
  ArtistCredit,
  CollectionRecord,
  CustomField,
  DiscogsMaster,
  Format,
  Label,
  ListedTrack,
  Release,
  Want,
} from "../../model/model.ts";
import {
  decodeUrlOrNull,
  decodeIntegerOrNull,
  decodeCountOrNull,
  getField,
  decodeId,
  decodeIdOrNull,
  decodeInstantOrNull,
  isEmpty,
  isMissing,
  decodeItems,
  Malformed,
  decodeShortText,
  type Node,
  decodeLongText,
  requireField,
} from "../../model/decode.ts";
import { parsePrice, type Price } from "../../model/price.ts";
import type { CollectionProfile, CollectionValue, CountedFolder } from "../services/service-clients.ts";
import { assertSameUser } from "../transport/http-responses.ts";

export function decodeRecord(row: Node): CollectionRecord {
  return {
    instanceId: decodeId(requireField(row, "instance_id")),
    release: decodeRelease(row),
    folderId: decodeIdOrNull(getField(row, "folder_id")),
    rating: decodeRating(getField(row, "rating")),
    dateAdded: decodeInstantOrNull(getField(row, "date_added")),
    fieldValues: decodeItems(getField(row, "notes")).map((note) => ({
      fieldId: decodeId(getField(note, "field_id")),
      value: decodeLongText(getField(note, "value")),
    })),
  };
}

export function decodeWant(row: Node): Want {
  return {
    release: decodeRelease(row),
    rating: decodeRating(getField(row, "rating")),
    dateAdded: decodeInstantOrNull(getField(row, "date_added")),
    notes: decodeLongText(getField(row, "notes")),
  };
}

export function decodeFolder(row: Node): CountedFolder {
  return {
    id: decodeId(getField(row, "id")),
    name: decodeShortText(getField(row, "name")),
    count: decodeCountOrNull(getField(row, "count")),
  };
}

export function decodeCustomField(row: Node): CustomField {
  const fieldId = decodeId(getField(row, "id"));
  return {
    id: fieldId,
    name: decodeShortText(getField(row, "name")),
    position: decodeIdOrNull(getField(row, "position")) ?? fieldId,
  };
}

function decodeRating(node: Node): number {
  return decodeIntegerOrNull(node, 0, 5) ?? 0;
}

export function decodeProfile(body: Node, username: string): CollectionProfile {
  const canonicalName = decodeShortText(requireField(body, "username"));
  assertSameUser(canonicalName, username);
  return {
    username: canonicalName,
    collectionCount: decodeCountOrNull(getField(body, "num_collection")),
    wantlistCount: decodeCountOrNull(getField(body, "num_wantlist")),
  };
}

/** Discogs writes the amounts for people: "€1,458.87". */
export function decodeValue(body: Node): CollectionValue {
  const [minimum, median, maximum] = (["minimum", "median", "maximum"] as const).map((part) => {
    const node = requireField(body, part);
    const price = parsePrice(decodeShortText(node));
    if (price === null) throw new Malformed(node, "is no amount of money");
    return price;
  }) as [Price, Price, Price];
  return {
    minimumCents: minimum.cents,
    medianCents: median.cents,
    maximumCents: maximum.cents,
    currency: median.currency,
  };
}

export function decodeMaster(body: Node): DiscogsMaster {
  return {
    title: decodeShortText(getField(body, "title")),
    year: decodeIntegerOrNull(getField(body, "year"), 1, 9999),
  };
}

/** A row of a collection or a wantlist: a release with the owner's data around it. */
function decodeRelease(row: Node): Release {
  const basic = requireField(row, "basic_information");
  const title = getField(basic, "title");
  return {
    id: decodeId(getField(isEmpty(getField(row, "id")) ? basic : row, "id")),
    masterId: decodeIdOrNull(getField(basic, "master_id")) || null,
    // A release may have no title, but its row always has the field.
    title: decodeShortText(isMissing(title) ? requireField(basic, "title") : title),
    year: decodeIntegerOrNull(getField(basic, "year"), 1, 9999),
    artists: decodeItems(getField(basic, "artists")).map(decodeArtist),
    formats: decodeItems(getField(basic, "formats")).map(decodeFormat),
    labels: decodeItems(getField(basic, "labels")).map(decodeLabel),
    genres: decodeItems(getField(basic, "genres")).map(decodeShortText),
    styles: decodeItems(getField(basic, "styles")).map(decodeShortText),
    coverUrl: decodeCover(getField(basic, "cover_image")),
    thumbUrl: decodeCover(getField(basic, "thumb")),
  };
}

function decodeArtist(node: Node): ArtistCredit {
  return {
    id: decodeIdOrNull(getField(node, "id")),
    name: decodeShortText(getField(node, "name")),
    anv: decodeShortText(getField(node, "anv")),
    join: decodeShortText(getField(node, "join")).trim(),
  };
}

function decodeFormat(node: Node): Format {
  const quantity = decodeShortText(getField(node, "qty")).trim();
  return {
    name: decodeShortText(getField(node, "name")),
    // Old entries have free text: anything but a number counts as one piece.
    quantity: /^\d{1,6}$/.test(quantity) ? Number(quantity) : 1,
    text: decodeShortText(getField(node, "text")),
    descriptions: decodeItems(getField(node, "descriptions")).map(decodeShortText),
  };
}

function decodeLabel(node: Node): Label {
  const catalogNumber = decodeShortText(getField(node, "catno"));
  return {
    id: decodeIdOrNull(getField(node, "id")),
    name: decodeShortText(getField(node, "name")),
    catalogNumber: catalogNumber.toLowerCase() === "none" ? "" : catalogNumber,
  };
}

function decodeCover(node: Node): string | null {
  const url = decodeUrlOrNull(node);
  return url?.endsWith("/spacer.gif") ? null : url;
}

// The tracklist of a release, in all formats that Discogs has used.

const maxTrackSeconds = 100 * 3600;

export function decodeTracklist(body: Node): readonly ListedTrack[] {
  return decodeItems(getField(body, "tracklist")).map((row) => {
    const parts = decodeItems(getField(row, "sub_tracks")).map((part) => decodeTrack(part, []));
    return decodeTrack(row, parts);
  });
}

function decodeTrack(row: Node, parts: readonly ListedTrack[]): ListedTrack {
  const type = decodeShortText(getField(row, "type_")).toLowerCase();
  return {
    kind: parts.length > 0 || type === "index" ? "index" : type === "heading" ? "heading" : "track",
    position: decodeShortText(getField(row, "position")).trim(),
    title: decodeShortText(getField(row, "title")).trim(),
    durationSeconds: decodeDuration(getField(row, "duration")),
    artists: decodeItems(getField(row, "artists")).map(decodeArtist),
    parts,
  };
}

/** "3:45", "1:02:03", "(3:45)". null for free text in old entries, and for 0. */
function decodeDuration(node: Node): number | null {
  const match = /^\D{0,3}(?:(\d{1,2}):)?(\d{1,3}):(\d{2})\D{0,3}$/.exec(decodeShortText(node).trim());
  if (!match) return null;
  const [hours = 0, minutes = 0, seconds = 0] = match.slice(1).map((digits) => Number(digits ?? 0));
  const total = hours * 3600 + minutes * 60 + seconds;
  return total > 0 && total < maxTrackSeconds && seconds < 60 ? total : null;
}
