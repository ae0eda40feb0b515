import * as z from 'zod'
import { Person } from './auth.ts'
import { Empty, endpoint, IsoDate, plainText } from './endpoint.ts'
import { AnswerWay, PositionParams } from './interviews.ts'
import { Video, VideoSummary } from './videos.ts'

/** How long a link to a hiring manager works where nothing else is said, and at most, in days. */
export const managerLinkDays = 7
export const mostManagerLinkDays = 60

export const ManagerLink = z
  .object({
    id: z.uuid(),
    label: z.string().describe('Whom it is for'),
    url: z.url(),
    candidateIds: z.array(z.uuid()).nullable().describe('Those who were chosen; null: all who have handed in, also later'),
    createdAt: IsoDate,
    createdBy: Person.nullable(),
    expiresAt: IsoDate,
    lastOpenedAt: IsoDate.nullable(),
    works: z.boolean().describe('Its time is not over, and whoever made it still owns the position'),
  })
  .meta({ id: 'ManagerLink' })
export type ManagerLink = z.infer<typeof ManagerLink>

export const listManagerLinks = endpoint({
  method: 'GET',
  url: '/api/positions/:positionId/manager-links',
  schema: {
    summary: 'Links to hiring managers that were not revoked, newest first (owners of the position)',
    tags: ['manager-links'],
    params: PositionParams,
    response: { 200: z.object({ items: z.array(ManagerLink) }).meta({ id: 'ManagerLinks' }) },
  },
})

export const createManagerLink = endpoint({
  method: 'POST',
  url: '/api/positions/:positionId/manager-links',
  schema: {
    summary: 'Create a link by which somebody without an account watches what candidates handed in (owners of the position)',
    description: 'It shows answers alone: never scores, comments, notes, addresses or what was granted to a candidate.',
    tags: ['manager-links'],
    params: PositionParams,
    body: z
      .object({
        label: plainText(120).min(1),
        expiresInDays: z.int().min(1).max(mostManagerLinkDays).default(managerLinkDays),
        candidateIds: z.array(z.uuid()).min(1).max(500).nullable().default(null),
      })
      .meta({ id: 'ManagerLinkDraft', example: { label: 'Dana, head of platform' } }),
    response: { 201: ManagerLink },
  },
})

export const revokeManagerLink = endpoint({
  method: 'DELETE',
  url: '/api/manager-links/:managerLinkId',
  schema: {
    summary: 'Revoke a link to a hiring manager: at once for its page, within minutes for what plays (owners of the position)',
    tags: ['manager-links'],
    params: z.object({ managerLinkId: z.uuid() }),
    response: { 204: Empty },
  },
})

export const ManagerAnswer = z
  .object({
    questionId: z.string(),
    question: z.string().describe('As this candidate was asked; empty where a video asks'),
    questionVideo: VideoSummary.nullable(),
    way: AnswerWay.nullable().describe('Null: not answered'),
    text: z.string().describe('Of an answer in writing'),
    video: VideoSummary.nullable(),
  })
  .meta({ id: 'ManagerAnswer' })
export type ManagerAnswer = z.infer<typeof ManagerAnswer>

export const ManagerPage = z
  .object({
    workspace: z.string(),
    position: z.string(),
    label: z.string().describe('Whom the link is for'),
    expiresAt: IsoDate,
    candidates: z
      .array(
        z.object({
          id: z.uuid(),
          name: z.string().describe('A letter where the position hides names'),
          answers: z.array(ManagerAnswer).describe('One of each question, in order'),
        }),
      )
      .describe('Those who have handed in, in that order'),
  })
  .meta({ id: 'ManagerPage' })
export type ManagerPage = z.infer<typeof ManagerPage>

const TokenParams = z.object({ token: z.string().max(100) })

export const readManagerPage = endpoint({
  method: 'GET',
  url: '/api/manager-page/:token',
  access: 'open',
  schema: {
    summary: 'What a link to a hiring manager shows; nothing is noted',
    description: 'A link that was revoked or has expired answers 410.',
    tags: ['manager-links'],
    params: TokenParams,
    response: { 200: ManagerPage },
  },
})

export const openManagerPage = endpoint({
  method: 'POST',
  url: '/api/manager-page/:token/opened',
  access: 'open',
  schema: {
    summary: 'Say that somebody has opened the page of a link: its maker is told when that was',
    tags: ['manager-links'],
    params: TokenParams,
    response: { 204: Empty },
  },
})

export const readManagerVideo = endpoint({
  method: 'GET',
  url: '/api/manager-page/:token/videos/:videoId',
  access: 'open',
  schema: {
    summary: 'One of the videos that a link to a hiring manager shows, as it is played',
    tags: ['manager-links'],
    params: TokenParams.extend({ videoId: z.uuid() }),
    response: { 200: Video },
  },
})
