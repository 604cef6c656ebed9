// Discogs' JSON to the nouns of the house.
import type {
  ArtistCredit,
  CollectionRecord,
  CustomField,
  FieldValue,
  Folder,
  Format,
  Label,
  Release,
  Want,
} from "../model.ts";
import { count, countOrNull, field, isEmpty, items, required, text, textOrNull } from "./decode.ts";
import type { Node } from "./decode.ts";

export function decodeRecord(row: Node): CollectionRecord {
  return {
    instanceId: count(required(row, "instance_id")),
    release: decodeRelease(row),
    folderId: countOrNull(field(row, "folder_id")),
    rating: countOrNull(field(row, "rating")) ?? 0,
    dateAdded: textOrNull(field(row, "date_added")),
    fieldValues: items(field(row, "notes")).map(decodeFieldValue),
  };
}

export function decodeWant(row: Node): Want {
  return {
    release: decodeRelease(row),
    rating: countOrNull(field(row, "rating")) ?? 0,
    dateAdded: textOrNull(field(row, "date_added")),
    notes: text(field(row, "notes")),
  };
}

export function decodeFolder(row: Node): Folder {
  return { id: count(field(row, "id")), name: text(field(row, "name")) };
}

export function decodeCustomField(row: Node): CustomField {
  const id = count(field(row, "id"));
  return { id, name: text(field(row, "name")), position: countOrNull(field(row, "position")) ?? id };
}

function decodeFieldValue(row: Node): FieldValue {
  return { fieldId: count(field(row, "field_id")), value: text(field(row, "value")) };
}

/** A row of a collection or a wantlist is a release, with what is the owner's own around it. */
function decodeRelease(row: Node): Release {
  const basic = required(row, "basic_information");
  const title = field(basic, "title");
  return {
    id: isEmpty(field(row, "id")) ? count(field(basic, "id")) : count(field(row, "id")),
    masterId: countOrNull(field(basic, "master_id")) || null,
    // A release may be without a title; a row without the field is no whole row.
    title: title.value === null ? "" : text(required(basic, "title")),
    year: countOrNull(field(basic, "year")) || null,
    artists: items(field(basic, "artists")).map(decodeArtist),
    formats: items(field(basic, "formats")).map(decodeFormat),
    labels: items(field(basic, "labels")).map(decodeLabel),
    genres: items(field(basic, "genres")).map(text),
    styles: items(field(basic, "styles")).map(text),
    coverUrl: decodeCover(field(basic, "cover_image")),
  };
}

function decodeArtist(node: Node): ArtistCredit {
  return {
    id: countOrNull(field(node, "id")),
    name: text(field(node, "name")),
    anv: text(field(node, "anv")),
    join: text(field(node, "join")).trim(),
  };
}

function decodeFormat(node: Node): Format {
  const quantity = field(node, "qty");
  return {
    name: text(field(node, "name")),
    // Free text in old entries: anything but a number counts as one piece.
    quantity: /^\d{1,6}$/.test(text(quantity).trim()) ? Number(text(quantity)) : 1,
    text: text(field(node, "text")),
    descriptions: items(field(node, "descriptions")).map(text),
  };
}

function decodeLabel(node: Node): Label {
  const catalogNumber = text(field(node, "catno"));
  return {
    id: countOrNull(field(node, "id")),
    name: text(field(node, "name")),
    catalogNumber: catalogNumber.toLowerCase() === "none" ? "" : catalogNumber,
  };
}

function decodeCover(node: Node): string | null {
  const url = text(node);
  return url === "" || url.endsWith("/spacer.gif") ? null : url;
}
