import { addMail } from '@meanwhile/shared/db/add-mail'
import { type Db, schema } from '@meanwhile/shared/db/client'
import { deliveryTimesOf, openDeliveryOf } from '@meanwhile/shared/db/deliver'
import { replyAddressesOf } from '@meanwhile/shared/db/reply-address'
import { type MailSite, unsubscribeUrl } from '@meanwhile/shared/platform/mail-site'
import { eq, inArray, sql } from 'drizzle-orm'
import { longestDays, newFor, waitingFor } from './digest-content.ts'
import { digestLetter } from './digest-letter.ts'
import { pairingNotes } from './pairing-notes.ts'

const { digests, notifications } = schema

/** What began before a window may be committed after it. */
const settleMs = 30_000
const keptMinutes = 24 * 60

type Person = { id: string; name: string; email: string; is_proved: boolean; last: string | null }

/** People who may have something new since their last digest, and want mail of it. The time of each is looked at after this. */
const peopleWithNews = (db: Db, now: Date) =>
  db.execute<Person>(sql`
    with fresh as (
      select workspaces.id as workspace_id, latest.published_at from workspaces cross join lateral (
        select max(published_at) as published_at from updates where workspace_id = workspaces.id
          and created_at > ${now.toISOString()}::timestamptz - make_interval(days => ${longestDays + 1})
          and published_at < ${now.toISOString()}::timestamptz) latest)
    select person.id, person.name, person.email, person.email_verified as is_proved, last_digest.window_at as last
    from users person
    left join delivery_rules rules on rules.user_id = person.id
    left join lateral (select max(window_at) as window_at from digests where digests.user_id = person.id) last_digest on true
    where person.guest_of is null and person.imported_to is null and rules.bounced_at is null
      and not 'digest' = any(coalesce(rules.muted_mails, '{}'))
      and exists (select from members where members.user_id = person.id)
      and (exists (select from notifications waiting where waiting.user_id = person.id and waiting.read_at is null
          and waiting.digested_at is null and waiting.kind not in ('urgent', 'check-in') and waiting.created_at < ${now.toISOString()}::timestamptz)
        or exists (select from members join fresh on fresh.workspace_id = members.workspace_id
          where members.user_id = person.id and (last_digest.window_at is null or fresh.published_at >= last_digest.window_at)))`)

/** One window of one person, once: whoever comes second finds the row, also of a window with nothing in it. @returns whether there was something to deliver */
const deliverWindow = (db: Db, site: MailSite, person: Person, windowAt: Date) =>
  db.transaction(async (tx): Promise<boolean> => {
    const [row] = await tx.insert(digests).values({ userId: person.id, windowAt }).onConflictDoNothing().returning()
    if (!row) return false
    const earliest = new Date(windowAt.getTime() - longestDays * 86_400_000)
    const last = person.last ? new Date(person.last) : earliest
    const waiting = await waitingFor(tx, person.id, windowAt)
    const pairings = await pairingNotes(tx, person.id, windowAt)
    const updates = await newFor(tx, person.id, last > earliest ? last : earliest, windowAt)
    if (waiting.length + pairings.length + updates.length === 0) return false
    const answers = await replyAddressesOf(
      tx,
      site,
      person.id,
      waiting.filter(({ commentId }) => commentId).map(({ updateId }) => updateId),
    )
    const letter = digestLetter({
      name: person.name,
      isProved: person.is_proved,
      waiting,
      pairings,
      updates,
      publicUrl: site.publicUrl,
      answerOf: (updateId) => answers.get(updateId),
    })
    const about = new Set(waiting.map(({ updateId }) => updateId))
    // All about one update: it stands in the thread of it, and an answer to the mail is one to the update.
    const [updateId] = about.size === 1 && pairings.length + updates.length === 0 ? about : []
    const replyTo = updateId && answers.get(updateId)
    const extras = {
      unsubscribeUrl: unsubscribeUrl(site, person.id, 'digest'),
      ...(updateId ? { updateId } : {}),
      ...(replyTo ? { replyTo } : {}),
    }
    const post = { kind: 'digest' as const, to: person.email, letter, of: { userId: person.id }, minutes: keptMinutes, extras }
    const mailId = await addMail(tx, post)
    await tx.update(digests).set({ mailId }).where(eq(digests.id, row.id))
    const told = [...waiting, ...pairings].map(({ id }) => id)
    if (told.length > 0) await tx.update(notifications).set({ digestedAt: sql`now()` }).where(inArray(notifications.id, told))
    return true
  })

/**
 * Delivers to everybody whose window has come what is new for them, as one mail each: never twice for a window, nothing on days off, nothing in
 * focus, nothing where there is nothing. Any number of workers may do it at once. @returns how many there were
 * @throws {AggregateError} at the end, when it failed for some: the others have theirs
 */
export async function sendDigests(db: Db, site: MailSite, now: Date): Promise<number> {
  const people = await peopleWithNews(db, now)
  const times = await deliveryTimesOf(
    db,
    people.map(({ id }) => id),
  )
  const failures: unknown[] = []
  let sent = 0
  for (const person of people)
    try {
      const time = times.get(person.id)
      const windowAt = time && openDeliveryOf(time, now)
      if (!windowAt || now.getTime() - windowAt.getTime() < settleMs) continue
      if (person.last && new Date(person.last) >= windowAt) continue
      if (await deliverWindow(db, site, person, windowAt)) sent++
    } catch (error) {
      failures.push(error)
    }
  if (failures.length > 0) throw new AggregateError(failures, `what is new could not be delivered to ${failures.length} people`)
  return sent
}
