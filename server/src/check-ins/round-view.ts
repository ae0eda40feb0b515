import type { Answer, Round, RoundPerson } from '@meanwhile/shared/contract/check-ins'
import { type Db, one, schema } from '@meanwhile/shared/db/client'
import { aliasedTable, and, asc, desc, eq, gt, inArray, isNotNull, isNull, lt, sql } from 'drizzle-orm'
import { nameOf } from '../channels/access.ts'
import { authorColumns, personColumns } from '../people/person-columns.ts'
import { caughtUpIn } from '../reel/rounds.ts'
import type { Viewer } from '../session.ts'
import { visibleTo } from '../updates/access.ts'
import { type Showing, updatesOf } from '../updates/queries.ts'
import type { SeenRound } from './access.ts'
import { summariesFor, summaryOf } from './summaries.ts'

const { answers, channels, comments, roundPeople, rounds, updates, users } = schema
type Seeing = Showing & { viewer: Viewer }

/** Answers by their person, in the order in which they were given; those that this viewer sees. */
async function answersIn(db: Db, roundId: string, showing: Seeing): Promise<Map<string, Answer[]>> {
  const rows = await db.select().from(answers).where(eq(answers.roundId, roundId))
  const shown = await updatesOf(
    db,
    showing,
    rows.map(({ updateId }) => updateId),
  )
  const byPerson = new Map<string, Answer[]>()
  for (const update of shown) {
    const row = rows.find(({ updateId }) => updateId === update.id)
    if (!row) continue
    const { userId, question, texts } = row
    byPerson.set(userId, [...(byPerson.get(userId) ?? []), { update, question, texts }])
  }
  return byPerson
}

/** Who is blocked comes first, then who has answered, then who is waited for, then the others. */
const rank = ({ isBlocked, state, role }: RoundPerson) =>
  role === 'observer' ? 5 : isBlocked ? 0 : { answered: 1, nothing: 2, waiting: 3, skipped: 4 }[state]

async function peopleIn(db: Db, roundId: string, showing: Seeing, now: Date): Promise<RoundPerson[]> {
  const given = await answersIn(db, roundId, showing)
  const rows = await db
    .select({ row: roundPeople, person: personColumns(users), timeZone: users.timeZone })
    .from(roundPeople)
    .innerJoin(users, eq(users.id, roundPeople.userId))
    .where(eq(roundPeople.roundId, roundId))
    .orderBy(sql`${roundPeople.answeredAt} nulls last`, sql`lower(${users.name})`)
  const people = rows.map(({ row, person, timeZone }): RoundPerson => {
    const { role, state, opensAt, dueAt, answeredAt, isBlocked, numbers } = row
    const earlierNumbers = row.earlierNumbers.map((each) => ({ ...each, until: new Date(each.until) }))
    const isLate = role === 'participant' && state !== 'skipped' && (answeredAt ?? now) > dueAt
    const own = given.get(row.userId) ?? []
    return { person, role, state, opensAt, dueAt, timeZone, answeredAt, isLate, isBlocked, numbers, earlierNumbers, answers: own }
  })
  return people.sort((a, b) => rank(a) - rank(b))
}

const owners = aliasedTable(users, 'owners')

/** Questions on the answers that nobody has answered, in the order in which they were asked. */
const openQuestions = (db: Db, roundId: string, viewer: Viewer): Promise<Round['openQuestions']> =>
  db
    .select({
      updateId: comments.updateId,
      commentId: comments.id,
      author: authorColumns(),
      owner: personColumns(owners),
      text: comments.text,
      atMs: comments.atMs,
    })
    .from(comments)
    .innerJoin(answers, and(eq(answers.updateId, comments.updateId), eq(answers.roundId, roundId)))
    .innerJoin(updates, eq(updates.id, comments.updateId))
    .innerJoin(users, eq(users.id, comments.authorId))
    .leftJoin(owners, eq(owners.id, comments.ownerId))
    .where(
      and(
        visibleTo(viewer),
        eq(comments.type, 'question'),
        isNull(comments.resolvedAt),
        isNull(comments.hiddenAt),
        isNull(comments.deletedAt),
        isNotNull(comments.publishedAt),
      ),
    )
    .orderBy(asc(comments.createdAt))
    .limit(100)

async function neighbour(db: Db, { checkInId, date }: SeenRound['round'], isLater: boolean): Promise<string | null> {
  const [found] = await db
    .select({ date: rounds.date })
    .from(rounds)
    .where(and(eq(rounds.checkInId, checkInId), (isLater ? gt : lt)(rounds.date, date)))
    .orderBy((isLater ? asc : desc)(rounds.date))
    .limit(1)
  return found?.date ?? null
}

/** A round with everything that its page shows; access was decided before. */
export async function roundFor(db: Db, { round, checkIn }: SeenRound, showing: Seeing, now: Date): Promise<Round> {
  const { viewer } = showing
  const summary = one(await summariesFor(db, viewer).where(eq(rounds.id, round.id)))
  const [channel] = checkIn.channelId
    ? await db
        .select()
        .from(channels)
        .where(inArray(channels.id, [checkIn.channelId]))
    : []
  return {
    ...summaryOf(summary),
    checkIn: { id: checkIn.id, name: checkIn.name, channel: channel ? nameOf(channel) : null },
    questions: round.questions,
    people: await peopleIn(db, round.id, showing, now),
    openQuestions: await openQuestions(db, round.id, viewer),
    caughtUp: await caughtUpIn(db, round.id),
    previous: await neighbour(db, round, false),
    next: await neighbour(db, round, true),
  }
}
