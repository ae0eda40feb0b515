import type { CandidateReview, Decision, Recommendation } from '@meanwhile/shared/contract/scorecards'
import type { Wire } from '../../api.ts'
import { say } from '../sheet-words.ts'

export type ShownReview = Wire<typeof CandidateReview>
export type ShownScorecard = NonNullable<ShownReview['mine']>

/** Scorecards that were submitted and are not sealed for whoever looks, their own first. */
export const cardsIn = ({ mine, others }: Pick<ShownReview, 'mine' | 'others'>): ShownScorecard[] => [
  ...(mine?.submittedAt ? [mine] : []),
  ...(others ?? []),
]

export const recommendationNames: Record<Recommendation, string> = {
  'strong-yes': say('recommend.strongYes'),
  yes: say('recommend.yes'),
  no: say('recommend.no'),
  'strong-no': say('recommend.strongNo'),
}
export const decisionNames: Record<Decision, string> = {
  advance: say('decide.advance'),
  hold: say('decide.hold'),
  decline: say('decide.decline'),
}

export const scores = [1, 2, 3, 4, 5] as const

/** Why no scores of others show; null where they do. @param scoring whether this viewer may score */
export function sealWords({ mine, others, submitted }: ShownReview, scoring: boolean): string | null {
  if (others !== null) return null
  if (!scoring) return say('seal.observer')
  if (submitted === 0) return say('seal.nobody')
  return mine ? say('seal.submit', { count: submitted }) : say('seal.write', { count: submitted })
}

/** What a reviewer gave to a line, or that they left it out. */
export const scoreWords = (card: ShownScorecard, lineId: string): string => {
  const found = card.scores.find((each) => each.lineId === lineId)
  return found?.score ? say('score.given', { score: found.score }) : say('score.none')
}
