/** Words that stand in examples, and in secrets that nobody has chosen yet. */
const wellKnown =
  /change[-_ ]?(me|this|it)|secret|password|passw0rd|example|default|placeholder|insecure|replace|your[-_ ]|0123456789|abcdefghij/i

/** A text that is a shorter one again and again, the last time perhaps cut off. */
const isRepeated = (text: string) =>
  Array.from({ length: Math.floor(text.length / 2) }, (_, index) => index + 1).some((length) =>
    text.startsWith(text.slice(length)),
  )

/** What makes a secret one that others may guess; undefined for a good one. */
export function weaknessOf(secret: string): string | undefined {
  if (isRepeated(secret) || new Set(secret).size < 12) return 'repeats itself'
  return wellKnown.test(secret) ? 'holds a word that others try first' : undefined
}

type Variables = Record<string, string | undefined>
const howToMake = 'make one with: openssl rand -base64 32'

/**
 * What is wrong with an environment for a site that is in earnest, as `NODE_ENV=production` says: people's passwords and sessions would
 * go over the network for all to read, or could be forged.
 */
export function productionFaults(variables: Variables): { name: string; message: string }[] {
  if (variables.NODE_ENV !== 'production') return []
  const secrets = (['AUTH_SECRET', 'MEDIA_SECRET'] as const).flatMap((name) => {
    const weakness = weaknessOf(variables[name] ?? '')
    return variables[name] && weakness ? [{ name, message: `${weakness}: ${howToMake}` }] : []
  })
  const { PUBLIC_URL: url, ALLOW_HTTP } = variables
  if (ALLOW_HTTP === 'yes' || url?.startsWith('https:')) return secrets
  const message = `${url ? 'is not' : 'is not set, and has to be'} an https:// address in production; ALLOW_HTTP=yes if it shall be without encryption`
  return [...secrets, { name: 'PUBLIC_URL', message }]
}
