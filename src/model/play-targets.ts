// The services that logged plays can be sent to, by their ids.
import type { StepName } from "./sync-steps.ts";

interface TargetFacts {
  readonly name: string;
  /** The side of a sync that the service belongs to. */
  readonly side: "listening" | "listens";
  /** The listing that shows which plays the service has. */
  readonly listing: "history" | "listens";
  /** The step of a sync that sends plays. */
  readonly step: StepName;
  /** True if it takes a play before it stores and lists it. */
  readonly isQueueing: boolean;
  /** The service refuses shorter tracks. */
  readonly minSeconds: number;
  /** The settings without which rewind can't send to it. */
  readonly needs: readonly string[];
}

export const targetFacts = {
  lastfm: {
    name: "Last.fm",
    side: "listening",
    listing: "history",
    step: "sending",
    isQueueing: false,
    minSeconds: 31,
    needs: ["lastfm_api_key", "lastfm_username", "lastfm_shared_secret", "lastfm_session_key"],
  },
  listenbrainz: {
    name: "ListenBrainz",
    side: "listens",
    listing: "listens",
    step: "submitting",
    isQueueing: true,
    minSeconds: 0,
    needs: ["listenbrainz_token"],
  },
} as const satisfies Readonly<Record<string, TargetFacts>>;

export type PlayTarget = keyof typeof targetFacts;
export const playTargets = Object.keys(targetFacts) as readonly PlayTarget[];

type OtherTarget = Exclude<PlayTarget, "lastfm">;
export const otherTargets = playTargets.filter((target) => target !== "lastfm");

/** The fields of a JSON document for each service but Last.fm, whose fields have no prefix: `listenbrainz_state`. */
export function otherTargetFields<Value>(getValue: (target: OtherTarget, part: "state" | "reason") => Value) {
  const parts = ["state", "reason"] as const;
  return Object.fromEntries(
    otherTargets.flatMap((target) => parts.map((part) => [`${target}_${part}`, getValue(target, part)])),
  ) as Readonly<Record<`${OtherTarget}_${(typeof parts)[number]}`, Value>>;
}
