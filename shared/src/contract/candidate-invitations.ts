import * as z from 'zod'
import { Empty, endpoint, IsoDate, plainText } from './endpoint.ts'
import { AnswerWay, InterviewContent, PositionParams } from './interviews.ts'
import { MailState } from './mails.ts'
import { PositionRole } from './positions.ts'
import { Update } from './updates.ts'
import { Video } from './videos.ts'

export const InvitationState = z
  .enum(['invited', 'started', 'submitted', 'expired', 'revoked', 'withdrawn'])
  .describe(
    'invited: nothing was begun; started: they consented; submitted: by them, or by the deadline with an answer; expired: the deadline came without one; revoked: by the team; withdrawn: the candidate deleted it',
  )
  .meta({ id: 'InvitationState' })
export type InvitationState = z.infer<typeof InvitationState>

const CandidateName = plainText(100).min(1)
const deadlineAt = IsoDate.nullable().describe('Answers begun until then count; null: as long as the position is open')
/** What the team grants; those who only review or observe are not told. */
const accommodation = {
  extraTimePercent: z.int().min(0).max(400).describe('How much longer each answer may be'),
  mayWrite: z.boolean().describe('Every question may be answered in writing'),
}

export const CandidateLanguage = z
  .enum(['en', 'de', 'es'])
  .describe('Of the letters to a candidate; their pages have the same ones')
  .meta({ id: 'CandidateLanguage' })
export type CandidateLanguage = z.infer<typeof CandidateLanguage>

export const Reopened = z
  .object({ questionId: z.string(), until: IsoDate.describe('Answers begun until then count') })
  .meta({ id: 'Reopened' })
export type Reopened = z.infer<typeof Reopened>

export const CandidateInvitation = z
  .object({
    id: z.uuid(),
    name: z.string().describe('Empty when it was withdrawn; a letter for reviewers and observers where the position hides names'),
    alias: z.string().nullable().describe('For owners: what the others call them while the position hides names'),
    email: z.string().nullable(),
    state: InvitationState,
    isByOpenLink: z.boolean().describe('They came by the open link of the position'),
    version: z.int().describe('Of the interview'),
    questions: z.int(),
    answered: z.int().describe('Questions with an answer; 0 for reviewers and observers until it is submitted'),
    createdAt: IsoDate,
    startedAt: IsoDate.nullable(),
    submittedAt: IsoDate.nullable(),
    deadlineAt,
    reopened: Reopened.nullable().describe('What they may answer again, until they have handed it in or its time is over'),
    url: z.url().nullable().describe('The link of the candidate, for owners while it works'),
    letter: z
      .object({ state: MailState, failure: z.string().nullable(), at: IsoDate })
      .nullable()
      .describe('The newest mail with their link, for owners; null where none was sent within a month'),
    accommodation: z.object(accommodation).nullable().describe('For owners alone'),
  })
  .meta({ id: 'CandidateInvitation' })
export type CandidateInvitation = z.infer<typeof CandidateInvitation>

const Deadline = IsoDate.nullable().optional()

export const InvitationDraft = z
  .object({
    name: CandidateName,
    email: z.email().max(254).nullable().optional(),
    deadlineAt: Deadline,
    extraTimePercent: accommodation.extraTimePercent.optional(),
    mayWrite: accommodation.mayWrite.optional(),
    language: CandidateLanguage.optional().describe('Of what is sent to them until they choose one; else English'),
  })
  .meta({ id: 'InvitationDraft', example: { name: 'Ana Ruiz', email: 'ana@example.org' } })
export type InvitationDraft = z.infer<typeof InvitationDraft>

const Invitations = z.object({ items: z.array(CandidateInvitation) }).meta({ id: 'CandidateInvitations' })

export const listInvitations = endpoint({
  method: 'GET',
  url: '/api/positions/:positionId/invitations',
  schema: {
    summary: 'The candidates of a position, newest first (its people)',
    tags: ['candidate-invitations'],
    params: PositionParams,
    response: { 200: Invitations },
  },
})

export const createInvitations = endpoint({
  method: 'POST',
  url: '/api/positions/:positionId/invitations',
  schema: {
    summary: 'Invite candidates, each by a link of their own (owners of the position)',
    description: 'All of them or none. The version of the interview stays as it is since then.',
    tags: ['candidate-invitations'],
    params: PositionParams,
    body: z.object({
      candidates: z.array(InvitationDraft).min(1).max(500),
      byMail: z
        .boolean()
        .default(false)
        .describe('Who has an address gets their link by mail, later a reminder, what changes, and a receipt'),
    }),
    response: { 201: Invitations },
  },
})

const InvitationParams = z.object({ candidateId: z.uuid() })

export const CandidateAnswer = z
  .object({
    questionId: z.string(),
    way: AnswerWay,
    update: Update,
    againAt: IsoDate.nullable().describe('When it took the place of an earlier answer'),
  })
  .meta({ id: 'CandidateAnswer' })
export type CandidateAnswer = z.infer<typeof CandidateAnswer>

export const CandidateSheet = z
  .object({
    positionId: z.uuid(),
    positionTitle: z.string(),
    role: PositionRole.describe('Of this viewer'),
    invitation: CandidateInvitation,
    content: InterviewContent,
    videos: z.array(Video),
    answers: z.array(CandidateAnswer).describe('Those that were handed in'),
  })
  .meta({ id: 'CandidateSheet' })
export type CandidateSheet = z.infer<typeof CandidateSheet>

export const readInvitation = endpoint({
  method: 'GET',
  url: '/api/candidate-invitations/:candidateId',
  schema: {
    summary: 'One candidate, with the answers that were handed in (people of the position)',
    tags: ['candidate-invitations'],
    params: InvitationParams,
    response: { 200: CandidateSheet },
  },
})

export const changeInvitation = endpoint({
  method: 'PATCH',
  url: '/api/candidate-invitations/:candidateId',
  schema: {
    summary: 'Another deadline, or what is granted to a candidate; revoke the link or open it again (owners of the position)',
    tags: ['candidate-invitations'],
    params: InvitationParams,
    body: z.object({
      deadlineAt: Deadline,
      extraTimePercent: accommodation.extraTimePercent.optional(),
      mayWrite: accommodation.mayWrite.optional(),
      isRevoked: z.boolean().optional(),
    }),
    response: { 200: CandidateInvitation },
  },
})

export const reopenAnswer = endpoint({
  method: 'PUT',
  url: '/api/candidate-invitations/:candidateId/answers/:questionId/reopened',
  schema: {
    summary: 'Let a candidate who has handed in answer one question again (owners of the position)',
    description:
      'Their link opens that question alone. The answer that is there stays until they hand in another, and is deleted then. Again it changes until when.',
    tags: ['candidate-invitations'],
    params: InvitationParams.extend({ questionId: z.string().max(40) }),
    body: z.object({ until: IsoDate }),
    response: { 200: CandidateInvitation },
  },
})

export const eraseInvitation = endpoint({
  method: 'DELETE',
  url: '/api/candidate-invitations/:candidateId',
  schema: {
    summary: 'Erase a candidate with all that they said, for good (owners of the position)',
    tags: ['candidate-invitations'],
    params: InvitationParams,
    response: { 204: Empty },
  },
})
