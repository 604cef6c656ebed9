import type { CollectionRecord, DiscogsMaster, ListedTrack, Want } from "../../model/model.ts";
import { CallFailure, figureIn, readJson } from "../transport/http-answers.ts";
import {
  between,
  countOrNull,
  exactCount,
  field,
  id,
  items,
  Malformed,
  name,
  required,
  root,
  type Node,
} from "../../model/decode.ts";
import { ShortPage, UnknownUser } from "../transport/service-errors.ts";
import { isPastTheEnd, isUnknown, refusal, rejectedToken, type Question } from "./discogs-errors.ts";
import {
  decodeCustomField,
  decodeFolder,
  decodeRecord,
  decodeWant,
  decodeTracklist,
} from "./discogs-decoding.ts";
import type { AnswerHead } from "../transport/http.ts";
import { Budget } from "../transport/allowances.ts";
import type { BudgetNews, ClientKind, ClientOptions } from "../transport/calls.ts";
import { discogsFacts } from "../services/service-facts.ts";
import type { CallOptions, Page } from "../services/remote-service.ts";
import { parsePrice } from "../../model/price.ts";
import type {
  CollectionProfile,
  CollectionService,
  CollectionUser,
  CollectionValue,
} from "../services/service-clients.ts";

const rowsPerPage = 100;

export const discogsClient: ClientKind<CollectionService> = {
  pace: { throttledWaitMs: 60_000 },
  allowance: () => new Budget(),
  budgetOf: discogsBudget,
  open: createDiscogs,
};

interface Request<Result> {
  /** Path segments, before percent-encoding. */
  readonly path: readonly string[];
  readonly query?: Readonly<Record<string, string>>;
  readonly what: string;
  /** Left out: it is about nobody's listing. */
  readonly question?: Question;
  readonly decode: (body: Node) => Result;
  readonly pastTheEnd?: () => Result;
  /** The result if Discogs has no such thing. */
  readonly unknown?: () => Result;
}

export function createDiscogs({ caller, baseUrl, secret: token, bounds }: ClientOptions): CollectionService {
  function get<Result>(request: Request<Result>, options: CallOptions | undefined): Promise<Result> {
    const { question = { username: null, listing: null } } = request;
    const path = request.path.map(encodePart).join("/");
    const url = new URL(path, baseUrl);
    url.search = new URLSearchParams(request.query).toString();
    // Not a valid name, and a parent directory for any URL parser.
    if (/^\.{0,2}$/.test(question.username ?? "-")) {
      return Promise.reject(new UnknownUser(discogsFacts, question.username ?? ""));
    }
    // Such a token can't be sent, and never came from Discogs.
    if (!/^[\x21-\x7e]+$/.test(token)) return Promise.reject(rejectedToken().error);
    return caller.call(
      {
        url,
        headers: {
          authorization: `Discogs token=${token}`,
          accept: "application/vnd.discogs.v2.discogs+json",
        },
        label: `GET /${path}${url.search}`,
        what: request.what,
        interpret: (answer) => {
          if (request.pastTheEnd && isPastTheEnd(answer)) return request.pastTheEnd();
          if (request.unknown && isUnknown(answer)) return request.unknown();
          if (answer.status < 200 || answer.status > 299) throw refusal(answer, question);
          return request.decode(root(readJson(answer), bounds()));
        },
      },
      options,
    );
  }

  function listing<Row>(
    request: Pick<Request<Page<Row>>, "path"> & {
      readonly question: Question;
      readonly query?: Readonly<Record<string, string>>;
    },
    rowsName: string,
    page: number,
    decodeRow: (row: Node) => Row,
    options: CallOptions | undefined,
  ): Promise<Page<Row>> {
    return get(
      {
        ...request,
        query: { per_page: String(rowsPerPage), ...request.query, page: String(page) },
        what: `${request.question.listing} page ${page}`,
        decode: (body) => decodePage(body, rowsName, page, decodeRow),
        // The first page of a listing always exists, even if it is empty.
        ...(page > 1 ? { pastTheEnd: () => ({ page, pages: page - 1, total: 0, rows: [] }) } : {}),
      },
      options,
    );
  }

  return {
    id: discogsFacts.id,
    name: discogsFacts.name,
    usage: caller,
    identity: (options) =>
      get(
        {
          path: ["oauth", "identity"],
          what: "the owner of the token",
          decode: decodeIdentity,
        },
        options,
      ),
    profile: (username, options) =>
      get(
        {
          path: ["users", username],
          what: `the profile of "${username}"`,
          question: { username, listing: null },
          decode: (body) => sameUser(decodeProfile(body), username),
        },
        options,
      ),
    collectionPage: (username, page, order, options): Promise<Page<CollectionRecord>> =>
      listing(
        {
          path: ["users", username, "collection", "folders", "0", "releases"],
          query: { sort: "added", sort_order: order === "oldest-first" ? "asc" : "desc" },
          question: { username, listing: "collection" },
        },
        "releases",
        page,
        decodeRecord,
        options,
      ),
    wantsPage: (username, page, options): Promise<Page<Want>> =>
      listing(
        { path: ["users", username, "wants"], question: { username, listing: "wantlist" } },
        "wants",
        page,
        decodeWant,
        options,
      ),
    folders: (username, options) =>
      get(
        {
          path: ["users", username, "collection", "folders"],
          what: "the collection's folders",
          question: { username, listing: "collection" },
          decode: (body) => items(required(body, "folders")).map(decodeFolder),
        },
        options,
      ),
    customFields: (username, options) =>
      get(
        {
          path: ["users", username, "collection", "fields"],
          what: "the collection's fields",
          question: { username, listing: "collection" },
          decode: (body) => items(required(body, "fields")).map(decodeCustomField),
        },
        options,
      ),
    collectionValue: (username, options): Promise<CollectionValue | null> =>
      get<CollectionValue | null>(
        {
          path: ["users", username, "collection", "value"],
          what: "the collection's value",
          question: { username, listing: "collection" },
          decode: decodeValue,
          unknown: () => null,
        },
        options,
      ),
    tracklist: (releaseId, options): Promise<readonly ListedTrack[] | null> =>
      get<readonly ListedTrack[] | null>(
        {
          path: ["releases", String(releaseId)],
          what: `the tracklist of release ${releaseId}`,
          decode: (body) => {
            requireId(body, releaseId);
            return decodeTracklist(body);
          },
          unknown: () => null,
        },
        options,
      ),
    master: (masterId, options): Promise<DiscogsMaster | null> =>
      get<DiscogsMaster | null>(
        {
          path: ["masters", String(masterId)],
          what: `master ${masterId}`,
          decode: (body) => {
            requireId(body, masterId);
            return { title: name(field(body, "title")), year: between(field(body, "year"), 1, 9999) };
          },
          unknown: () => null,
        },
        options,
      ),
  };
}

/** The rate limit, by the headers of any answer. */
function discogsBudget(answer: AnswerHead): BudgetNews {
  const size = figureIn(answer, "x-discogs-ratelimit");
  return { size: size === 0 ? null : size, remaining: figureIn(answer, "x-discogs-ratelimit-remaining") };
}

function decodeIdentity(body: Node): CollectionUser {
  return { id: id(required(body, "id")), username: name(required(body, "username")) };
}

function decodeProfile(body: Node): CollectionProfile {
  return {
    ...decodeIdentity(body),
    collectionCount: countOrNull(field(body, "num_collection")),
    wantlistCount: countOrNull(field(body, "num_wantlist")),
  };
}

/** Discogs writes the amounts for people: "€1,458.87". */
function decodeValue(body: Node): CollectionValue {
  const [minimum, median, maximum] = ["minimum", "median", "maximum"].map((part) => {
    const node = required(body, part);
    const price = parsePrice(name(node));
    if (price === null) throw new Malformed(node, "is no amount of money");
    return price;
  });
  if (minimum === undefined || median === undefined || maximum === undefined) {
    throw new Malformed(body, "has no amounts");
  }
  if (new Set([minimum.currency, median.currency, maximum.currency]).size > 1) {
    throw new Malformed(body, "has amounts of several currencies");
  }
  return {
    minimumCents: minimum.cents,
    medianCents: median.cents,
    maximumCents: maximum.cents,
    currency: median.currency,
  };
}

function requireId(body: Node, requestedId: number): void {
  const idNode = required(body, "id");
  if (id(idNode) !== requestedId) throw new Malformed(idNode, `is not ${requestedId}, which was asked for`);
}

function sameUser(profile: CollectionProfile, username: string): CollectionProfile {
  if (profile.username.toLowerCase() === username.toLowerCase()) return profile;
  throw new CallFailure({ kind: "malformed" }, "the answer is about another user");
}

function decodePage<Row>(
  body: Node,
  rowsName: string,
  requestedPage: number,
  decodeRow: (row: Node) => Row,
): Page<Row> {
  const pagination = required(body, "pagination");
  const page = exactCount(field(pagination, "page"));
  const total = exactCount(field(pagination, "items"));
  const perPage = between(field(pagination, "per_page"), 1, rowsPerPage) ?? rowsPerPage;
  const pages = Math.max(1, exactCount(field(pagination, "pages")));
  if (page !== requestedPage)
    throw new Malformed(field(pagination, "page"), `is ${page}, but ${requestedPage} was asked for`);
  const rows = items(field(body, rowsName)).map(decodeRow);
  const dueRows = Math.max(0, Math.min(perPage, total - (page - 1) * perPage));
  const result = { page, pages, total, rows };
  if (rows.length === dueRows) return result;
  const reason = `${rowsName} holds ${rows.length} rows where ${dueRows} are due by its own count`;
  const what = `${rowsName === "wants" ? "wantlist" : "collection"} page ${page}`;
  // An empty first page is not a listing. Any other number of rows may be a wrong total.
  const isListing = (rows.length > 0 || page > 1) && rows.length <= perPage;
  const shortPage = isListing ? new ShortPage(discogsFacts, what, result, dueRows) : null;
  throw new CallFailure({ kind: "malformed" }, reason, shortPage);
}

function encodePart(part: string): string {
  return encodeURIComponent(part.replace(/\p{Cs}/gu, "\uFFFD"));
}
