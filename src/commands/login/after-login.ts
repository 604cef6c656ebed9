// The notes that login prints after it saved new settings.
import type { Context } from "../../context.ts";
import { RewindError } from "../../model/errors.ts";
import type { Side } from "../../model/model.ts";
import type { SafeText } from "../../output/escape.ts";
import { markedLines, type MarkStyle, wrapText } from "../../output/paragraph.ts";
import { shortPath } from "../../host/paths.ts";
import { inEnvironment, changeSettings, type SettingChanges } from "../../settings/settings-file.ts";
import { settingNames, settings } from "../../settings/all-settings.ts";
import { collectionServiceOf, listeningServiceOf } from "../../sources/all-services.ts";
import { readAccounts, type Accounts } from "../../store/file/cache-facts.ts";

export interface LoginFindings {
  readonly changes: SettingChanges;
  /** The accounts that were checked. */
  readonly names: Partial<Record<Side, string>>;
}

/** Saves the settings and says so. */
export function save(
  { settingsPath, env, platform }: Context,
  changes: SettingChanges,
  { screen }: MarkStyle,
): SafeText[] {
  const isChanged = changeSettings(settingsPath, changes);
  const alone = platform === "win32" ? "" : ", readable by you alone";
  const path = shortPath(settingsPath, env);
  return wrapText(isChanged ? `Saved in ${path}${alone}.` : `Nothing changed in ${path}.`, screen);
}

export async function afterLogin(
  context: Context,
  { changes, names }: LoginFindings,
  style: MarkStyle,
): Promise<{ readonly lines: readonly SafeText[]; readonly canSync: boolean }> {
  const overridden = settingNames.filter((name) => {
    const outer = inEnvironment(name, context.env);
    return typeof changes[name] === "string" && outer !== undefined && outer !== changes[name];
  });
  const winners = overridden.map((name) => settings[name].environment);
  const others = othersOf(await ownersOf(context), names);
  return {
    lines: [
      ...(winners.length === 0
        ? []
        : markedLines(
            "doubtful",
            `${winners.join(" and ")} in the environment ${winners.length === 1 ? "wins" : "win"} over the saved settings. Unset ${winners.length === 1 ? "it" : "them"} to use the saved ones.`,
            style,
          )),
      ...others.flatMap((text) => markedLines("doubtful", text, style)),
      ...(others.length === 0
        ? []
        : markedLines(
            "doubtful",
            `The cache ${context.shownCachePath} is unchanged. Use another one: rewind sync --db PATH`,
            style,
          )),
    ],
    canSync: others.length === 0,
  };
}

function othersOf(owners: Accounts, names: LoginFindings["names"]): string[] {
  const sides = [
    { service: collectionServiceOf(owners), name: names.collection },
    { service: listeningServiceOf(owners), name: names.listening },
  ];
  return sides.flatMap(({ service, name }) => {
    const owner = owners[service.id];
    const isSame = owner === undefined || name === undefined || owner.toLowerCase() === name.toLowerCase();
    return isSame ? [] : [`The cache belongs to ${owner} on ${service.name}, not to ${name}.`];
  });
}

/** A cache that can't be read belongs to nobody here. The commands that need it report the reason. */
async function ownersOf(context: Context): Promise<Accounts> {
  try {
    return readAccounts(await context.store());
  } catch (error) {
    if (error instanceof RewindError) return {};
    throw error;
  }
}
