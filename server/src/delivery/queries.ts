import type {
  Delivery,
  DeliveryChange,
  DeliveryMailKind,
  DeliveryMessage,
  DeliveryTime,
  PlaceDelivery,
} from '@meanwhile/shared/contract/delivery'
import { ProblemError } from '@meanwhile/shared/contract/problem'
import { type Db, one, schema } from '@meanwhile/shared/db/client'
import { type DeliveryTimes, deliveryTimesOf, nextDeliveryOf } from '@meanwhile/shared/db/deliver'
import { outboundFault } from '@meanwhile/shared/platform/outbound'
import { and, desc, eq, gt, inArray, ne, sql } from 'drizzle-orm'
import type { ChannelRow } from '../channels/access.ts'
import type { Viewer } from '../session.ts'

const { busyCalendars, channelMembers, deliveryRules, mails, members, users } = schema

const kinds: DeliveryMailKind[] = ['digest', 'reminder', 'urgent']

/** When and how somebody gets what is new. */
export async function deliveryOf(db: Db, userId: string, now: Date): Promise<Delivery> {
  const times = one([...(await deliveryTimesOf(db, [userId])).values()])
  const [rules] = await db.select().from(deliveryRules).where(eq(deliveryRules.userId, userId))
  const [calendar] = await db.select().from(busyCalendars).where(eq(busyCalendars.userId, userId))
  const muted = new Set(rules?.mutedMails ?? [])
  return {
    windows: times.windows,
    focusBlocks: times.blocks,
    mails: { digest: !muted.has('digest'), reminder: !muted.has('reminder'), urgent: !muted.has('urgent') },
    urgentChannel: rules?.urgentChannel ?? 'mail',
    urgentHost: rules?.urgentUrl ? new URL(rules.urgentUrl).host : null,
    calendar: calendar
      ? {
          host: new URL(calendar.url).host,
          readAt: calendar.readAt,
          failure: calendar.failure,
          busy: calendar.busy.length + calendar.daysOff.length,
        }
      : null,
    bounce: rules?.bouncedAt ? { at: rules.bouncedAt, reason: rules.bounceReason ?? 'It could not be delivered' } : null,
    nextAt: nextDeliveryOf(times, now),
  }
}

/** @throws {ProblemError} `invalid-request` for an address that must not be asked */
function requireAddress(field: string, url: string, allowPrivate: boolean) {
  const fault = outboundFault(url, { allowPrivate })
  if (fault) throw new ProblemError('invalid-request', undefined, { errors: [{ field, message: fault }] })
}

/** What is named changes, the rest stays. @throws {ProblemError} `invalid-request` */
export const changeDelivery = (db: Db, userId: string, change: DeliveryChange, { allowPrivate }: { allowPrivate: boolean }) =>
  db.transaction(async (tx) => {
    const { windows, focusBlocks, urgentChannel, urgentUrl, bounce } = change
    // Calendars are often given as webcal, which is https by another name.
    const calendarUrl = change.calendarUrl?.replace(/^webcals?:/i, 'https:') ?? change.calendarUrl
    if (urgentUrl) requireAddress('urgentUrl', urgentUrl, allowPrivate)
    if (calendarUrl) requireAddress('calendarUrl', calendarUrl, allowPrivate)
    await tx.insert(deliveryRules).values({ userId }).onConflictDoNothing()
    const before = one(await tx.select().from(deliveryRules).where(eq(deliveryRules.userId, userId)).for('update'))
    const mutedMails = kinds.filter((kind) => !(change.mails?.[kind] ?? !before.mutedMails.includes(kind)))
    const leadsTo = urgentUrl === undefined ? before.urgentUrl : urgentUrl
    if ((urgentChannel ?? before.urgentChannel) === 'webhook' && !leadsTo && urgentChannel)
      throw new ProblemError('invalid-request', undefined, { errors: [{ field: 'urgentUrl', message: 'is needed for this' }] })
    await tx
      .update(deliveryRules)
      .set({
        mutedMails,
        ...(windows ? { windows } : {}),
        ...(focusBlocks ? { focusBlocks } : {}),
        ...(urgentUrl === undefined ? {} : { urgentUrl }),
        ...(leadsTo ? (urgentChannel ? { urgentChannel } : {}) : { urgentChannel: 'mail' as const }),
        ...(bounce === null ? { bouncedAt: null, bounceReason: null } : {}),
      })
      .where(eq(deliveryRules.userId, userId))
    if (calendarUrl === undefined) return
    await tx.delete(busyCalendars).where(eq(busyCalendars.userId, userId))
    if (calendarUrl) await tx.insert(busyCalendars).values({ userId, url: calendarUrl })
  })

/** One kind of mail less; the others stay. */
export async function turnOff(db: Db, userId: string, kind: DeliveryMailKind): Promise<void> {
  if ((await db.$count(users, eq(users.id, userId))) === 0) return
  await db.insert(deliveryRules).values({ userId }).onConflictDoNothing()
  await db
    .update(deliveryRules)
    .set({ mutedMails: sql`array_append(array_remove(${deliveryRules.mutedMails}, ${kind}), ${kind})` })
    .where(eq(deliveryRules.userId, userId))
}

/** When each of these gets what is said now. What it tells of somebody is a time, and not why. */
export async function deliveryTimes(db: Db, userIds: string[], now: Date): Promise<DeliveryTime[]> {
  const times = await deliveryTimesOf(db, userIds)
  return [...times].map(([userId, time]) => ({ userId, at: nextDeliveryOf(time, now), timeZone: time.calendar.timeZone }))
}

/** Most people have the usual times: what is the same for them is worked out once. */
function nextDeliveries(times: Iterable<DeliveryTimes>, now: Date): number[] {
  const known = new Map<string, number | null>()
  return [...times].flatMap((time) => {
    const key = JSON.stringify(time)
    const at = known.has(key) ? known.get(key) : nextDeliveryOf(time, now)?.getTime()
    known.set(key, at ?? null)
    return at ?? []
  })
}

/** When those who see a channel, or the workspace where it is null, get what somebody posts there now. */
export async function placeDelivery(db: Db, author: Viewer, channel: ChannelRow | null, now: Date): Promise<PlaceDelivery> {
  const others = channel?.isPrivate
    ? await db
        .select({ id: channelMembers.userId })
        .from(channelMembers)
        .where(and(eq(channelMembers.channelId, channel.id), ne(channelMembers.userId, author.id)))
    : await db
        .select({ id: members.userId })
        .from(members)
        .where(and(eq(members.workspaceId, author.workspace.id), ne(members.userId, author.id)))
  const times = await deliveryTimesOf(
    db,
    others.map(({ id }) => id),
  )
  const next = nextDeliveries(times.values(), now).toSorted((a, b) => a - b)
  const [first, last] = [next.at(0), next.at(-1)].map((at) => (at === undefined ? null : new Date(at)))
  return { people: others.length, first: first ?? null, last: last ?? null }
}

/** What was written to somebody by itself, whether or not it went out by mail. */
export const messagesTo = (db: Db, userId: string): Promise<DeliveryMessage[]> =>
  db
    .select({
      id: mails.id,
      kind: sql<DeliveryMailKind>`${mails.kind}`,
      subject: mails.subject,
      text: mails.text,
      createdAt: mails.createdAt,
      sentAt: mails.sentAt,
    })
    .from(mails)
    .where(and(eq(mails.userId, userId), inArray(mails.kind, kinds), gt(mails.createdAt, sql`now() - interval '30 days'`)))
    .orderBy(desc(mails.createdAt), desc(mails.id))
    .limit(20)
