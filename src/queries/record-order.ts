// In which order: each one total, so that all pages joined are the unpaged list.

export const recordSorts = ["plays", "added"] as const;
export type RecordSort = (typeof recordSorts)[number];

export interface RecordOrder {
  readonly sort: RecordSort;
}

const orders: Readonly<Record<RecordSort, string>> = {
  plays:
    "match.play_count DESC, match.last_played_uts DESC NULLS LAST, record.added_uts DESC NULLS LAST, record.id",
  added: "record.added_uts DESC NULLS LAST, record.id",
};

export function orderBy({ sort }: RecordOrder): string {
  return orders[sort];
}
