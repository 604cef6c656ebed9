/** Raise this when a rule changes: matches of an older version are made again. */
export const rulesVersion: number = 23;
