/** Of `a; b=c`, each part; what stands in brackets is for people (RFC 8601, section 2.2). */
const partsOf = (value: string): string[] =>
  value
    .slice(0, 10_000)
    .replace(/\([^()]*\)/g, ' ')
    .split(';')
    .map((part) => part.trim().toLowerCase())

/**
 * Whether the server that takes our mail in has found that it is from whom it says: by DMARC, or by a signature of the very domain. Only what
 * that server itself says counts, which stands above all that came with the message.
 * @param results the Authentication-Results headers, topmost first
 */
export function isProved(results: readonly string[], authservId: string, from: string): boolean {
  const domain = from.toLowerCase().split('@')[1]
  const ours = results.map(partsOf).find(([id = '']) => id.split(/\s/)[0] === authservId.toLowerCase())
  if (!ours || !domain) return false
  return ours.slice(1).some((part) => {
    const words = part.split(/\s+/)
    if (words[0] === 'dmarc=pass') return true
    return words[0] === 'dkim=pass' && words.includes(`header.d=${domain}`)
  })
}
