import * as z from 'zod'

/** A domain in ASCII, as mail names it; what cannot be one stays as it is. */
export function asciiDomain(text: string): string {
  const address = `http://${text}`
  return /[\s/\\:@?#[\]%]/.test(text) || !URL.canParse(address) ? text : new URL(address).hostname
}

const domain = /^([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+(?!\d+$)[a-z0-9-]{2,63}$/

/** What stands behind the @ of addresses: in lower case, and in ASCII where it was written in other letters. */
export const EmailDomain = z
  .string()
  .trim()
  .toLowerCase()
  .max(253)
  .overwrite(asciiDomain)
  .refine((text) => domain.test(text), 'must be a domain such as example.org')
  .meta({ example: 'example.org' })
