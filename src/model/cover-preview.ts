/** A decoded picture: red, green, blue and alpha of each pixel, row by row. */
export interface Pixels {
  readonly width: number;
  readonly height: number;
  readonly rgba: Uint8Array;
}

/** The cached part of a cover. */
export interface CoverPreview {
  /** Base64. */
  readonly thumbhash: string;
  /** #rrggbb of the largest cluster. */
  readonly dominantColour: string;
  /** #rrggbb of the largest other cluster that is clearly different. */
  readonly accentColour: string;
}
