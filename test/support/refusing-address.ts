// An address where nothing listens, and nothing else can begin to while a test runs.
import { connect, createServer, type AddressInfo } from "node:net";
import { onTestFinished } from "vitest";

/**
 * The near end of a connection of our own: its port is taken, and who calls there is refused. The port of a server
 * that was closed is free, and the next server on this machine may get it. Only inside a test.
 */
export async function openRefusingAddress(): Promise<string> {
  const server = createServer();
  await new Promise<void>((resolve) => {
    server.listen(0, "127.0.0.1", resolve);
  });
  const holder = connect((server.address() as AddressInfo).port, "127.0.0.1");
  await new Promise<void>((resolve, reject) => {
    holder.once("connect", resolve);
    holder.once("error", reject);
  });
  onTestFinished(() => {
    holder.destroy();
    server.close();
  });
  return `http://127.0.0.1:${(holder.address() as AddressInfo).port}/`;
}
