import type { Catalogue } from '../messages.ts'

/** What concerns somebody, after the name of who did it, and what nobody did. */
export const en = {
  asked: 'asked you',
  mentioned: 'mentioned you',
  answered: 'answered',
  resolved: 'resolved what you wrote',
  'access-asked': 'asks to see your update',
  'let-in': 'let you in',
  urgent: 'says that this cannot wait',
  decide: 'asks you to decide',
  action: 'gave you something to do',
  pairing: 'is paired with you: one light question, a minute each',
  'pairing-shown': 'has answered, too: see what was said',
  expiring: 'Your update goes to the trash in a week. Open it to keep it',
  'check-in': 'Your team waits for your answer',
  decided: 'A decision is closed. Open it to read what became of it',
  answerOf: 'Your answer was finished with what had arrived: {length}',
  answer: 'Your answer was finished with what had arrived',
  recordingOf: 'Your recording was finished with what had arrived: {length}',
  recording: 'Your recording was finished with what had arrived',
  guest: '{name} (guest)',
  pairingTitle: 'Pairing',
  unread: 'Not read:',
  why: 'Why: {reason}',
  notUrgent: 'Was not urgent',
  noted: 'Noted. The team sees how often, and not by whom.',
  markRead: 'Mark as read',
} as const satisfies Catalogue

export type NotificationsMessages = typeof en
