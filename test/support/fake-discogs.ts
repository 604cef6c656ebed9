// A Discogs of our own on loopback, with the rules and the quirks of the real one.
import type { CollectionRecord, ListedTrack, Release, Want } from "../../src/model/model.ts";
import { respondTooManyRequests } from "./response-faults.ts";
import {
  type ServiceAnswer,
  type Behaviour,
  type LoggedRequest,
  type FakeService,
  calmBehaviour,
  createRequestWindow,
  startFakeService,
} from "./fake-service.ts";
import type { DiscogsData, DiscogsAccount } from "./service-data.ts";

export interface DiscogsBehaviour extends Behaviour {
  /**
   * The moving window of the rate limit. null: no limit and no headers of it, which makes a careful client
   * assume the usual one; `generous`: headers that let it run.
   */
  limit: { readonly requests: number; readonly windowMs: number } | null;
}

/** A rate limit that no test reaches. */
export const generousLimit = { requests: 1_000_000, windowMs: 60_000 };

/**
 * Serves `world` as Discogs does:
 *
 *   const discogs = await startFakeDiscogs(world, { latencyMs: 20 });
 *   discogs.behaviour.onRequest = (n) => (n === 3 ? html(503) : undefined);
 *   discogs.behaviour.onRequest = (n) => {
 *     if (n === 4) world.shelf.records.remove((record) => record.instanceId === 17);
 *   };
 *
 * The rate limit is on (60 a minute), as in life: `limit: generous` for tests with more requests.
 */
export function startFakeDiscogs(
  fixture: DiscogsData,
  behaviour: Partial<DiscogsBehaviour> = {},
): Promise<FakeService<DiscogsBehaviour>> {
  const settings: DiscogsBehaviour = {
    ...calmBehaviour,
    limit: { requests: 60, windowMs: 60_000 },
    ...behaviour,
  };
  const sentInWindow = createRequestWindow();

  function respond(request: LoggedRequest): ServiceAnswer {
    if (!request.headers["user-agent"])
      return { status: 403, body: "", headers: { "content-type": "text/html" } };
    const { limit } = settings;
    const used = limit ? sentInWindow(limit.windowMs, request.atMs) : 0;
    const answer = limit && used > limit.requests ? respondTooManyRequests() : route(fixture, request);
    const counted = limit ? buildLimitHeaders(limit.requests, used) : {};
    return {
      ...answer,
      headers: { "x-discogs-media-type": "discogs.v2", ...answer.headers, ...counted },
    };
  }

  return startFakeService(settings, respond);
}

/** The headers of a limit of which so much is used. */
const buildLimitHeaders = (size: number, used: number): Record<string, string> => ({
  "x-discogs-ratelimit": String(size),
  "x-discogs-ratelimit-used": String(Math.min(used, size)),
  "x-discogs-ratelimit-remaining": String(Math.max(0, size - used)),
});

const badToken: ServiceAnswer = {
  status: 401,
  body: { message: "Invalid consumer token. Please register an app before making requests." },
};
const notTheOwner: ServiceAnswer = {
  status: 403,
  body: {
    message:
      "You are not allowed to view this resource. Please authenticate as the owner to view this content.",
  },
};
const noSuchUser: ServiceAnswer = {
  status: 404,
  body: { message: "User does not exist or may have been deleted." },
};
const notFound: ServiceAnswer = { status: 404, body: { message: "The requested resource was not found." } };

function route(fixture: DiscogsData, request: LoggedRequest): ServiceAnswer {
  if (request.headers["authorization"] !== `Discogs token=${fixture.token}`) return badToken;
  const parts = request.path.split("/").filter(Boolean).map(decodeURIComponent);
  if (request.path === "/oauth/identity") {
    const { userId: id, username } = fixture.shelf;
    return { status: 200, body: { id, username, consumer_name: "Personal token" } };
  }
  if (parts[0] === "releases" && parts.length === 2) return buildReleaseAnswer(fixture, Number(parts[1]));
  if (parts[0] === "masters" && parts.length === 2) return buildMasterAnswer(fixture, Number(parts[1]));
  if (parts[0] !== "users" || parts[1] === undefined) return notFound;
  const asked = parts[1].toLowerCase();
  const shelf = [fixture.shelf, ...fixture.others].find(({ username }) => username.toLowerCase() === asked);
  if (!shelf) return noSuchUser;
  const owner = shelf === fixture.shelf;
  const rest = parts.slice(2).join("/");
  if (rest === "") return { status: 200, body: buildProfile(shelf, owner) };
  if (rest === "wants") {
    if (!owner && !shelf.wantlistPublic) return notTheOwner;
    return buildPage("wants", shelf.wants.rows, request, (want) => toWireWant(want, owner));
  }
  if (!rest.startsWith("collection/")) return notFound;
  if (!owner && !shelf.collectionPublic) return notTheOwner;
  return routeCollection(shelf, rest, request, owner);
}

function buildReleaseAnswer(fixture: DiscogsData, id: number): ServiceAnswer {
  const tracks = fixture.tracklists.get(id);
  if (!tracks) return { status: 404, body: { message: "Release not found." } };
  const held = fixture.shelf.records.rows.find(({ release }) => release.id === id)?.release;
  return {
    status: 200,
    body: {
      ...(held ? { title: held.title } : {}),
      id,
      tracklist: tracks.map(toWireTrack),
    },
  };
}

function buildMasterAnswer(fixture: DiscogsData, id: number): ServiceAnswer {
  const year = fixture.masters.get(id);
  if (year === undefined) return { status: 404, body: { message: "Master Release not found." } };
  return {
    status: 200,
    body: {
      id,
      year,
      title: fixture.masterTitles.get(id),
      main_release: id + 1,
    },
  };
}

/** Durations are minutes and seconds, and very often left out. */
function toWireTrack(track: ListedTrack): unknown {
  const { durationSeconds: seconds, artists, parts } = track;
  return {
    position: track.position,
    type_: track.kind,
    title: track.title,
    duration: seconds === null ? "" : `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`,
    ...(artists.length === 0
      ? {}
      : { artists: artists.map((artist) => ({ ...artist, role: "", tracks: "" })) }),
    ...(parts.length === 0 ? {} : { sub_tracks: parts.map(toWireTrack) }),
  };
}

function buildProfile(shelf: DiscogsAccount, owner: boolean): unknown {
  return {
    id: shelf.userId,
    username: shelf.username,
    ...(owner || shelf.collectionPublic ? { num_collection: shelf.records.rows.length } : {}),
    ...(owner || shelf.wantlistPublic ? { num_wantlist: shelf.wants.rows.length } : {}),
    ...(owner ? { email: "someone@mail.example" } : {}),
  };
}

function routeCollection(
  shelf: DiscogsAccount,
  rest: string,
  request: LoggedRequest,
  owner: boolean,
): ServiceAnswer {
  if (rest === "collection/value") {
    if (!owner) return notTheOwner;
    const [minimum, median, maximum] = [7, 12.5, 30].map((each) => {
      const [whole = "", cents = ""] = (each * shelf.records.rows.length).toFixed(2).split(".");
      return `€${whole.replaceAll(/\B(?=(?:\d{3})+$)/g, ",")}.${cents}`;
    });
    return { status: 200, body: { minimum, median, maximum } };
  }
  if (rest === "collection/fields") {
    const fields = shelf.fields.rows.map((field) => ({ ...field, type: "textarea", lines: 1, public: true }));
    return { status: 200, body: { fields } };
  }
  if (rest === "collection/folders") {
    const all = { id: 0, count: shelf.records.rows.length, name: "All" };
    const own = shelf.folders.rows.map(({ id, name }) => ({
      id,
      count: shelf.records.rows.filter(({ folderId }) => folderId === id).length,
      name,
    }));
    return { status: 200, body: { folders: owner ? [all, ...own] : [all] } };
  }
  if (rest !== "collection/folders/0/releases") return notFound;
  return buildPage("releases", sortRecords(shelf, request), request, (record) => toWireRecord(record, owner));
}

function sortRecords(shelf: DiscogsAccount, request: LoggedRequest): readonly CollectionRecord[] {
  if (request.query["sort"] !== "added")
    throw new Error("records must be sorted by the day of their addition");
  const descending = request.query["sort_order"] === "desc";
  // Records added in the same second keep one order whichever way the list is read.
  return shelf.records.view(descending ? "newest" : "oldest", (rows) => {
    const oldest = rows
      .map((record) => ({ record, ms: Date.parse(record.dateAdded ?? "") || 0 }))
      .toSorted((a, b) => a.ms - b.ms)
      .map(({ record }) => record);
    return descending ? oldest.toReversed() : oldest;
  });
}

function buildPage<Row>(
  name: string,
  rows: readonly Row[],
  request: LoggedRequest,
  wire: (row: Row) => unknown,
): ServiceAnswer {
  const perPage = Math.min(100, Math.max(1, Number(request.query["per_page"] ?? 50) || 50));
  const at = Number(request.query["page"] ?? 1);
  const pages = Math.max(1, Math.ceil(rows.length / perPage));
  if (!Number.isInteger(at) || at < 1 || at > pages) {
    return { status: 404, body: { message: `Page ${at} is outside of valid range [1, ${pages}].` } };
  }
  return {
    status: 200,
    body: {
      pagination: { page: at, pages, per_page: perPage, items: rows.length },
      [name]: rows.slice((at - 1) * perPage, at * perPage).map(wire),
    },
  };
}

function toWireRecord(record: CollectionRecord, owner: boolean): unknown {
  return {
    id: record.release.id,
    instance_id: record.instanceId,
    ...(record.dateAdded === null ? {} : { date_added: record.dateAdded }),
    rating: record.rating,
    ...(record.folderId === null || !owner ? {} : { folder_id: record.folderId }),
    ...(record.fieldValues.length > 0
      ? { notes: record.fieldValues.map(({ fieldId, value }) => ({ field_id: fieldId, value })) }
      : {}),
    basic_information: toWireRelease(record.release),
  };
}

function toWireWant(want: Want, owner: boolean): unknown {
  return {
    id: want.release.id,
    rating: want.rating,
    ...(want.dateAdded === null ? {} : { date_added: want.dateAdded }),
    ...(owner ? { notes: want.notes } : {}),
    basic_information: toWireRelease(want.release),
  };
}

/** Discogs' form of "nothing" differs from field to field, and here from release to release. */
function toWireRelease(release: Release): unknown {
  const even = release.id % 2 === 0;
  const master = release.masterId ?? (even ? 0 : null);
  return {
    id: release.id,
    master_id: master,
    thumb: release.thumbUrl ?? "",
    cover_image: release.coverUrl ?? (even ? "" : "https://st.discogs.com/images/spacer.gif"),
    title: release.title,
    year: release.year ?? 0,
    formats: release.formats.map((format) => ({
      name: format.name,
      qty: String(format.quantity),
      ...(format.text === "" ? {} : { text: format.text }),
      ...(format.descriptions.length === 0 ? {} : { descriptions: format.descriptions }),
    })),
    labels: release.labels.map((label) => ({
      name: label.name,
      catno: label.catalogNumber === "" ? "none" : label.catalogNumber,
      id: label.id,
    })),
    artists: release.artists.map((artist) => ({
      name: artist.name,
      anv: artist.anv,
      join: artist.join,
      id: artist.id,
    })),
    genres: release.genres,
    styles: release.styles,
  };
}
