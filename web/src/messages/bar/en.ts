import type { Catalogue } from '../messages.ts'

/** The top bar with what opens from it, and pages that everybody may meet. */
export const en = {
  checkIns: 'Check-ins',
  allCheckIns: 'All check-ins',
  channels: 'Channels',
  noChannels: 'No channels yet',
  noChannelsHint: 'Updates on one topic have a place of their own.',
  reels: 'Reels',
  newChannel: 'New channel…',
  decisions: 'Decisions',
  interviews: 'Interviews',
  archived: 'Archived',
  thisWorkspace: 'This workspace',
  switchTo: 'Switch to {workspace}',
  agreement: 'Agreement',
  settings: 'Settings',
  signOut: 'Sign out',
  notifications: 'Notifications',
  unread: 'Notifications, {unread} not read',
  readAll: 'Mark all as read',
  nothingYet: 'Nothing yet. You will read here when somebody asks, answers or mentions you.',
  more: 'Show more',
  notPosted: 'Not posted: {why} You wrote: “{text}”',
  'notFound.tab': 'Not found',
  'notFound.title': 'There is nothing at this address',
  'notFound.text': 'The link may be cut off, or what it led to is gone.',
  elsewhere: 'It may be in another of your workspaces.',
  lookIn: 'Look in {workspace}',
  allUpdates: 'All updates',
} as const satisfies Catalogue

export type BarMessages = typeof en
