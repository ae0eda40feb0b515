import * as z from 'zod'
import { Person } from './auth.ts'
import { Empty, endpoint, IsoDate, plainText } from './endpoint.ts'
import { PositionParams } from './interviews.ts'

export const PositionRole = z
  .enum(['owner', 'reviewer', 'observer'])
  .describe('owner: changes everything, invites; reviewer: watches and scores; observer: watches')
  .meta({ id: 'PositionRole' })
export type PositionRole = z.infer<typeof PositionRole>

const Title = plainText(120).min(1)
const deleteAfterDays = z.int().min(1).max(365).describe('How long after it is closed what candidates said is kept, in days')
const promiseDays = z
  .int()
  .min(1)
  .max(90)
  .nullable()
  .describe('Within how many days after an answer candidates hear from the team; null: no promise')
const remindsCandidates = z
  .boolean()
  .describe('Candidates who get mail are reminded about 48 and about 12 hours before their deadline')

const hidesNames = z
  .boolean()
  .describe(
    'Reviewers, observers and hiring managers read a letter instead of a candidate’s name, and so does everybody beside a recording',
  )

export const Position = z
  .object({
    id: z.uuid(),
    title: z.string(),
    role: PositionRole.describe('Of this viewer'),
    deleteAfterDays,
    promiseDays,
    remindsCandidates,
    hidesNames,
    createdAt: IsoDate,
    closedAt: IsoDate.nullable().describe('Since then nobody is invited or answers'),
    people: z.array(z.object({ person: Person, role: PositionRole })),
    counts: z
      .object({ invited: z.int(), started: z.int(), submitted: z.int(), withdrawn: z.int() })
      .describe('Of candidates, each of them counted where they are now; who was revoked is nowhere'),
  })
  .meta({ id: 'Position' })
export type Position = z.infer<typeof Position>

export const listPositions = endpoint({
  method: 'GET',
  url: '/api/positions',
  schema: {
    summary: 'The positions that this viewer has a role in, open ones first, newest first',
    tags: ['positions'],
    response: { 200: z.object({ items: z.array(Position) }).meta({ id: 'Positions' }) },
  },
})

export const createPosition = endpoint({
  method: 'POST',
  url: '/api/positions',
  schema: {
    summary: 'Create a position; whoever does is its owner',
    tags: ['positions'],
    body: z
      .object({
        title: Title,
        templateId: z.uuid().optional().describe('Its interview begins with what a template has'),
        copyOf: z.uuid().optional().describe('Its interview, people and rules begin with those of another position of theirs'),
        deleteAfterDays: deleteAfterDays.optional(),
        promiseDays: promiseDays.optional(),
      })
      .refine(({ templateId, copyOf }) => !templateId || !copyOf, { path: ['copyOf'], error: 'must not be beside templateId' })
      .meta({ id: 'PositionDraft', example: { title: 'Backend engineer' } }),
    response: { 201: Position },
  },
})

export const readPosition = endpoint({
  method: 'GET',
  url: '/api/positions/:positionId',
  schema: { summary: 'One position (its people)', tags: ['positions'], params: PositionParams, response: { 200: Position } },
})

export const changePosition = endpoint({
  method: 'PATCH',
  url: '/api/positions/:positionId',
  schema: {
    summary: 'Change, close or open a position (its owners)',
    tags: ['positions'],
    params: PositionParams,
    body: z.object({
      title: Title.optional(),
      deleteAfterDays: deleteAfterDays.optional(),
      promiseDays: promiseDays.optional(),
      remindsCandidates: remindsCandidates.optional(),
      hidesNames: hidesNames.optional(),
      isClosed: z.boolean().optional(),
    }),
    response: { 200: Position },
  },
})

const PersonParams = PositionParams.extend({ userId: z.uuid() })

export const setPositionRole = endpoint({
  method: 'PUT',
  url: '/api/positions/:positionId/people/:userId',
  schema: {
    summary: 'Give a member of the workspace a role in a position (its owners)',
    tags: ['positions'],
    params: PersonParams,
    body: z.object({ role: PositionRole }),
    response: { 200: Position },
  },
})

export const leavePosition = endpoint({
  method: 'DELETE',
  url: '/api/positions/:positionId/people/:userId',
  schema: {
    summary: 'Take somebody out of a position (its owners), or oneself',
    tags: ['positions'],
    params: PersonParams,
    response: { 204: Empty },
  },
})
