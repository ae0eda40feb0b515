import { schema } from '@meanwhile/shared/db/client'
import { purgeTakes } from '@meanwhile/worker/interviews/purge-takes'
import { eq, inArray } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { code, fromNow, hour, startCandidacies } from '../support/candidacies.ts'
import type { Person } from '../support/given.ts'

const { ask, db, done, olga, ada, ben, positionId, begun, take, sheet, sees } = await startCandidacies()
const { candidateInvitations, updates } = schema

const again = (person: Person, id: string, questionId = 'why', until = fromNow(hour)) =>
  ask(person, 'PUT', `/api/candidate-invitations/${id}/answers/${questionId}/reopened`, { until })

test('what the deadline handed in loses its other takes once a question is opened again; new ones that are not handed in go a week after their time', async () => {
  const kim = await begun({ name: 'Kim', deadlineAt: fromNow(hour) })
  const [first, second] = [await take(kim), await take(kim)]
  await kim.say('PUT', `/takes/${first.id}/chosen`)
  await done(ada, 'PATCH', `/api/candidate-invitations/${kim.id}`, { deadlineAt: fromNow(-60_000) })
  expect((await again(ada, kim.id)).statusCode).toBe(200)
  expect(await db.select().from(updates).where(eq(updates.id, second.id))).toEqual([])
  const next = await take(kim)
  const after = (days: number) => purgeTakes(db, new Date(Date.now() + hour + days * 24 * hour))
  expect(await after(6.9)).toBe(0)
  expect(await after(7.1)).toBe(1)
  expect(await db.select().from(updates).where(eq(updates.id, next.id))).toEqual([])
  expect(await sheet(ben, kim.id)).toMatchObject({ answers: [{ update: { id: first.id } }] })
})

test('an owner opens one question again: the answer that is there stays until another is handed in, and goes then', async () => {
  const kim = await begun()
  const first = await take(kim)
  await kim.write('how', 'Calmly')
  await kim.say('POST', '/submit')
  expect(code(await again(ben, kim.id))).toBe('forbidden')
  expect((await again(olga, kim.id)).statusCode).toBe(404)
  expect((await again(ada, kim.id)).json()).toMatchObject({ state: 'submitted', reopened: { questionId: 'why' } })

  expect(await kim.page()).toMatchObject({ state: 'submitted', reopened: { questionId: 'why', until: expect.any(String) } })
  expect(code(await kim.write('how', 'Not so calmly'))).toBe('answer-final')
  expect(code(await kim.say('PUT', `/takes/${first.id}/chosen`))).toBe('answer-final')
  expect(code(await kim.say('POST', '/submit'))).toBe('answers-missing')
  const [second, third] = [await take(kim), await take(kim)]
  expect(code(await kim.begin({ questionId: 'why', way: 'video' }))).toBe('retakes-used')
  expect((await kim.say('PUT', `/takes/${second.id}/chosen`)).statusCode).toBe(200)
  expect((await kim.page()).takes).toMatchObject([
    { updateId: first.id, isChosen: true, isHandedIn: true },
    { way: 'text', isChosen: true, isHandedIn: true },
    { updateId: second.id, isChosen: true, isHandedIn: false },
    { updateId: third.id, isChosen: false, isHandedIn: false },
  ])
  expect(await sheet(ben, kim.id)).toMatchObject({ answers: [{ update: { id: first.id }, againAt: null }, {}] })
  expect([await sees(ben, first.id), await sees(ben, second.id)]).toEqual([true, false])

  expect((await kim.say('POST', '/submit')).json()).toMatchObject({ state: 'submitted', reopened: null })
  expect(await sheet(ben, kim.id)).toMatchObject({
    invitation: { answered: 2, reopened: null },
    answers: [
      { update: { id: second.id }, againAt: expect.any(String) },
      { update: { body: 'Calmly' }, againAt: null },
    ],
  })
  expect(
    await db
      .select()
      .from(updates)
      .where(inArray(updates.id, [first.id, third.id])),
  ).toEqual([])
  expect(code(await kim.begin({ questionId: 'why', way: 'video' }))).toBe('answer-final')
})

test('what was written is not changed by answering again, until that is handed in; after its time nothing begins', async () => {
  const kim = await begun()
  await kim.write('how', 'Calmly')
  await kim.say('POST', '/submit')
  await again(ada, kim.id, 'how')
  await kim.write('how', 'With care')
  expect(await sheet(ben, kim.id)).toMatchObject({ answers: [{ update: { body: 'Calmly' } }] })
  expect(code(await again(ada, kim.id, 'why'))).toBe('answer-reopened')
  await db
    .update(candidateInvitations)
    .set({ reopenedUntil: new Date(Date.now() - 60_000) })
    .where(eq(candidateInvitations.id, kim.id))
  expect(code(await kim.write('how', 'Late'))).toBe('invitation-ended')
  // What was begun in time may still be handed in.
  expect(await kim.page()).toMatchObject({ reopened: { questionId: 'how' } })
  await kim.say('POST', '/submit')
  expect(await sheet(ben, kim.id)).toMatchObject({ answers: [{ update: { body: 'With care' } }] })

  await again(ada, kim.id, 'how')
  await kim.write('how', 'Once more')
  await db
    .update(candidateInvitations)
    .set({ reopenedUntil: new Date(Date.now() - 60_000) })
    .where(eq(candidateInvitations.id, kim.id))
  expect((await again(ada, kim.id, 'why')).statusCode).toBe(200)
  expect((await kim.page()).takes).toMatchObject([{ text: 'With care', isHandedIn: true }])
})

test('nothing is opened again of who has not handed in, withdrew or was revoked, nor once the position is closed', async () => {
  const kim = await begun({ name: 'Kim', deadlineAt: fromNow(hour) })
  await kim.write('how', 'Calmly')
  expect(code(await again(ada, kim.id, 'how'))).toBe('answers-missing')
  await done(ada, 'PATCH', `/api/candidate-invitations/${kim.id}`, { deadlineAt: fromNow(-60_000) })
  // The deadline handed it in.
  expect((await again(ada, kim.id, 'how')).statusCode).toBe(200)
  expect((await again(ada, kim.id, 'how', fromNow(-hour))).json()).toMatchObject({ errors: [{ field: 'until' }] })
  expect((await again(ada, kim.id, 'what')).json()).toMatchObject({ errors: [{ field: 'questionId' }] })
  await done(ada, 'PATCH', `/api/candidate-invitations/${kim.id}`, { isRevoked: true })
  expect(code(await again(ada, kim.id, 'how'))).toBe('invitation-ended')
  await done(ada, 'PATCH', `/api/candidate-invitations/${kim.id}`, { isRevoked: false })
  await done(ada, 'PATCH', `/api/positions/${positionId}`, { isClosed: true })
  expect(code(await again(ada, kim.id, 'how'))).toBe('position-closed')
  expect(await kim.page()).toMatchObject({ reopened: null })
  await done(ada, 'PATCH', `/api/positions/${positionId}`, { isClosed: false })
  await kim.say('DELETE', '')
  expect(code(await again(ada, kim.id, 'how'))).toBe('invitation-ended')
})
