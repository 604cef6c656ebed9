// Server-sent events: one piece after the other, as fast as it is read, until there are no more.

/** Each as an event of the name; what comes faster than it is read has made room for what came after. */
export function eventStream(name: string, documents: AsyncGenerator<object>): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder();
  return new ReadableStream({
    async pull(controller) {
      const { value, done } = await documents.next();
      if (done === true) controller.close();
      else controller.enqueue(encoder.encode(`event: ${name}\ndata: ${JSON.stringify(value)}\n\n`));
    },
    async cancel() {
      await documents.return(undefined);
    },
  });
}
