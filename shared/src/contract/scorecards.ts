import * as z from 'zod'
import { Person } from './auth.ts'
import { endpoint, IsoDate, plainText } from './endpoint.ts'
import { AnswerWay, PositionParams } from './interviews.ts'

export const Recommendation = z.enum(['strong-yes', 'yes', 'no', 'strong-no']).meta({ id: 'Recommendation' })
export type Recommendation = z.infer<typeof Recommendation>

export const LineScore = z
  .object({
    lineId: z.string().max(40).describe('Of the rubric of a question'),
    score: z.int().min(1).max(5).nullable().describe('From 1 (not at all) to 5 (fully); null: not judged'),
    note: plainText(2000).default(''),
  })
  .meta({ id: 'LineScore' })
export type LineScore = z.infer<typeof LineScore>

const written = {
  scores: z
    .array(LineScore)
    .max(80)
    .refine((all) => new Set(all.map(({ lineId }) => lineId)).size === all.length, 'must not have two for one line'),
  note: plainText(5000).default(''),
  recommendation: Recommendation.nullable().default(null),
}

export const Scorecard = z
  .object({
    reviewer: Person,
    ...written,
    submittedAt: IsoDate.nullable().describe('Null while it is a draft, which nobody else sees'),
    changedAfterAt: IsoDate.nullable().describe('When it was last changed after others’ scores were shown to its reviewer'),
  })
  .meta({ id: 'Scorecard' })
export type Scorecard = z.infer<typeof Scorecard>

export const Decision = z.enum(['advance', 'hold', 'decline']).meta({ id: 'CandidateDecision' })
export type Decision = z.infer<typeof Decision>

export const CandidateReview = z
  .object({
    mine: Scorecard.nullable(),
    others: z
      .array(Scorecard)
      .nullable()
      .describe('Null while they are sealed: until this viewer has submitted theirs, for observers until the decision'),
    submitted: z.int().describe('How many scorecards were submitted'),
    decision: z
      .object({ decision: Decision, reason: z.string(), by: Person.nullable(), at: IsoDate })
      .nullable()
      .describe('By people, never computed'),
  })
  .meta({ id: 'CandidateReview' })
export type CandidateReview = z.infer<typeof CandidateReview>

const CandidateParams = z.object({ candidateId: z.uuid() })

export const readReview = endpoint({
  method: 'GET',
  url: '/api/candidate-invitations/:candidateId/review',
  schema: {
    summary: 'What was judged of a candidate, as far as it is not sealed for this viewer (people of the position)',
    tags: ['scorecards'],
    params: CandidateParams,
    response: { 200: CandidateReview },
  },
})

export const saveScorecard = endpoint({
  method: 'PUT',
  url: '/api/candidate-invitations/:candidateId/scorecard',
  schema: {
    summary: 'Keep the own scorecard as a draft, or submit it (owners and reviewers of the position)',
    description: 'What was submitted stays submitted; a change after others’ scores were shown says so.',
    tags: ['scorecards'],
    params: CandidateParams,
    body: z.object({ ...written, submit: z.boolean().default(false) }).meta({ id: 'ScorecardDraft' }),
    response: { 200: CandidateReview },
  },
})

export const decideCandidate = endpoint({
  method: 'PUT',
  url: '/api/candidate-invitations/:candidateId/decision',
  schema: {
    summary: 'Decide about a candidate, with a reason; again replaces it (owners of the position)',
    tags: ['scorecards'],
    params: CandidateParams,
    body: z.object({ decision: Decision, reason: plainText(2000).min(1) }),
    response: { 200: CandidateReview },
  },
})

export const PositionAnswer = z
  .object({
    candidateId: z.uuid(),
    questionId: z.string(),
    version: z.int().describe('Of the interview'),
    way: AnswerWay,
    updateId: z.uuid(),
  })
  .meta({ id: 'PositionAnswer' })
export type PositionAnswer = z.infer<typeof PositionAnswer>

export const listPositionAnswers = endpoint({
  method: 'GET',
  url: '/api/positions/:positionId/answers',
  schema: {
    summary: 'All answers that were handed in, by candidate in the order of handing in (people of the position)',
    description: 'Those to one question make a reel: `GET /api/reel?from=question&position=…&question=…`.',
    tags: ['scorecards'],
    params: PositionParams,
    response: { 200: z.object({ items: z.array(PositionAnswer) }).meta({ id: 'PositionAnswers' }) },
  },
})

export const compareCandidates = endpoint({
  method: 'GET',
  url: '/api/positions/:positionId/comparison',
  schema: {
    summary:
      'Candidates beside each other with the scores that this viewer may see, in the order of handing in; nothing is ranked',
    tags: ['scorecards'],
    params: PositionParams,
    response: {
      200: z
        .object({ items: z.array(z.object({ candidateId: z.uuid(), name: z.string(), review: CandidateReview })) })
        .meta({ id: 'CandidateComparison' }),
    },
  },
})
