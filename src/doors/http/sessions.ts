// Who has shown a key already: a browser keeps a random number in its place, which opens the page and nothing else.
import { createHash, randomBytes } from "node:crypto";
import type { KeyRing } from "./api-keys.ts";

export interface Sessions {
  /** The value of a cookie; undefined: it is no key. */
  open(this: void, token: string): string | undefined;
  /** A number that opens one session, within some minutes: for whoever started the server. */
  invite(this: void): string;
  /** undefined: it was used, is too old, or never was one. */
  accept(this: void, invitation: string): string | undefined;
  /** By the header of a request. */
  isOpen(this: void, cookies: string | undefined): boolean;
}

interface Session {
  /** null: of whoever started the server. */
  readonly keyId: number | null;
  readonly untilMs: number;
}

const cookieName = "rewind_session";
const invitationMs = 5 * 60_000;
const sessionMs = 30 * 24 * 60 * 60_000;
const mostSessions = 1000;

/** Kept in memory alone, as hashes: a server that starts again knows nobody. */
export function createSessions(keys: Pick<KeyRing, "find" | "list">, nowMs: () => number): Sessions {
  const sessions = new Map<string, Session>();
  const invitations = new Map<string, number>();

  const begin = (keyId: number | null): string => {
    const id = randomBytes(32).toString("base64url");
    for (const [oldest] of sessions) {
      if (sessions.size < mostSessions) break;
      sessions.delete(oldest);
    }
    sessions.set(hashOf(id), { keyId, untilMs: nowMs() + sessionMs });
    return id;
  };
  return {
    open(token) {
      const key = keys.find(token);
      return key === undefined ? undefined : begin(key.id);
    },
    invite() {
      const invitation = randomBytes(32).toString("base64url");
      invitations.set(hashOf(invitation), nowMs() + invitationMs);
      return invitation;
    },
    accept(invitation) {
      const hash = hashOf(invitation);
      const untilMs = invitations.get(hash) ?? 0;
      invitations.delete(hash);
      return nowMs() < untilMs ? begin(null) : undefined;
    },
    isOpen(cookies) {
      const session = sessions.get(hashOf(sessionIn(cookies)));
      if (session === undefined || nowMs() >= session.untilMs) return false;
      // What is revoked opens nothing any more.
      return session.keyId === null || keys.list().some(({ id }) => id === session.keyId);
    },
  };
}

/** Of this server alone, out of reach of scripts, and sent by no other page. */
export function cookieOf(session: string, isSecure: boolean): string {
  const secure = isSecure ? "; Secure" : "";
  return `${cookieName}=${session}; Path=/; Max-Age=${sessionMs / 1000}; HttpOnly; SameSite=Strict${secure}`;
}

function sessionIn(cookies: string | undefined): string {
  const [, session = ""] =
    new RegExp(`(?:^|;\\s*)${cookieName}=([\\w-]{43})(?:;|$)`).exec(cookies ?? "") ?? [];
  return session;
}

function hashOf(value: string): string {
  return createHash("sha256").update(value).digest("hex");
}
