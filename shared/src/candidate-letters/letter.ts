import type { CandidateLanguage } from '../contract/candidate-invitations.ts'
import type { MailKind } from '../contract/mails.ts'
import type { Letter } from '../platform/compose-letter.ts'
import { de } from './de.ts'
import { en } from './en.ts'
import { es } from './es.ts'
import type { LetterWords } from './words.ts'

const all: Record<CandidateLanguage, LetterWords> = { en, de, es }
const dayMs = 86_400_000

/** What a letter to a candidate is about. */
export type LetterAbout = 'invitation' | 'first-reminder' | 'last-reminder' | 'deadline' | 'works-again' | 'receipt' | 'reopened'

export const mailKinds: Record<LetterAbout, MailKind> = {
  invitation: 'candidate-invitation',
  'first-reminder': 'candidate-reminder',
  'last-reminder': 'candidate-reminder',
  deadline: 'candidate-deadline',
  'works-again': 'candidate-deadline',
  receipt: 'candidate-receipt',
  reopened: 'candidate-deadline',
}

/** A candidate, and what a letter says to them. */
export type LetterTo = {
  /** Empty where they are greeted without it. */
  name: string
  /** Who invited them; null where they are gone. */
  who: string | null
  workspace: string
  position: string
  /** Null: English. */
  language: CandidateLanguage | null
  /** IANA; where deadlines are said by. */
  timeZone: string
  questions: number
  deadlineAt: Date | null
  submittedAt: Date | null
  /** What they may answer again: its text, empty where a video says it; null for nothing. */
  reopened: { question: string; until: Date } | null
  promiseDays: number | null
  deleteAfterDays: number
  url: string
}

/** "Thursday 3 December at 18:00 CET": never without its zone. */
const momentIn = ({ locale }: LetterWords, timeZone: string, at: Date) =>
  new Intl.DateTimeFormat(locale, {
    weekday: 'long',
    day: 'numeric',
    month: 'long',
    hour: '2-digit',
    minute: '2-digit',
    timeZoneName: 'short',
    timeZone,
  }).format(at)
const dayIn = ({ locale }: LetterWords, timeZone: string, at: Date) =>
  new Intl.DateTimeFormat(locale, { weekday: 'long', day: 'numeric', month: 'long', timeZone }).format(at)

/** A letter to a candidate in their language: who asks, until when, what they are promised, and their link. */
export function candidateLetter(about: LetterAbout, to: LetterTo): Letter & { language: string } {
  const words = all[to.language ?? 'en']
  const { name, workspace, timeZone, deadlineAt, submittedAt, promiseDays, url } = to
  const moment = (at: Date) => momentIn(words, timeZone, at)
  const until = deadlineAt ? words.until(moment(deadlineAt)) : words.noDeadline
  const promise = promiseDays ? [words.promise(workspace, promiseDays)] : []
  const rest = { language: to.language ?? 'en' }
  if (about === 'receipt') {
    const at = submittedAt ?? deadlineAt ?? new Date()
    const promised = promiseDays
      ? words.promiseBy(workspace, promiseDays, dayIn(words, timeZone, new Date(at.getTime() + promiseDays * dayMs)))
      : words.noPromise(workspace)
    const { subject, text, lapsed, yours, deleted, link } = words.receipt
    const arrived = submittedAt ? text(to, moment(at)) : lapsed(to, moment(at))
    const paragraphs = [words.hello(name), arrived, promised, yours, deleted(to.deleteAfterDays)]
    return { ...rest, subject: subject(to), paragraphs, link: { label: link, url }, footer: words.why(workspace) }
  }
  if (about === 'first-reminder' || about === 'last-reminder') {
    const { subject, text, counts, link, more, last } = words.reminder
    return {
      ...rest,
      subject: subject(to, deadlineAt ? moment(deadlineAt) : ''),
      paragraphs: [words.hello(name), text(to), until, counts, ...promise],
      link: { label: link, url },
      footer: about === 'last-reminder' ? last : more,
    }
  }
  if (about === 'reopened') {
    const { subject, text, question, stays, link } = words.reopened
    const { reopened } = to
    const asked = reopened?.question ? [question(reopened.question)] : []
    return {
      ...rest,
      subject: subject(to),
      paragraphs: [words.hello(name), text(to), ...asked, reopened ? words.until(moment(reopened.until)) : until, stays],
      link: { label: link, url },
      footer: `${words.yours} ${words.why(workspace)}`,
    }
  }
  const footer = `${words.yours} ${words.why(workspace)}`
  if (about === 'invitation')
    return {
      ...rest,
      subject: words.invitation.subject(to),
      paragraphs: [words.hello(name), words.asks(to), words.questions(to.questions), until, ...promise],
      link: { label: words.invitation.link, url },
      footer,
    }
  const { subject, changed, again } = words.deadline
  return {
    ...rest,
    subject: subject(to),
    paragraphs: [words.hello(name), about === 'deadline' ? changed(to) : again(to), until, ...promise],
    link: { label: words.reminder.link, url },
    footer,
  }
}
