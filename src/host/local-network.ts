// The addresses of the local network.
import { BlockList, isIP } from "node:net";
import { networkInterfaces } from "node:os";

const localAddresses = new BlockList();
for (const [address, bits] of [
  ["10.0.0.0", 8],
  ["172.16.0.0", 12],
  ["192.168.0.0", 16],
  ["169.254.0.0", 16],
  ["127.0.0.0", 8],
] as const) {
  localAddresses.addSubnet(address, bits, "ipv4");
}
for (const [address, bits] of [
  ["fc00::", 7],
  ["fe80::", 10],
  ["::1", 128],
] as const) {
  localAddresses.addSubnet(address, bits, "ipv6");
}

/** Returns true for an address that no router passes on to the internet. */
export function isLocalAddress(address: string): boolean {
  const plain = address.replace(/^::ffff:(?=\d+\.)|%.*$/gi, "");
  const version = isIP(plain);
  return version !== 0 && localAddresses.check(plain, version === 4 ? "ipv4" : "ipv6");
}

/** Networks of virtual machines and tunnels, which no phone is in. */
const virtualNamePattern =
  /^(?:docker|br-|veth|virbr|vmnet|vboxnet|vEthernet|lxc|cni|tun|tap|utun|wg|zt|tailscale)/i;

type Interfaces = ReturnType<typeof networkInterfaces>;

/** The IPv4 addresses that another device can reach this machine by, those of real networks first. */
export function listLocalAddresses(interfaces: Interfaces = networkInterfaces()): string[] {
  const entries = Object.entries(interfaces).flatMap(([name, addresses = []]) =>
    addresses
      .filter(({ family, internal, address }) => family === "IPv4" && !internal && isLocalAddress(address))
      .map(({ address }) => ({ address, isVirtual: virtualNamePattern.test(name) })),
  );
  return entries
    .toSorted((one, other) => Number(one.isVirtual) - Number(other.isVirtual))
    .map(({ address }) => address);
}
