// Which rows an address is of: by the path alone, whatever it is asked.
import type { Route } from "./route.ts";

interface Address {
  readonly methods: readonly string[];
  /** Without a key. */
  readonly isOpen: boolean;
}

/** The methods that an address takes, none where there is nothing at it. */
export function addressesOf(routes: readonly Route[]): (path: string) => Address {
  const rows = routes.map((route) => ({ route, pattern: patternOf(route) }));
  return (path) => {
    const found = rows.filter(({ pattern }) => pattern.test(path)).map(({ route }) => route);
    return { methods: methodsOf(found), isOpen: found.some(({ access }) => access === "open") };
  };
}

function patternOf({ path }: Route): RegExp {
  return new RegExp(`^${path.replaceAll(".", "\\.").replaceAll(/\{\w+\}/g, "[^/]+")}$`);
}

function methodsOf(found: readonly Route[]): string[] {
  if (found.length === 0) return [];
  const methods = found.map(({ method }) => method);
  const reading = methods.includes("get") ? ["GET", "HEAD"] : [];
  const writing = methods.filter((method) => method !== "get").map((method) => method.toUpperCase());
  return [...reading, ...writing, "OPTIONS"];
}
