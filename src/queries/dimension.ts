// The qualities by which the shelf can be divided.

export const dimensions = [
  "genre",
  "style",
  "label",
  "folder",
  "form",
  "format",
  "artist",
  "added",
  "kind",
  "decade",
] as const;
export type Dimension = (typeof dimensions)[number];
