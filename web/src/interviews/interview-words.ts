import type { CandidateInvitation, InvitationState } from '@meanwhile/shared/contract/candidate-invitations'
import type { AnswerWay } from '@meanwhile/shared/contract/interviews'
import type { Position, PositionRole } from '@meanwhile/shared/contract/positions'
import { spokenTime } from '@meanwhile/shared/media/time-code'
import type { Wire } from '../api.ts'

export type ShownInvitation = Wire<typeof CandidateInvitation>

export const roleNames: Record<PositionRole, string> = { owner: 'Owner', reviewer: 'Reviewer', observer: 'Observer' }

/** What a role may do, behind its name. */
export const roleHints: Record<PositionRole, string> = {
  owner: 'changes everything and invites',
  reviewer: 'watches, comments and scores',
  observer: 'watches',
}

/** In the order in which a team thinks of them. */
export const stateNames: Record<InvitationState, string> = {
  submitted: 'Answers are in',
  started: 'Has begun',
  invited: 'Has not begun',
  expired: 'Deadline passed',
  withdrawn: 'Withdrawn',
  revoked: 'Revoked',
}

export const stateOrder = Object.keys(stateNames) as InvitationState[]

export const wayNames: Record<AnswerWay, string> = {
  video: 'Video',
  audio: 'Voice alone',
  text: 'In writing',
  file: 'A file',
  screen: 'Screen',
}

export const ways = Object.keys(wayNames) as AnswerWay[]

/** How somebody answered, behind the question. */
export const answeredBy: Record<AnswerWay, string> = {
  video: 'Answered by video',
  audio: 'Answered by voice alone',
  text: 'Answered in writing',
  file: 'Answered by a file',
  screen: 'Answered with the screen',
}

const counted = (count: number, one: string, many = one) => (count === 1 ? `1 ${one}` : `${count} ${many}`)

/** Where the candidates of a position are, such as "3 invited, 1 has begun, 2 with answers in". */
export function countWords({ invited, started, submitted, withdrawn }: Wire<typeof Position>['counts']): string[] {
  if (invited + started + submitted + withdrawn === 0) return ['Nobody invited yet']
  return [
    ...(submitted > 0 ? [counted(submitted, 'with answers in')] : []),
    ...(started > 0 ? [counted(started, 'has begun', 'have begun')] : []),
    ...(invited > 0 ? [counted(invited, 'invited')] : []),
    ...(withdrawn > 0 ? [counted(withdrawn, 'withdrawn')] : []),
  ]
}

/** What a team calls a candidate: nothing is left of the name of who deleted their data. */
export const candidateName = ({ name }: Pick<ShownInvitation, 'name'>): string => name || 'A candidate who withdrew'

export const progressWords = ({ answered, questions }: Pick<ShownInvitation, 'answered' | 'questions'>): string =>
  `${answered} of ${questions} answered`

/** Whether how far somebody is says anything: of those whose answers are kept from this viewer it would say 0. */
export const hasProgress = ({ state, answered }: Pick<ShownInvitation, 'state' | 'answered'>): boolean =>
  state === 'submitted' || answered > 0

/** Where the mail with somebody's link is; null where there is nothing to say. */
export function letterWords(letter: ShownInvitation['letter']): string | null {
  if (!letter) return null
  if (letter.state === 'sent') return 'Link sent by mail'
  if (letter.state === 'waiting') return letter.failure ? `Mail waits: ${letter.failure}` : 'Mail with the link is on its way'
  return `Mail did not arrive: ${letter.failure ?? 'the address takes none'}`
}

/** Why a sheet has no answers, in full sentences; null where it has. */
export function sheetWords(state: InvitationState): string | null {
  const words: Record<InvitationState, string | null> = {
    submitted: null,
    started: 'Answers show here when the candidate hands them in.',
    invited: 'The candidate has not begun. Answers show here when they hand them in.',
    expired: 'The deadline passed without an answer. A later deadline opens the link again.',
    withdrawn: 'The candidate withdrew, and deleted what they had said. Nothing of it is kept.',
    revoked: 'The link was revoked: the candidate cannot answer any more.',
  }
  return words[state]
}

/** When something is by the clock of the viewer: `Tue, 1 Dec, 18:00`, with its year where that is another. */
export function deadlineWords(at: string, now: Date, locale?: string, timeZone?: string): string {
  const moment = new Date(at)
  const year = moment.getFullYear() === now.getFullYear() ? {} : ({ year: 'numeric' } as const)
  const zone = timeZone ? { timeZone } : {}
  const parts = { weekday: 'short', day: 'numeric', month: 'short', hour: '2-digit', minute: '2-digit' } as const
  return new Intl.DateTimeFormat(locale, { ...parts, ...year, ...zone }).format(moment)
}

export const dayWords = (at: string | Date, locale?: string): string =>
  new Intl.DateTimeFormat(locale, { day: 'numeric', month: 'long', year: 'numeric' }).format(new Date(at))

export const daysWords = (days: number): string => counted(days, 'day', 'days')

/** When what candidates said is deleted, after a position was closed. */
export const deletedOn = (closedAt: string, afterDays: number): Date => new Date(Date.parse(closedAt) + afterDays * 86_400_000)

export const limitWords = (ms: number): string => spokenTime(ms)

export const retakeWords = (retakes: number | null): string =>
  retakes === null ? 'As often as they wish' : retakes === 0 ? 'Not at all' : counted(retakes, 'more time', 'more times')

/** Links to hand on, a line each: the name, then the link. */
export const linkLines = (invitations: readonly Pick<ShownInvitation, 'name' | 'url'>[]): string =>
  invitations.flatMap(({ name, url }) => (url ? [`${name}\t${url}`] : [])).join('\n')
