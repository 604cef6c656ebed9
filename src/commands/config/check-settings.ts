// Checks a new value of a setting as far as it can be checked, and says what is wrong with it.
import { existsSync } from "node:fs";
import type { Context } from "../../context.ts";
import { AccountError, findNearestChoice, RewindError, ServiceError } from "../../model/errors.ts";
import type { SettingName } from "../../settings/all-settings.ts";
import { listUsableTargets, replaceSecrets } from "../../settings/connection.ts";
import { readSettings } from "../../settings/settings-file.ts";
import type { ListeningServices } from "../../sources/services/service-clients.ts";
import { UnknownUser } from "../../sources/transport/service-errors.ts";

/** Throws AccountError if the service has no such user. If it can't be asked, the name is accepted with a note. */
export async function checkUser(context: Context, name: SettingName, username: string): Promise<void> {
  const read = context.settings();
  const [collection, listening] = [read("discogs_token"), read("lastfm_api_key")];
  const call = { signal: context.getInterruptSignal(), attempts: 1 };
  const checks: Partial<Record<SettingName, (services: ListeningServices) => Promise<unknown> | undefined>> =
    {
      discogs_username: (services) =>
        collection === null ? undefined : services.collection.fetchProfile(username, call),
      lastfm_username: (services) =>
        listening === null ? undefined : services.listening.fetchUser(username, call),
      listenbrainz_username: (services) => services.listens?.fetchListenCount(username, call),
    };
  const check = checks[name];
  if (check === undefined) return;
  const secrets = { collection: collection ?? "", listening: listening ?? "", listens: "" };
  const services = await context.connectWith(replaceSecrets(read, secrets));
  try {
    await check(services);
  } catch (error) {
    if (error instanceof UnknownUser) {
      throw error.withHint("Nothing was changed. Check the spelling, as in the address of your page there.");
    }
    if (!(error instanceof AccountError || error instanceof ServiceError)) throw error;
    context.note(`rewind: ${name} was not checked: ${error.message}`);
  } finally {
    await services.close();
  }
}

export function reportNowhereToSend(context: Context): void {
  const read = readSettings(context.settingsPath, context.env);
  if (listUsableTargets(read).length > 0) return;
  context.note(
    "rewind: no service takes your plays yet. To connect ListenBrainz or Last.fm: rewind login --scrobble",
  );
}

/** The cache has the field already, so a new price_field needs no sync. A cache that can't be written waits for one. */
export async function readPrices(context: Context): Promise<void> {
  const { refreshPrices } = await import("../../store/shelf/custom-fields.ts");
  const { transact } = await import("../../store/file/database.ts");
  const field = readSettings(context.settingsPath, context.env)("price_field");
  await withCacheFile(context, async () => {
    const database = await context.openWritableCache();
    transact(database, () => refreshPrices(database, field));
  });
}

const fieldSettings = new Set<SettingName>(["price_field", "played_field", "shelf_field"]);

/** The field may be new on Discogs, so the setting stays. */
export async function reportUnknownField(context: Context, name: SettingName, field: string): Promise<void> {
  if (!fieldSettings.has(name)) return;
  const { readCustomFieldNames, findField } = await import("../../store/shelf/custom-fields.ts");
  await withCacheFile(context, async () => {
    const database = await context.openCache();
    const names = readCustomFieldNames(database);
    if (names.length === 0 || findField(database, field) !== undefined) return;
    const nearest = findNearestChoice(field, names);
    const guess = nearest === undefined ? "" : ` Did you mean ${nearest}?`;
    context.note(
      `rewind: ${name} is set, but at the last sync your collection had no field "${field}".${guess}`,
      `Its fields: ${names.join(", ")}`,
    );
  });
}

/** Does nothing if there is no cache, or none that can be used: other commands report that. */
async function withCacheFile(context: Context, work: () => Promise<void>): Promise<void> {
  if (!existsSync(context.cachePath)) return;
  try {
    await work();
  } catch (error) {
    if (!(error instanceof RewindError)) throw error;
  }
}
