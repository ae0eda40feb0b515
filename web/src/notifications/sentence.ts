import type { Notification, NotificationKind } from '@meanwhile/shared/contract/notifications'
import { timeCode } from '@meanwhile/shared/media/time-code'
import type { Wire } from '../api.ts'
import { say } from './words.ts'

const verbs: Record<Exclude<NotificationKind, 'recovered' | 'expiring' | 'check-in' | 'decided'>, string> = {
  asked: say('asked'),
  mentioned: say('mentioned'),
  answered: say('answered'),
  resolved: say('resolved'),
  'access-asked': say('access-asked'),
  'let-in': say('let-in'),
  urgent: say('urgent'),
  decide: say('decide'),
  pairing: say('pairing'),
  'pairing-shown': say('pairing-shown'),
}

type Told = Pick<Wire<typeof Notification>, 'kind' | 'recoveredMs'> & {
  actor: { name: string; guest?: boolean | undefined }
  comment: { type: string } | null
}

/** What happened that concerns the reader, after the name of who did it; null for what nobody did. */
export function happened({ kind, actor, comment, recoveredMs }: Told): { who: string | null; what: string } {
  if (kind === 'expiring') return { who: null, what: say('expiring') }
  if (kind === 'check-in') return { who: null, what: say('check-in') }
  if (kind === 'decided') return { who: null, what: say('decided') }
  if (kind !== 'recovered')
    return {
      who: actor.guest ? say('guest', { name: actor.name }) : actor.name,
      what: kind === 'asked' && comment?.type === 'action' ? say('action') : verbs[kind],
    }
  if (recoveredMs === null) return { who: null, what: comment ? say('answer') : say('recording') }
  const length = timeCode(recoveredMs)
  return { who: null, what: comment ? say('answerOf', { length }) : say('recordingOf', { length }) }
}
