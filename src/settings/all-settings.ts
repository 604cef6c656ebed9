// All settings. The reader, `rewind config`, the help and docs/ use this table.
import { parseBaseUrl } from "../model/base-url.ts";
import { describeValue } from "../model/describe-value.ts";
import { UsageError } from "../model/errors.ts";
import { playTargets } from "../model/play-targets.ts";
import {
  discogsToken,
  findSecretShape,
  lastfmKey,
  listenbrainzToken,
  type SecretShape,
} from "../model/secret-shapes.ts";
import type { ServiceSetting } from "../sources/services/remote-service.ts";
import { allServices, targetTokenSetting } from "../sources/service-lookup.ts";

export interface Setting {
  /** The environment variable, which overrides the settings file. */
  readonly environment: string;
  /** True for a value that is never shown. Only `rewind login` sets it. */
  readonly isSecret?: true;
  /** The allowed values, if they are a closed set. */
  readonly values?: readonly string[];
  /** Values to show in the help. */
  readonly examples?: string;
  /** The effect if it is not set, in words. */
  readonly defaultValue?: string;
  readonly help: string;
  /** Returns the parsed value. Throws UsageError that calls the setting `name`. */
  readonly parse: (text: string, name: string) => string;
}

type SettingKind = Pick<Setting, "isSecret" | "values" | "parse">;

const text: SettingKind = { parse: (value) => value };
const secret: SettingKind = { ...text, isSecret: true };
/** A name becomes part of addresses and messages, so a secret is refused. */
const username: SettingKind = {
  parse: (value, name) => {
    const shape = findSecretShape(value);
    if (shape === null) return value;
    throw new UsageError(`${name} can't be a name: it looks like ${shape.name}`, "To set both: rewind login");
  },
};
const address: SettingKind = { parse: (value, name) => parseBaseUrl(name, value).href };
const onOrOff = choice("on", "off");

export const coverChoices = ["none", "archive", "discogs", "both"] as const;

export type CoverChoice = (typeof coverChoices)[number];

/** The hosts of each choice. */
export const coverSources = {
  archive: ["archive"],
  discogs: ["discogs"],
  both: ["archive", "discogs"],
} as const satisfies Readonly<Record<Exclude<CoverChoice, "none">, readonly string[]>>;

const ownRows = {
  collection_value: {
    ...onOrOff,
    defaultValue: "on",
    help: "whether a sync fetches Discogs' estimate of your collection's value, once a day",
  },
  contact: {
    parse: (value, name) => {
      if (/^[\x20-\x7e]{1,200}$/.test(value)) return value;
      throw new UsageError(
        `${name} must be at most 200 ASCII characters`,
        "Use a mail or web address: rewind config set contact me@example.org",
      );
    },
    help: "your mail or web address, sent to the services with each request",
  },
  covers: {
    ...choice(...coverChoices),
    defaultValue: "none",
    help: "where each sync fetches covers; archive is the Cover Art Archive",
  },
  musicbrainz: {
    ...onOrOff,
    defaultValue: "off",
    help: "whether each sync looks up your new releases at MusicBrainz",
  },
  played_field: {
    ...text,
    help: "custom field of your collection with days of plays, which each sync logs",
  },
  price_field: {
    ...text,
    help: "custom field of your collection with the price you paid",
  },
  refresh: {
    parse: (value, name) => {
      if (parseDuration(value) !== undefined) return value;
      throw new UsageError(
        `${name} must be a time like 30min, 6h or 2d`,
        "Try: rewind config set refresh 6h",
      );
    },
    defaultValue: "any age",
    examples: "30min, 6h, 2d",
    help: "how old the cache must be for --refresh to sync first",
  },
  scrobble: {
    ...choice("ask", "always", "never"),
    defaultValue: "ask",
    help: "whether logged plays are sent to the services in scrobble_to",
  },
  scrobble_to: {
    ...choice(...playTargets, "both"),
    defaultValue: "both",
    help: "the services that logged plays are sent to, if both are connected",
  },
  shelf_field: {
    ...text,
    help: "custom field of your collection that says where a record is",
  },
  table: {
    ...choice("plain", "box"),
    defaultValue: "plain",
    help: "how tables are drawn, also in a pipe; --as table and --as box override it",
  },
} as const satisfies Readonly<Record<string, Omit<Setting, "environment">>>;

type SettingsOfService = (typeof allServices)[number]["settings"];
type ServiceSettingName = NonNullable<SettingsOfService[keyof SettingsOfService]>["name"];
export type SettingName = keyof typeof ownRows | ServiceSettingName | typeof targetTokenSetting.name;

/** The settings of the services come from the table of services. */
function buildServiceSettings(
  kinds: Partial<Record<keyof SettingsOfService, SettingKind>>,
): Record<ServiceSettingName, Setting> {
  const places = Object.entries(kinds) as [keyof SettingsOfService, SettingKind][];
  const rows = allServices.flatMap((service) =>
    places.flatMap(([place, kind]) => {
      const setting: ServiceSetting | null = service.settings[place];
      if (setting === null) return [];
      const { name, environment, help, defaultValue, adjustUrl } = setting;
      const parse =
        adjustUrl === undefined
          ? kind.parse
          : (value: string, nameInErrors: string) =>
              adjustUrl(parseBaseUrl(nameInErrors, value), nameInErrors).href;
      const row = {
        ...kind,
        parse,
        environment,
        help,
        ...(defaultValue === undefined ? {} : { defaultValue }),
      };
      return [[name, row] as const];
    }),
  );
  return Object.fromEntries(rows) as Record<ServiceSettingName, Setting>;
}

const ownSettings = Object.fromEntries(
  Object.entries(ownRows).map(([name, row]) => [
    name,
    { ...row, environment: `REWIND_${name.toUpperCase()}` },
  ]),
) as Record<keyof typeof ownRows, Setting>;

export const settings: Readonly<Record<SettingName, Setting>> = {
  ...buildServiceSettings({ secret, username, sharedSecret: secret, session: secret }),
  [targetTokenSetting.name]: { ...secret, ...targetTokenSetting },
  ...ownSettings,
  ...buildServiceSettings({ url: address }),
};

/** The names in the order of lists. */
export const settingNames = Object.keys(settings) as readonly SettingName[];

export function isSettingName(name: string): name is SettingName {
  return Object.hasOwn(settings, name);
}

/** Returns the setting's line of help, with the allowed values and the default. */
export function describeSetting({ help, values, examples, defaultValue }: Setting): string {
  return describeValue(help, { words: values, examples, defaultValue });
}

function choice(...values: readonly string[]): SettingKind {
  return {
    values,
    parse: (word, name) => {
      const allowedValue = values.find((value) => value === word.toLowerCase());
      if (allowedValue === undefined)
        throw new UsageError(
          `${name} must be ${formatChoices(values)}`,
          "To see the settings: rewind config",
        );
      return allowedValue;
    },
  };
}

/** "on or off", "ask, always or never" */
function formatChoices(values: readonly string[]): string {
  const last = values.at(-1) ?? "";
  return values.length < 2 ? last : `${values.slice(0, -1).join(", ")} or ${last}`;
}

// Durations in settings: "30min", "6h", "2d".

const unitSeconds = { min: 60, h: 60 * 60, d: 24 * 60 * 60 } as const;

/** Returns undefined if it is not a duration. */
export function parseDuration(duration: string): number | undefined {
  const [, count, unit] = /^(\d{1,4})(min|h|d)$/.exec(duration) ?? [];
  return unit === undefined ? undefined : Number(count) * unitSeconds[unit as keyof typeof unitSeconds];
}

// Secrets in the wrong setting, which are neither shown nor sent.

const secretShapes: Readonly<Partial<Record<SettingName, SecretShape>>> = {
  discogs_token: discogsToken,
  lastfm_api_key: lastfmKey,
  lastfm_shared_secret: lastfmKey,
  listenbrainz_token: listenbrainzToken,
};

/** Says why a text can't be the wanted secret; null if it may be. */
export function explainMisplacedSecret(value: string, expectedShape: SecretShape): string | null {
  const shape = findSecretShape(value);
  if (shape === null || shape === expectedShape) return null;
  return `That looks like ${shape.name}; ${expectedShape.name} has ${expectedShape.description}`;
}

/** Says why a value can't be right for a setting; null if it may be. The text never contains the value. */
export function explainWrongShape(name: SettingName, value: string): string | null {
  const expectedShape = secretShapes[name];
  if (expectedShape !== undefined) return explainMisplacedSecret(value, expectedShape);
  const shape = settings[name].isSecret === true ? null : findSecretShape(value);
  return shape === null ? null : `That looks like ${shape.name}`;
}
