// What a person gets who calls the server in a browser: the page, behind a door that asks for a key once.
import { etagOf, isKnown } from "./answer.ts";
import type { ServedCache } from "./cache.ts";
import { packing, type Bytes } from "./known-answers.ts";
import { Problem } from "./problem.ts";
import { wholeBody, type FullAsking } from "./read-request.ts";
import type { Answer } from "./sending.ts";
import { NotReadyError } from "../../model/errors.ts";
import { cookieOf, type Sessions } from "./sessions.ts";

export interface PagesOptions {
  readonly sessions: Sessions;
  readonly cache: ServedCache;
  readonly version: string;
  readonly nowMs: () => number;
}

export interface Pages {
  /** undefined: the address is none of a page. Throws Problem. */
  answerTo(this: void, asking: FullAsking): Promise<Answer> | undefined;
}

interface MadePage {
  readonly etag: string;
  readonly body: Bytes;
  packed(this: void): Bytes | undefined;
}

export function createPages({ sessions, cache, version, nowMs }: PagesOptions): Pages {
  /** The newest: what was asked last is asked again. */
  let kept: MadePage | undefined;

  const door = async (status: number, remark: string): Promise<Answer> => {
    const { signInPolicy, signInPage } = await import("../page/served-page.ts");
    const body = bytesOf(signInPage({ version, remark }));
    return { status, headers: { ...pageHeaders(signInPolicy), "Cache-Control": "no-store" }, body };
  };

  const page = async (asking: FullAsking): Promise<Answer> => {
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
    const made = await cache.read(async (database, generation) => {
      const now = nowMs();
      const etag = etagOf([version, generation, new Date(now).toDateString(), JSON.stringify(finding)]);
      if (kept?.etag === etag) return kept;
      if (asking.isGone()) throw new Problem(499, "whoever asked has hung up");
      try {
        const pieces = await servedPage(database, finding, { version, nowUts: Math.floor(now / 1000) });
        const body = bytesOf(pieces.join(""));
        kept = { etag, body, packed: packing(body) };
        return kept;
      } catch (error) {
        if (error instanceof NotReadyError) throw new Problem(409, error.message);
        throw error;
      }
    });
    const headers = { ...pageHeaders(servedPolicy), ETag: made.etag, "Cache-Control": "private, no-cache" };
    if (isKnown(asking.header("if-none-match"), made.etag)) return { status: 304, headers, body: null };
    return { status: 200, headers, body: made.body, packed: made.packed };
  };

  const signIn = async (asking: FullAsking): Promise<Answer> => {
    const site = asking.header("sec-fetch-site");
    if (site !== undefined && site !== "same-origin" && site !== "none") {
      throw new Problem(403, "a key is taken from the server's own page alone");
    }
    const form = new URLSearchParams((await wholeBody(asking.raw)).toString("utf8"));
    const session = sessions.open((form.get("key") ?? "").trim());
    return session === undefined ? door(401, "This is no key, or it was revoked.") : entered(session, asking);
  };

  const accept = async (asking: FullAsking): Promise<Answer> => {
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
function entered(session: string, asking: FullAsking): Answer {
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
