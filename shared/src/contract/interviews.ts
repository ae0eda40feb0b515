import * as z from 'zod'
import { Empty, endpoint, IsoDate, plainText } from './endpoint.ts'
import { Video } from './videos.ts'

export const AnswerWay = z
  .enum(['video', 'audio', 'text', 'file', 'screen'])
  .describe('How a question may be answered: with the camera, by voice alone, in writing, by a file, with the screen')
  .meta({ id: 'AnswerWay' })
export type AnswerWay = z.infer<typeof AnswerWay>

/** Chosen by the client; answers and scores name it, so it stays when the text changes. */
const PartId = z.string().regex(/^[\w-]{1,40}$/)
const videoUpdateId = z
  .uuid()
  .nullable()
  .default(null)
  .describe('An update with a video that was recorded for a position; null for text alone')

export const RubricLine = z
  .object({ id: PartId, text: plainText(300).min(1).describe('What is looked for in the answer') })
  .meta({ id: 'RubricLine' })
export type RubricLine = z.infer<typeof RubricLine>

export const InterviewQuestion = z
  .object({
    id: PartId,
    text: plainText(2000).default(''),
    videoUpdateId,
    answerLimitMs: z
      .int()
      .min(15_000)
      .max(1_800_000)
      .default(300_000)
      .describe('Of an answer by video or voice; 10 s more are kept'),
    retakes: z
      .int()
      .min(0)
      .max(20)
      .nullable()
      .default(null)
      .describe('How often it may be answered again; null: as often as wished'),
    thinkTimeMs: z
      .int()
      .min(15_000)
      .max(3_600_000)
      .nullable()
      .default(null)
      .describe('Shown as a guide, never enforced: nothing starts by itself; null: none is said'),
    ways: z
      .array(AnswerWay)
      .min(1)
      .refine((ways) => new Set(ways).size === ways.length, 'must name each way once')
      .default(['video', 'audio']),
    rubric: z.array(RubricLine).max(8).default([]),
  })
  .refine(({ text, videoUpdateId }) => text !== '' || videoUpdateId !== null, {
    path: ['text'],
    error: 'must be there, or a video',
  })
  .meta({
    id: 'InterviewQuestion',
    example: { id: 'why', text: 'What did you build last, and why?', ways: ['video', 'audio', 'text'] },
  })
export type InterviewQuestion = z.infer<typeof InterviewQuestion>

/** Before the first question, or after the last one. */
const Words = z.object({ text: plainText(5000).default(''), videoUpdateId })
const noWords = { text: '', videoUpdateId: null }

const idsOf = (all: readonly { id: string }[]) => all.map(({ id }) => id)
const isOnce = (ids: readonly string[]) => new Set(ids).size === ids.length

export const InterviewContent = z
  .object({
    intro: Words.default(noWords),
    questions: z
      .array(InterviewQuestion)
      .max(10)
      .refine((all) => isOnce(idsOf(all)), 'must not have two with one id')
      .refine((all) => isOnce(all.flatMap(({ rubric }) => idsOf(rubric))), 'must not have two rubric lines with one id'),
    outro: Words.default(noWords),
  })
  .meta({ id: 'InterviewContent' })
export type InterviewContent = z.infer<typeof InterviewContent>

export const Interview = z
  .object({
    version: z.int().describe('From 1; what is changed after the first invitation becomes the next one'),
    revision: z.int().describe('Grows with each change, over all versions'),
    frozenAt: IsoDate.nullable().describe('When somebody was first invited to this version: since then it stays as it is'),
    content: InterviewContent,
    videos: z.array(Video).describe('Those that the content names, in no order'),
  })
  .meta({ id: 'Interview' })
export type Interview = z.infer<typeof Interview>

export const PositionParams = z.object({ positionId: z.uuid() })

export const readInterview = endpoint({
  method: 'GET',
  url: '/api/positions/:positionId/interview',
  schema: {
    summary: 'The newest version of the interview of a position (its people)',
    tags: ['interviews'],
    params: PositionParams,
    response: { 200: Interview },
  },
})

export const saveInterview = endpoint({
  method: 'PUT',
  url: '/api/positions/:positionId/interview',
  schema: {
    summary: 'Change the interview (owners of the position)',
    description:
      'Who was invited keeps the version that they were invited to. Another revision than the present one answers 409.',
    tags: ['interviews'],
    params: PositionParams,
    body: z.object({ revision: z.int().describe('The one that the change began with'), content: InterviewContent }),
    response: { 200: Interview },
  },
})

const TemplateName = plainText(120).min(1)

export const InterviewTemplate = z
  .object({ id: z.uuid(), name: z.string(), questions: z.int(), createdAt: IsoDate, canDelete: z.boolean() })
  .meta({ id: 'InterviewTemplate' })
export type InterviewTemplate = z.infer<typeof InterviewTemplate>

const Templates = z.object({ items: z.array(InterviewTemplate) }).meta({ id: 'InterviewTemplates' })

export const listTemplates = endpoint({
  method: 'GET',
  url: '/api/interview-templates',
  schema: { summary: 'Interviews that were kept to begin others with', tags: ['interviews'], response: { 200: Templates } },
})

export const createTemplate = endpoint({
  method: 'POST',
  url: '/api/interview-templates',
  schema: {
    summary: 'Keep the interview of a position as a template for the workspace (owners of the position)',
    tags: ['interviews'],
    body: z.object({ name: TemplateName, positionId: z.uuid() }),
    response: { 201: InterviewTemplate },
  },
})

export const deleteTemplate = endpoint({
  method: 'DELETE',
  url: '/api/interview-templates/:templateId',
  schema: {
    summary: 'Delete a template (who made it, the owner, admins)',
    tags: ['interviews'],
    params: z.object({ templateId: z.uuid() }),
    response: { 204: Empty },
  },
})
