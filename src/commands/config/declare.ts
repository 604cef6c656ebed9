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
  load: async () => (await import("./run.ts")).runConfig,
  commands: [
    {
      name: "get",
      summary: "print the value of a setting",
      arguments: [settingArgument(open)],
      examples: [["rewind config get lastfm_username", "print a value, or nothing if it is not set"]],
      load: async () => (await import("./run.ts")).runConfigGet,
    },
    {
      name: "set",
      summary: "write a setting into the settings file",
      arguments: [settingArgument(open), { name: "<value>", help: "the new value" }],
      examples: [["rewind config set contact me@example.org", "let the services contact you"]],
      load: async () => (await import("./run.ts")).runConfigSet,
    },
    {
      name: "unset",
      summary: "remove a setting from the settings file",
      arguments: [settingArgument(settingNames)],
      examples: [["rewind config unset contact", "go back to the default"]],
      load: async () => (await import("./run.ts")).runConfigUnset,
    },
    {
      name: "path",
      summary: "print where the settings file is",
      examples: [['$EDITOR "$(rewind config path)"', "edit the settings file"]],
      load: async () => (await import("./run.ts")).runConfigPath,
    },
  ],
};
