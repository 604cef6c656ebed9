// A stretch of time whose scrobbles are still to be read, from its newest second down to its oldest.

export interface Segment {
  /** First second that belongs to it; null: from the beginning, undated scrobbles included. */
  readonly fromUts: number | null;
  /** Last second that belongs to it; null: whatever is newest. */
  readonly toUts: number | null;
  /** Scrobbles in it, as far as known. */
  readonly remaining: number | null;
}

/** A stretch shorter than this is not worth dividing. */
const shortestSeconds = 7200;

/**
 * Divides a segment in two of about the same number of scrobbles, taking them as evenly spread. Of the newest,
 * `underWay` are being read already and stay with the newer part. undefined where that isn't worth a request.
 */
export function divide(
  segment: Segment,
  {
    underWay,
    pageRows,
    firstUts,
    nowUts,
  }: {
    readonly underWay: number;
    readonly pageRows: number;
    /** Where the service's own time begins. */
    readonly firstUts: number;
    readonly nowUts: number;
  },
): { readonly newer: Segment; readonly older: Segment } | undefined {
  const { remaining } = segment;
  if (remaining === null || remaining - underWay <= pageRows * 4) return undefined;
  const topUts = segment.toUts ?? nowUts;
  const bottomUts = segment.fromUts ?? Math.min(firstUts, topUts - shortestSeconds);
  const openTopUts = topUts - (topUts - bottomUts) * (underWay / remaining);
  if (openTopUts - bottomUts < shortestSeconds) return undefined;
  const middleUts = Math.floor((bottomUts + openTopUts) / 2);
  const half = Math.round((remaining - underWay) / 2);
  return {
    newer: { fromUts: middleUts + 1, toUts: segment.toUts, remaining: remaining - half },
    older: { fromUts: segment.fromUts, toUts: middleUts, remaining: half },
  };
}
