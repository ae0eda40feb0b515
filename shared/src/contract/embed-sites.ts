import * as z from 'zod'
import { asciiDomain } from './email-domain.ts'

const parts = /^(https?:\/\/)?(\*\.)?([^:/*]+)(:\d{1,5})?\/?$/
const label = '[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?'
const site = new RegExp(`^(https?://)?(\\*\\.)?${label}(\\.${label})*(:\\d{1,5})?$`)

/** A site as policies of browsers name it; what cannot be one stays as it is. */
function asSource(text: string): string {
  const [, scheme = '', star = '', host, port = ''] = parts.exec(text) ?? []
  return host === undefined ? text : scheme + star + asciiDomain(host) + port
}

const EmbedSite = z
  .string()
  .trim()
  .toLowerCase()
  .max(260)
  .overwrite(asSource)
  .refine((text) => site.test(text), 'must be a site such as wiki.example.org, *.example.org or https://example.org:8443')
  .meta({ example: '*.example.org' })

/** Hosts or origins, `*.` for all below one. */
export const EmbedSites = z
  .array(EmbedSite)
  .max(50)
  .overwrite((sites) => [...new Set(sites)])
