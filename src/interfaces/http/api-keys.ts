// API keys. Only their hashes are stored, in a file beside the settings, so that a copied cache contains no access.
import { createHash, randomBytes, timingSafeEqual } from "node:crypto";
import { statSync } from "node:fs";
import { getErrorCode, SystemError, UsageError } from "../../model/errors.ts";
import { toIsoTime } from "../../model/times.ts";
import { keyKinds } from "../../queries/documents/installation-documents.ts";
import {
  assertFileWritable,
  parseJsonOrNull,
  readPrivateFile,
  writePrivateJson,
  type NamedFile,
} from "../../settings/private-file.ts";
import type { Database } from "../../store/file/database.ts";
import { takeLock } from "../../store/file/file-lock.ts";

export type KeyKind = (typeof keyKinds)[number];

/** A key as the file has it. */
export interface ApiKey {
  readonly id: number;
  readonly name: string;
  readonly kind: KeyKind;
  /** The hash of the whole key, in hexadecimal. */
  readonly sha256: string;
  /** The key's last letters, so that people recognise it. */
  readonly hint: string;
  /** ISO 8601, in UTC. */
  readonly created_at: string;
  /** A time to the minute. */
  readonly last_used_at: string | null;
}

interface KeyFile {
  /** Numbers are never reused. */
  readonly next_id: number;
  readonly keys: readonly ApiKey[];
}

export const maxKeyNameLength = 100;
/** Continues the sentence "name takes …". */
export const keyNameRule = `a text of at most ${maxKeyNameLength} characters, without control characters`;

export function isKeyName(name: unknown): name is string {
  return typeof name === "string" && name.length <= maxKeyNameLength && !/\p{Cc}/u.test(name);
}

const tokenPattern = /^rw_(?:live|write|admin)_[A-Za-z0-9_-]{43}$/;
const maxLockWaitMs = 5000;
const minUseIntervalSeconds = 60;

export type KeyRing = ReturnType<typeof openKeyRing>;

export function openKeyRing(path: string) {
  const file: NamedFile = { path, what: "the keys file" };
  let lastRead: { readonly stamp: string; readonly keys: readonly ApiKey[] } | undefined;
  /** When the use of each key was last written, or tried to be. */
  const triedUts = new Map<number, number>();

  /** Reads the file again if it changed. Throws UsageError if it is damaged. */
  const listKeys = (): readonly ApiKey[] => {
    const stamp = readFileStamp(path);
    if (lastRead?.stamp !== stamp) lastRead = { stamp, keys: readKeys(file).keys };
    return lastRead.keys;
  };
  /** The lock also excludes other processes, so that none writes a revoked key back. */
  const updateKeyFile = (work: (before: KeyFile) => KeyFile): void => {
    assertFileWritable(file);
    const lock = acquireLock(`${path}.lock`);
    try {
      writePrivateJson(file, work(readKeys(file)));
    } finally {
      lock.close();
    }
  };
  return {
    list: listKeys,
    /** Returns undefined if the token is no key, or a revoked one. */
    find(token: string): ApiKey | undefined {
      if (!tokenPattern.test(token)) return undefined;
      const hash = hashToken(token);
      // Compares all keys, so that the time reveals nothing.
      return listKeys().filter(({ sha256 }) => timingSafeEqual(Buffer.from(sha256, "hex"), hash))[0];
    },
    /** The token is stored nowhere. */
    create(parts: { readonly name: string; readonly kind: KeyKind; readonly nowUts: number }) {
      const { name, kind, nowUts } = parts;
      const token = `rw_${kind}_${randomBytes(32).toString("base64url")}`;
      const sha256 = hashToken(token).toString("hex");
      let key: ApiKey | undefined;
      updateKeyFile(({ next_id: id, keys }) => {
        const created_at = toIsoTime(nowUts);
        key = { id, name: name.trim(), kind, sha256, hint: token.slice(-4), created_at, last_used_at: null };
        return { next_id: id + 1, keys: [...keys, key] };
      });
      return { key: key as ApiKey, token };
    },
    /** Returns false if no key has that number. */
    revoke(id: number): boolean {
      let isRevoked = false;
      updateKeyFile(({ next_id, keys }) => {
        const others = keys.filter((key) => key.id !== id);
        isRevoked = others.length < keys.length;
        return { next_id, keys: others };
      });
      return isRevoked;
    },
    /** Tries to write the time once a minute at most, because the disk may be full. */
    noteUse(id: number, nowUts: number): void {
      if (nowUts - (triedUts.get(id) ?? 0) < minUseIntervalSeconds) return;
      triedUts.set(id, nowUts);
      updateKeyFile(({ next_id, keys }) => ({
        next_id,
        keys: keys.map((key) => (key.id === id ? { ...key, last_used_at: toIsoTime(nowUts) } : key)),
      }));
    },
  };
}

function acquireLock(path: string): Database {
  try {
    return takeLock(path, maxLockWaitMs);
  } catch (error) {
    const hint = "Check that the disk has space and that you own the directory, then try again.";
    throw new SystemError(`can't lock the keys file with ${path} (${getErrorCode(error)})`, hint, {
      cause: error,
    });
  }
}

function hashToken(token: string): Buffer {
  return createHash("sha256").update(token).digest();
}

/** Changes with every write, because each write makes a new file. */
function readFileStamp(path: string): string {
  const stat = statSync(path, { bigint: true, throwIfNoEntry: false });
  return stat === undefined ? "" : `${stat.ino}:${stat.mtimeNs}:${stat.size}`;
}

function readKeys(file: NamedFile): KeyFile {
  const text = readPrivateFile(file);
  if (text === null) return { next_id: 1, keys: [] };
  const content = parseJsonOrNull(text);
  if (isKeyFile(content)) return content;
  throw new UsageError(
    `${file.what} ${file.path} is damaged`,
    "Move it away, then make new keys: rewind keys create",
  );
}

function isKeyFile(value: unknown): value is KeyFile {
  const { next_id: nextId, keys } = (value ?? {}) as Partial<KeyFile>;
  return typeof nextId === "number" && Array.isArray(keys) && keys.every(isKey);
}

function isKey(value: unknown): value is ApiKey {
  const { id, kind, sha256, last_used_at: lastUse, ...texts } = (value ?? {}) as Partial<ApiKey>;
  return (
    typeof id === "number" &&
    [texts.name, texts.hint, texts.created_at, lastUse ?? ""].every((text) => typeof text === "string") &&
    keyKinds.some((each) => each === kind) &&
    /^[0-9a-f]{64}$/.test(sha256 ?? "")
  );
}
