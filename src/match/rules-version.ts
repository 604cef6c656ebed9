/** Raised when a rule changes: matches made by an older version are made again. */
export const rulesVersion: number = 7;
