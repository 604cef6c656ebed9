// The steps of a sync. The names that are stored and shown come from here.

/** The service that a step asks; null: none. */
export type AskedSide = "collection" | "listening" | "listens" | "musicbrainz" | "covers" | null;

/** The sides that `rewind sync --only` can choose. */
export const syncedSides = ["collection", "listening", "listens"] as const;
export type SyncedSide = (typeof syncedSides)[number];

interface StepRow {
  readonly name: string;
  readonly asks: AskedSide;
  /** True if it reads a whole listing, which is then published. Other steps ask for single things. */
  readonly isListing: boolean;
  /** The noun for one of its rows. */
  readonly noun: string;
  /** The thing that one request fetches. */
  readonly unit: string;
  /** True if the name of its service is enough on a screen. */
  readonly isNamedByService?: true;
  /** The word for it on a screen, if not its name. */
  readonly label?: string;
}

/** The steps in the order of reports. */
export const steps = [
  { name: "collection", asks: "collection", isListing: true, noun: "record", unit: "page" },
  { name: "wantlist", asks: "collection", isListing: true, noun: "want", unit: "page" },
  { name: "albums", asks: "listening", isListing: true, noun: "album", unit: "page" },
  { name: "history", asks: "listening", isListing: true, noun: "play", unit: "page" },
  { name: "listens", asks: "listens", isListing: true, noun: "play", unit: "page", isNamedByService: true },
  { name: "sending", asks: "listening", isListing: false, noun: "play", unit: "play", label: "sent" },
  {
    name: "submitting",
    asks: "listens",
    isListing: false,
    noun: "play",
    unit: "play",
    isNamedByService: true,
    label: "sent",
  },
  {
    name: "musicbrainz",
    asks: "musicbrainz",
    isListing: false,
    noun: "release",
    unit: "page",
    isNamedByService: true,
  },
  { name: "masters", asks: "collection", isListing: false, noun: "master", unit: "master" },
  { name: "match", asks: null, isListing: false, noun: "record", unit: "page", isNamedByService: true },
  { name: "tracklists", asks: "collection", isListing: false, noun: "tracklist", unit: "tracklist" },
  {
    name: "covers",
    asks: "covers",
    isListing: false,
    noun: "cover",
    unit: "picture",
    isNamedByService: true,
  },
] as const satisfies readonly StepRow[];

type AnyStep = (typeof steps)[number];
export type StepName = AnyStep["name"];
export type ListingName = Extract<AnyStep, { readonly isListing: true }>["name"];

export const listings: readonly ListingName[] = steps.flatMap(({ name }) => (isListing(name) ? [name] : []));

export function getStep(name: StepName): StepRow {
  const step = steps.find((row) => row.name === name);
  if (step === undefined) throw new Error(`no step ${name}`);
  return step;
}

/** The listings of a side. */
export function getListings(side: SyncedSide): ListingName[] {
  return listings.filter((name) => getStep(name).asks === side);
}

export function isSynced(side: AskedSide): side is SyncedSide {
  return syncedSides.some((synced) => synced === side);
}

export function isListing(name: StepName): name is ListingName {
  return getStep(name).isListing;
}
