import type { DiscogsMaster, ListedTrack } from "../../model/model.ts";
import {
  decodeIntegerOrNull,
  decodeExactCount,
  getField,
  decodeId,
  decodeItems,
  Malformed,
  decodeShortText,
  requireField,
  createRootNode,
  type Node,
} from "../../model/decode.ts";
import { discogsFacts } from "../services/service-facts.ts";
import type { CallOptions, Page } from "../services/remote-service.ts";
import type { CollectionService, CollectionValue } from "../services/service-clients.ts";
import { SlidingWindow } from "../transport/rate-limits.ts";
import type { RateLimitStatus, ClientFactory, ClientOptions } from "../transport/caller.ts";
import type { ResponseHead, HttpResponse } from "../transport/http.ts";
import {
  parseNumberHeader,
  createPermanentFailure,
  parseJsonBody,
  createCredentialFailure,
  assertSamePage,
  createTokenResponseFailure,
  findTextField,
} from "../transport/http-responses.ts";
import { type CallFailure, createMalformedFailure } from "../transport/retry.ts";
import { PrivateListing, ShortPage } from "../transport/service-errors.ts";
import {
  decodeCustomField,
  decodeFolder,
  decodeMaster,
  decodeProfile,
  decodeRecord,
  decodeTracklist,
  decodeValue,
  decodeWant,
} from "./discogs-decoding.ts";

const rowsPerPage = 100;

export const discogsClient: ClientFactory<CollectionService> = {
  pace: { throttledWaitMs: 60_000 },
  createRateLimit: () => new SlidingWindow(),
  budgetOf: parseRateLimit,
  createClient: createDiscogs,
};

interface Request<Result> {
  /** Path segments, before percent-encoding. */
  readonly path: readonly string[];
  readonly query?: Readonly<Record<string, string>>;
  readonly what: string;
  /** Left out: it is about nobody's listing. */
  readonly question?: RequestContext;
  readonly decode: (body: Node) => Result;
  readonly pastTheEnd?: () => Result;
  /** The result if Discogs has no such thing. */
  readonly unknown?: Result;
}

interface ListingRequest<Row> extends Pick<Request<Page<Row>>, "path" | "query"> {
  readonly context: RequestContext;
  readonly rowsName: "releases" | "wants";
  readonly decodeRow: (row: Node) => Row;
}

export function createDiscogs({
  caller,
  baseUrl,
  secret: token,
  getBounds,
}: ClientOptions): CollectionService {
  function fetchJson<Result>(options: CallOptions | undefined, request: Request<Result>): Promise<Result> {
    const { question = { username: null, listing: null }, what, decode, pastTheEnd, unknown } = request;
    const path = request.path.map((part) => encodeURIComponent(part.replace(/\p{Cs}/gu, "\uFFFD"))).join("/");
    const url = new URL(path, baseUrl);
    url.search = new URLSearchParams(request.query).toString();
    // A token with such characters can't be sent, and never came from Discogs.
    if (!/^[\x21-\x7e]+$/.test(token)) return Promise.reject(createRejectedTokenFailure().error);
    return caller.call(options, {
      url,
      headers: { authorization: `Discogs token=${token}`, accept: "application/vnd.discogs.v2.discogs+json" },
      what,
      interpret: (answer) => {
        if (pastTheEnd && answer.status === 404 && /outside of valid range/i.test(answer.body))
          return pastTheEnd();
        if (unknown !== undefined && isUnknownResource(answer)) return unknown;
        if (answer.status < 200 || answer.status > 299) throw createResponseFailure(answer, question);
        return decode(createRootNode(parseJsonBody(answer), getBounds()));
      },
    });
  }

  function fetchListingPage<Row>(
    options: CallOptions | undefined,
    page: number,
    { path, query, context, rowsName, decodeRow }: ListingRequest<Row>,
  ): Promise<Page<Row>> {
    const what = `${context.listing} page ${page}`;
    return fetchJson<Page<Row>>(options, {
      path,
      query: { per_page: String(rowsPerPage), ...query, page: String(page) },
      question: context,
      what,
      decode: (body) => decodePage(body, { what, rowsName, page }, decodeRow),
      // The first page of a listing always exists, even if it is empty.
      ...(page > 1 ? { pastTheEnd: () => ({ page, pages: page - 1, total: 0, rows: [] }) } : {}),
    });
  }

  return {
    id: discogsFacts.id,
    name: discogsFacts.name,
    usage: caller,
    fetchIdentity: (options) =>
      fetchJson(options, {
        path: ["oauth", "identity"],
        what: "the owner of the token",
        decode: (body) => ({ username: decodeShortText(requireField(body, "username")) }),
      }),
    fetchProfile: (username, options) =>
      fetchJson(options, {
        path: ["users", username],
        what: `the profile of "${username}"`,
        question: { username, listing: null },
        decode: (body) => decodeProfile(body, username),
      }),
    fetchCollectionPage: (username, page, order, options) =>
      fetchListingPage(options, page, {
        path: ["users", username, "collection", "folders", "0", "releases"],
        query: { sort: "added", sort_order: order === "oldest-first" ? "asc" : "desc" },
        context: { username, listing: "collection" },
        rowsName: "releases",
        decodeRow: decodeRecord,
      }),
    fetchWantsPage: (username, page, options) =>
      fetchListingPage(options, page, {
        path: ["users", username, "wants"],
        context: { username, listing: "wantlist" },
        rowsName: "wants",
        decodeRow: decodeWant,
      }),
    fetchFolders: (username, options) =>
      fetchJson(options, {
        ...buildCollectionRequest(username, "folders"),
        decode: (body) => decodeItems(requireField(body, "folders")).map(decodeFolder),
      }),
    fetchCustomFields: (username, options) =>
      fetchJson(options, {
        ...buildCollectionRequest(username, "fields"),
        decode: (body) => decodeItems(requireField(body, "fields")).map(decodeCustomField),
      }),
    fetchCollectionValue: (username, options) =>
      fetchJson<CollectionValue | null>(options, {
        ...buildCollectionRequest(username, "value"),
        decode: decodeValue,
        unknown: null,
      }),
    fetchTracklist: (releaseId, options) =>
      fetchJson<readonly ListedTrack[] | null>(options, {
        path: ["releases", String(releaseId)],
        what: `the tracklist of release ${releaseId}`,
        decode: (body) => decodeTracklist(assertSameId(body, releaseId)),
        unknown: null,
      }),
    fetchMaster: (masterId, options) =>
      fetchJson<DiscogsMaster | null>(options, {
        path: ["masters", String(masterId)],
        what: `master ${masterId}`,
        decode: (body) => decodeMaster(assertSameId(body, masterId)),
        unknown: null,
      }),
  };
}

function buildCollectionRequest(username: string, part: "folders" | "fields" | "value") {
  const question = { username, listing: "collection" } as const;
  return { path: ["users", username, "collection", part], what: `the collection's ${part}`, question };
}

/** The rate limit, by the headers of any answer. */
function parseRateLimit(answer: ResponseHead): RateLimitStatus {
  const size = parseNumberHeader(answer, "x-discogs-ratelimit");
  return {
    size: size === 0 ? null : size,
    remaining: parseNumberHeader(answer, "x-discogs-ratelimit-remaining"),
  };
}

function assertSameId(body: Node, requestedId: number): Node {
  const idNode = requireField(body, "id");
  if (decodeId(idNode) !== requestedId)
    throw new Malformed(idNode, `is not ${requestedId}, which was asked for`);
  return body;
}

function decodePage<Row>(
  body: Node,
  requested: Pick<ListingRequest<Row>, "rowsName"> & { readonly what: string; readonly page: number },
  decodeRow: (row: Node) => Row,
): Page<Row> {
  const { what, rowsName } = requested;
  const pagination = requireField(body, "pagination");
  const page = decodeExactCount(getField(pagination, "page"));
  const total = decodeExactCount(getField(pagination, "items"));
  const perPage = decodeIntegerOrNull(getField(pagination, "per_page"), 1, rowsPerPage) ?? rowsPerPage;
  const pages = Math.max(1, decodeExactCount(getField(pagination, "pages")));
  assertSamePage(getField(pagination, "page"), page, requested.page);
  const rows = decodeItems(getField(body, rowsName)).map(decodeRow);
  const dueRows = Math.max(0, Math.min(perPage, total - (page - 1) * perPage));
  const result = { page, pages, total, rows };
  if (rows.length === dueRows) return result;
  const reason = `${rowsName} holds ${rows.length} rows where ${dueRows} are due by its own count`;
  // An empty first page is not a listing. Any other number of rows may be a wrong total.
  const isListing = (rows.length > 0 || page > 1) && rows.length <= perPage;
  throw createMalformedFailure(reason, isListing ? new ShortPage(discogsFacts, what, result, dueRows) : null);
}

const tokenPage = "https://www.discogs.com/settings/developers";

/** The request. The same status means different things for different requests. */
interface RequestContext {
  readonly username: string | null;
  readonly listing: "collection" | "wantlist" | null;
}

function createResponseFailure(answer: HttpResponse, { username, listing }: RequestContext): CallFailure {
  const message = findTextField(answer, "message");
  if (answer.status === 403 && message !== null) {
    if (listing === null || username === null || !/not allowed|permission/i.test(message))
      return createCredentialFailure(
        "Discogs does not allow this token to see that",
        `Check the token at ${tokenPage}, then run: rewind login`,
      );
    return createPermanentFailure(
      new PrivateListing(
        `The Discogs ${listing} of "${username}" is private`,
        `Use a token of "${username}", or make the ${listing} public: https://www.discogs.com/settings/privacy\nTokens are made at ${tokenPage}`,
      ),
    );
  }
  const unknownUser = /user does not exist/i;
  return createTokenResponseFailure(discogsFacts, answer, {
    username,
    message,
    createRejectedTokenFailure,
    unknownUserPattern: unknownUser,
  });
}

/** Returns true if an answer says, in Discogs' words, that there is no such thing. */
function isUnknownResource(answer: HttpResponse): boolean {
  return (answer.status === 404 || answer.status === 410) && findTextField(answer, "message") !== null;
}

function createRejectedTokenFailure(): CallFailure {
  return createCredentialFailure(
    "Discogs rejected the token",
    `Make a new one at ${tokenPage}, then run: rewind login (or set DISCOGS_TOKEN)`,
  );
}
