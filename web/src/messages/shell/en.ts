import type { Catalogue } from '../messages.ts'

/** What is around every page, and what a page says that could not be loaded. It is in the first bundle: each word of it is paid for by all. */
export const en = {
  skip: 'Skip to the page',
  main: 'Main',
  home: 'Meanwhile, what waits for you',
  record: 'Record',
  account: 'Account',
  loading: 'Loading the page',
  failed: 'This page could not be loaded',
  failedWhy: 'There may be a new version, or your connection is down.',
  reload: 'Load again',
  again: 'Try again',
  close: 'Close',
} as const satisfies Catalogue

export type ShellMessages = typeof en
