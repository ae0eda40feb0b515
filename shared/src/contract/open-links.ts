import * as z from 'zod'
import { CandidateLanguage } from './candidate-invitations.ts'
import { Empty, endpoint, IsoDate, plainText } from './endpoint.ts'
import { PositionParams } from './interviews.ts'

const maxCandidates = z.int().min(1).max(500).describe('So many candidates may come by it')
const closesAt = IsoDate.nullable().describe('Nobody comes by it after that; null: as long as the position is open')

export const OpenLink = z
  .object({
    url: z.url().describe('For an advert: whoever has it becomes a candidate with a link of their own'),
    maxCandidates,
    closesAt,
    candidates: z.int().describe('Who came by it'),
    createdAt: IsoDate,
  })
  .meta({ id: 'OpenLink' })
export type OpenLink = z.infer<typeof OpenLink>

const Answer = z.object({ link: OpenLink.nullable().describe('Null: there is none') }).meta({ id: 'OpenLinkAnswer' })

export const readOpenLink = endpoint({
  method: 'GET',
  url: '/api/positions/:positionId/open-link',
  schema: {
    summary: 'The open link of a position (its owners)',
    tags: ['open-links'],
    params: PositionParams,
    response: { 200: Answer },
  },
})

export const saveOpenLink = endpoint({
  method: 'PUT',
  url: '/api/positions/:positionId/open-link',
  schema: {
    summary: 'Make the open link of a position, or change its rules (its owners)',
    tags: ['open-links'],
    params: PositionParams,
    body: z.object({
      maxCandidates: maxCandidates.default(50),
      closesAt: closesAt.default(null),
      renew: z.boolean().default(false).describe('It gets another address; the one before does not work any more'),
    }),
    response: { 200: Answer },
  },
})

export const revokeOpenLink = endpoint({
  method: 'DELETE',
  url: '/api/positions/:positionId/open-link',
  schema: {
    summary: 'Revoke the open link; who came by it goes on by their own (owners of the position)',
    tags: ['open-links'],
    params: PositionParams,
    response: { 204: Empty },
  },
})

const TokenParams = z.object({ token: z.string().max(100) })

export const OpenPage = z
  .object({
    workspace: z.string(),
    position: z.string(),
    state: z.enum(['open', 'full', 'over']).describe('full: as many came as may; over: it takes nobody any more'),
    questionCount: z.int(),
    estimateMs: z.int().describe('How long it takes about: to read, think and answer, without retakes'),
    seenBy: z.array(z.string()).describe('Names of the people who may watch it by now'),
    deleteAfterDays: z.int(),
    promiseDays: z.int().nullable(),
    closesAt: IsoDate.nullable(),
    sendsMail: z.boolean().describe('The link of their own is sent to them, and shown to nobody'),
  })
  .meta({ id: 'OpenPage' })
export type OpenPage = z.infer<typeof OpenPage>

export const readOpenPage = endpoint({
  method: 'GET',
  url: '/api/open-links/:token',
  access: 'open',
  schema: {
    summary: 'What somebody sees who opens an open link; nothing is noted',
    tags: ['open-links'],
    params: TokenParams,
    response: { 200: OpenPage },
  },
})

export const comeByOpenLink = endpoint({
  method: 'POST',
  url: '/api/open-links/:token/candidates',
  access: 'open',
  schema: {
    summary: 'Become a candidate of the position, once for a mail address',
    tags: ['open-links'],
    params: TokenParams,
    body: z
      .object({
        name: plainText(100).min(1),
        email: z.email().max(254),
        language: CandidateLanguage.optional(),
        website: z.string().max(500).default('').describe('For programs that fill in everything: people leave it empty'),
      })
      .meta({ id: 'OpenLinkVisitor', example: { name: 'Ana Ruiz', email: 'ana@example.org' } }),
    response: {
      201: z
        .object({
          url: z
            .url()
            .nullable()
            .describe('Null where this site sends mail: their own link was sent to that address. Else the link, once an address'),
        })
        .meta({ id: 'OpenLinkWelcome' }),
    },
  },
})
