import * as z from 'zod'
import { Email, Person } from './auth.ts'
import { EmailDomain } from './email-domain.ts'
import { Empty, endpoint, IsoDate } from './endpoint.ts'
import { Name } from './name.ts'
import { UpdateParams } from './updates.ts'

export const ShareComments = z
  .enum(['off', 'guests', 'members'])
  .describe(
    'off: guests see no comments; members: guests read them, members of the workspace write; guests: guests write too, with their name',
  )
  .meta({ id: 'ShareComments' })
export type ShareComments = z.infer<typeof ShareComments>

const Password = z.string().min(6, 'must have at least 6 characters').max(128)
const EmailDomains = z
  .array(EmailDomain)
  .max(20)
  .overwrite((domains) => [...new Set(domains)])
  .describe('Only people who prove, by a code sent by mail, an address at one of these get in; none means anybody')
const ExpiresAt = IsoDate.refine((date) => date.getTime() > Date.now(), 'must be in the future')

export const ShareLinkDraft = z
  .object({
    password: Password.nullable().default(null),
    expiresAt: ExpiresAt.nullable().default(null),
    comments: ShareComments.default('guests'),
    allowDownload: z
      .boolean()
      .default(false)
      .describe('Offers the file for download. Without it nobody is kept from recording what they watch'),
    isIndexed: z.boolean().default(false).describe('Search engines may list it; of a link that asks for nothing'),
    emailDomains: EmailDomains.default([]),
  })
  .meta({ id: 'ShareLinkDraft' })
export type ShareLinkDraft = z.infer<typeof ShareLinkDraft>

export const ShareLink = z
  .object({
    id: z.uuid(),
    url: z.url(),
    embedUrl: z.url().describe('The player alone, for a frame; where it asks for something other sites cannot show it'),
    hasPassword: z.boolean(),
    expiresAt: IsoDate.nullable(),
    comments: ShareComments,
    allowDownload: z.boolean(),
    isIndexed: z.boolean(),
    emailDomains: z.array(z.string()).describe('Guests prove an address at one of these; none means anybody'),
    views: z.int().describe('Guests who watched at least 5 s, or 75 % of a shorter one; each of them once'),
    createdAt: IsoDate,
    createdBy: Person,
  })
  .meta({ id: 'ShareLink' })
export type ShareLink = z.infer<typeof ShareLink>

export const listShareLinks = endpoint({
  method: 'GET',
  url: '/api/updates/:updateId/share-links',
  schema: {
    summary: 'Share links of an update that were not revoked, newest first (its author, owner and admins)',
    tags: ['sharing'],
    params: UpdateParams,
    response: { 200: z.array(ShareLink) },
  },
})

export const createShareLink = endpoint({
  method: 'POST',
  url: '/api/updates/:updateId/share-links',
  schema: {
    summary: 'Create a link by which people without an account watch an update (its author)',
    tags: ['sharing'],
    params: UpdateParams,
    body: ShareLinkDraft,
    response: { 201: ShareLink },
  },
})

const LinkParams = z.object({ linkId: z.uuid() })

export const ShareLinkChange = z
  .object({
    password: Password.nullable().optional().describe('Another one, or none, lets guests in anew'),
    expiresAt: ExpiresAt.nullable().optional(),
    comments: ShareComments.optional(),
    allowDownload: z.boolean().optional(),
    isIndexed: z.boolean().optional(),
    emailDomains: EmailDomains.optional().describe('Guests whose address is at none of these any more are out at once'),
  })
  .meta({ id: 'ShareLinkChange' })
export type ShareLinkChange = z.infer<typeof ShareLinkChange>

export const changeShareLink = endpoint({
  method: 'PATCH',
  url: '/api/share-links/:linkId',
  schema: {
    summary: 'Change the rules of a share link (the author of the update)',
    tags: ['sharing'],
    params: LinkParams,
    body: ShareLinkChange,
    response: { 200: ShareLink },
  },
})

export const revokeShareLink = endpoint({
  method: 'DELETE',
  url: '/api/share-links/:linkId',
  schema: {
    summary: 'Revoke a share link: at once for pages, within minutes for what plays (the author of the update, owner and admins)',
    tags: ['sharing'],
    params: LinkParams,
    response: { 204: Empty },
  },
})

const TokenParams = z.object({ token: z.string().max(100) })

/** What a link lets whoever opened it do. */
export const SharedUpdate = z
  .object({
    updateId: z.uuid(),
    member: z.boolean().describe('Whoever asks sees the update as a member of its workspace, without this link'),
    guest: z
      .object({ id: z.uuid(), name: z.string().nullable().describe('Null until they said it') })
      .nullable()
      .describe('Who asks, once they opened it'),
    comments: ShareComments,
    allowDownload: z.boolean(),
  })
  .meta({ id: 'SharedUpdate' })
export type SharedUpdate = z.infer<typeof SharedUpdate>

export const ShareState = z
  .object({
    needs: z
      .enum(['password', 'address'])
      .nullable()
      .describe('What has to be given to open it: its password, then an address that is proved; null when it is open'),
    open: SharedUpdate.nullable(),
  })
  .meta({ id: 'ShareState' })
export type ShareState = z.infer<typeof ShareState>

export const readShare = endpoint({
  method: 'GET',
  url: '/api/share/:token',
  access: 'open',
  schema: {
    summary: 'Where a share link leads, or what it needs before it says so',
    description:
      'Whoever has it open reads, with its token in the header `meanwhile-share` (or `share` in the query of `/api/events`), what belongs to the update: ' +
      'itself, its video, captions, comments, reactions and view. A link that was revoked or has expired answers 410.',
    tags: ['sharing'],
    params: TokenParams,
    response: { 200: ShareState },
  },
})

export const openShare = endpoint({
  method: 'POST',
  url: '/api/share/:token/open',
  access: 'open',
  schema: {
    summary: 'Open a share link, with its password where it has one; a cookie remembers the guest',
    description: 'Where an address has to be proved besides, the answer says so: see `POST /api/share/{token}/codes`.',
    tags: ['sharing'],
    params: TokenParams,
    body: z.object({ password: z.string().max(128).optional() }),
    response: { 200: ShareState },
  },
})

export const askShareCode = endpoint({
  method: 'POST',
  url: '/api/share/:token/codes',
  access: 'open',
  schema: {
    summary: 'Have a code sent to an address, for a share link that is for people with certain addresses',
    description:
      'The answer is the same whether or not the address is one of those. A cookie ties the code to the browser that asked.',
    tags: ['sharing'],
    params: TokenParams,
    body: z.object({ email: Email }),
    response: { 204: Empty },
  },
})

export const proveAddress = endpoint({
  method: 'POST',
  url: '/api/share/:token/address',
  access: 'open',
  schema: {
    summary: 'Prove an address by the code that was sent to it, and open the share link',
    tags: ['sharing'],
    params: TokenParams,
    body: z.object({
      email: Email,
      code: z
        .string()
        .regex(/^\d{8}$/, 'has eight digits')
        .meta({ example: '20481632' }),
    }),
    response: { 200: ShareState },
  },
})

export const nameGuest = endpoint({
  method: 'PUT',
  url: '/api/share/:token/name',
  access: 'open',
  schema: {
    summary: 'Say the name under which a guest writes',
    tags: ['sharing'],
    params: TokenParams,
    body: z.object({ name: Name }),
    response: { 200: ShareState },
  },
})
