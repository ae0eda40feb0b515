import type { Catalogue } from '../messages.ts'

/** What somebody is asked who comes by a share link and writes. It is on the watch page, whose bundle is small: the rest is in `share`. */
export const en = {
  name: 'Your name',
  nameFirst: 'Say your name first.',
} as const satisfies Catalogue

export type GuestMessages = typeof en
