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
  addressOrNull,
  between,
  countOrNull,
  field,
  id,
  idOrNull,
  instantOrNull,
  isEmpty,
  isMissing,
  items,
  Malformed,
  name,
  type Node,
  remark,
  required,
} from "../../model/decode.ts";
import { parsePrice, type Price } from "../../model/price.ts";
import type { CollectionProfile, CollectionValue, CountedFolder } from "../services/service-clients.ts";
import { requireUser } from "../transport/http-answers.ts";

export function decodeRecord(row: Node): CollectionRecord {
  return {
    instanceId: id(required(row, "instance_id")),
    release: decodeRelease(row),
    folderId: idOrNull(field(row, "folder_id")),
    rating: decodeRating(field(row, "rating")),
    dateAdded: instantOrNull(field(row, "date_added")),
    fieldValues: items(field(row, "notes")).map((note) => ({
      fieldId: id(field(note, "field_id")),
      value: remark(field(note, "value")),
    })),
  };
}

export function decodeWant(row: Node): Want {
  return {
    release: decodeRelease(row),
    rating: decodeRating(field(row, "rating")),
    dateAdded: instantOrNull(field(row, "date_added")),
    notes: remark(field(row, "notes")),
  };
}

export function decodeFolder(row: Node): CountedFolder {
  return {
    id: id(field(row, "id")),
    name: name(field(row, "name")),
    count: countOrNull(field(row, "count")),
  };
}

export function decodeCustomField(row: Node): CustomField {
  const fieldId = id(field(row, "id"));
  return {
    id: fieldId,
    name: name(field(row, "name")),
    position: idOrNull(field(row, "position")) ?? fieldId,
  };
}

function decodeRating(node: Node): number {
  return between(node, 0, 5) ?? 0;
}

export function decodeProfile(body: Node, username: string): CollectionProfile {
  const canonicalName = name(required(body, "username"));
  requireUser(canonicalName, username);
  return {
    username: canonicalName,
    collectionCount: countOrNull(field(body, "num_collection")),
    wantlistCount: countOrNull(field(body, "num_wantlist")),
  };
}

/** Discogs writes the amounts for people: "€1,458.87". */
export function decodeValue(body: Node): CollectionValue {
  const [minimum, median, maximum] = (["minimum", "median", "maximum"] as const).map((part) => {
    const node = required(body, part);
    const price = parsePrice(name(node));
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
  return { title: name(field(body, "title")), year: between(field(body, "year"), 1, 9999) };
}

/** A row of a collection or a wantlist: a release with the owner's data around it. */
function decodeRelease(row: Node): Release {
  const basic = required(row, "basic_information");
  const title = field(basic, "title");
  return {
    id: id(field(isEmpty(field(row, "id")) ? basic : row, "id")),
    masterId: idOrNull(field(basic, "master_id")) || null,
    // A release may have no title, but its row always has the field.
    title: name(isMissing(title) ? required(basic, "title") : title),
    year: between(field(basic, "year"), 1, 9999),
    artists: items(field(basic, "artists")).map(decodeArtist),
    formats: items(field(basic, "formats")).map(decodeFormat),
    labels: items(field(basic, "labels")).map(decodeLabel),
    genres: items(field(basic, "genres")).map(name),
    styles: items(field(basic, "styles")).map(name),
    coverUrl: decodeCover(field(basic, "cover_image")),
    thumbUrl: decodeCover(field(basic, "thumb")),
  };
}

function decodeArtist(node: Node): ArtistCredit {
  return {
    id: idOrNull(field(node, "id")),
    name: name(field(node, "name")),
    anv: name(field(node, "anv")),
    join: name(field(node, "join")).trim(),
  };
}

function decodeFormat(node: Node): Format {
  const quantity = name(field(node, "qty")).trim();
  return {
    name: name(field(node, "name")),
    // Old entries have free text: anything but a number counts as one piece.
    quantity: /^\d{1,6}$/.test(quantity) ? Number(quantity) : 1,
    text: name(field(node, "text")),
    descriptions: items(field(node, "descriptions")).map(name),
  };
}

function decodeLabel(node: Node): Label {
  const catalogNumber = name(field(node, "catno"));
  return {
    id: idOrNull(field(node, "id")),
    name: name(field(node, "name")),
    catalogNumber: catalogNumber.toLowerCase() === "none" ? "" : catalogNumber,
  };
}

function decodeCover(node: Node): string | null {
  const url = addressOrNull(node);
  return url?.endsWith("/spacer.gif") ? null : url;
}

// The tracklist of a release, in all formats that Discogs has used.

const longestSeconds = 100 * 3600;

export function decodeTracklist(body: Node): readonly ListedTrack[] {
  return items(field(body, "tracklist")).map((row) => {
    const parts = items(field(row, "sub_tracks")).map((part) => decodeTrack(part, []));
    return decodeTrack(row, parts);
  });
}

function decodeTrack(row: Node, parts: readonly ListedTrack[]): ListedTrack {
  const type = name(field(row, "type_")).toLowerCase();
  return {
    kind: parts.length > 0 || type === "index" ? "index" : type === "heading" ? "heading" : "track",
    position: name(field(row, "position")).trim(),
    title: name(field(row, "title")).trim(),
    durationSeconds: decodeDuration(field(row, "duration")),
    artists: items(field(row, "artists")).map(decodeArtist),
    parts,
  };
}

/** "3:45", "1:02:03", "(3:45)". null for free text in old entries, and for 0. */
function decodeDuration(node: Node): number | null {
  const match = /^\D{0,3}(?:(\d{1,2}):)?(\d{1,3}):(\d{2})\D{0,3}$/.exec(name(node).trim());
  if (!match) return null;
  const [hours = 0, minutes = 0, seconds = 0] = match.slice(1).map((digits) => Number(digits ?? 0));
  const total = hours * 3600 + minutes * 60 + seconds;
  return total > 0 && total < longestSeconds && seconds < 60 ? total : null;
}
