// By which names a browser may call the server: a page elsewhere whose name was turned to our address (DNS rebinding) calls
// us by its own.
import { isIP } from "node:net";

/** Addresses can't be turned to another machine; names can, but those of this machine and those that were allowed. */
export function isAllowedHost(header: string | undefined, allowed: readonly string[]): boolean {
  const name = hostnameOf(header ?? "");
  if (name === null) return false;
  if (isIP(name) !== 0) return true;
  return (
    name === "localhost" || name.endsWith(".localhost") || allowed.some((each) => each.toLowerCase() === name)
  );
}

/** Without the port and the brackets of an IPv6 address; null where it is neither a name nor an address. */
function hostnameOf(header: string): string | null {
  const [, name] = /^(\[[0-9a-f:.]+\]|[a-z0-9._-]+)(?::\d{1,5})?$/i.exec(header) ?? [];
  return name === undefined ? null : name.replace(/^\[|\]$/g, "").toLowerCase();
}

export function isLoopback(host: string): boolean {
  const name = host.replace(/^\[|\]$/g, "").toLowerCase();
  return name === "localhost" || name === "::1" || (isIP(name) === 4 && name.startsWith("127."));
}
