import type { Component } from 'svelte'
import type { OtherPage } from './pages.ts'

export { speakHere } from './messages/speak-here.ts'

/** What is seldom shown in front of a page, or instead of one. */
export const loadSessionProblem = () => import('./SessionProblem.svelte')
export const loadLeaveDialog = () => import('./LeaveDialog.svelte')

/** The pages that nobody is led to from outside, by their names in `pages.ts`. */
export const otherPages: Record<OtherPage, () => Promise<{ default: Component<never> }>> = {
  home: () => import('./home/HomePage.svelte'),
  record: () => import('./recorder/RecordPage.svelte'),
  updates: () => import('./updates/UpdatesPage.svelte'),
  channel: () => import('./channels/ChannelPage.svelte'),
  agreement: () => import('./agreement/AgreementPage.svelte'),
  checkIns: () => import('./check-ins/Door.svelte'),
  reel: () => import('./reel/ReelPage.svelte'),
  hours: () => import('./hours/HoursPage.svelte'),
  decisions: () => import('./decisions/DecisionsPage.svelte'),
  pairing: () => import('./pairings/Door.svelte'),
  interviews: () => import('./interviews/Door.svelte'),
  settings: () => import('./settings/SettingsPage.svelte'),
  candidate: () => import('./candidate/Entry.svelte'),
  signIn: () => import('./sign-in/Door.svelte'),
  link: () => import('./sign-in/Door.svelte'),
  notFound: () => import('./NotFoundPage.svelte'),
}
