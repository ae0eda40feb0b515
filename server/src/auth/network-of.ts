import { isIPv6 } from 'node:net'

/** Of an IPv6 address written in any way its eight groups. */
function groupsOf(address: string): string[] {
  const [head = '', tail] = address.split('%')[0]!.split('::')
  const before = head.split(':').filter(Boolean)
  const after = (tail ?? '').split(':').filter(Boolean)
  const zeros = tail === undefined ? 0 : 8 - before.length - after.length
  return [...before, ...Array<string>(Math.max(0, zeros)).fill('0'), ...after].map((group) => group.replace(/^0+(?=.)/, ''))
}

/** Whom limits count as one: an IPv4 address, or the /64 that one customer has of IPv6 (RFC 6177), in which they may choose any address. */
export function networkOf(address: string): string {
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)?.[1]
  if (mapped) return mapped
  return isIPv6(address) ? `${groupsOf(address.toLowerCase()).slice(0, 4).join(':')}::/64` : address
}
