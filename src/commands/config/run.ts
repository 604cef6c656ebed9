import type { Column } from "../../output/field.ts";
import type { Context } from "../../context.ts";
import { findNearestChoice, UsageError } from "../../model/errors.ts";
import { toLine } from "../../output/safe-text.ts";
import { present } from "../../output/present.ts";
import { formatPath } from "../../host/paths.ts";
import { redact } from "../../model/redact.ts";
import { findSecretShape } from "../../model/secret-shapes.ts";
import { listSettingSecrets } from "../../settings/connection.ts";
import {
  readSettingsFile,
  changeSettings,
  type FoundSetting,
  getEnvironmentValue,
} from "../../settings/settings-file.ts";
import { describeSetting, type SettingName, settingNames, settings } from "../../settings/all-settings.ts";
import type { Invocation, ArgumentDeclaration, CommandDeclaration } from "../shared/command-declaration.ts";
import type { Words } from "../../queries/documents/allowed-values.ts";
import type { SettingsDocument } from "../../queries/documents/installation-documents.ts";
import { jsonOption } from "../shared/listing/list-options.ts";
import { checkUser, reportNowhereToSend, reportUnknownField, readPrices } from "./check-settings.ts";

const publicSettings = settingNames.filter((name) => settings[name].isSecret !== true);

const settingArgument = {
  name: "<setting>",
  help: "name of the setting; to list them: rewind config",
} satisfies ArgumentDeclaration;

const buildSettingWords = (words: readonly SettingName[]): Words => ({
  words,
  meanings: Object.fromEntries(words.map((name) => [name, describeSetting(settings[name])])),
});

export const declaration: CommandDeclaration = {
  name: "config",
  details: `Lists every setting, its value and where the value comes from. Environment variables win over the settings file.
Secrets are never shown: use rewind login to set them, and rewind logout to remove them. For what each setting means, see
rewind config set --help.`,
  json: async () => [
    { schema: (await import("../../queries/documents/installation-documents.ts")).settingsSchema },
  ],
  options: [jsonOption],
  examples: [
    ["rewind config", "list all settings"],
    ["rewind config set musicbrainz on", "change a setting"],
    ["rewind config get lastfm_username", "print one value for a script"],
  ],
  load: async () => runConfig,
  commands: [
    {
      name: "get",
      summary: "print the value of a setting",
      arguments: [
        { ...settingArgument, choices: { ...buildSettingWords(publicSettings), isUnlisted: true } },
      ],
      examples: [["rewind config get lastfm_username", "print a value, or nothing if it is not set"]],
      load: async () => runConfigGet,
    },
    {
      name: "set",
      summary: "write a setting into the settings file",
      arguments: [
        { ...settingArgument, choices: buildSettingWords(publicSettings) },
        { name: "<value>", help: "the new value" },
      ],
      examples: [["rewind config set contact me@example.org", "let the services contact you"]],
      load: async () => runConfigSet,
    },
    {
      name: "unset",
      summary: "remove a setting from the settings file",
      arguments: [{ ...settingArgument, choices: { ...buildSettingWords(settingNames), isUnlisted: true } }],
      examples: [["rewind config unset contact", "go back to the default"]],
      load: async () => runConfigUnset,
    },
    {
      name: "path",
      summary: "print where the settings file is",
      examples: [['$EDITOR "$(rewind config path)"', "edit the settings file"]],
      load: async () => (context) => context.write(toLine(context.settingsPath)),
    },
  ],
};

async function runConfig(context: Context, { form }: Invocation): Promise<void> {
  const read = context.settings();
  const secrets = listSettingSecrets(read);
  const rows = settingNames.map((name) => toSettingRow(name, read.find(name), secrets));
  const shownPath = formatPath(context.settingsPath, context.env);
  await present(context, form, {
    document: (): SettingsDocument => ({ path: context.settingsPath, settings: rows }),
    table: () => ({
      columns: () => columns,
      lines: rows,
      footer: () => [
        [shownPath, "the environment wins"],
        ["Change one: rewind config set SETTING VALUE", "secrets: rewind login"],
      ],
      empty: () => "",
    }),
  });
  for (const { fault } of rows) if (fault !== null) context.note(`rewind: ${fault}`);
}

type SettingRow = SettingsDocument["settings"][number] & { readonly name: SettingName };

/** The value is null for a secret. Hides secrets in other settings and passwords in addresses too. */
function toSettingRow(
  name: SettingName,
  { value, source, isOverridden, fault }: FoundSetting,
  secrets: readonly string[],
): SettingRow {
  const { environment, isSecret } = settings[name];
  const isShown = value !== null && isSecret !== true;
  return {
    name,
    environment,
    secret: isSecret === true,
    set: source !== null,
    value: isShown ? redact(value, secrets).replace(/(\/\/)[^/@]*@/, "$1…@") : null,
    source: source ?? "default",
    overridden: isOverridden,
    fault,
  };
}

const columns: readonly Column<SettingRow>[] = [
  { header: "Setting", cell: ({ name }) => name },
  { header: "Value", cell: formatValue, flexible: { share: 1, maxWidth: 48, cut: "middle" } },
  { header: "From", cell: formatOrigin },
];

function formatValue({ name, set, value }: SettingRow): string {
  const { defaultValue } = settings[name];
  if (!set) return defaultValue === undefined ? "" : `(${defaultValue})`;
  return value ?? "********";
}

function formatOrigin({ environment, source, overridden, fault }: SettingRow): string {
  if (source === "default") return "not set";
  const wrong = fault === null ? "" : ", not valid";
  if (source === "file") return `file${wrong}`;
  return `${environment}${overridden ? ", over the file" : ""}${wrong}`;
}

async function runConfigGet(context: Context, { words: [word = ""] }: Invocation): Promise<void> {
  const name = requirePublicSetting(word);
  const read = context.settings();
  const value = read(name);
  if (value !== null) return context.write(toLine(redact(value, listSettingSecrets(read))));
  const { defaultValue } = settings[name];
  context.note(`rewind: ${name} is not set${defaultValue === undefined ? "" : `: ${defaultValue}`}`);
}

async function runConfigSet(context: Context, { arguments: [word, text] }: Invocation): Promise<void> {
  const name = requirePublicSetting(String(word));
  const value = String(text).trim();
  const shape = findSecretShape(value);
  if (shape !== null) {
    throw new UsageError(
      `${name} can't be set to that: it looks like ${shape.name}`,
      "To set a secret: rewind login",
    );
  }
  if (value === "") throw new UsageError(`${name} can't be empty`, `Run: rewind config unset ${name}`);
  const parsedValue = settings[name].parse(value, name);
  // The file must be valid before a service is asked.
  context.settings();
  await checkUser(context, name, parsedValue);
  await saveSetting(context, name, parsedValue);
  if (name === "scrobble" && parsedValue === "always") reportNowhereToSend(context);
}

async function runConfigUnset(context: Context, { words: [word = ""] }: Invocation): Promise<void> {
  const name = requireSetting(word);
  if (readSettingsFile(context.settingsPath)[name] === undefined) {
    context.note(`rewind: ${name} is not in the settings file`);
  }
  await saveSetting(context, name, null);
}

async function saveSetting(context: Context, name: SettingName, value: string | null): Promise<void> {
  // The whole file is written again, so the other settings must be valid.
  context.settings();
  const isChanged = changeSettings(context.settingsPath, { [name]: value });
  if (isChanged && name === "price_field") await readPrices(context);
  if (value !== null) await reportUnknownField(context, name, value);
  const winner = getEnvironmentValue(name, context.env);
  if (winner === undefined || winner === value) return;
  context.note(`rewind: ${settings[name].environment} is set in the environment and wins over the file`);
}

/** Throws UsageError for a secret: others could read it on the command line, and the shell would keep it. */
function requirePublicSetting(text: string): SettingName {
  const name = requireSetting(text);
  if (settings[name].isSecret !== true) return name;
  const isForSending = name !== "discogs_token" && name !== "lastfm_api_key";
  throw new UsageError(
    `${name} is a secret, which rewind config neither shows nor sets`,
    `To set it: rewind login${isForSending ? " --scrobble" : ""}        To see whether it is set: rewind config`,
  );
}

function requireSetting(text: string): SettingName {
  const name = text.trim();
  const setting = settingNames.find(
    (each) => each === name.toLowerCase() || settings[each].environment === name,
  );
  if (setting !== undefined) return setting;
  const nearest = findNearestChoice(name, settingNames);
  const guess = nearest === undefined ? "" : `. Did you mean ${nearest}?`;
  throw new UsageError(`no setting "${name.slice(0, 40)}"${guess}`, `Settings: ${settingNames.join(", ")}`);
}
