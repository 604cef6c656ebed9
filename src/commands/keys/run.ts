import type { Context } from "../../context.ts";
import { getKeysPath } from "../../host/paths.ts";
import { UsageError } from "../../model/errors.ts";
import {
  isKeyName,
  keyNameRule,
  openKeyRing,
  type ApiKey,
  type KeyRing,
} from "../../interfaces/http/api-keys.ts";
import { formatDay } from "../../output/format-dates.ts";
import { toLine } from "../../output/safe-text.ts";
import type { Column } from "../../output/field.ts";
import { writeJson } from "../../output/json.ts";
import { present } from "../../output/present.ts";
import type {
  KeyListDocument,
  ListedKey,
  NewKeyDocument,
  RevokedDocument,
} from "../../queries/documents/installation-documents.ts";
import {
  declareCommand,
  declareOptions,
  type CommandDeclaration,
  type Invocation,
} from "../shared/command-declaration.ts";
import { nameWidth } from "../shared/listing/list-fields.ts";
import { jsonOption } from "../shared/listing/list-options.ts";

const importDocuments = () => import("../../queries/documents/installation-documents.ts");
const buildListForms = async () => [{ schema: (await importDocuments()).keyListSchema }];

const createOptions = declareOptions(
  { flags: "--name <name>", help: "name of the program, as an option" },
  { flags: "--write", help: "also allow logging plays and sending scrobbles", excludes: ["admin"] },
  {
    flags: "--admin",
    help: "also allow logging plays, sending scrobbles, creating and revoking keys, and starting syncs",
  },
  jsonOption,
);

export const declaration: CommandDeclaration = {
  name: "keys",
  details: `A program that uses rewind serve must send an API key in the header Authorization: Bearer rw_live_…
Only a hash of each key is stored, in keys.json beside the settings file.`,
  json: buildListForms,
  options: [jsonOption],
  examples: [
    ["rewind keys create --name dashboard", "create a key for one program"],
    ["rewind keys", "list your keys"],
    ["rewind keys revoke 1", "refuse further requests with key 1"],
  ],
  load: async () => runKeys,
  commands: [
    declareCommand({
      name: "create",
      summary: "create a key and show it once",
      json: async () => [{ schema: (await importDocuments()).newKeySchema }],
      arguments: [{ name: "[name]", help: "name of the program that will use it" }],
      options: createOptions,
      examples: [
        ["rewind keys create --name phone", "print only the key on stdout"],
        ["rewind keys create --name turntable --write", "create a key for a recogniser or scrobbler"],
      ],
      load: async () => runKeysCreate,
    }),
    {
      name: "list",
      summary: "list the keys, with when each was last used",
      json: buildListForms,
      options: [jsonOption],
      examples: [["rewind keys list", "the same as rewind keys"]],
      load: async () => runKeys,
    },
    {
      name: "revoke",
      summary: "revoke a key",
      json: async () => [{ schema: (await importDocuments()).revokedKeySchema }],
      arguments: [{ name: "<key>", help: "number or name of the key" }],
      options: [jsonOption],
      examples: [["rewind keys revoke dashboard", "revoke a key by its name"]],
      load: async () => runKeysRevoke,
    },
  ],
};

async function runKeys(context: Context, { form }: Invocation): Promise<void> {
  const keys = getKeyRing(context).list();
  await present(context, form, {
    document: (): KeyListDocument => ({ keys: keys.map(buildKeyDocument) }),
    table: () => ({
      columns: () => columns,
      lines: keys,
      footer: () => [["create one: rewind keys create --name NAME", "revoke one: rewind keys revoke #"]],
      empty: () => "No keys yet. To create one: rewind keys create",
    }),
  });
}

const columns: readonly Column<ApiKey>[] = [
  { header: "#", cell: ({ id }) => String(id), numeric: true, isKey: true },
  { header: "Name", cell: ({ name }) => name, flexible: nameWidth, isName: true },
  { header: "Kind", cell: ({ kind }) => kind },
  { header: "Created", cell: ({ created_at: at }) => formatDay(Date.parse(at) / 1000) },
  {
    header: "Last used",
    cell: ({ last_used_at: at }) => (at === null ? "never" : formatDay(Date.parse(at) / 1000)),
  },
];

async function runKeysCreate(
  context: Context,
  { words: [word = ""], options, asJson }: Invocation<typeof createOptions>,
): Promise<void> {
  const { name = word, write, admin } = options;
  if (word !== "" && name !== word)
    throw new UsageError(`a key has one name, not both "${word}" and "${name}"`, "Give one of them.");
  if (!isKeyName(name))
    throw new UsageError(`the name of a key must be ${keyNameRule}`, "Try: rewind keys create dashboard");
  const ring = getKeyRing(context);
  const namesake = ring.list().find((key) => key.name !== "" && key.name === name.trim());
  if (namesake !== undefined) {
    throw new UsageError(
      `key ${namesake.id} is called ${JSON.stringify(namesake.name)} already`,
      `To see it: rewind keys list        To revoke it: rewind keys revoke ${namesake.id}`,
    );
  }
  const { key, token } = ring.create({
    name,
    kind: admin === true ? "admin" : write === true ? "write" : "live",
    nowUts: Math.floor(context.clock.now() / 1000),
  });
  if (asJson) {
    const { id, kind } = key;
    return writeJson(context, { id, name: key.name, kind, key: token } satisfies NewKeyDocument);
  }
  await context.write(toLine(token));
  context.note(`Key ${key.id}, shown only once: save it for the program that will use it.`);
}

async function runKeysRevoke(context: Context, { words: [text = ""], asJson }: Invocation): Promise<void> {
  const ring = getKeyRing(context);
  const key = requireKey(ring.list(), text);
  ring.revoke(key.id);
  if (asJson) return writeJson(context, { revoked: buildKeyDocument(key) } satisfies RevokedDocument);
  const nameText = key.name === "" ? "" : ` (${key.name})`;
  await context.write(toLine(`Revoked key ${key.id}${nameText}: requests with it are refused from now on.`));
}

function getKeyRing({ settingsPath }: Context): KeyRing {
  return openKeyRing(getKeysPath(settingsPath));
}

function requireKey(keys: readonly ApiKey[], text: string): ApiKey {
  const matches = keys.filter(({ id, name }) => String(id) === text || (name === text && name !== ""));
  const [key] = matches;
  if (key !== undefined && matches.length === 1) return key;
  throw new UsageError(
    key === undefined ? "no key has that number or name" : `several keys are called ${JSON.stringify(text)}`,
    "To see their numbers: rewind keys",
  );
}

function buildKeyDocument({ id, name, kind, created_at, last_used_at }: ApiKey): ListedKey {
  return { id, name, kind, created_at, last_used_at };
}
