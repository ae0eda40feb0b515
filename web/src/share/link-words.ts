import type { ShareComments } from '@meanwhile/shared/contract/share-links'
import type * as z from 'zod'
import { languageHere, localeHere } from '../messages/language-here.ts'
import type { Link } from './share-links.svelte.ts'
import { say } from './words.ts'

type Comments = z.infer<typeof ShareComments>

/** What a link does with comments, as its author chooses it. */
export const commentsWords: Record<Comments, string> = {
  guests: say('comments.guests'),
  members: say('comments.members'),
  off: say('comments.off'),
}

const said: Record<Comments, string> = { guests: say('guestsComment'), members: say('guestsRead'), off: say('noComments') }

const either = new Intl.ListFormat(languageHere, { type: 'disjunction' })
const day = new Intl.DateTimeFormat(localeHere, { day: 'numeric', month: 'short', hour: 'numeric', minute: '2-digit' })

/** Who gets in. */
export function doorWords({ hasPassword, emailDomains }: Pick<Link, 'hasPassword' | 'emailDomains'>): string {
  if (emailDomains.length === 0) return hasPassword ? say('door.password') : say('door')
  const domains = either.format(emailDomains)
  return hasPassword ? say('door.both', { domains }) : say('door.address', { domains })
}

/** Whether whoever has the link sees at once what it leads to, so that other sites can show it. */
export const asksNothing = ({ hasPassword, emailDomains }: Pick<Link, 'hasPassword' | 'emailDomains'>): boolean =>
  !hasPassword && emailDomains.length === 0

/** The rules of a link in one line. */
export function ruleWords({ expiresAt, comments, allowDownload, isIndexed }: Link, now = new Date()): string {
  const end = expiresAt && new Date(expiresAt)
  const time = !end
    ? say('never')
    : end > now
      ? say('until', { moment: day.format(end) })
      : say('expired', { moment: day.format(end) })
  return [time, said[comments], ...(allowDownload ? [say('download')] : []), ...(isIndexed ? [say('indexed')] : [])].join(' · ')
}

export const viewWords = (views: number): string => say('views', { count: views })

/** For the page of another site. */
export const embedCode = (embedUrl: string): string =>
  `<iframe src="${embedUrl}" width="640" height="360" style="border:0" allow="autoplay; fullscreen; picture-in-picture"></iframe>`
