import { existsSync } from "node:fs";
import type { Column } from "../../output/field.ts";
import type { Context } from "../../context.ts";
import { nearestOf, RewindError, UsageError } from "../../model/errors.ts";
import { lineText } from "../../output/escape.ts";
import { present } from "../../output/present.ts";
import { shortPath } from "../../host/paths.ts";
import { redact } from "../../model/redact.ts";
import {
  readSettingsFile,
  changeSettings,
  type FoundSetting,
  inEnvironment,
  readSettings,
  type SettingsReader,
} from "../../settings/settings-file.ts";
import {
  secretShapeOf,
  isSettingName,
  type Setting,
  type SettingName,
  settingNames,
  settings,
} from "../../settings/all-settings.ts";
import type { Call } from "../shared/declaration.ts";
import type { SettingsDocument } from "../../queries/documents/installation-documents.ts";

export async function runConfig(context: Context, { options }: Call): Promise<void> {
  const rows = listSettings(context.settings());
  const shownPath = shortPath(context.settingsPath, context.env);
  await present(
    context,
    { as: options["json"] === true ? "json" : "table" },
    {
      document: () => document(rows, context.settingsPath),
      table: () => ({
        columns: () => columns,
        lines: rows,
        footer: () => [
          [shownPath, "the environment wins"],
          ["Change one: rewind config set SETTING VALUE", "secrets: rewind login"],
        ],
        empty: () => "",
      }),
    },
  );
  for (const { fault } of rows) if (fault !== null) context.note(`rewind: ${fault}`);
}

const columns: readonly Column<ListedSetting>[] = [
  { header: "Setting", cell: ({ name }) => name },
  { header: "Value", cell: valueText, flexible: { share: 1, maxWidth: 48, cut: "middle" } },
  { header: "From", cell: originText },
];

function valueText({ setting, source, value }: ListedSetting): string {
  if (source === null) return setting.unset === undefined ? "" : `(${setting.unset})`;
  return value ?? "********";
}

function originText({ setting, source, isOverridden, fault }: ListedSetting): string {
  if (source === null) return "not set";
  const wrong = fault === null ? "" : ", not valid";
  if (source === "file") return `file${wrong}`;
  return `${setting.environment}${isOverridden ? ", over the file" : ""}${wrong}`;
}

export async function runConfigGet(context: Context, { arguments: [argument] }: Call): Promise<void> {
  const name = settingNamed(String(argument));
  const setting = settings[name];
  if (setting.isSecret === true) {
    throw new UsageError(
      `${name} is a secret, and secrets are never shown`,
      "To see whether it is set: rewind config",
    );
  }
  const value = context.settings()(name);
  if (value !== null) return context.write(lineText(redact(value)));
  const usual = setting.unset === undefined ? "" : `: ${setting.unset}`;
  context.note(`rewind: ${name} is not set${usual}`);
}

export async function runConfigSet(context: Context, { arguments: [argument, text] }: Call): Promise<void> {
  const name = settingNamed(String(argument));
  const setting = settings[name];
  if (setting.isSecret === true) {
    throw new UsageError(
      `${name} is a secret: others could read it on the command line, and your shell would keep it`,
      "Run: rewind login",
    );
  }
  const value = String(text).trim();
  const shape = secretShapeOf(value);
  if (shape !== null) {
    throw new UsageError(
      `${name} can't be set to that: it looks like ${shape.name}`,
      "To set a secret: rewind login",
    );
  }
  if (value === "") throw new UsageError(`${name} can't be empty`, `Run: rewind config unset ${name}`);
  change(context, name, setting.parse(value, name));
  if (name === "price_field") await readPrices(context);
  const winner = inEnvironment(name, context.env);
  if (winner === undefined || winner === value) return;
  context.note(`rewind: ${setting.environment} is set in the environment and wins over this`);
}

export async function runConfigUnset(context: Context, { arguments: [argument] }: Call): Promise<void> {
  const name = settingNamed(String(argument));
  const isThere = readSettingsFile(context.settingsPath)[name] !== undefined;
  if (isThere) {
    change(context, name, null);
    if (name === "price_field") await readPrices(context);
  } else context.note(`rewind: ${name} is not in the settings file`);
  if (inEnvironment(name, context.env) === undefined) return;
  context.note(`rewind: ${settings[name].environment} is set in the environment and still applies`);
}

/** The whole file is written again, so the other settings must be valid. */
function change(context: Context, name: SettingName, value: string | null): void {
  context.settings();
  changeSettings(context.settingsPath, { [name]: value });
}

/** The cache has the field already, so a new price_field needs no sync. A cache that can't be written waits for one. */
async function readPrices(context: Context): Promise<void> {
  if (!existsSync(context.cachePath)) return;
  const { refreshPrices } = await import("../../store/shelf/custom-fields.ts");
  const { transact } = await import("../../store/file/database.ts");
  const field = readSettings(context.settingsPath, context.env)("price_field");
  try {
    const database = await context.writableStore();
    transact(database, () => refreshPrices(database, field));
  } catch (error) {
    if (!(error instanceof RewindError)) throw error;
  }
}

export async function runConfigPath(context: Context): Promise<void> {
  await context.write(lineText(context.settingsPath));
}

function settingNamed(text: string): SettingName {
  const name = text.trim();
  if (isSettingName(name)) return name;
  const lower = name.toLowerCase();
  if (isSettingName(lower)) return lower;
  const byEnvironment = settingNames.find((each) => settings[each].environment === name);
  if (byEnvironment !== undefined) return byEnvironment;
  const nearest = nearestOf(name, settingNames);
  const guess = nearest === undefined ? "" : `. Did you mean ${nearest}?`;
  throw new UsageError(`no setting "${name.slice(0, 40)}"${guess}`, `Settings: ${settingNames.join(", ")}`);
}

interface ListedSetting extends FoundSetting {
  /** null for a secret too. */
  readonly value: string | null;
  readonly name: SettingName;
  readonly setting: Setting;
}

function listSettings(read: SettingsReader): ListedSetting[] {
  return settingNames.map((name) => {
    const setting = settings[name];
    const state = read.find(name);
    return { name, setting, ...state, value: shownValue(state.value, setting) };
  });
}

/** null for a secret. Hides secrets in other settings and passwords in addresses too. */
function shownValue(value: string | null, { isSecret }: Setting): string | null {
  if (value === null || isSecret === true) return null;
  return redact(value).replace(/(\/\/)[^/@]*@/, "$1…@");
}

function document(rows: readonly ListedSetting[], path: string): SettingsDocument {
  return {
    path,
    settings: rows.map(({ name, setting, value, source, isOverridden, fault }) => ({
      name,
      environment: setting.environment,
      secret: setting.isSecret === true,
      set: source !== null,
      value,
      source: source ?? "default",
      overridden: isOverridden,
      fault,
    })),
  };
}
