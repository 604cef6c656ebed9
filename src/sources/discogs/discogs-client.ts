import type { DiscogsMaster, ListedTrack } from "../../model/model.ts";
import {
  between,
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
import { discogsFacts } from "../services/service-facts.ts";
import type { CallOptions, Page } from "../services/remote-service.ts";
import type { CollectionService, CollectionValue } from "../services/service-clients.ts";
import { Budget } from "../transport/allowances.ts";
import type { BudgetNews, ClientKind, ClientOptions } from "../transport/calls.ts";
import type { AnswerHead, HttpAnswer } from "../transport/http.ts";
import {
  figureIn,
  finalFailure,
  readJson,
  rejection,
  requirePage,
  tokenRefusal,
  wordsIn,
} from "../transport/http-answers.ts";
import { type CallFailure, malformed } from "../transport/retry.ts";
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
  readonly unknown?: Result;
}

interface ListingRequest<Row> extends Pick<Request<Page<Row>>, "path" | "query"> {
  readonly question: Question;
  readonly rowsName: "releases" | "wants";
  readonly decodeRow: (row: Node) => Row;
}

export function createDiscogs({ caller, baseUrl, secret: token, bounds }: ClientOptions): CollectionService {
  function get<Result>(options: CallOptions | undefined, request: Request<Result>): Promise<Result> {
    const { question = { username: null, listing: null }, what, decode, pastTheEnd, unknown } = request;
    const path = request.path.map((part) => encodeURIComponent(part.replace(/\p{Cs}/gu, "\uFFFD"))).join("/");
    const url = new URL(path, baseUrl);
    url.search = new URLSearchParams(request.query).toString();
    // Such a token can't be sent, and never came from Discogs.
    if (!/^[\x21-\x7e]+$/.test(token)) return Promise.reject(rejectedToken().error);
    return caller.call(options, {
      url,
      headers: { authorization: `Discogs token=${token}`, accept: "application/vnd.discogs.v2.discogs+json" },
      what,
      interpret: (answer) => {
        if (pastTheEnd && answer.status === 404 && /outside of valid range/i.test(answer.body))
          return pastTheEnd();
        if (unknown !== undefined && isUnknown(answer)) return unknown;
        if (answer.status < 200 || answer.status > 299) throw refusal(answer, question);
        return decode(root(readJson(answer), bounds()));
      },
    });
  }

  function listing<Row>(
    options: CallOptions | undefined,
    page: number,
    { path, query, question, rowsName, decodeRow }: ListingRequest<Row>,
  ): Promise<Page<Row>> {
    const what = `${question.listing} page ${page}`;
    return get<Page<Row>>(options, {
      path,
      query: { per_page: String(rowsPerPage), ...query, page: String(page) },
      question,
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
    identity: (options) =>
      get(options, {
        path: ["oauth", "identity"],
        what: "the owner of the token",
        decode: (body) => ({ username: name(required(body, "username")) }),
      }),
    profile: (username, options) =>
      get(options, {
        path: ["users", username],
        what: `the profile of "${username}"`,
        question: { username, listing: null },
        decode: (body) => decodeProfile(body, username),
      }),
    collectionPage: (username, page, order, options) =>
      listing(options, page, {
        path: ["users", username, "collection", "folders", "0", "releases"],
        query: { sort: "added", sort_order: order === "oldest-first" ? "asc" : "desc" },
        question: { username, listing: "collection" },
        rowsName: "releases",
        decodeRow: decodeRecord,
      }),
    wantsPage: (username, page, options) =>
      listing(options, page, {
        path: ["users", username, "wants"],
        question: { username, listing: "wantlist" },
        rowsName: "wants",
        decodeRow: decodeWant,
      }),
    folders: (username, options) =>
      get(options, {
        ...collectionOf(username, "folders"),
        decode: (body) => items(required(body, "folders")).map(decodeFolder),
      }),
    customFields: (username, options) =>
      get(options, {
        ...collectionOf(username, "fields"),
        decode: (body) => items(required(body, "fields")).map(decodeCustomField),
      }),
    collectionValue: (username, options) =>
      get<CollectionValue | null>(options, {
        ...collectionOf(username, "value"),
        decode: decodeValue,
        unknown: null,
      }),
    tracklist: (releaseId, options) =>
      get<readonly ListedTrack[] | null>(options, {
        path: ["releases", String(releaseId)],
        what: `the tracklist of release ${releaseId}`,
        decode: (body) => decodeTracklist(requireId(body, releaseId)),
        unknown: null,
      }),
    master: (masterId, options) =>
      get<DiscogsMaster | null>(options, {
        path: ["masters", String(masterId)],
        what: `master ${masterId}`,
        decode: (body) => decodeMaster(requireId(body, masterId)),
        unknown: null,
      }),
  };
}

function collectionOf(username: string, part: "folders" | "fields" | "value") {
  const question = { username, listing: "collection" } as const;
  return { path: ["users", username, "collection", part], what: `the collection's ${part}`, question };
}

/** The rate limit, by the headers of any answer. */
function discogsBudget(answer: AnswerHead): BudgetNews {
  const size = figureIn(answer, "x-discogs-ratelimit");
  return { size: size === 0 ? null : size, remaining: figureIn(answer, "x-discogs-ratelimit-remaining") };
}

function requireId(body: Node, requestedId: number): Node {
  const idNode = required(body, "id");
  if (id(idNode) !== requestedId) throw new Malformed(idNode, `is not ${requestedId}, which was asked for`);
  return body;
}

function decodePage<Row>(
  body: Node,
  requested: Pick<ListingRequest<Row>, "rowsName"> & { readonly what: string; readonly page: number },
  decodeRow: (row: Node) => Row,
): Page<Row> {
  const { what, rowsName } = requested;
  const pagination = required(body, "pagination");
  const page = exactCount(field(pagination, "page"));
  const total = exactCount(field(pagination, "items"));
  const perPage = between(field(pagination, "per_page"), 1, rowsPerPage) ?? rowsPerPage;
  const pages = Math.max(1, exactCount(field(pagination, "pages")));
  requirePage(field(pagination, "page"), page, requested.page);
  const rows = items(field(body, rowsName)).map(decodeRow);
  const dueRows = Math.max(0, Math.min(perPage, total - (page - 1) * perPage));
  const result = { page, pages, total, rows };
  if (rows.length === dueRows) return result;
  const reason = `${rowsName} holds ${rows.length} rows where ${dueRows} are due by its own count`;
  // An empty first page is not a listing. Any other number of rows may be a wrong total.
  const isListing = (rows.length > 0 || page > 1) && rows.length <= perPage;
  throw malformed(reason, isListing ? new ShortPage(discogsFacts, what, result, dueRows) : null);
}

const tokenPage = "https://www.discogs.com/settings/developers";

/** The request. The same status means different things for different requests. */
interface Question {
  readonly username: string | null;
  readonly listing: "collection" | "wantlist" | null;
}

function refusal(answer: HttpAnswer, { username, listing }: Question): CallFailure {
  const message = wordsIn(answer, "message");
  if (answer.status === 403 && message !== null) {
    if (listing === null || username === null || !/not allowed|permission/i.test(message))
      return rejection(
        "Discogs does not allow this token to see that",
        `Check the token at ${tokenPage}, then run: rewind login`,
      );
    return finalFailure(
      new PrivateListing(
        `The Discogs ${listing} of "${username}" is private`,
        `Use a token of "${username}", or make the ${listing} public: https://www.discogs.com/settings/privacy\nTokens are made at ${tokenPage}`,
      ),
    );
  }
  const unknownUser = /user does not exist/i;
  return tokenRefusal(discogsFacts, answer, { username, message, rejectedToken, unknownUser });
}

/** Returns true if an answer says, in Discogs' words, that there is no such thing. */
function isUnknown(answer: HttpAnswer): boolean {
  return (answer.status === 404 || answer.status === 410) && wordsIn(answer, "message") !== null;
}

function rejectedToken(): CallFailure {
  return rejection(
    "Discogs rejected the token",
    `Make a new one at ${tokenPage}, then run: rewind login (or set DISCOGS_TOKEN)`,
  );
}
