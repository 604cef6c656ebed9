// API keys. Only their hashes are stored, in a file beside the settings, so that a copied cache contains no access.
import { isoTime } from "../../model/times.ts";
import { createHash, randomBytes, timingSafeEqual } from "node:crypto";
import { statSync } from "node:fs";
import { SystemError, UsageError } from "../../model/errors.ts";
import {
  checkPrivateFile,
  readPrivateFile,
  writePrivateFile,
  type OwnFile,
} from "../../settings/private-file.ts";
import { isSqliteError, type Database } from "../../store/file/database.ts";
import { takeLock } from "../../store/file/file-lock.ts";

const keyKinds = ["live", "write", "admin"] as const;
export type KeyKind = (typeof keyKinds)[number];

export interface ApiKey {
  readonly id: number;
  readonly name: string;
  readonly kind: KeyKind;
  /** SHA-256 of the whole key. */
  readonly hash: Buffer;
  /** Its last letters, so that people recognise it. */
  readonly hint: string;
  readonly createdUts: number;
  readonly lastUsedUts: number | null;
}

interface KeyFile {
  /** Numbers are never reused. */
  readonly nextId: number;
  readonly keys: readonly ApiKey[];
}

export interface KeyRing {
  /** Reads the file again if it changed. Throws UsageError if it is damaged. */
  list(): readonly ApiKey[];
  /** undefined: the token is no key, or a revoked one. */
  find(token: string): ApiKey | undefined;
  create(parts: { readonly name: string; readonly kind: KeyKind; readonly nowUts: number }): {
    readonly key: ApiKey;
    /** Shown once and stored nowhere. */
    readonly token: string;
  };
  /** undefined: no key has that number. */
  revoke(id: number): ApiKey | undefined;
  /** Kept in memory for up to a minute before all uses are written. */
  noteUse(id: number, nowUts: number): void;
  /** Writes the uses that are only in memory. */
  flush(): void;
}

const tokenPattern = /^rw_(?:live|write|admin)_[A-Za-z0-9_-]{43}$/;
const waitMs = 5000;
const usesEverySeconds = 60;

export function openKeyRing(path: string): KeyRing {
  const file: OwnFile = { path, what: "the keys file" };
  let lastRead: { readonly stamp: string; readonly content: KeyFile } | undefined;
  const uses = new Map<number, number>();
  let usesWrittenUts = Number.NEGATIVE_INFINITY;

  const read = (): KeyFile => {
    const stamp = stampOf(path);
    if (lastRead?.stamp !== stamp) lastRead = { stamp, content: readKeys(file) };
    return lastRead.content;
  };
  /** The lock also excludes other processes, so that none writes a revoked key back. */
  const change = (work: (before: KeyFile) => KeyFile): void => {
    checkPrivateFile(file);
    const lock = lockOf(path);
    try {
      writePrivateFile(file, textOf(work(readKeys(file))));
    } finally {
      lock.close();
    }
  };
  const flush = (): void => {
    if (uses.size === 0) return;
    const newUses = new Map(uses);
    uses.clear();
    change((before) => ({
      ...before,
      keys: before.keys.map((key) => ({ ...key, lastUsedUts: newUses.get(key.id) ?? key.lastUsedUts })),
    }));
  };
  return {
    list: () => read().keys.map((key) => ({ ...key, lastUsedUts: uses.get(key.id) ?? key.lastUsedUts })),
    find(token) {
      if (!tokenPattern.test(token)) return undefined;
      const hash = hashOf(token);
      // Compares all keys, so that the time reveals nothing.
      return read().keys.filter((key) => timingSafeEqual(key.hash, hash))[0];
    },
    create({ name, kind, nowUts }) {
      const token = `rw_${kind}_${randomBytes(32).toString("base64url")}`;
      const newKey = { name, kind, hash: hashOf(token), hint: token.slice(-4) };
      let key: ApiKey | undefined;
      change(({ nextId, keys }) => {
        key = { id: nextId, ...newKey, createdUts: nowUts, lastUsedUts: null };
        return { nextId: nextId + 1, keys: [...keys, key] };
      });
      return { key: key as ApiKey, token };
    },
    revoke(id) {
      let revoked: ApiKey | undefined;
      change(({ nextId, keys }) => {
        revoked = keys.find((key) => key.id === id);
        return { nextId, keys: keys.filter((key) => key.id !== id) };
      });
      return revoked;
    },
    noteUse(id, nowUts) {
      uses.set(id, nowUts);
      if (nowUts - usesWrittenUts < usesEverySeconds) return;
      usesWrittenUts = nowUts;
      flush();
    },
    flush,
  };
}

/** Throws SystemError if the lock can't be taken. */
function lockOf(path: string): Database {
  const lockPath = `${path}.lock`;
  try {
    return takeLock(lockPath, waitMs);
  } catch (error) {
    if (!isSqliteError(error)) throw error;
    throw new SystemError(
      `can't lock the keys file with ${lockPath}: ${error.message}`,
      "Check that the disk has space and that you own the directory, then try again.",
      { cause: error },
    );
  }
}

function hashOf(token: string): Buffer {
  return createHash("sha256").update(token).digest();
}

/** Changes with every write, because each write makes a new file. */
function stampOf(path: string): string {
  const stat = statSync(path, { bigint: true, throwIfNoEntry: false });
  return stat === undefined ? "" : `${stat.ino}:${stat.mtimeNs}:${stat.size}`;
}

interface StoredKey {
  readonly id: number;
  readonly name: string;
  readonly kind: KeyKind;
  readonly sha256: string;
  readonly hint: string;
  readonly created_at: string;
  readonly last_used_at: string | null;
}

function textOf({ nextId, keys }: KeyFile): string {
  const storedKeys = keys.map((key): StoredKey => ({
    id: key.id,
    name: key.name,
    kind: key.kind,
    sha256: key.hash.toString("hex"),
    hint: key.hint,
    created_at: isoTime(key.createdUts),
    last_used_at: key.lastUsedUts === null ? null : isoTime(key.lastUsedUts),
  }));
  return `${JSON.stringify({ next_id: nextId, keys: storedKeys }, null, 2)}\n`;
}

function readKeys(file: OwnFile): KeyFile {
  const text = readPrivateFile(file);
  if (text === null) return { nextId: 1, keys: [] };
  const content = parse(text);
  if (content === undefined) {
    throw new UsageError(
      `${file.what} ${file.path} is damaged`,
      "Move it away, then make new keys: rewind keys create",
    );
  }
  return content;
}

/** undefined: this program did not write the text. */
function parse(text: string): KeyFile | undefined {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return undefined;
  }
  if (typeof value !== "object" || value === null) return undefined;
  const { next_id: nextId, keys } = value as { next_id?: unknown; keys?: unknown };
  if (typeof nextId !== "number" || !Array.isArray(keys)) return undefined;
  const read = keys.map(keyOf);
  return read.includes(undefined) ? undefined : { nextId, keys: read as ApiKey[] };
}

function keyOf(value: unknown): ApiKey | undefined {
  const key = (value ?? {}) as Partial<StoredKey>;
  const { id, name, kind, sha256, hint, created_at: created = "", last_used_at: lastUse = null } = key;
  if (typeof id !== "number" || typeof name !== "string" || typeof hint !== "string") return undefined;
  if (kind === undefined || !keyKinds.includes(kind)) return undefined;
  if (typeof sha256 !== "string" || !/^[0-9a-f]{64}$/.test(sha256)) return undefined;
  const createdUts = Date.parse(created) / 1000;
  const lastUsedUts = lastUse === null ? null : Date.parse(lastUse) / 1000;
  if (Number.isNaN(createdUts) || Number.isNaN(lastUsedUts)) return undefined;
  return { id, name, kind, hash: Buffer.from(sha256, "hex"), hint, createdUts, lastUsedUts };
}
