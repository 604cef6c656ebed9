// Runs beside the process and tells it the address of each module that an import resolves to.
let outbox;

export function initialize(data) {
  ({ outbox } = data);
}

export async function resolve(specifier, context, nextResolve) {
  const resolved = await nextResolve(specifier, context);
  // oxlint-disable-next-line require-post-message-target-origin -- a port, not a window
  outbox.postMessage(resolved.url);
  return resolved;
}
