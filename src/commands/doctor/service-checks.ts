// Checks that each service is reachable and accepts our credentials, whose data it returns, and whether the clocks
// agree.

import type { Context } from "../../context.ts";
import { AccountError, type ExitCode, isFailure, type RewindError } from "../../model/errors.ts";
import { duration } from "../../output/dates.ts";
import { counted } from "../../output/number-text.ts";
import {
  connectionSettings,
  type ConnectionSettings,
  isListeningMissing,
} from "../../settings/connection.ts";
import type { SettingsReader } from "../../settings/settings-file.ts";
import { TurnedAway, Unreachable } from "../../sources/transport/service-errors.ts";
import type { PictureHost, Services } from "../../sources/services/service-clients.ts";
import { pictureSources } from "../../settings/all-settings.ts";
import type { PictureSource } from "../../store/shelf/stored-pictures.ts";
import {
  listenbrainzService,
  musicbrainzService,
  collectionServiceOf,
  listeningServiceOf,
} from "../../sources/all-services.ts";
import { readAccounts } from "../../store/file/cache-facts.ts";
import type { Database } from "../../store/file/database.ts";
import {
  checkCollection,
  checkListening,
  collectionText,
  listeningText,
} from "../shared/opening/account-checks.ts";
import { doubtful, right, wrong, type Finding, type Topic } from "./finding.ts";
import type { CallOptions } from "../../sources/services/remote-service.ts";
import type { ListenService, ListeningService } from "../../sources/services/listening-service.ts";

/** Few, because a person is waiting. */
const attempts = 2;
/** Shorter differences may come from slow answers. */
const toleratedSeconds = 60;
const wrongSeconds = 300;

export async function checkServices(
  context: Context,
  read: SettingsReader,
  database: Database | null,
): Promise<Finding[]> {
  const settings = connectionSettings(read, context.settingsPath, true);
  const clocks: { readonly name: string; readonly aheadSeconds: number }[] = [];
  const services = await context.connectWith(
    {
      collection: settings.collection.secret,
      listening: settings.listening.secret,
      ...(settings.listens === null ? {} : { listens: settings.listens.secret }),
      ...(settings.listening.signing === null ? {} : { signing: settings.listening.signing }),
    },
    {
      read,
      onRequest: ({ service, serverMs }) => {
        if (serverMs === null) return;
        clocks.push({ name: service.name, aheadSeconds: (context.clock.now() - serverMs) / 1000 });
      },
    },
  );
  const call = { signal: context.interruptible(), attempts };
  try {
    const collection: Topic = { check: "collection", label: services.collection.name };
    const listening: Topic = { check: "listening", label: services.listening.name };
    const names: Record<string, string> = {};
    const scrobbling = scrobblingFinding({ read, settings, listening: services.listening, call });
    const startMs = context.clock.now();
    const pending = [
      findingFrom(collection, async () => {
        const account = await checkCollection(services.collection, settings.collection.username, call);
        names[services.collection.id] = account.username;
        return right(collection, `token valid: ${collectionText(account)}`);
      }),
      ...(isListeningMissing(read)
        ? []
        : [
            findingFrom(listening, async () => {
              const account = await checkListening(
                services.listening,
                settings.listening.username ?? "",
                call,
              );
              names[services.listening.id] = account.username;
              const text = `key valid: ${listeningText(account)}`;
              return account.hiddenNote === null
                ? right(listening, text)
                : doubtful(listening, text, account.hiddenNote);
            }),
          ]),
      ...(services.listens === null ? [] : [listenBrainz(services.listens, settings, call, names)]),
      ...(scrobbling === null ? [] : [findingFrom(scrobblingCheck, scrobbling)]),
      ...(settings.choices.musicbrainz === true ? [musicBrainz(services, call)] : []),
      ...(settings.choices.covers === "none"
        ? []
        : pictureSources[settings.choices.covers].map((source) =>
            pictureHost(services.covers[source], source, call),
          )),
    ];
    const findings = await Promise.all(
      pending.map(async (finding) => ({
        ...(await finding),
        ms: Math.round(context.clock.now() - startMs),
      })),
    );
    const others = database === null ? null : accountsFinding(context, database, names);
    return [...clockFindings(clocks), ...findings, ...(others === null ? [] : [others])];
  } finally {
    await services.close();
  }
}

/** Reads the count of listens, and with a token its owner, to whom plays are sent. */
async function listenBrainz(
  service: ListenService,
  { listens: access, choices: { scrobbles, scrobbleTo } }: ConnectionSettings,
  call: CallOptions,
  names: Record<string, string>,
): Promise<Finding> {
  const own: Topic = { check: "listenbrainz", label: service.name };
  const finding = await findingFrom(own, async () => {
    const owner = (await service.writing?.owner(call)) ?? null;
    const listener = access?.username ?? owner ?? "";
    const [{ username }, count] = await Promise.all([
      service.newestListens(listener, 1, call),
      service.listenCount(listener, call),
    ]);
    names[service.id] = username;
    const isOwn = owner === null || owner.toLowerCase() === username.toLowerCase();
    const token = owner === null ? "reachable" : "token valid";
    const server = access?.url == null ? "" : ` · server ${new URL(access.url).host}`;
    const summary = `${token}: ${username} · ${counted(count, "listen")}${server}`;
    if (isOwn || !scrobbles || !scrobbleTo.includes("listenbrainz")) return right(own, summary);
    const remedy = "Use the token and the name of one user: listenbrainz_token, listenbrainz_username";
    const text = `the token belongs to ${owner}, but the listens to ${username}`;
    return wrong(own, text, remedy, { exitCode: 4 });
  });
  if (finding.mark !== "wrong" || access?.url == null) return finding;
  const other = await service.otherServer(call).catch(() => null);
  if (other === null) return finding;
  return {
    ...finding,
    text: `${new URL(access.url).host} is a ${other} server, which lists no listens for other programs`,
    remedy: "Export your listens there, then run: rewind import FILE",
    exitCode: 2,
  };
}

/** No command needs MusicBrainz or covers, so a failure is only a warning. */
async function answeredIfUp(topic: Topic, check: () => Promise<Finding>): Promise<Finding> {
  const finding = await findingFrom(topic, check);
  return finding.mark === "wrong" ? { ...finding, mark: "doubtful" } : finding;
}

async function musicBrainz({ musicbrainz }: Services, call: CallOptions): Promise<Finding> {
  const topic: Topic = { check: "musicbrainz", label: musicbrainzService.name };
  return answeredIfUp(topic, async () => {
    await musicbrainz.groups([1], call);
    return right(topic, "reachable");
  });
}

/** Addresses of covers that don't exist. "Not found" proves that the host works. */
const noPicture: Readonly<Record<PictureSource, string>> = {
  archive: "release/00000000-0000-0000-0000-000000000000",
  discogs: "https://i.discogs.com/rewind-doctor",
};

async function pictureHost(host: PictureHost, source: PictureSource, call: CallOptions): Promise<Finding> {
  const topic: Topic = { check: "covers", label: "covers" };
  return answeredIfUp(topic, async () => {
    try {
      await host.picture(noPicture[source], call);
    } catch (error) {
      // Discogs answers 403 for a cover that does not exist.
      if (!(error instanceof TurnedAway) || source !== "discogs") throw error;
    }
    return right(topic, `${host.name} is reachable`);
  });
}

async function findingFrom(topic: Topic, check: () => Promise<Finding>): Promise<Finding> {
  try {
    return await check();
  } catch (error) {
    if (!isFailure(error)) throw error;
    const remedy = error instanceof Unreachable ? wayOut[error.obstacle] : remedyOf(error);
    return wrong(topic, error.message, remedy, { exitCode: codeOf(error.exitCode) });
  }
}

const wayOut: Readonly<Record<Unreachable["obstacle"], string>> = {
  name: "DNS: check the network and its name servers",
  certificate:
    "TLS: a proxy or virus scanner in between has certificates of its own (NODE_EXTRA_CA_CERTS=FILE), or the clock is wrong",
  proxy: "Check HTTPS_PROXY, HTTP_PROXY and NO_PROXY in the environment",
  connection: "Check the network and firewalls; behind a proxy, set HTTPS_PROXY",
};

function remedyOf(error: RewindError): string {
  if (!(error instanceof AccountError)) return "Try again later";
  return error.hint === "" ? "rewind login" : error.hint.replaceAll("\n", " ");
}

function codeOf(code: ExitCode): 1 | 2 | 3 | 4 {
  return code === 2 || code === 3 || code === 4 ? code : 1;
}

/** Names the service with the largest difference. */
function clockFindings(
  clocks: readonly { readonly name: string; readonly aheadSeconds: number }[],
): Finding[] {
  const [worst] = clocks.toSorted((a, b) => Math.abs(b.aheadSeconds) - Math.abs(a.aheadSeconds));
  if (worst === undefined) return [];
  const topic = { check: "clock", label: "clock" } as const;
  const seconds = Math.abs(worst.aheadSeconds);
  if (seconds <= toleratedSeconds) return [right(topic, `agrees with ${worst.name}`)];
  const text = `${duration(seconds)} ${worst.aheadSeconds > 0 ? "ahead of" : "behind"} that of ${worst.name}`;
  const remedy = "Set the clock: rewind computes the age of data with it";
  return [seconds > wrongSeconds ? wrong(topic, text, remedy) : doubtful(topic, text, remedy)];
}

function accountsFinding(
  { shownCachePath }: Context,
  database: Database,
  names: Readonly<Record<string, string>>,
): Finding | null {
  const owners = readAccounts(database);
  const others = [collectionServiceOf(owners), listeningServiceOf(owners), listenbrainzService].flatMap(
    (service) => {
      const [owner, name] = [owners[service.id], names[service.id]];
      if (owner === undefined || name === undefined || owner.toLowerCase() === name.toLowerCase()) return [];
      return [`${owner} on ${service.name}, not to ${name}`];
    },
  );
  if (others.length === 0) return null;
  return wrong(
    { check: "accounts", label: "accounts" },
    `the cache ${shownCachePath} belongs to ${others.join(" and ")}`,
    "Use another one: rewind sync --db PATH; or log in as before: rewind login",
    { exitCode: 4 },
  );
}

// Checks that rewind may still scrobble. The session key does not expire, but its user can revoke it.

const scrobblingCheck = { check: "scrobbling", label: "scrobbling" } as const;

interface Asked {
  readonly read: SettingsReader;
  readonly settings: ConnectionSettings;
  readonly listening: ListeningService;
  readonly call: CallOptions;
}

/** null: scrobbling is not set up. Throws the service's errors. */
function scrobblingFinding({ read, settings, listening, call }: Asked): (() => Promise<Finding>) | null {
  const { signing, username } = settings.listening;
  const wish = read("scrobble");
  const remedy = "rewind login --scrobble";
  if (signing === null || signing.session === "") {
    if (wish !== "always") return null;
    const text = "the setting scrobble is always, and rewind may not scrobble for you yet";
    return () => Promise.resolve(doubtful(scrobblingCheck, text, remedy));
  }
  const { scrobbling } = listening;
  if (wish === "never" || scrobbling === null) return null;
  return async () => {
    const owner = await scrobbling.owner(call);
    const isOwn = username === null || owner.toLowerCase() === username.toLowerCase();
    if (isOwn) return right(scrobblingCheck, `allowed, as ${owner}`);
    const text = `allowed as ${owner}, but the plays belong to ${username}`;
    return wrong(scrobblingCheck, text, remedy, { exitCode: 4 });
  };
}
