import { meaningOf, settingNames, settings, type SettingName } from "../../settings/all-settings.ts";
import type { ArgumentDeclaration, CommandDeclaration } from "../shared/declaration.ts";
import { jsonOption } from "../shared/listing/options.ts";

const open = settingNames.filter((name) => settings[name].isSecret !== true);

const settingArgument = (words: readonly SettingName[]): ArgumentDeclaration => ({
  name: "<setting>",
  help: words.map((name) => `${name}: ${meaningOf(settings[name])}`).join("\n"),
  choices: { words },
});

export const declaration: CommandDeclaration = {
  name: "config",
  details: `The environment wins over the settings file. Secrets are never shown: rewind login sets them,
rewind logout removes them. What each setting is for: rewind config set --help`,
  json: async () => [{ keys: (await import("./run.ts")).keys }],
  options: [jsonOption],
  examples: [
    ["rewind config", "every setting, its value, and where it comes from"],
    ["rewind config set musicbrainz on", "in the settings file"],
    ["rewind config get lastfm_username", "one value, for a script"],
  ],
  load: async () => (await import("./run.ts")).runConfig,
  commands: [
    {
      name: "get",
      summary: "print the value of a setting",
      arguments: [settingArgument(open)],
      examples: [["rewind config get lastfm_username", "prints nothing where it isn't set"]],
      load: async () => (await import("./run.ts")).runConfigGet,
    },
    {
      name: "set",
      summary: "write a setting into the settings file",
      arguments: [settingArgument(open), { name: "<value>", help: "the new value" }],
      examples: [["rewind config set contact me@example.org", "so that the services can reach you"]],
      load: async () => (await import("./run.ts")).runConfigSet,
    },
    {
      name: "unset",
      summary: "remove a setting from the settings file",
      arguments: [settingArgument(settingNames)],
      examples: [["rewind config unset contact", "as if it had never been set"]],
      load: async () => (await import("./run.ts")).runConfigUnset,
    },
    {
      name: "path",
      summary: "print where the settings file is",
      examples: [['$EDITOR "$(rewind config path)"', "change it by hand"]],
      load: async () => (await import("./run.ts")).runConfigPath,
    },
  ],
};
