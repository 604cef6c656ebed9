// Times as settings have them: "30min", "6h", "2d".

const unitSeconds = { min: 60, h: 60 * 60, d: 24 * 60 * 60 } as const;

/** undefined: it is no such time. */
export function secondsOf(text: string): number | undefined {
  const [, count, unit] = /^(\d{1,4})(min|h|d)$/.exec(text) ?? [];
  return unit === undefined ? undefined : Number(count) * unitSeconds[unit as keyof typeof unitSeconds];
}
