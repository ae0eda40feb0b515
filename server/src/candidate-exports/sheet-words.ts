import type { InvitationState } from '@meanwhile/shared/contract/candidate-invitations'
import type { AnswerWay } from '@meanwhile/shared/contract/interviews'
import type { CandidateReview, Decision, Recommendation } from '@meanwhile/shared/contract/scorecards'

export const stateNames: Record<InvitationState, string> = {
  submitted: 'Answers are in',
  started: 'Has begun',
  invited: 'Has not begun',
  expired: 'Deadline passed',
  withdrawn: 'Withdrawn',
  revoked: 'Revoked',
}

export const answeredBy: Record<AnswerWay, string> = {
  video: 'Answered by video',
  audio: 'Answered by voice alone',
  text: 'Answered in writing',
  file: 'Answered by a file',
  screen: 'Answered with the screen',
}

export const recommendationNames: Record<Recommendation, string> = {
  'strong-yes': 'Strong yes',
  yes: 'Yes',
  no: 'No',
  'strong-no': 'Strong no',
}

export const decisionNames: Record<Decision, string> = { advance: 'Goes on', hold: 'On hold', decline: 'Declined' }

/** By the calendar of UTC, which a file that goes from hand to hand is read by. */
export const dayWords = (at: Date): string =>
  new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'long', year: 'numeric', timeZone: 'UTC' }).format(at)

/** Why no scores of others are in it; null where they are. */
export function sealWords({ others, submitted }: CandidateReview): string | null {
  if (others !== null) return null
  if (submitted === 0) return 'Nobody has submitted a scorecard yet.'
  return `Scorecards that are in: ${submitted}. Those of others are sealed until you have submitted yours.`
}
