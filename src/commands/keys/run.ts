import type { Context } from "../../context.ts";
import { UsageError } from "../../model/errors.ts";
import { localDay } from "../../output/dates.ts";
import { lineText } from "../../output/escape.ts";
import { jsonText } from "../../output/json.ts";
import { present } from "../../output/present.ts";
import { keysPath } from "../../host/paths.ts";
import { type ApiKey, openKeyRing } from "../../doors/http/api-keys.ts";
import type { Call } from "../shared/declaration.ts";
import { isoSeconds } from "../../queries/records/contract.ts";
import type {
  KeyListDocument,
  ListedKey,
  NewKeyDocument,
  RevokedDocument,
} from "../../queries/documents/installation-documents.ts";

const longestName = 100;

export async function runKeys(context: Context, { options }: Call): Promise<void> {
  const keys = openKeyRing(keysPath(context.settingsPath)).list();
  await present(
    context,
    { as: options["json"] === true ? "json" : "table" },
    {
      document: () => keyListDocument(keys),
      table: () => ({
        columns: () => [
          { header: "#", cell: ({ id }: ApiKey) => String(id), numeric: true, isKey: true },
          {
            header: "Name",
            cell: ({ name }: ApiKey) => name,
            flexible: { share: 1, maxWidth: 40, cut: "end" },
            isName: true,
          },
          { header: "Kind", cell: ({ kind }: ApiKey) => kind },
          { header: "Created", cell: ({ createdUts }: ApiKey) => localDay(createdUts) },
          {
            header: "Last used",
            cell: ({ lastUsedUts }: ApiKey) => (lastUsedUts === null ? "never" : localDay(lastUsedUts)),
          },
        ],
        lines: keys,
        footer: () => [["create one: rewind keys create --name NAME", "revoke one: rewind keys revoke #"]],
        empty: () => "No keys yet. To create one: rewind keys create",
      }),
    },
  );
}

export async function runKeysCreate(context: Context, { options }: Call): Promise<void> {
  const {
    name = "",
    write,
    admin,
    json,
  } = options as { name?: string; write?: true; admin?: true; json?: true };
  if (name.length > longestName || /\p{Cc}/u.test(name)) {
    throw new UsageError(`--name takes a text of at most ${longestName} letters`, "Try: --name dashboard");
  }
  const { key, token } = openKeyRing(keysPath(context.settingsPath)).create({
    name: name.trim(),
    kind: admin === true ? "admin" : write === true ? "write" : "live",
    nowUts: Math.floor(context.clock.now() / 1000),
  });
  if (json === true) {
    await context.write(jsonText(newKeyDocument(key, token), { indent: context.screen.isTerminal }));
    return;
  }
  await context.write(lineText(token));
  context.note(`Key ${key.id}, shown only once: save it for the program that will use it.`);
}

export async function runKeysRevoke(
  context: Context,
  { arguments: [argument], options }: Call,
): Promise<void> {
  const ring = openKeyRing(keysPath(context.settingsPath));
  const { id } = namedKey(ring.list(), String(argument));
  const revoked = ring.revoke(id);
  if (revoked === undefined) throw noSuchKey();
  if (options["json"] === true) {
    await context.write(jsonText(revokedDocument(revoked), { indent: context.screen.isTerminal }));
    return;
  }
  const nameText = revoked.name === "" ? "" : ` (${revoked.name})`;
  await context.write(
    lineText(`Revoked key ${revoked.id}${nameText}: requests with it are refused from now on.`),
  );
}

function namedKey(keys: readonly ApiKey[], text: string): ApiKey {
  const matches = keys.filter(({ id, name }) => String(id) === text || (name === text && name !== ""));
  const [key] = matches;
  if (key === undefined) throw noSuchKey();
  if (matches.length === 1) return key;
  throw new UsageError(
    `${matches.length} keys have that number or name: ${matches.map(({ id, name }) => `${id} ${name}`.trim()).join(", ")}`,
    "Give a number, or a name that only one key has.",
  );
}

function noSuchKey(): UsageError {
  return new UsageError("no key has that number or name", "To see them: rewind keys");
}

function keyListDocument(keys: readonly ApiKey[]): KeyListDocument {
  return { keys: keys.map(listedKey) };
}

function listedKey({ id, name, kind, createdUts, lastUsedUts }: ApiKey): ListedKey {
  return {
    id,
    name,
    kind,
    created_at: isoSeconds(createdUts),
    last_used_at: isoSeconds(lastUsedUts),
  };
}

function newKeyDocument({ id, name, kind }: ApiKey, token: string): NewKeyDocument {
  return { id, name, kind, key: token };
}

function revokedDocument(key: ApiKey): RevokedDocument {
  return { revoked: listedKey(key) };
}
