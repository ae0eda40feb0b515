import type { Catalogue } from '../messages.ts'

/** What the parts say that every page is made of. */
export const en = {
  justNow: 'just now',
  copy: 'Copy',
  copied: 'Copied',
} as const satisfies Catalogue

export type UiMessages = typeof en
