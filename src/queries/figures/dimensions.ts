// The dimensions of `stats --by`, in the order of the help. A new one is a row here.

export interface Dimension {
  readonly heading: string;
  /** The name of the part of records without a value. */
  readonly none: string;
  /** SQL that returns (record id, value) without duplicates, numbers as text. It may call local_year(). */
  readonly members: string;
  /** A record can be in several parts. */
  readonly isManyValued?: true;
  /** "value": by value, as for times. A list: in the order of the list. Absent: the largest part first. */
  readonly order?: "value" | readonly string[];
  /** Another name for it, which says what it means. */
  readonly alsoCalled?: string;
  /** The overview of rewind stats shows it already. */
  readonly isInOverview?: true;
}

const ofRelease = (value: string): string =>
  `SELECT record.id, ${value} FROM record JOIN release ON release.id = record.release_id`;

const ofList = (column: string): string =>
  `SELECT DISTINCT record.id, nullif(item.value, '') FROM record
   JOIN release ON release.id = record.release_id LEFT JOIN json_each(release.${column}) AS item`;

const ofChildren = (table: string): string =>
  `SELECT DISTINCT record.id, nullif(child.name, '') FROM record
   LEFT JOIN ${table} AS child ON child.release_id = record.release_id`;

const table = {
  genre: { heading: "Genre", none: "no genre", members: ofList("genres"), isManyValued: true },
  style: { heading: "Style", none: "no style", members: ofList("styles"), isManyValued: true },
  label: { heading: "Label", none: "no label", members: ofChildren("release_label"), isManyValued: true },
  folder: {
    heading: "Folder",
    none: "no folder",
    members: "SELECT record.id, folder.name FROM record LEFT JOIN folder ON folder.id = record.folder_id",
  },
  form: { heading: "Form", none: "no form", members: ofRelease("release.form") },
  format: { heading: "Format", none: "no format", members: ofChildren("release_format"), isManyValued: true },
  added: {
    heading: "Added in",
    none: "no date",
    members: "SELECT record.id, local_year(record.added_uts) FROM record",
    order: "value",
  },
  artist: { heading: "Artist", none: "no artist", members: ofChildren("release_artist"), isManyValued: true },
  kind: {
    heading: "Kind",
    none: "no kind",
    members: ofRelease("release.kind"),
    order: ["album", "single", "compilation", "ep", "box", "other"],
    isInOverview: true,
  },
  decade: {
    heading: "By pressing",
    none: "no year",
    members: ofRelease("(release.year / 10 * 10) || 's'"),
    order: "value",
    alsoCalled: "pressing-decade",
    isInOverview: true,
  },
  "original-decade": {
    heading: "First out",
    none: "no original year",
    members: ofRelease("(release.original_year / 10 * 10) || 's'"),
    order: "value",
  },
} as const satisfies Readonly<Record<string, Dimension>>;

export type DimensionName = keyof typeof table;

export const dimensions: Readonly<Record<DimensionName, Dimension>> = table;
export const dimensionNames = Object.keys(table) as DimensionName[];

/** Each dimension, by each of its names. */
export const dimensionByName: ReadonlyMap<string, DimensionName> = new Map(
  dimensionNames.flatMap((name) => {
    const { alsoCalled } = dimensions[name];
    return [[name, name] as const, ...(alsoCalled === undefined ? [] : [[alsoCalled, name] as const])];
  }),
);

export const otherDimensionNames = [...dimensionByName.keys()].filter(
  (name) => !Object.hasOwn(dimensions, name),
);
