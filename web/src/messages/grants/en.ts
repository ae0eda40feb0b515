import type { Catalogue } from '../messages.ts'

/** Asking to see an update, and letting in who asks. */
export const en = {
  asked: 'If there is something here, its author reads that you asked. You are told when they let you in.',
  ask: 'Ask for access',
  letIn: 'Let in',
  letInOne: 'Let in {name}',
  notNow: 'Not now',
  notNowOne: 'Not now, {name}',
  title: 'People who asked',
  asks: 'asks to see it',
  letInBy: 'let in by {person}',
  remove: 'Remove',
  removeOne: 'Remove {name}',
} as const satisfies Catalogue

export type GrantsMessages = typeof en
