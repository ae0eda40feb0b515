import { schema } from '@meanwhile/shared/db/client'
import { eraseAgain } from '@meanwhile/shared/db/erase-again'
import { keys } from '@meanwhile/shared/platform/keys'
import { createLog } from '@meanwhile/shared/platform/log'
import { eraseCandidates } from '@meanwhile/worker/interviews/erase-candidates'
import { purgeQuestions } from '@meanwhile/worker/interviews/purge-questions'
import { purgeTakes } from '@meanwhile/worker/interviews/purge-takes'
import { buryRemains } from '@meanwhile/worker/schedules/purge'
import { eq, inArray, sql } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { code, fromNow, hour, startCandidacies } from '../support/candidacies.ts'

const { db, storage, ask, done, position, invited, candidate, olga, ada, ben, cut, positionId, begun, take, sheet, rowOf } =
  await startCandidacies()
const { auditEvents, candidateInvitations, interviewAnswers, scorecards, updates, users } = schema

test('a candidate deletes everything at any time: rows, objects and the name are gone, and the team reads that it was withdrawn', async () => {
  const kim = await begun({ name: 'Kim Lee', email: 'kim@example.org' })
  const { id, videoId } = await take(kim)
  await kim.write('how', 'Calmly')
  await kim.say('POST', '/submit')
  await ask(ben, 'POST', `/api/updates/${id}/comments`, { text: 'Good', atMs: 500 })
  async function stored() {
    const found: string[] = []
    for await (const key of storage.list(keys.video(videoId))) found.push(key)
    return found.length
  }
  expect(await stored()).toBeGreaterThan(0)
  expect((await kim.say('DELETE', '')).statusCode).toBe(204)
  expect(code(await kim.say('GET', ''))).toBe('invitation-ended')
  for (let round = 0; round < 2; round++) await buryRemains({ db, storage, log: createLog('silent', 'test') })
  expect(await stored()).toBe(0)
  expect(await db.select().from(updates).where(eq(updates.authorId, kim.id))).toEqual([])
  expect(await db.select().from(users).where(eq(users.id, kim.id))).toEqual([])
  expect(await db.select().from(interviewAnswers).where(eq(interviewAnswers.invitationId, kim.id))).toEqual([])
  const listed = (await ask(ben, 'GET', `/api/positions/${positionId}/invitations`)).json().items
  expect(listed.find((each: { id: string }) => each.id === kim.id)).toMatchObject({
    name: '',
    state: 'withdrawn',
    answered: 0,
    email: null,
  })
  expect(await sheet(ben, kim.id)).toMatchObject({ answers: [] })
})

test('the team erases a candidate with one request; the log keeps no name', async () => {
  const kim = await begun({ name: 'Kim Erased' })
  const { id } = await take(kim)
  await kim.say('POST', '/submit')
  expect(code(await ask(ben, 'DELETE', `/api/candidate-invitations/${kim.id}`))).toBe('forbidden')
  expect((await ask(olga, 'DELETE', `/api/candidate-invitations/${kim.id}`)).statusCode).toBe(404)
  expect((await ask(ada, 'DELETE', `/api/candidate-invitations/${kim.id}`)).statusCode).toBe(204)
  expect(await db.select().from(updates).where(eq(updates.id, id))).toEqual([])
  expect(await rowOf(kim.id)).toBeUndefined()
  expect(JSON.stringify(await db.select().from(auditEvents))).not.toContain('Kim Erased')
  expect((await kim.say('GET', '')).json()).toMatchObject({ type: '/problems/invitation-ended' })
})

test('where the deadline hands in, takes that were not chosen are deleted a week later, and the chosen one stays', async () => {
  const kim = await begun({ name: 'Kim', deadlineAt: fromNow(hour) })
  const [first, second] = [await take(kim), await take(kim)]
  await kim.say('PUT', `/takes/${first.id}/chosen`)
  const after = (days: number) => purgeTakes(db, new Date(Date.now() + hour + days * 24 * hour))
  expect(await after(6.9)).toBe(0)
  expect(await after(7.1)).toBe(1)
  const left = await db.select().from(interviewAnswers).where(eq(interviewAnswers.invitationId, kim.id))
  expect(left.map(({ updateId }) => updateId)).toEqual([first.id])
  expect(await db.select().from(updates).where(eq(updates.id, second.id))).toEqual([])
  expect(await after(8)).toBe(0)
})

test('a take that is complete in the moment of handing in: both are answered, and the question keeps one answer', async () => {
  for (let round = 0; round < 6; round++) {
    const kim = await begun({ name: `Kim ${round}` })
    await take(kim)
    const { videoId } = (await kim.begin({ questionId: 'why', way: 'video' })).json()
    await kim.sendAll(videoId, cut)
    const [handedIn, finished] = await Promise.all([kim.say('POST', '/submit'), kim.finish(videoId, cut)])
    expect(handedIn.statusCode).toBe(200)
    // It came too late and is gone, or it came first and is the one.
    expect([200, 404]).toContain(finished.statusCode)
    const takes = await db.select().from(interviewAnswers).where(eq(interviewAnswers.invitationId, kim.id))
    expect(takes.filter(({ isChosen }) => isChosen)).toHaveLength(1)
  }
})

test('of two takes that arrive after handing in the team gets the newer, and the other goes a week later', async () => {
  const kim = await begun()
  const answer = { questionId: 'why', way: 'video' }
  const [first, second] = [(await kim.begin(answer)).json(), (await kim.begin(answer)).json()]
  expect((await kim.say('POST', '/submit')).json()).toMatchObject({ state: 'submitted' })
  for (const { videoId } of [first, second]) await kim.upload(videoId, cut)
  const after = (days: number) => purgeTakes(db, new Date(Date.now() + days * 24 * hour))
  expect([await after(6.9), await after(7.1)]).toEqual([0, 1])
  expect(await sheet(ben, kim.id)).toMatchObject({ answers: [{ update: { id: second.id } }] })
})

test('who answered nothing by the deadline has handed in nothing', async () => {
  const id = await position(ada)
  const [invitation] = await invited(ada, id, { name: 'Kim', deadlineAt: fromNow(hour) })
  await candidate(invitation!).consent()
  await done(ada, 'PATCH', `/api/candidate-invitations/${invitation!.id}`, { deadlineAt: fromNow(-60_000) })
  expect((await ask(ada, 'GET', `/api/positions/${id}`)).json().counts).toMatchObject({ started: 1, submitted: 0 })
  expect((await ask(ada, 'GET', `/api/positions/${id}/invitations`)).json().items).toMatchObject([{ state: 'expired' }])
  const decision = { decision: 'decline', reason: 'No answer' }
  expect(code(await ask(ada, 'PUT', `/api/candidate-invitations/${invitation!.id}/decision`, decision))).toBe('answers-missing')
})

test('what the team thought of a candidate goes when they withdraw', async () => {
  const kim = await begun()
  await kim.write('how', 'Calmly')
  await kim.say('POST', '/submit')
  const url = `/api/candidate-invitations/${kim.id}`
  const card = { scores: [], note: 'A private thought', submit: true }
  await done(ben, 'PUT', `${url}/scorecard`, card)
  await done(ada, 'PUT', `${url}/decision`, { decision: 'hold', reason: 'A private reason' })
  expect((await kim.say('DELETE', '')).statusCode).toBe(204)
  expect(await rowOf(kim.id)).toMatchObject({ decision: null, decisionReason: null, decidedById: null, decidedAt: null })
  expect(await db.select().from(scorecards).where(eq(scorecards.invitationId, kim.id))).toEqual([])
  expect(code(await ask(ben, 'PUT', `${url}/scorecard`, card))).toBe('answers-missing')
})

test('when the days after closing are over candidates are erased for good; opened again in time they are not', async () => {
  const id = await position(ada)
  const [invitation] = await invited(ada, id, { name: 'Kim Overdue' })
  const kim = candidate(invitation!)
  await kim.consent()
  await kim.write('how', 'Calmly')
  const log = createLog('silent', 'test')
  const after = (days: number) => eraseCandidates({ db, storage, log }, new Date(Date.now() + days * 24 * hour))
  expect(await after(40)).toBe(0)
  await done(ada, 'PATCH', `/api/positions/${id}`, { isClosed: true, deleteAfterDays: 10 })
  expect(await after(9)).toBe(0)
  await done(ada, 'PATCH', `/api/positions/${id}`, { isClosed: false })
  expect(await after(11)).toBe(0)
  await done(ada, 'PATCH', `/api/positions/${id}`, { isClosed: true })
  expect(await after(11)).toBe(1)
  expect(await rowOf(invitation!.id)).toBeUndefined()
  expect(await db.select().from(users).where(eq(users.id, invitation!.id))).toEqual([])
  expect(await storage.size(keys.erasure(invitation!.id))).not.toBeNull()
  const [proof] = await db.select().from(auditEvents).where(eq(auditEvents.action, 'candidate.expired'))
  expect(proof).toMatchObject({ actorId: null, targetId: id, details: { candidate: invitation!.id, videos: 0 } })
  // A backup from before brings nobody back.
  await db.insert(candidateInvitations).values({
    id: invitation!.id,
    positionId: id,
    interviewId: (await rowOf((await begun()).id))!.interviewId,
    name: 'Kim Overdue',
  })
  expect(await eraseAgain(db, [invitation!.id])).toBe(1)
  expect(await rowOf(invitation!.id)).toBeUndefined()
})

test('a video that no interview asks with goes after a week; one that is asked with stays', async () => {
  const id = await position(ada)
  const record = async () =>
    (await done(ada, 'POST', '/api/updates', { positionId: id, video: { tracks: ['main'] } })) as { id: string; videoId: string }
  const [used, unused] = [await record(), await record()]
  await db.update(updates).set({ publishedAt: new Date() }).where(eq(updates.id, used.id))
  await done(ada, 'PUT', `/api/positions/${id}/interview`, {
    revision: 2,
    content: { questions: [{ id: 'seen', videoUpdateId: used.id }] },
  })
  expect(await purgeQuestions(db)).toBe(0)
  await db.execute(sql`update updates set created_at = now() - interval '8 days' where id in (${used.id}, ${unused.id})`)
  expect(await purgeQuestions(db)).toBe(1)
  expect(
    await db
      .select({ id: updates.id })
      .from(updates)
      .where(inArray(updates.id, [used.id, unused.id])),
  ).toEqual([{ id: used.id }])
})
