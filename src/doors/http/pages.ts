// The page that a person gets in a browser, behind a page that asks for a key once.
import { lastingHeaders, type Bytes, type ServedCache } from "./cache.ts";
import { Problem } from "./problem.ts";
import { wholeBody, type Asking } from "./request.ts";
import { NotReadyError } from "../../model/errors.ts";
import { cookieOf, type Sessions } from "./sessions.ts";

export interface PagesOptions {
  readonly sessions: Sessions;
  readonly cache: ServedCache;
  readonly version: string;
  readonly nowMs: () => number;
}

export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Bytes | null;
}

export interface Pages {
  /** undefined: the address is none of a page. Throws Problem. */
  answerTo(this: void, asking: Asking): Promise<Answer> | undefined;
}

export function createPages({ sessions, cache, version, nowMs }: PagesOptions): Pages {
  const door = async (status: number, remark: string): Promise<Answer> => {
    const { signInPolicy, signInPage } = await import("../page/served-page.ts");
    const body = bytesOf(signInPage({ version, remark }));
    return { status, headers: { ...pageHeaders(signInPolicy), "Cache-Control": "no-store" }, body };
  };

  const page = async (asking: Asking): Promise<Answer> => {
    if (!sessions.isOpen(asking.header("cookie"))) return door(401, "");
    const [{ findingNames, readFinding, servedPage }, { servedPolicy }] = await Promise.all([
      import("../page/served-page.ts"),
      import("../page/page.ts"),
    ]);
    const queries = asking.queries();
    const isOther = Object.entries(queries).some(
      ([name, values]) => !findingNames.some((known) => known === name) || values.length > 1,
    );
    const finding = readFinding((name) => queries[name]?.[0]);
    if (isOther || finding === undefined) {
      throw new Problem(
        400,
        "the page takes words, filter (all, listened, unlistened) and sort (plays, artist, title)",
      );
    }
    const now = nowMs();
    const { bytes, tag } = await cache.body(`/ ${JSON.stringify(finding)}`, now, async (database) => {
      try {
        const pieces = await servedPage(database, finding, { version, nowUts: Math.floor(now / 1000) });
        return bytesOf(pieces.join(""));
      } catch (error) {
        if (error instanceof NotReadyError) throw new Problem(409, error.message);
        throw error;
      }
    });
    return { status: 200, headers: { ...pageHeaders(servedPolicy), ...lastingHeaders(tag) }, body: bytes };
  };

  const signIn = async (asking: Asking): Promise<Answer> => {
    const site = asking.header("sec-fetch-site");
    if (site !== undefined && site !== "same-origin" && site !== "none") {
      throw new Problem(403, "a key is taken from the server's own page alone");
    }
    const form = new URLSearchParams((await wholeBody(asking.raw)).toString("utf8"));
    const session = sessions.open((form.get("key") ?? "").trim());
    return session === undefined ? door(401, "This is no key, or it was revoked.") : entered(session, asking);
  };

  const accept = async (asking: Asking): Promise<Answer> => {
    const session = sessions.accept(asking.queries()["once"]?.[0] ?? "");
    return session === undefined
      ? door(401, "This link was used already, or is too old: rewind serve --open makes another.")
      : entered(session, asking);
  };

  return {
    answerTo(asking) {
      const { method, path } = asking;
      const isReading = method === "GET" || method === "HEAD";
      if (path === "/") return isReading ? page(asking) : notTaken("GET, HEAD");
      if (path !== "/session") return undefined;
      // Only who comes for it takes a link: HEAD is what looks at it before.
      if (method === "POST") return signIn(asking);
      return method === "GET" ? accept(asking) : notTaken("GET, POST");
    },
  };
}

async function notTaken(methods: string): Promise<never> {
  throw new Problem(405, `this address takes ${methods}`, { Allow: methods });
}

/** To the page, without what opened it in the address. */
function entered(session: string, asking: Asking): Answer {
  const isSecure = asking.header("x-forwarded-proto") === "https";
  return {
    status: 303,
    headers: { Location: "/", "Set-Cookie": cookieOf(session, isSecure), "Cache-Control": "no-store" },
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

function bytesOf(page: string): Bytes {
  return new Uint8Array(Buffer.from(page));
}
