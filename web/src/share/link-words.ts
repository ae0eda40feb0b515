import type { ShareComments } from '@meanwhile/shared/contract/share-links'
import type * as z from 'zod'
import type { Link } from './share-links.svelte.ts'

type Comments = z.infer<typeof ShareComments>

/** What a link does with comments, as its author chooses it. */
export const commentsWords: Record<Comments, string> = {
  guests: 'Guests comment with their name',
  members: 'Only members; guests read',
  off: 'None; guests see no comments',
}

const said: Record<Comments, string> = { guests: 'guests comment', members: 'guests read comments', off: 'no comments' }

const either = new Intl.ListFormat('en', { type: 'disjunction' })
const all = new Intl.ListFormat('en')
const day = new Intl.DateTimeFormat(undefined, { day: 'numeric', month: 'short', hour: 'numeric', minute: '2-digit' })

/** Who gets in. */
export function doorWords({ hasPassword, emailDomains }: Pick<Link, 'hasPassword' | 'emailDomains'>): string {
  const address = emailDomains.length > 0 ? [`an address at ${either.format(emailDomains)}`] : []
  return `Anyone with ${all.format(['the link', ...(hasPassword ? ['its password'] : []), ...address])}`
}

/** Whether whoever has the link sees at once what it leads to, so that other sites can show it. */
export const asksNothing = ({ hasPassword, emailDomains }: Pick<Link, 'hasPassword' | 'emailDomains'>): boolean =>
  !hasPassword && emailDomains.length === 0

/** The rules of a link in one line. */
export function ruleWords({ expiresAt, comments, allowDownload, isIndexed }: Link, now = new Date()): string {
  const end = expiresAt && new Date(expiresAt)
  const time = !end ? 'never expires' : end > now ? `until ${day.format(end)}` : `expired ${day.format(end)}`
  return [time, said[comments], ...(allowDownload ? ['download'] : []), ...(isIndexed ? ['in search engines'] : [])].join(' · ')
}

export const viewWords = (views: number): string => (views === 1 ? '1 view' : `${views} views`)

/** For the page of another site. */
export const embedCode = (embedUrl: string): string =>
  `<iframe src="${embedUrl}" width="640" height="360" style="border:0" allow="autoplay; fullscreen; picture-in-picture"></iframe>`
