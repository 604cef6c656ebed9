// The page that a person sees in a browser, and the form in front of it that asks for a key.
import { toBytes, type Bytes, type QueryResponse } from "./query-executor.ts";
import type { ApiKey } from "./api-keys.ts";
import { Problem, createMethodProblem } from "./problem.ts";
import { readParameters, readWholeBody, type ApiRequest } from "./request.ts";
import type { QueryRoute } from "./route.ts";
import { formatCookie, type NewSession, type Sessions } from "./sessions.ts";
import { choice, type Parameter } from "../../queries/parameters/parameter.ts";
import { queryHave } from "../../queries/albums/have.ts";
import { hasCollection } from "../../queries/statistics/readiness.ts";
import { text } from "../../queries/documents/json-schema.ts";
import { renderSignInPage, signInPolicy } from "../page/parts/document.ts";
import { renderAnswer } from "../page/sections/answer.ts";
import { searchFilters, searchSorts, pagePolicy, type PageSearch } from "../page/parts/search-form.ts";

export interface PageHandlerOptions {
  readonly sessions: Sessions;
  readonly version: string;
  /** false: only an invitation opens the page, and no key does. */
  readonly takesKeys?: boolean;
  /** Makes the page beside the server, so that no other answer waits for it. The signal ends that. */
  readonly render: (finding: PageSearch, signal: AbortSignal) => Promise<Bytes>;
}

export interface ResponseParts {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Bytes | null;
}

/** Counts a request against the key of its session. Throws Problem if the key has too many. */
type Admit = (key: ApiKey | null) => void;

/** Answers one of `pageQueries` from the cache. */
type Query = (path: string, values: Readonly<Record<string, unknown>>) => Promise<QueryResponse>;

/** Returns undefined if no page has the address. Throws Problem. */
export type PageHandler = (
  asking: ApiRequest,
  admit: Admit,
  query: Query,
) => Promise<ResponseParts> | undefined;

const getNames = <Name extends string>(rows: readonly (readonly [Name, string])[]): Name[] =>
  rows.map(([name]) => name);

const pageParts = ["page", "answer"] as const;

interface PageParameters extends PageSearch {
  /** answer: only the answer to the words, for the script of the page. */
  readonly part: (typeof pageParts)[number];
}

const pageParameters: { readonly [Name in keyof PageParameters]: Parameter<PageParameters[Name]> } = {
  part: choice("the whole page, or the answer to the words", pageParts, "page"),
  words: { meaning: "words", schema: text(), read: (_, [words = ""]) => words.slice(0, 200) },
  filter: choice("which records", getNames(searchFilters), "all"),
  sort: choice("the order", getNames(searchSorts), "plays"),
};

const answerPath = "/page/answer";

/** The questions of the page that are answered from the cache. */
export const pageQueries: readonly QueryRoute[] = [
  {
    method: "get",
    access: "key",
    path: answerPath,
    summary: "Whether you own a record, as a part of the page",
    isLasting: true,
    needsCollection: false,
    parameters: {},
    schema: {},
    answer: ({ words }, { database }) =>
      Buffer.from(
        renderAnswer(hasCollection(database) ? queryHave(database, { text: String(words) }) : null),
      ),
  },
];

/** A path that could be a session's. */
export const pagePath = "/:page{[\\w-]{43}}/";

export function createPageHandler(options: PageHandlerOptions): PageHandler {
  const { sessions, version, takesKeys = true, render } = options;
  const createSignInResponse = (status: number, remark: string): ResponseParts => ({
    status,
    headers: { ...buildPageHeaders(signInPolicy), "Cache-Control": "no-store" },
    body: Buffer.from(renderSignInPage(version, remark, takesKeys)),
  });

  const servePage = async (asking: ApiRequest, admit: Admit, query: Query): Promise<ResponseParts> => {
    const key = sessions.keyAt(asking.path, asking.header("cookie"));
    if (key === undefined) return createSignInResponse(401, "");
    admit(key);
    const { part, ...finding } = readParameters(pageParameters, asking) as unknown as PageParameters;
    const headers = { ...buildPageHeaders(pagePolicy), "Cache-Control": "private, no-cache" };
    if (part === "answer") {
      const { bytes: body } = await query(answerPath, { words: finding.words });
      return { status: 200, headers, body };
    }
    const { signal } = asking.raw;
    const body = await render(finding, signal).catch((error: unknown) => {
      throw signal.aborted ? new Problem(499, "the client has hung up") : error;
    });
    return { status: 200, headers, body };
  };

  const signIn = async (asking: ApiRequest): Promise<ResponseParts> => {
    const site = asking.header("sec-fetch-site");
    if (site !== undefined && site !== "same-origin" && site !== "none") {
      throw new Problem(403, "a key can only be entered on the server's own page");
    }
    const form = new URLSearchParams((await readWholeBody(asking.raw)).toString("utf8"));
    const session = sessions.open((form.get("key") ?? "").trim());
    return session === undefined
      ? createSignInResponse(401, "This is not a key, or it was revoked.")
      : createSessionRedirect(session, asking);
  };

  const acceptInvitation = async (asking: ApiRequest): Promise<ResponseParts> => {
    const session = sessions.accept(asking.queries()["once"]?.[0] ?? "");
    return session === undefined
      ? createSignInResponse(
          401,
          `This link was used already or is too old. Make another: rewind serve ${takesKeys ? "--open" : "--phone"}`,
        )
      : createSessionRedirect(session, asking);
  };

  return (asking, admit, query) => {
    const { method, path } = asking;
    const isReading = method === "GET" || method === "HEAD";
    if (path === "/" && isReading && takesKeys && shouldSendJson(asking))
      return Promise.resolve(createIndexResponse(version));
    if (path === "/" || /^\/[\w-]{43}\/$/.test(path)) {
      if (isReading) return servePage(asking, admit, query);
      throw createMethodProblem("GET, HEAD");
    }
    if (path !== "/session") return undefined;
    // A HEAD request looks at a link without using it.
    if (method === "POST" && takesKeys) return signIn(asking);
    if (method === "GET") return acceptInvitation(asking);
    throw createMethodProblem(takesKeys ? "GET, POST" : "GET");
  };
}

function shouldSendJson(asking: ApiRequest): boolean {
  const types = asking.header("accept") ?? "";
  return /\bapplication\/json\b/i.test(types) && !/\btext\/html\b/i.test(types);
}

/** Names the API description to a program that asks for the server's bare address. */
function createIndexResponse(version: string): ResponseParts {
  const document = { name: "rewind", version, openapi: "/v1/openapi.json" };
  return {
    status: 200,
    headers: { "Content-Type": "application/json; charset=utf-8", "Cache-Control": "no-store" },
    body: toBytes(document),
  };
}

/** Redirects to the session's page. */
function createSessionRedirect(session: NewSession, asking: ApiRequest): ResponseParts {
  const isSecure = asking.header("x-forwarded-proto") === "https";
  return {
    status: 303,
    headers: {
      Location: session.path,
      "Set-Cookie": formatCookie(session, isSecure),
      "Cache-Control": "no-store",
      "Referrer-Policy": "no-referrer",
    },
    body: null,
  };
}

function buildPageHeaders(policy: string): Readonly<Record<string, string>> {
  return {
    "Content-Type": "text/html; charset=utf-8",
    "Content-Security-Policy": `${policy}; frame-ancestors 'none'`,
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
  };
}
