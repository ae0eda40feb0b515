import type { CandidateInvitation, InvitationState } from '@meanwhile/shared/contract/candidate-invitations'
import type { AnswerWay } from '@meanwhile/shared/contract/interviews'
import type { Position, PositionRole } from '@meanwhile/shared/contract/positions'
import type { Wire } from '../api.ts'
import { languageHere, localeHere } from '../messages/language-here.ts'
import { say } from './shared-words.ts'

export type ShownInvitation = Wire<typeof CandidateInvitation>

export const roleNames: Record<PositionRole, string> = {
  owner: say('role.owner'),
  reviewer: say('role.reviewer'),
  observer: say('role.observer'),
}

/** What a role may do, behind its name. */
export const roleHints: Record<PositionRole, string> = {
  owner: say('mayDo.owner'),
  reviewer: say('mayDo.reviewer'),
  observer: say('mayDo.observer'),
}

/** In the order in which a team thinks of them. */
export const stateNames: Record<InvitationState, string> = {
  submitted: say('state.submitted'),
  started: say('state.started'),
  invited: say('state.invited'),
  expired: say('state.expired'),
  withdrawn: say('state.withdrawn'),
  revoked: say('state.revoked'),
}

export const stateOrder = Object.keys(stateNames) as InvitationState[]

export const wayNames: Record<AnswerWay, string> = {
  video: say('way.video'),
  audio: say('way.audio'),
  text: say('way.text'),
  file: say('way.file'),
  screen: say('way.screen'),
}

export const ways = Object.keys(wayNames) as AnswerWay[]

/** The ways to answer, within a sentence. */
const waysWithin: Record<AnswerWay, string> = {
  video: say('within.video'),
  audio: say('within.audio'),
  text: say('within.text'),
  file: say('within.file'),
  screen: say('within.screen'),
}

/** "video or in writing". */
export const wayChoice = (offered: readonly AnswerWay[]): string =>
  new Intl.ListFormat(languageHere, { type: 'disjunction' }).format(offered.map((way) => waysWithin[way]))

/** How somebody answered, behind the question. */
export const answeredBy: Record<AnswerWay, string> = {
  video: say('answered.video'),
  audio: say('answered.audio'),
  text: say('answered.text'),
  file: say('answered.file'),
  screen: say('answered.screen'),
}

/** What the question at a place is called. */
export const questionName = (index: number): string => say('question', { number: index + 1 })

/** Where the candidates of a position are, such as "3 invited, 1 has begun, 2 with answers in". */
export function countWords({ invited, started, submitted, withdrawn }: Wire<typeof Position>['counts']): string[] {
  if (invited + started + submitted + withdrawn === 0) return [say('nobody')]
  return [
    ...(submitted > 0 ? [say('submitted', { count: submitted })] : []),
    ...(started > 0 ? [say('started', { count: started })] : []),
    ...(invited > 0 ? [say('invited', { count: invited })] : []),
    ...(withdrawn > 0 ? [say('withdrawn', { count: withdrawn })] : []),
  ]
}

/** What a team calls a candidate: nothing is left of the name of who deleted their data. */
export const candidateName = ({ name }: Pick<ShownInvitation, 'name'>): string => name || say('nameless')

export const progressWords = ({ answered, questions }: Pick<ShownInvitation, 'answered' | 'questions'>): string =>
  say('progress', { answered, questions })

/** Whether how far somebody is says anything: of those whose answers are kept from this viewer it would say 0. */
export const hasProgress = ({ state, answered }: Pick<ShownInvitation, 'state' | 'answered'>): boolean =>
  state === 'submitted' || answered > 0

/** Where the mail with somebody's link is; null where there is nothing to say. */
export function letterWords(letter: ShownInvitation['letter']): string | null {
  if (!letter) return null
  if (letter.state === 'sent') return say('letter.sent')
  const why = letter.failure
  if (letter.state === 'waiting') return why ? say('letter.waits', { why }) : say('letter.underway')
  return why ? say('letter.failed', { why }) : say('letter.refused')
}

/** Why a sheet has no answers, in full sentences; null where it has. */
export function sheetWords(state: InvitationState): string | null {
  const words: Record<InvitationState, string | null> = {
    submitted: null,
    started: say('sheet.started'),
    invited: say('sheet.invited'),
    expired: say('sheet.expired'),
    withdrawn: say('sheet.withdrawn'),
    revoked: say('sheet.revoked'),
  }
  return words[state]
}

/** When something is by the clock of the viewer: `Tue, 1 Dec, 18:00`, with its year where that is another. */
export function deadlineWords(at: string, now: Date, locale = localeHere, timeZone?: string): string {
  const moment = new Date(at)
  const year = moment.getFullYear() === now.getFullYear() ? {} : ({ year: 'numeric' } as const)
  const zone = timeZone ? { timeZone } : {}
  const parts = { weekday: 'short', day: 'numeric', month: 'short', hour: '2-digit', minute: '2-digit' } as const
  return new Intl.DateTimeFormat(locale, { ...parts, ...year, ...zone }).format(moment)
}

export const dayWords = (at: string | Date): string =>
  new Intl.DateTimeFormat(localeHere, { day: 'numeric', month: 'long', year: 'numeric' }).format(new Date(at))

/** When what candidates said is deleted, after a position was closed. */
export const deletedOn = (closedAt: string, afterDays: number): Date => new Date(Date.parse(closedAt) + afterDays * 86_400_000)

export const retakeWords = (retakes: number | null): string =>
  retakes === null ? say('again.any') : retakes === 0 ? say('again.never') : say('again.times', { count: retakes })

/** Links to hand on, a line each: the name, then the link. */
export const linkLines = (invitations: readonly Pick<ShownInvitation, 'name' | 'url'>[]): string =>
  invitations.flatMap(({ name, url }) => (url ? [`${name}\t${url}`] : [])).join('\n')
