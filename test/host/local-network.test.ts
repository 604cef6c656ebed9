import type { NetworkInterfaceInfo } from "node:os";
import { expect, test } from "vitest";
import { isLocalAddress, listLocalAddresses } from "../../src/host/local-network.ts";

test.each([
  ["10.0.0.1", true],
  ["172.16.0.1", true],
  ["172.32.0.1", false],
  ["192.168.1.5", true],
  ["::ffff:192.168.1.5", true],
  ["::ffff:8.8.8.8", false],
  ["169.254.3.4", true],
  ["127.0.0.1", true],
  ["fe80::1%eth0", true],
  ["fd12:3456::1", true],
  ["2001:db8::1", false],
  ["0.0.0.0", false],
  ["100.64.0.1", false],
  ["203.0.113.9", false],
  ["localhost", false],
  ["", false],
])("takes %j for an address of the local network: %s", (address, isLocal) => {
  expect(isLocalAddress(address)).toBe(isLocal);
});

const buildAddress = (address: string, parts: Partial<NetworkInterfaceInfo> = {}): NetworkInterfaceInfo =>
  ({ address, family: "IPv4", internal: false, ...parts }) as NetworkInterfaceInfo;

test("lists addresses that a phone can reach, those of virtual networks last", () => {
  expect(
    listLocalAddresses({
      lo: [buildAddress("127.0.0.1", { internal: true })],
      docker0: [buildAddress("172.17.0.1")],
      wlan0: [buildAddress("fe80::2", { family: "IPv6" }), buildAddress("192.168.1.5")],
      ppp0: [buildAddress("203.0.113.9")],
    }),
  ).toEqual(["192.168.1.5", "172.17.0.1"]);
  expect(listLocalAddresses({})).toEqual([]);
});
