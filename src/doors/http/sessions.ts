// Browsers that have shown a key, or were let in by the person who started the server. A session opens the page and
// nothing else.
import { createHash, randomBytes } from "node:crypto";
import type { ApiKey, KeyRing } from "./api-keys.ts";

interface Session {
  /** Where its page is: "/…/". */
  readonly path: string;
  /** null: of the person who started the server. */
  readonly key: ApiKey | null;
}

/** The page's path, and the value of its cookie. */
export type NewSession = Pick<Session, "path"> & { readonly secret: string };

export interface Sessions {
  /** undefined: the token is no key. */
  open(this: void, token: string): NewSession | undefined;
  /** Returns a number that opens one session within five minutes. `onUsed` runs when it does. */
  invite(this: void, onUsed: () => void): string;
  /** undefined: the invitation is used, too old or unknown. */
  accept(this: void, invitation: string): NewSession | undefined;
  /** The session of a page's path, if the cookies of the request have its secret and its key still exists. */
  find(this: void, path: string, cookies: string | undefined): Session | undefined;
}

interface StoredSession {
  readonly secretHash: string;
  /** Not the key's number: a new keys file counts from 1 again. null: of the person who started the server. */
  readonly keyHash: Buffer | null;
  readonly untilMs: number;
}

interface Invitation {
  readonly untilMs: number;
  readonly onUsed: () => void;
}

export const invitationMs = 5 * 60_000;
const sessionMs = 30 * 24 * 60 * 60_000;
const mostSessions = 1000;

/** Sessions are in memory alone: a restart ends them. */
export function createSessions(keys: Pick<KeyRing, "find" | "list">, nowMs: () => number): Sessions {
  const sessions = new Map<string, StoredSession>();
  const invitations = new Map<string, Invitation>();

  const begin = (keyHash: Buffer | null): NewSession => {
    const [path, secret] = [`/${randomText()}/`, randomText()];
    for (const [oldest] of sessions) {
      if (sessions.size < mostSessions) break;
      sessions.delete(oldest);
    }
    sessions.set(path, { secretHash: hashOf(secret), keyHash, untilMs: nowMs() + sessionMs });
    return { path, secret };
  };
  return {
    open(token) {
      const key = keys.find(token);
      return key === undefined ? undefined : begin(key.hash);
    },
    invite(onUsed) {
      const invitation = randomText();
      invitations.set(hashOf(invitation), { untilMs: nowMs() + invitationMs, onUsed });
      return invitation;
    },
    accept(invitation) {
      const hash = hashOf(invitation);
      const openInvitation = invitations.get(hash);
      invitations.delete(hash);
      if (openInvitation === undefined || nowMs() >= openInvitation.untilMs) return undefined;
      openInvitation.onUsed();
      return begin(null);
    },
    find(path, cookies) {
      const session = sessions.get(path);
      if (session === undefined || nowMs() >= session.untilMs) return undefined;
      if (hashOf(secretIn(path, cookies ?? "")) !== session.secretHash) return undefined;
      const { keyHash } = session;
      if (keyHash === null) return { path, key: null };
      const key = keys.list().find(({ hash }) => hash.equals(keyHash));
      return key === undefined ? undefined : { path, key };
    },
  };
}

/**
 * A browser sends a cookie to every port of a machine, but only below its path, and no other server knows this one. Lax,
 * not Strict: with serve --open, the browser comes from a file of ours.
 */
export function cookieOf({ path, secret }: NewSession, isSecure: boolean): string {
  const secure = isSecure ? "; Secure" : "";
  const maxAge = `Max-Age=${sessionMs / 1000}`;
  return `${cookieName(path)}=${secret}; Path=${path}; ${maxAge}; HttpOnly; SameSite=Lax${secure}`;
}

/** Each session has a cookie of its own, so that no other one replaces it. */
function cookieName(path: string): string {
  return `rewind_${path.slice(1, 9)}`;
}

function secretIn(path: string, cookies: string): string {
  const [, secret = ""] =
    new RegExp(`(?:^|;\\s*)${cookieName(path)}=([\\w-]{43})(?:;|$)`).exec(cookies) ?? [];
  return secret;
}

function randomText(): string {
  return randomBytes(32).toString("base64url");
}

function hashOf(value: string): string {
  return createHash("sha256").update(value).digest("hex");
}
