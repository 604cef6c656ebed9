// Checks that each service is reachable and accepts our credentials, whose data it returns, and whether the clocks
// agree.

import type { Context } from "../../context.ts";
import { AccountError, isFailure, type RewindError, UsageError } from "../../model/errors.ts";
import { formatDuration, formatLongDay } from "../../output/format-dates.ts";
import {
  readConnectionSettings,
  type ConnectionSettings,
  excludeStoppedServices,
} from "../../settings/connection.ts";
import type { SettingsReader } from "../../settings/settings-file.ts";
import { RejectedCredential, Unreachable } from "../../sources/transport/service-errors.ts";
import type { Services } from "../../sources/services/service-clients.ts";
import { listenbrainzService, listeningServices, musicbrainzService } from "../../sources/all-services.ts";
import { querySources } from "../../queries/shelf/sources.ts";
import { readAccounts, readStoppedUts } from "../../store/file/cache-facts.ts";
import type { Database } from "../../store/file/database.ts";
import {
  checkCollection,
  checkListening,
  checkListens,
  listOtherOwners,
} from "../shared/access/account-checks.ts";
import { warn, pass, fail, type Finding, type CheckTopic } from "./finding.ts";
import type { CallOptions } from "../../sources/services/remote-service.ts";
import type { ListeningService, ListenService } from "../../sources/services/listening-service.ts";

/** Few, because a person is waiting. */
const maxAttempts = 2;
/** Shorter differences may come from slow answers. */
const maxClockDifferenceSeconds = 300;

type Clocks = { readonly name: string; readonly aheadSeconds: number }[];

interface CheckContext {
  readonly read: SettingsReader;
  readonly settings: ConnectionSettings;
  readonly services: Services;
  readonly call: CallOptions;
  /** The accounts that answered, by service. */
  readonly names: Record<string, string>;
}

export async function checkServices(
  context: Context,
  read: SettingsReader,
  database: Database | null,
): Promise<Finding[]> {
  const connected = readConnectionSettings(read, context.settingsPath);
  const settings = excludeStoppedServices(
    connected,
    (service) => database !== null && readStoppedUts(database, service) !== null,
  );
  const clocks: Clocks = [];
  const services = await context.connectWith(settings, {
    onRequest: ({ service, serverMs }) => {
      if (serverMs === null) return;
      clocks.push({ name: service.name, aheadSeconds: (context.clock.now() - serverMs) / 1000 });
    },
  });
  try {
    const startMs = context.clock.now();
    const call = { signal: context.getInterruptSignal(), attempts: maxAttempts };
    const checking: CheckContext = { read, settings, services, call, names: {} };
    const pending = startChecks(checking).map(async (finding) => {
      const answer = await finding;
      return { ...answer, ms: Math.round(context.clock.now() - startMs) };
    });
    const findings = await Promise.all(pending);
    return [
      ...checkClocks(clocks),
      ...findings,
      ...(database === null ? [] : checkStoppedServices(database)),
      ...(database === null ? [] : checkOwners(context, database, checking.names)),
    ];
  } finally {
    await services.close();
  }
}

/** A stopped service is not asked, and no failure. */
function checkStoppedServices(database: Database): Finding[] {
  return [...listeningServices, listenbrainzService].flatMap(({ id, name }): Finding[] => {
    if (readStoppedUts(database, id) === null) return [];
    const check = id === listenbrainzService.id ? "listenbrainz" : "listening";
    const lastUts = querySources(database).sources.find((source) => source.name === id)?.lastUts ?? null;
    const until = lastUts === null ? "" : `, plays until ${formatLongDay(lastUts)}`;
    return [pass({ check, label: name }, `stopped${until}`)];
  });
}

/** Asks all services at once. */
function startChecks(checking: CheckContext): Promise<Finding>[] {
  const { settings, services, call } = checking;
  return [
    checkCollectionService(checking),
    ...(services.listening === null ? [] : [checkListeningService(services.listening, checking)]),
    ...(services.listens === null ? [] : [checkListenBrainz(services.listens, checking)]),
    ...checkScrobbling(checking),
    ...(settings.choices.musicbrainz === true ? [checkMusicBrainz(services, call)] : []),
  ];
}

function checkCollectionService({
  services: { collection },
  settings,
  call,
  names,
}: CheckContext): Promise<Finding> {
  const topic: CheckTopic = { check: "collection", label: collection.name };
  return runCheck(topic, async () => {
    const account = await checkCollection(collection, settings.collection.username, call);
    names[collection.id] = account.username;
    return pass(topic, `token valid: ${account.text}`);
  });
}

function checkListeningService(
  listening: ListeningService,
  { settings, call, names }: CheckContext,
): Promise<Finding> {
  const topic: CheckTopic = { check: "listening", label: listening.name };
  return runCheck(topic, async () => {
    const account = await checkListening(listening, settings.listening?.username ?? "", call);
    names[listening.id] = account.username;
    const text = `key valid: ${account.text}`;
    return account.hiddenNote === null ? pass(topic, text) : warn(topic, text, account.hiddenNote);
  });
}

/** Reads the count of listens, and with a token its owner, to whom plays are sent. */
async function checkListenBrainz(
  service: ListenService,
  { settings: { listens: access, urls, choices }, call, names }: CheckContext,
): Promise<Finding> {
  const topic: CheckTopic = { check: "listenbrainz", label: service.name };
  const url = urls[service.id] ?? null;
  const host = url === null ? "" : new URL(url).host;
  return runCheck(topic, async () => {
    const { owner, username, text: account } = await checkListens(service, access?.username ?? null, call);
    names[service.id] = username;
    const isOwn = owner === null || owner.toLowerCase() === username.toLowerCase();
    if (isOwn || !choices.scrobbles || !choices.scrobbleTo.includes("listenbrainz")) {
      const token = owner === null ? "reachable" : "token valid";
      const server = host === "" ? "" : ` · server ${host}`;
      return pass(topic, `${token}: ${account}${server}`);
    }
    const remedy = "Give the token of the same user: rewind login --scrobble";
    const text = `the token belongs to ${owner}, but the plays belong to ${username}`;
    return fail(topic, text, remedy, { exitCode: 4 });
  });
}

const scrobblingTopic = { check: "scrobbling", label: "scrobbling" } as const;

/** A session key does not expire, but its user can revoke it. Returns nothing if scrobbling is not set up. */
function checkScrobbling({ read, settings, services, call }: CheckContext): Promise<Finding>[] {
  if (settings.listening === null || services.listening === null) return [];
  const { signing, username } = settings.listening;
  const { scrobbler } = services.listening;
  const wish = read("scrobble");
  const remedy = "rewind login --scrobble";
  if (signing === null || signing.session === "") {
    if (wish !== "always") return [];
    const text = "the setting scrobble is always, and rewind may not scrobble for you yet";
    return [Promise.resolve(warn(scrobblingTopic, text, remedy))];
  }
  if (wish === "never" || scrobbler === null) return [];
  const finding = runCheck(scrobblingTopic, async () => {
    const owner = await scrobbler.fetchOwner(call);
    const isOwn = username === null || owner.toLowerCase() === username.toLowerCase();
    if (isOwn) return pass(scrobblingTopic, `allowed, as ${owner}`);
    const text = `allowed as ${owner}, but the plays belong to ${username}`;
    return fail(scrobblingTopic, text, remedy, { exitCode: 4 });
  });
  return [finding];
}

/** No command needs MusicBrainz, so a failure is only a warning. */
async function checkMusicBrainz({ musicbrainz }: Services, call: CallOptions): Promise<Finding> {
  const topic: CheckTopic = { check: "musicbrainz", label: musicbrainzService.name };
  const finding = await runCheck(topic, async () => {
    await musicbrainz.fetchGroups([1], call);
    return pass(topic, "reachable");
  });
  return finding.mark === "fail" ? { ...finding, mark: "warn" } : finding;
}

async function runCheck(topic: CheckTopic, check: () => Promise<Finding>): Promise<Finding> {
  try {
    return await check();
  } catch (error) {
    if (!isFailure(error)) throw error;
    const words = error instanceof RejectedCredential ? error.serviceMessage : null;
    const text = words === null ? error.message : `${error.message} (its words: ${words.slice(0, 200)})`;
    return fail(topic, text, getRemedy(error), { exitCode: error.exitCode });
  }
}

const faultRemedies: Readonly<Record<Unreachable["obstacle"], string>> = {
  name: "DNS: check the network and its name servers",
  certificate:
    "TLS: a proxy or virus scanner in between has certificates of its own (NODE_EXTRA_CA_CERTS=FILE), or the clock is wrong",
  proxy: "Check HTTPS_PROXY, HTTP_PROXY and NO_PROXY in the environment",
  connection: "Check the network and firewalls; behind a proxy, set HTTPS_PROXY",
};

function getRemedy(error: RewindError): string {
  if (error instanceof Unreachable) return faultRemedies[error.obstacle];
  if (!(error instanceof AccountError || error instanceof UsageError)) return "Try again later";
  return error.hint === "" ? "rewind login" : error.hint.replaceAll("\n", " ");
}

/** Names the service with the largest difference. */
function checkClocks(clocks: Readonly<Clocks>): Finding[] {
  const [worst] = clocks.toSorted((a, b) => Math.abs(b.aheadSeconds) - Math.abs(a.aheadSeconds));
  if (worst === undefined) return [];
  const topic = { check: "clock", label: "clock" } as const;
  const seconds = Math.abs(worst.aheadSeconds);
  if (seconds <= maxClockDifferenceSeconds) return [pass(topic, `agrees with ${worst.name}`)];
  const text = `${formatDuration(seconds)} ${worst.aheadSeconds > 0 ? "ahead of" : "behind"} that of ${worst.name}`;
  const remedy = "Set the clock: rewind computes the age of data with it";
  return [fail(topic, text, remedy)];
}

function checkOwners(
  { shownCachePath }: Context,
  database: Database,
  names: Readonly<Record<string, string>>,
): Finding[] {
  const others = listOtherOwners(readAccounts(database), names);
  if (others.length === 0) return [];
  const text = `the cache ${shownCachePath} belongs to ${others.join(" and ")}`;
  const remedy = "Use another one: rewind sync --db PATH; or log in as before: rewind login";
  return [fail({ check: "accounts", label: "accounts" }, text, remedy, { exitCode: 4 })];
}
