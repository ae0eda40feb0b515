import type { PersonState, Question, RoundReply } from '@meanwhile/shared/contract/check-ins'
import { ProblemError } from '@meanwhile/shared/contract/problem'
import { type Db, one, schema } from '@meanwhile/shared/db/client'
import { notify } from '@meanwhile/shared/db/notify'
import { keepAnswerVersion, settlePerson } from '@meanwhile/shared/db/settle-answer'
import { tellWebhooksOf } from '@meanwhile/shared/db/tell-webhooks'
import { and, eq, isNull, sql } from 'drizzle-orm'
import { requirePostable } from '../channels/access.ts'
import type { Viewer } from '../session.ts'
import { requireAskedRound, type SeenRound } from './access.ts'
import { tieAnswer } from './answer-update.ts'

const { answers, roundPeople, updates, videos } = schema
type Texts = Record<string, string>

const wrong = (field: string, message: string) => new ProblemError('invalid-request', undefined, { errors: [{ field, message }] })

/** @throws {ProblemError} `invalid-request` for a question that was not asked so, and for a mood that is none */
function checkReply(questions: Question[], { texts = {}, numbers = {} }: RoundReply): void {
  const kindOf = (id: string) => questions.find((question) => question.id === id)?.kind
  for (const id of Object.keys(texts)) if (kindOf(id) !== 'open') throw wrong(`texts.${id}`, 'is no open question of this round')
  for (const [id, value] of Object.entries(numbers)) {
    const kind = kindOf(id)
    if (kind !== 'mood' && kind !== 'number') throw wrong(`numbers.${id}`, 'is no question of this round that takes a number')
    if (kind === 'mood' && value !== null && ![1, 2, 3, 4, 5].includes(value)) throw wrong(`numbers.${id}`, 'must be from 1 to 5')
  }
}

const longDate = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'long', year: 'numeric', timeZone: 'UTC' })

/** What an answer is called where it is listed. */
const answerTitle = ({ checkIn, round }: SeenRound): string =>
  `${checkIn.name}, ${longDate.format(new Date(`${round.date}T12:00:00Z`))}`

/** The answers below their questions, in the order in which they were asked. */
const bodyOf = (questions: Question[], texts: Texts): string =>
  questions
    .flatMap(({ id, text }) => (texts[id] ? [questions.length > 1 ? `${text}\n${texts[id]}` : texts[id]] : []))
    .join('\n\n')

/** What this person has typed for the round, if anything. */
async function typedAnswer(tx: Db, { round }: SeenRound, { id: userId }: Viewer) {
  const [found] = await tx
    .select({ updateId: answers.updateId, texts: answers.texts, body: updates.body })
    .from(answers)
    .innerJoin(updates, eq(updates.id, answers.updateId))
    .leftJoin(videos, and(eq(videos.updateId, updates.id), isNull(videos.commentId)))
    .where(
      and(
        eq(answers.roundId, round.id),
        eq(answers.userId, userId),
        isNull(answers.question),
        isNull(updates.trashedAt),
        isNull(videos.id),
      ),
    )
    .orderBy(updates.createdAt)
    .limit(1)
  return found
}

/** Typed for the first time it is a new update, later an edit of it that keeps what it said. */
async function saveTexts(tx: Db, seen: SeenRound, author: Viewer, given: Texts): Promise<void> {
  const before = await typedAnswer(tx, seen, author)
  const texts = Object.fromEntries(Object.entries({ ...before?.texts, ...given }).filter(([, text]) => text !== ''))
  const body = bodyOf(
    seen.round.questions.filter(({ kind }) => kind === 'open'),
    texts,
  )
  if (body === (before?.body ?? '')) return
  const { workspaceId, channelId } = seen.checkIn
  if (!before) {
    if (channelId) await requirePostable(tx, channelId, author)
    const draft = { workspaceId, channelId, authorId: author.id, title: answerTitle(seen), body, publishedAt: sql`now()` }
    const update = one(await tx.insert(updates).values(draft).returning())
    await tieAnswer(tx, update.id, seen, author, { texts })
    await notify(tx, workspaceId, { type: 'update', updateId: update.id })
    return tellWebhooksOf(tx, update.id, 'update.published')
  }
  const { updateId } = before
  await keepAnswerVersion(tx, updateId)
  await tx.update(updates).set({ body, editedAt: sql`now()` }).where(eq(updates.id, updateId))
  await tx.update(answers).set({ texts }).where(eq(answers.updateId, updateId))
  await notify(tx, workspaceId, { type: 'update', updateId })
}

/** What was taken back is left out. */
const given = (numbers: Record<string, number | null>): Record<string, number> =>
  Object.fromEntries(Object.entries(numbers).filter((each): each is [string, number] => each[1] !== null))

/** More than anybody goes back through; the oldest go first. */
const mostEarlier = 50

type Counted = Pick<typeof roundPeople.$inferSelect, 'numbers' | 'isBlocked'>
const isSame = (one: Counted, other: Counted): boolean =>
  one.isBlocked === other.isBlocked &&
  [...new Set([...Object.keys(one.numbers), ...Object.keys(other.numbers)])].every((id) => one.numbers[id] === other.numbers[id])

/** Numbers, and whether somebody is blocked. What they said of it before is kept, unless they had said nothing. */
async function saveNumbers(
  tx: Db,
  round: SeenRound['round'],
  viewer: Viewer,
  person: typeof roundPeople.$inferSelect,
  now: Counted,
) {
  if (isSame(person, now)) return
  const { numbers, isBlocked, earlierNumbers } = person
  const hasSaid = isBlocked || Object.keys(numbers).length > 0
  const earlier = hasSaid ? [...earlierNumbers, { numbers, isBlocked, until: new Date().toISOString() }] : earlierNumbers
  await tx
    .update(roundPeople)
    .set({ ...now, earlierNumbers: earlier.slice(-mostEarlier) })
    .where(isThis(round, viewer))
}

const isThis = ({ id: roundId }: SeenRound['round'], { id: userId }: Viewer) =>
  and(eq(roundPeople.roundId, roundId), eq(roundPeople.userId, userId))

/** @throws {ProblemError} `not-found`, `forbidden`, `invalid-request`, `channel-archived` */
export const replyTo = (db: Db, roundId: string, viewer: Viewer, reply: RoundReply): Promise<void> =>
  db.transaction(async (tx) => {
    const { person, ...seen } = await requireAskedRound(tx, roundId, viewer)
    checkReply(seen.round.questions, reply)
    const numbers = given({ ...person.numbers, ...reply.numbers })
    const { isBlocked = person.isBlocked } = reply
    await saveNumbers(tx, seen.round, viewer, person, { numbers, isBlocked })
    if (reply.texts) await saveTexts(tx, seen, viewer, reply.texts)
    await settlePerson(tx, { roundId, userId: viewer.id })
  })

/** One tap. What was answered stays answered. @throws {ProblemError} `not-found`, `forbidden`, `round-answered` */
export const setState = (db: Db, roundId: string, viewer: Viewer, state: Exclude<PersonState, 'answered'>): Promise<void> =>
  db.transaction(async (tx) => {
    const { person, round } = await requireAskedRound(tx, roundId, viewer)
    if (person.state === 'answered') throw new ProblemError('round-answered', 'Delete your answer first.')
    const answeredAt = state === 'nothing' ? sql`now()` : null
    await tx.update(roundPeople).set({ state, answeredAt }).where(isThis(round, viewer))
    await settlePerson(tx, { roundId, userId: viewer.id })
  })
