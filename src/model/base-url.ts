import { isLoopbackHost } from "./decode.ts";
import { UsageError } from "./errors.ts";

/** Throws UsageError unless it is https or on this machine: credentials would be sent unencrypted. */
export function parseBaseUrl(name: string, text: string): URL {
  const url = URL.canParse(text.trim()) ? new URL(text.trim()) : null;
  if (!url || (url.protocol !== "https:" && url.protocol !== "http:")) {
    throw new UsageError(`${name} is not a web address`, `Use an address like https://api.example.org/`);
  }
  if (url.username !== "" || url.password !== "") {
    throw new UsageError(`${name} contains a user name or password`, "Remove them from the address.");
  }
  if (url.protocol !== "https:" && !isLoopback(url)) {
    throw new UsageError(
      `${name} must be https or on this machine: anything else would send your credentials unencrypted`,
      "Use an https:// address.",
    );
  }
  url.search = "";
  url.hash = "";
  if (!url.pathname.endsWith("/")) url.pathname += "/";
  return url;
}

export function isLoopback(url: URL): boolean {
  return isLoopbackHost(url.hostname);
}
