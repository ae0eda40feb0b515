import type { Notification, NotificationKind } from '@meanwhile/shared/contract/notifications'
import { timeCode } from '@meanwhile/shared/media/time-code'
import type { Wire } from '../api.ts'

const verbs: Record<Exclude<NotificationKind, 'recovered' | 'expiring' | 'check-in' | 'decided'>, string> = {
  asked: 'asked you',
  mentioned: 'mentioned you',
  answered: 'answered',
  resolved: 'resolved what you wrote',
  'access-asked': 'asks to see your update',
  'let-in': 'let you in',
  urgent: 'says that this cannot wait',
  decide: 'asks you to decide',
  pairing: 'is paired with you: one light question, a minute each',
  'pairing-shown': 'has answered, too: see what was said',
}

type Told = Pick<Wire<typeof Notification>, 'kind' | 'recoveredMs'> & {
  actor: { name: string; guest?: boolean | undefined }
  comment: { type: string } | null
}

/** What happened that concerns the reader, after the name of who did it; null for what nobody did. */
export function happened({ kind, actor, comment, recoveredMs }: Told): { who: string | null; what: string } {
  if (kind === 'expiring') return { who: null, what: 'Your update goes to the trash in a week. Open it to keep it' }
  if (kind === 'check-in') return { who: null, what: 'Your team waits for your answer' }
  if (kind === 'decided') return { who: null, what: 'A decision is closed. Open it to read what became of it' }
  if (kind !== 'recovered')
    return {
      who: actor.guest ? `${actor.name} (guest)` : actor.name,
      what: kind === 'asked' && comment?.type === 'action' ? 'gave you something to do' : verbs[kind],
    }
  const length = recoveredMs === null ? '' : `: ${timeCode(recoveredMs)}`
  return { who: null, what: `Your ${comment ? 'answer' : 'recording'} was finished with what had arrived${length}` }
}
