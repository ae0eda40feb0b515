import { BlockList, isIPv4 } from 'node:net'

/** IPv4 that is not for everybody (IANA special-purpose registry): this host, private, shared, loopback, link-local, test, multicast, reserved. */
const notPublic4 = new BlockList()
const blocks4: [string, number][] = [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.0.2.0', 24],
  ['192.88.99.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  ['224.0.0.0', 3],
]
for (const [address, bits] of blocks4) notPublic4.addSubnet(address, bits, 'ipv4')

/** IPv6 that is routed at all: so neither loopback, link-local, unique local, multicast, nor IPv4 in another form. */
const global6 = new BlockList()
global6.addSubnet('2000::', 3, 'ipv6')
/** Of that what carries IPv4 within (Teredo, 6to4), or is for protocols and examples. */
const notPublic6 = new BlockList()
for (const [address, bits] of [
  ['2001::', 23],
  ['2001:db8::', 32],
  ['2002::', 16],
  ['3fff::', 20],
] as const)
  notPublic6.addSubnet(address, bits, 'ipv6')

/** Whether an address is one of the public internet. */
export function isPublicAddress(address: string): boolean {
  if (isIPv4(address)) return !notPublic4.check(address, 'ipv4')
  return global6.check(address, 'ipv6') && !notPublic6.check(address, 'ipv6')
}
