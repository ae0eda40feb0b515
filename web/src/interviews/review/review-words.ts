import type { CandidateReview, Decision, Recommendation } from '@meanwhile/shared/contract/scorecards'
import type { Wire } from '../../api.ts'

export type ShownReview = Wire<typeof CandidateReview>
export type ShownScorecard = NonNullable<ShownReview['mine']>

/** Scorecards that were submitted and are not sealed for whoever looks, their own first. */
export const cardsIn = ({ mine, others }: Pick<ShownReview, 'mine' | 'others'>): ShownScorecard[] => [
  ...(mine?.submittedAt ? [mine] : []),
  ...(others ?? []),
]

export const recommendationNames: Record<Recommendation, string> = {
  'strong-yes': 'Strong yes',
  yes: 'Yes',
  no: 'No',
  'strong-no': 'Strong no',
}
export const decisionNames: Record<Decision, string> = { advance: 'Goes on', hold: 'On hold', decline: 'Declined' }

export const scores = [1, 2, 3, 4, 5] as const

const cards = (count: number): string => (count === 1 ? '1 scorecard is' : `${count} scorecards are`)

/** Why no scores of others show; null where they do. @param scoring whether this viewer may score */
export function sealWords({ mine, others, submitted }: ShownReview, scoring: boolean): string | null {
  if (others !== null) return null
  if (!scoring) return 'Observers read the scores once it is decided.'
  if (submitted === 0) return 'Nobody has submitted a scorecard yet. Yours stays sealed for those who have not submitted theirs.'
  const own = mine ? 'when you have submitted yours' : 'when you have written and submitted yours'
  return `${cards(submitted)} in. They are sealed, and show ${own}.`
}

/** What a reviewer gave to a line, or that they left it out. */
export const scoreWords = (card: ShownScorecard, lineId: string): string => {
  const found = card.scores.find((each) => each.lineId === lineId)
  return found?.score ? `${found.score} of 5` : 'not judged'
}
