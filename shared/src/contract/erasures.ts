import * as z from 'zod'
import { Empty, endpoint, IsoDate } from './endpoint.ts'

export const Erasure = z
  .object({
    id: z.uuid(),
    total: z.int().describe('Updates and comments of that person'),
    done: z.int().describe('How many of them are deleted'),
    createdAt: IsoDate,
    finishedAt: IsoDate.nullable().describe('Null while it goes on; then nothing names the person any more'),
  })
  .meta({ id: 'Erasure' })
export type Erasure = z.infer<typeof Erasure>

/** Typed by hand, so that nobody does it by mistake. */
const confirmation = z.literal('delete', { error: 'must be the word delete' })

export const eraseMe = endpoint({
  method: 'POST',
  url: '/api/me/erasure',
  schema: {
    summary: 'Delete the own account: updates with their media for good, what was written becomes empty, every other trace goes',
    description:
      'Every session ends at once. Who owns a workspace with others in it makes one of them the owner first; one with nobody else goes too.',
    tags: ['people'],
    body: z.object({
      password: z.string().max(128).default('').describe('Empty where the account has none: then the session has just begun'),
      confirmation,
    }),
    response: { 204: Empty },
  },
})

export const eraseMember = endpoint({
  method: 'POST',
  url: '/api/members/:userId/erasure',
  access: 'session',
  schema: {
    summary: 'Delete the account of a member who asks for it, as they would themselves (owner and admins)',
    tags: ['people'],
    params: z.object({ userId: z.uuid() }),
    body: z.object({ password: z.string().max(128).default('').describe('That of the admin'), confirmation }),
    response: { 201: Erasure },
  },
})

export const listErasures = endpoint({
  method: 'GET',
  url: '/api/erasures',
  access: 'admin',
  schema: {
    summary: 'Accounts that admins of this workspace deleted, and how far that is; never whose (owner and admins)',
    tags: ['people'],
    response: { 200: z.array(Erasure) },
  },
})
