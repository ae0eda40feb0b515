import type { Notification, NotificationKind } from '@meanwhile/shared/contract/notifications'
import type { Wire } from '../api.ts'

const verbs: Record<NotificationKind, string> = {
  asked: 'asked you',
  mentioned: 'mentioned you',
  answered: 'answered',
  resolved: 'resolved what you wrote',
}

type Told = Pick<Wire<typeof Notification>, 'kind'> & { comment: { type: string } }

/** What somebody did that concerns the reader; their name stands before it. */
export const doneBy = ({ kind, comment }: Told): string =>
  kind === 'asked' && comment.type === 'action' ? 'gave you something to do' : verbs[kind]
