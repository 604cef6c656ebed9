// Where a host of pictures may send us on to. It may be wrong about that: a redirect could lead into somebody's own network.

/** An answer that says where the picture lies instead. */
export function isRedirect(status: number): boolean {
  return [301, 302, 303, 307, 308].includes(status);
}

/** The address to go on with; null for one that we don't follow. */
export function followed(location: string | undefined, from: URL, baseUrl: URL): URL | null {
  if (location === undefined || !URL.canParse(location, from.href)) return null;
  const to = new URL(location, from);
  if (to.username !== "" || to.password !== "") return null;
  if (to.host === baseUrl.host && to.protocol === baseUrl.protocol) return to;
  // The archive keeps its pictures there, and writes such addresses in the old way, too.
  const isArchive = /^(?:[a-z\d-]+\.)*archive\.org$/.test(to.hostname) && to.port === "";
  if (!isArchive || !/^https?:$/.test(to.protocol)) return null;
  to.protocol = "https:";
  return to;
}
