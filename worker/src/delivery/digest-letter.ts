import { type Letter, type LetterItem, unproved } from '@meanwhile/shared/platform/compose-letter'
import { mostShown, type NewUpdate, type Waiting } from './digest-content.ts'
import type { PairingNote } from './pairing-notes.ts'

const plural = (count: number, one: string, many = `${one}s`) => (count === 0 ? [] : [`${count} ${count === 1 ? one : many}`])

type Asked = { kind: Waiting['kind'] | PairingNote['kind']; commentType?: Waiting['commentType'] }
type Kind = 'question' | 'decision' | 'task' | 'mention' | 'answer' | 'closed' | 'request' | 'expiring' | 'pairing' | 'news'

/** What somebody is notified of, by what it asks of them; kinds that are not named here are news. */
function kindOf({ kind, commentType }: Asked): Kind {
  if (kind === 'decide') return 'decision'
  if (kind === 'decided') return 'closed'
  if (kind === 'asked') return commentType === 'action' ? 'task' : 'question'
  if (kind === 'mentioned') return 'mention'
  if (kind === 'access-asked') return 'request'
  if (kind === 'expiring') return 'expiring'
  if (kind === 'pairing') return 'pairing'
  return kind === 'answered' ? 'answer' : 'news'
}

/** All of it in one line: `4 questions, 11 min of video`. */
export function totalOf(waiting: readonly Asked[], updates: readonly Pick<NewUpdate, 'durationMs'>[]): string {
  const count = (kind: Kind) => waiting.filter((each) => kindOf(each) === kind).length
  const videoMs = updates.reduce((sum, { durationMs }) => sum + durationMs, 0)
  const texts = updates.filter(({ durationMs }) => durationMs === 0).length
  const parts = [
    ...plural(count('question'), 'question'),
    ...plural(count('decision'), 'decision to make', 'decisions to make'),
    ...plural(count('task'), 'thing to do', 'things to do'),
    ...plural(count('mention'), 'mention'),
    ...plural(count('pairing'), 'pairing'),
    ...plural(count('answer'), 'answer'),
    ...plural(count('closed'), 'closed decision'),
    ...plural(count('request'), 'request to see an update', 'requests to see updates'),
    ...plural(count('expiring'), 'update that goes to the trash', 'updates that go to the trash'),
    ...plural(count('news'), 'note'),
    ...(videoMs > 0 ? [`${Math.max(1, Math.round(videoMs / 60_000))} min of video`] : []),
    ...plural(texts, 'new text'),
  ]
  return parts.join(', ')
}

/** What happened, as the app says it. */
function happened({ kind, commentType, commentId, actor }: Waiting): string {
  if (kind === 'expiring') return 'Your update goes to the trash in a week. Open it to keep it'
  if (kind === 'recovered') return `Your ${commentId ? 'answer' : 'recording'} was finished with what had arrived`
  if (kind === 'decided') return 'A decision is closed. Open it to read what became of it'
  return `${actor} ${kind === 'asked' && commentType === 'action' ? 'gave you something to do' : verbs[kind]}`
}

const verbs: Record<Exclude<Waiting['kind'], 'expiring' | 'recovered' | 'decided'>, string> = {
  asked: 'asked you',
  mentioned: 'mentioned you',
  answered: 'answered',
  resolved: 'resolved what you wrote',
  'access-asked': 'asks to see your update',
  'let-in': 'let you in',
  'check-in': 'waits for your answer',
  urgent: 'says that this cannot wait',
  decide: 'asks you to decide',
}

type Said = {
  name: string
  /** Whether the mailbox is theirs. If not, it is told how much there is, and nothing of what. */
  isProved: boolean
  waiting: Waiting[]
  pairings?: PairingNote[]
  updates: NewUpdate[]
  publicUrl: string
  answerOf(updateId: string): string | undefined
}

/** Who somebody is paired with, and what the question is, or that the answers are there. */
const pairingItem = ({ kind, actor, question, pairingId }: PairingNote, publicUrl: string): LetterItem => ({
  what:
    kind === 'pairing' ? `You are paired with ${actor}, a minute each: ${question}` : `Your pairing has its answers: ${question}`,
  url: `${publicUrl}/pairings/${pairingId}`,
})

/** One mail for a window, whatever there is. */
export function digestLetter({ name, isProved, waiting, pairings = [], updates, publicUrl, answerOf }: Said): Letter {
  const asked = waiting.slice(0, mostShown).map((each): LetterItem => {
    const answer = answerOf(each.updateId)
    return {
      what: `${happened(each)}: ${each.title}`,
      ...(each.said ? { said: each.said } : {}),
      url: `${publicUrl}/u/${each.updateId}${each.commentId ? `?c=${each.commentId}` : ''}`,
      ...(answer ? { answer } : {}),
    }
  })
  const fresh = updates.slice(0, mostShown).map(
    ({ id, title, author, durationMs }): LetterItem => ({
      what: `${author}: ${title}${durationMs > 0 ? ` (${Math.max(1, Math.round(durationMs / 60_000))} min)` : ''}`,
      url: `${publicUrl}/u/${id}`,
    }),
  )
  const paired = pairings.map((each) => pairingItem(each, publicUrl))
  const total = totalOf([...waiting, ...pairings], updates)
  const more = waiting.length + updates.length - asked.length - fresh.length
  return {
    subject: total,
    paragraphs: [
      `Hello ${name}. This is new since your last delivery: ${total}.`,
      ...(isProved ? [] : [unproved]),
      ...(isProved && more > 0 ? [`And ${more} more in the app.`] : []),
    ],
    items: isProved ? [...asked, ...paired, ...fresh] : [],
    link: { label: 'Open what waits for you', url: publicUrl },
    footer: `You get this at the times that you chose. Change them, or turn this mail off: ${publicUrl}/settings#delivery`,
  }
}
