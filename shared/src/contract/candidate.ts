import * as z from 'zod'
import { CandidateLanguage, InvitationState, Reopened } from './candidate-invitations.ts'
import { Empty, endpoint, IsoDate, plainText } from './endpoint.ts'
import { AnswerWay, InterviewContent, PositionParams } from './interviews.ts'
import { MediaUrl } from './media-url.ts'
import { Video } from './videos.ts'

/** Grows whenever the text changes that candidates consent to; which one they saw is kept with their consent. */
export const consentVersion = '2026-11-28'

/** What a candidate sees of one of their own takes. */
export const CandidateTake = z
  .object({
    updateId: z.uuid(),
    questionId: z.string(),
    way: AnswerWay,
    createdAt: IsoDate,
    text: z.string().describe('Of an answer in writing'),
    video: Video.nullable(),
    isChosen: z.boolean().describe('The one that the team gets; the others are deleted when it is handed in'),
    isHandedIn: z.boolean().describe('The team has what was chosen of its question: it stays until another one is handed in'),
  })
  .meta({ id: 'CandidateTake' })
export type CandidateTake = z.infer<typeof CandidateTake>

export const CandidatePage = z
  .object({
    candidateId: z.uuid().describe('In whose name recordings are made and sent'),
    workspaceId: z.uuid(),
    workspace: z.string(),
    position: z.string(),
    name: z.string(),
    state: InvitationState,
    deadlineAt: IsoDate.nullable(),
    isClosed: z.boolean().describe('The position takes no answers any more'),
    now: IsoDate.describe('By the clock of the server: that of a device may be wrong'),
    seenBy: z.array(z.string()).describe('Names of the people who may watch it by now'),
    deleteAfterDays: z.int(),
    promiseDays: z.int().nullable(),
    estimateMs: z.int().describe('How long it takes about: to read, think and answer, without retakes'),
    questionCount: z.int(),
    consentVersion: z.string().describe('Of the text that is consented to now'),
    consentedAt: IsoDate.nullable(),
    submittedAt: IsoDate.nullable(),
    reopened: Reopened.nullable().describe('The one question that may be answered again after handing in'),
    content: InterviewContent.nullable().describe(
      'Without the rubric, and with what is granted already in it; null before consent',
    ),
    videos: z.array(Video),
    takes: z.array(CandidateTake),
  })
  .meta({ id: 'CandidatePage' })
export type CandidatePage = z.infer<typeof CandidatePage>

export const previewCandidatePage = endpoint({
  method: 'GET',
  url: '/api/positions/:positionId/preview',
  schema: {
    summary: 'What the next candidate would be shown who has consented (people of the position); nobody is invited by it',
    tags: ['interviews'],
    params: PositionParams,
    response: { 200: CandidatePage },
  },
})

const candidate = <const T extends string>(summary: string) => ({
  summary: `${summary} (by the header meanwhile-invitation)` as T,
  tags: ['candidate'],
})

export const readCandidatePage = endpoint({
  method: 'GET',
  url: '/api/candidate',
  access: 'open',
  schema: { ...candidate('What a candidate sees; nothing is noted'), response: { 200: CandidatePage } },
})

export const giveConsent = endpoint({
  method: 'POST',
  url: '/api/candidate/consent',
  access: 'open',
  schema: {
    ...candidate('Consent to the text of that version; comes before anything else'),
    body: z.object({
      version: z.string().max(40),
      language: CandidateLanguage.optional().describe('That they read it in: letters to them are in it'),
      timeZone: z.string().max(64).optional().describe('Where they are, so that letters say deadlines by their clock'),
    }),
    response: { 200: CandidatePage },
  },
})

export const chooseLanguage = endpoint({
  method: 'PUT',
  url: '/api/candidate/language',
  access: 'open',
  schema: {
    ...candidate('Choose the language of letters to this candidate; before consent nothing is kept'),
    body: z.object({ language: CandidateLanguage }),
    response: { 204: Empty },
  },
})

export const writeAnswer = endpoint({
  method: 'PUT',
  url: '/api/candidate/answers/:questionId/text',
  access: 'open',
  schema: {
    ...candidate('Answer a question in writing, or change that'),
    params: z.object({ questionId: z.string().max(40) }),
    body: z.object({ text: plainText(20_000).min(1) }),
    response: { 200: CandidatePage },
  },
})

export const chooseTake = endpoint({
  method: 'PUT',
  url: '/api/candidate/takes/:takeId/chosen',
  access: 'open',
  schema: {
    ...candidate('Choose the take of its question that the team gets'),
    params: z.object({ takeId: z.uuid() }),
    response: { 200: CandidatePage },
  },
})

export const submitAnswers = endpoint({
  method: 'POST',
  url: '/api/candidate/submit',
  access: 'open',
  schema: {
    ...candidate('Hand in what was chosen; the other takes are deleted. Again it changes nothing'),
    response: { 200: CandidatePage },
  },
})

export const linkEverything = endpoint({
  method: 'POST',
  url: '/api/candidate/everything',
  access: 'open',
  schema: {
    ...candidate('A link, for some minutes, to all that is stored of this candidate as one ZIP'),
    response: { 200: z.object({ url: MediaUrl }) },
  },
})

export const withdrawCandidate = endpoint({
  method: 'DELETE',
  url: '/api/candidate',
  access: 'open',
  schema: {
    ...candidate('Delete all that is kept of this candidate, also after it was handed in, for good'),
    response: { 204: Empty },
  },
})
