// Checks the settings file and the settings in it and in the environment.

import { readFieldEntries, readCustomFieldNames, findField } from "../../store/shelf/custom-fields.ts";
import { existsSync, statSync } from "node:fs";
import { dirname } from "node:path";
import type { Context } from "../../context.ts";
import { UsageError } from "../../model/errors.ts";
import { formatPath } from "../../host/paths.ts";
import { restrictAccess, findExposure, makePrivate, type PrivateFile } from "../../host/privacy.ts";
import {
  describeHalfConnected,
  describeMissingSettings,
  listMissingCollectionSettings,
  listSettingSecrets,
} from "../../settings/connection.ts";
import { readSettings, type SettingsReader } from "../../settings/settings-file.ts";
import { explainWrongShape, settingNames, settings } from "../../settings/all-settings.ts";
import { warn, type Examination, pass, fail, type Finding, type CheckTopic } from "./finding.ts";
import { pluralize } from "../../output/format-numbers.ts";
import { joinParts } from "../../output/paragraph.ts";
import { redact } from "../../model/redact.ts";
import { parsePrice } from "../../model/price.ts";
import { readStoppedUts } from "../../store/file/cache-facts.ts";
import type { Database } from "../../store/file/database.ts";
import { readFieldDays, describeUnread } from "../../sync/plays/field-plays.ts";

const settingsTopic = { check: "settings", label: "settings" } as const;

/** `read` is null if the settings can't be used. */
export function checkSettings(
  context: Context,
  database: Database | null,
): Pick<Examination, "findings" | "read"> {
  const { settingsPath, env, platform } = context;
  const shownPath = formatPath(settingsPath, env);
  const exposed = checkExposure(context, { path: settingsPath, isUserChosen: false }, shownPath);
  // Somebody else owns the file, so others may have written its contents.
  if (exposed !== null && statSync(settingsPath).uid !== process.geteuid?.()) {
    return { findings: [exposed], read: null };
  }
  let read: SettingsReader;
  try {
    read = readSettings(settingsPath, env);
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    const text = error.message.replaceAll(settingsPath, shownPath);
    return { findings: [fail(settingsTopic, text, error.hint, { exitCode: 2 })], read: null };
  }
  const faults = checkValues(read);
  const bad = faults.length > 0 ? faults : checkMissing(read);
  const findings = [...(exposed === null ? [] : [exposed]), ...bad];
  if (findings.length > 0) return { findings, read: bad.length > 0 ? null : read };
  const outside = settingNames
    .filter((name) => read.find(name).source === "environment")
    .map((name) => settings[name].environment);
  const readers =
    platform === "win32" ? "who else can read it is not checked on Windows" : "readable by you alone";
  const text = joinParts(
    [
      existsSync(settingsPath) ? `${shownPath}, ${readers}` : "",
      outside.length === 0 ? "" : `from the environment: ${outside.join(", ")}`,
    ],
    "; ",
  );
  const unconnected = describeHalfConnected(
    read,
    (service) => database !== null && readStoppedUts(database, service) !== null,
  );
  const halfSet = unconnected === null ? [] : [warn(settingsTopic, unconnected, "")];
  return { findings: [pass(settingsTopic, text), ...halfSet], read };
}

/** A file that other users can read or write. */
export function checkExposure(
  { platform }: Context,
  file: PrivateFile,
  shownPath: string,
  topic: CheckTopic = settingsTopic,
): Finding | null {
  const exposure = findExposure(file, { platform });
  if (exposure === null) return null;
  if (exposure.kind === "another user's") {
    const remedy = "Make it yours and close it (chown, chmod 600), or move it away";
    return fail(topic, `${shownPath} belongs to another user and is open to others`, remedy);
  }
  if (exposure.kind === "link") {
    const linked = `${shownPath} is a link to a file that can be read or changed by others`;
    return fail(topic, linked, "Replace the link with a file of your own");
  }
  const text = `${shownPath} can be read or changed by others`;
  const repair = async (): Promise<string> => {
    if (file.isUserChosen) restrictAccess(file.path, 0o600);
    else makePrivate(file, { platform });
    return Promise.resolve("closed to others");
  };
  const remedy = file.isUserChosen ? "" : `; chmod 700 ${dirname(shownPath)}`;
  return fail(topic, text, `chmod 600 ${shownPath}${remedy}`, { repair });
}

function checkValues(read: SettingsReader): Finding[] {
  return settingNames.flatMap((name): Finding[] => {
    const { value, fault, source } = read.find(name);
    if (fault !== null) return [fail(settingsTopic, fault, `rewind config unset ${name}`, { exitCode: 2 })];
    const shape = value === null || source === null ? null : explainWrongShape(name, value);
    if (shape === null) return [];
    const remedy = settings[name].isSecret === true ? "rewind login" : `rewind config unset ${name}`;
    return [fail(settingsTopic, `${name} can't be right. ${shape}`, remedy, { exitCode: 2 })];
  });
}

function checkMissing(read: SettingsReader): Finding[] {
  const missing = listMissingCollectionSettings(read);
  if (missing.length === 0) return [];
  return [fail(settingsTopic, describeMissingSettings(missing), "rewind login", { exitCode: 4 })];
}

const fieldsTopic = { check: "fields", label: "fields" } as const;

/** Checks that the custom fields named by settings are in the collection and that their values can be read. */
export function checkFields({ clock }: Context, database: Database, read: SettingsReader): Finding[] {
  return (["shelf_field", "played_field", "price_field"] as const).flatMap((setting): Finding[] => {
    const name = read(setting);
    if (name === null) return [];
    const field = findField(database, name);
    if (field === undefined) {
      const otherFields = readCustomFieldNames(database).join(", ");
      const text = `${setting} names "${redact(name, listSettingSecrets(read))}", and the collection has no such field`;
      const it = otherFields === "" ? "" : `it has ${otherFields}; `;
      return [warn(fieldsTopic, text, `${it}rewind config set ${setting} NAME`)];
    }
    const start = `${setting}: ${field.name}`;
    if (setting === "shelf_field") return [pass(fieldsTopic, start)];
    if (setting === "played_field") {
      const { plays, unread } = readFieldDays(database, field, Math.floor(clock.now() / 1000));
      const text = `${start}, ${pluralize(plays.size, "day")}`;
      return [createContentFinding(text, unread.map(describeUnread), "date", "correct it on Discogs")];
    }
    const entries = readFieldEntries(database, field.id).filter(({ value }) => value.trim() !== "");
    const unread = entries
      .filter(({ value }) => parsePrice(value) === null)
      .map(({ recordId, value }) => `#${recordId} ${JSON.stringify(value.slice(0, 40))}`);
    const text = `${start}, ${pluralize(entries.length - unread.length, "price")}`;
    return [createContentFinding(text, unread, "price", "write it like 12.50 EUR on Discogs")];
  });
}

/** `text` counts what was read. `unread`: the other entries, of which the first is shown. */
function createContentFinding(
  text: string,
  unread: readonly string[],
  noun: string,
  remedy: string,
): Finding {
  const [first] = unread;
  if (first === undefined) return pass(fieldsTopic, text);
  const wrongEntries = pluralize(unread.length, `entry is not a ${noun}`, `entries are not ${noun}s`);
  const thenSync = "then run: rewind sync --full --only discogs";
  return warn(fieldsTopic, `${text}; ${wrongEntries}: ${first}`, `${remedy}, ${thenSync}`);
}
