export const gapSorts = ["plays", "recent", "tracks", "last-played", "artist", "title"] as const;
export type GapSort = (typeof gapSorts)[number];
