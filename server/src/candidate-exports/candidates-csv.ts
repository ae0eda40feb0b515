import type { CandidateInvitation } from '@meanwhile/shared/contract/candidate-invitations'
import type { InterviewContent } from '@meanwhile/shared/contract/interviews'
import type { CandidateReview, Scorecard } from '@meanwhile/shared/contract/scorecards'
import { csvCell } from '../audit/csv.ts'

export type ExportedCandidate = {
  invitation: CandidateInvitation
  content: InterviewContent
  /** As the asker may see it: what is sealed for them is not in it. */
  review: CandidateReview
}

const line = (cells: string[]) => `${cells.map(csvCell).join(',')}\r\n`
const at = (date: Date | null | undefined) => date?.toISOString() ?? ''

/** Scorecards that count: those that were submitted and are not sealed for the asker. */
export const cardsIn = ({ mine, others }: CandidateReview): Scorecard[] => [
  ...(mine?.submittedAt ? [mine] : []),
  ...(others ?? []),
]

const once = <T extends { id: string }>(all: T[]): T[] => [...new Map(all.map((each) => [each.id, each])).values()]

const head = [
  ...['candidate', 'shown to reviewers as', 'mail', 'state', 'version', 'questions', 'answered'],
  ...['invited at', 'begun at', 'handed in at', 'deadline'],
  ...['decision', 'reason', 'decided by', 'decided at', 'scorecards submitted'],
]

function factsOf({ invitation, review: { decision, submitted } }: ExportedCandidate): string[] {
  const { name, alias, email, state, version, questions, answered } = invitation
  return [
    ...[name, alias ?? '', email ?? '', state, `${version}`, `${questions}`, `${answered}`],
    ...[invitation.createdAt, invitation.startedAt, invitation.submittedAt, invitation.deadlineAt].map(at),
    ...[decision?.decision ?? '', decision?.reason ?? '', decision?.by?.name ?? '', at(decision?.at), `${submitted}`],
  ]
}

/** One line a candidate, and for each reviewer a column a line of the rubric: nothing is summed up. */
export function candidatesCsv(candidates: readonly ExportedCandidate[]): string {
  const all = once(candidates.flatMap(({ review }) => cardsIn(review).map(({ reviewer }) => reviewer)))
  const reviewers = all.toSorted((a, b) => a.name.localeCompare(b.name))
  const lines = once(candidates.flatMap(({ content }) => content.questions.flatMap(({ rubric }) => rubric)))
  const columns = reviewers.flatMap(({ name }) => [
    ...lines.map(({ text }) => `${name}: ${text}`),
    `${name}: recommendation`,
    `${name}: note`,
  ])
  const scored = ({ review }: ExportedCandidate) =>
    reviewers.flatMap(({ id }) => {
      const card = cardsIn(review).find(({ reviewer }) => reviewer.id === id)
      const scores = lines.map((each) => card?.scores.find(({ lineId }) => lineId === each.id)?.score ?? '')
      return [...scores.map(String), card?.recommendation ?? '', card?.note ?? '']
    })
  return line([...head, ...columns]) + candidates.map((each) => line([...factsOf(each), ...scored(each)])).join('')
}
