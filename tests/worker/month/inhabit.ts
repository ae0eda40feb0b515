import { type WorkingHours, weekdays } from '@meanwhile/shared/contract/profile'
import { type Db, one, type Sql } from '@meanwhile/shared/db/client'
import { checkInPeople, checkIns } from '@meanwhile/shared/db/schema/check-ins'
import { comments } from '@meanwhile/shared/db/schema/comments'
import { deliveryRules } from '@meanwhile/shared/db/schema/delivery'
import { notifications } from '@meanwhile/shared/db/schema/notifications'
import { members, users, workspaces } from '@meanwhile/shared/db/schema/people'
import { updates } from '@meanwhile/shared/db/schema/updates'
import { daily, everyDay, fortnightly, start, team } from './team.ts'

/** The seven, the check-ins that they are in, and Bo, who asks all of them. @returns their ids by name */
export async function inhabit(db: Db) {
  const workspace = one(await db.insert(workspaces).values({ name: 'Seven' }).returning())
  const people = await db
    .insert(users)
    .values(
      team.map(({ name, timeZone, from, to, free, off }) => ({
        name,
        email: `${name}@example.org`,
        emailVerified: true,
        timeZone,
        workingHours: Object.fromEntries(weekdays.map((day) => [day, free.includes(day) ? null : { from, to }])) as WorkingHours,
        daysOff: off.map(([first, last]) => ({ from: first, to: last })),
      })),
    )
    .returning()
  await db.insert(members).values(people.map(({ id }) => ({ workspaceId: workspace.id, userId: id, role: 'member' as const })))
  for (const [index, { windows, focus }] of team.entries())
    if (windows) await db.insert(deliveryRules).values({ userId: people[index]!.id, windows, focusBlocks: focus ? [focus] : [] })
  for (const { name, rule, opens, due } of [daily, fortnightly, everyDay]) {
    const values = { workspaceId: workspace.id, createdById: people[0]!.id, name, rule, opens, due, questions: [] }
    const place = { startsOn: '2026-03-09', timeZone: 'UTC', activeFrom: start }
    const { id } = one(
      await db
        .insert(checkIns)
        .values({ ...values, ...place })
        .returning(),
    )
    await db
      .insert(checkInPeople)
      .values(people.map((person) => ({ checkInId: id, userId: person.id, role: 'participant' as const })))
  }
  return people
}

export type Question = { id: string; name: string; at: Date }

/**
 * Bo, who is in no check-in, asks one of the seven every few hours, by night too. @returns what was asked, and how to go on until a time
 */
export async function askNowAndThen(db: Db, people: (typeof users.$inferSelect)[], random: () => number) {
  const { workspaceId } = one(await db.select().from(members).limit(1))
  const bo = one(await db.insert(users).values({ name: 'Bo', email: 'bo@example.org' }).returning())
  await db.insert(members).values({ workspaceId, userId: bo.id, role: 'member' })
  // Long before, so that it is news to nobody.
  const old = new Date('2026-01-01T00:00:00Z')
  const update = one(
    await db
      .insert(updates)
      .values({ workspaceId, authorId: bo.id, title: 'Plan', body: 'What is next', createdAt: old, publishedAt: old })
      .returning(),
  )
  const asked: Question[] = []
  let at = start
  const later = () => new Date(at.getTime() + Math.ceil(random() * 6 * 60) * 60_000 + 7_000)
  let next = later()
  return {
    asked,
    async askUntil(now: Date) {
      for (; next <= now; next = later()) {
        at = next
        const { id: ownerId, name } = people[Math.floor(random() * people.length)]!
        const said = { updateId: update.id, authorId: bo.id, type: 'question' as const, text: 'And this?', ownerId }
        const { id } = one(
          await db
            .insert(comments)
            .values({ ...said, createdAt: at, publishedAt: at })
            .returning(),
        )
        await db
          .insert(notifications)
          .values({ userId: ownerId, kind: 'asked', updateId: update.id, commentId: id, actorId: bo.id, createdAt: at })
        asked.push({ id, name, at })
      }
    },
  }
}

/** Every time that a round is opened or closed and somebody is reminded, whoever does it, is written down by the database itself. */
export const witness = (sql: Sql) =>
  sql.unsafe(`
  create table witnessed (what text, round_id uuid, user_id uuid);
  create function witness_rounds() returns trigger language plpgsql as $$ begin
    if tg_op = 'INSERT' then insert into witnessed values ('opened', new.id, null);
    elsif old.closed_at is distinct from new.closed_at then insert into witnessed values ('closed', new.id, null); end if;
    return new; end $$;
  create function witness_people() returns trigger language plpgsql as $$ begin
    if old.reminded_at is distinct from new.reminded_at then insert into witnessed values ('reminded', new.round_id, new.user_id); end if;
    return new; end $$;
  create trigger witness_rounds after insert or update on rounds for each row execute function witness_rounds();
  create trigger witness_people after update on round_people for each row execute function witness_people();`)
