// Browsers that have shown a key, or were let in by the person who started the server. A session opens the page and
// nothing else.
import { createHash, randomBytes } from "node:crypto";
import type { ApiKey, KeyRing } from "./api-keys.ts";

/** The page's path, "/…/", and the value of its cookie. */
export interface NewSession {
  readonly path: string;
  readonly secret: string;
}

interface Session {
  readonly secretHash: string;
  /** The key's hash, since a new keys file counts numbers from 1 again. null: the person who started the server. */
  readonly keyHash: string | null;
  readonly untilMs: number;
}

export const invitationMs = 5 * 60_000;
const sessionMs = 30 * 24 * 60 * 60_000;
const maxSessions = 1000;

export type Sessions = ReturnType<typeof createSessions>;

/** Sessions are in memory alone: a restart ends them. */
export function createSessions(keys: Pick<KeyRing, "find" | "list">, nowMs: () => number) {
  /** Each path has at most one session. */
  const sessions = new Map<string, Session>();
  let invitation:
    | { readonly hash: string; readonly untilMs: number; readonly onUsed: () => void }
    | undefined;

  const createSession = (keyHash: string | null): NewSession => {
    const [path, secret] = [`/${createRandomToken()}/`, createRandomToken()];
    const [oldest = ""] = sessions.keys();
    if (sessions.size >= maxSessions) sessions.delete(oldest);
    sessions.set(path, { secretHash: hashText(secret), keyHash, untilMs: nowMs() + sessionMs });
    return { path, secret };
  };
  return {
    /** Returns undefined if the token is no key. */
    open(token: string): NewSession | undefined {
      const key = keys.find(token);
      return key === undefined ? undefined : createSession(key.sha256);
    },
    /** Returns a secret that opens one session within five minutes. `onUsed` runs when it does. */
    invite(onUsed: () => void): string {
      const secret = createRandomToken();
      invitation = { hash: hashText(secret), untilMs: nowMs() + invitationMs, onUsed };
      return secret;
    },
    /** Returns undefined if the invitation is used, too old or unknown. */
    accept(secret: string): NewSession | undefined {
      if (invitation?.hash !== hashText(secret)) return undefined;
      const { untilMs, onUsed } = invitation;
      invitation = undefined;
      if (nowMs() >= untilMs) return undefined;
      onUsed();
      return createSession(null);
    },
    /**
     * Returns the key of the session at a page's path, null for the person who started the server, and undefined if the
     * cookies of the request lack its secret, or its key no longer exists.
     */
    keyAt(path: string, cookies = ""): ApiKey | null | undefined {
      const session = sessions.get(path);
      if (session === undefined || nowMs() >= session.untilMs) return undefined;
      if (hashText(parseCookieSecret(path, cookies)) !== session.secretHash) return undefined;
      const { keyHash } = session;
      return keyHash === null ? null : keys.list().find(({ sha256 }) => sha256 === keyHash);
    },
  };
}

/**
 * A browser sends a cookie to every port of a machine, but only below its path, and no other server knows this one. Lax,
 * not Strict: with serve --open, the browser comes from a file of ours.
 */
export function formatCookie({ path, secret }: NewSession, isSecure: boolean): string {
  const secure = isSecure ? "; Secure" : "";
  const maxAge = `Max-Age=${sessionMs / 1000}`;
  return `${getCookieName(path)}=${secret}; Path=${path}; ${maxAge}; HttpOnly; SameSite=Lax${secure}`;
}

/** Each session has a cookie of its own, so that no other one replaces it. */
function getCookieName(path: string): string {
  return `rewind_${path.slice(1, 9)}`;
}

function parseCookieSecret(path: string, cookies: string): string {
  const [, secret = ""] =
    new RegExp(`(?:^|;\\s*)${getCookieName(path)}=([\\w-]{43})(?:;|$)`).exec(cookies) ?? [];
  return secret;
}

function createRandomToken(): string {
  return randomBytes(32).toString("base64url");
}

function hashText(value: string): string {
  return createHash("sha256").update(value).digest("hex");
}
