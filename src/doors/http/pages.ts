// The page that a person sees in a browser, and the form in front of it that asks for a key.
import { bytesOf, type Bytes } from "./answers.ts";
import type { ApiKey } from "./api-keys.ts";
import { Problem, wrongMethod } from "./problem.ts";
import { readParameters, wholeBody, type Asking } from "./request.ts";
import { cookieOf, type NewSession, type Sessions } from "./sessions.ts";
import { choice, type Parameter } from "../../queries/parameters/parameter.ts";
import { text } from "../../queries/documents/json-schema.ts";
import { signInPage, signInPolicy } from "../page/parts/document.ts";
import { finderFilters, finderSorts, pagePolicy, type Finding } from "../page/parts/finder.ts";

export interface PagesOptions {
  readonly sessions: Sessions;
  readonly version: string;
  /** Makes the page beside the server, so that no other answer waits for it. The signal ends that. */
  readonly render: (finding: Finding, signal: AbortSignal) => Promise<Bytes>;
}

export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Bytes | null;
}

/** Counts a request against the key of its session. Throws Problem if the key has too many. */
type Admit = (key: ApiKey | null) => void;

/** Returns undefined if no page has the address. Throws Problem. */
export type PageDoor = (asking: Asking, admit: Admit) => Promise<Answer> | undefined;

const namesOf = <Name extends string>(rows: readonly (readonly [Name, string])[]): Name[] =>
  rows.map(([name]) => name);

const findingParameters: { readonly [Name in keyof Finding]: Parameter<Finding[Name]> } = {
  words: { meaning: "words", schema: text(), read: (_, [words = ""]) => words.slice(0, 200) },
  filter: choice("which records", namesOf(finderFilters), "all"),
  sort: choice("the order", namesOf(finderSorts), "plays"),
};

/** A path that could be a session's. */
export const pagePath = "/:page{[\\w-]{43}}/";

export function createPages({ sessions, version, render }: PagesOptions): PageDoor {
  const door = (status: number, remark: string): Answer => ({
    status,
    headers: { ...pageHeaders(signInPolicy), "Cache-Control": "no-store" },
    body: Buffer.from(signInPage(version, remark)),
  });

  const page = async (asking: Asking, admit: Admit): Promise<Answer> => {
    const key = sessions.keyAt(asking.path, asking.header("cookie"));
    if (key === undefined) return door(401, "");
    admit(key);
    const finding = readParameters(findingParameters, asking) as unknown as Finding;
    const { signal } = asking.raw;
    const body = await render(finding, signal).catch((error: unknown) => {
      throw signal.aborted ? new Problem(499, "the client has hung up") : error;
    });
    const headers = { ...pageHeaders(pagePolicy), "Cache-Control": "private, no-cache" };
    return { status: 200, headers, body };
  };

  const signIn = async (asking: Asking): Promise<Answer> => {
    const site = asking.header("sec-fetch-site");
    if (site !== undefined && site !== "same-origin" && site !== "none") {
      throw new Problem(403, "a key can only be entered on the server's own page");
    }
    const form = new URLSearchParams((await wholeBody(asking.raw)).toString("utf8"));
    const session = sessions.open((form.get("key") ?? "").trim());
    return session === undefined
      ? door(401, "This is not a key, or it was revoked.")
      : entered(session, asking);
  };

  const accept = async (asking: Asking): Promise<Answer> => {
    const session = sessions.accept(asking.queries()["once"]?.[0] ?? "");
    return session === undefined
      ? door(401, "This link was used already or is too old. Make another: rewind serve --open")
      : entered(session, asking);
  };

  return (asking, admit) => {
    const { method, path } = asking;
    const isReading = method === "GET" || method === "HEAD";
    if (path === "/" && isReading && asksForJson(asking)) return Promise.resolve(startAnswer(version));
    if (path === "/" || /^\/[\w-]{43}\/$/.test(path)) {
      if (isReading) return page(asking, admit);
      throw wrongMethod("GET, HEAD");
    }
    if (path !== "/session") return undefined;
    // A HEAD request looks at a link without using it.
    if (method === "POST") return signIn(asking);
    if (method === "GET") return accept(asking);
    throw wrongMethod("GET, POST");
  };
}

function asksForJson(asking: Asking): boolean {
  const types = asking.header("accept") ?? "";
  return /\bapplication\/json\b/i.test(types) && !/\btext\/html\b/i.test(types);
}

/** Where a program starts that asks for the address of the server. */
function startAnswer(version: string): Answer {
  const document = { name: "rewind", version, openapi: "/v1/openapi.json" };
  return {
    status: 200,
    headers: { "Content-Type": "application/json; charset=utf-8", "Cache-Control": "no-store" },
    body: bytesOf(document),
  };
}

/** Redirects to the session's page. */
function entered(session: NewSession, asking: Asking): Answer {
  const isSecure = asking.header("x-forwarded-proto") === "https";
  return {
    status: 303,
    headers: {
      Location: session.path,
      "Set-Cookie": cookieOf(session, isSecure),
      "Cache-Control": "no-store",
      "Referrer-Policy": "no-referrer",
    },
    body: null,
  };
}

function pageHeaders(policy: string): Readonly<Record<string, string>> {
  return {
    "Content-Type": "text/html; charset=utf-8",
    "Content-Security-Policy": `${policy}; frame-ancestors 'none'`,
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
  };
}
