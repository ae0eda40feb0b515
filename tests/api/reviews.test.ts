import { sql } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { startApp } from '../support/app.ts'
import type { Person } from '../support/given.ts'
import { interviewsOn } from '../support/interview.ts'

const { app, given } = await startApp()
const { ask, done, position, invited, candidate } = interviewsOn(app)
const olga = await given.person('Olga')
const ada = await given.person('Ada')
const ben = await given.person('Ben')
const cem = await given.person('Cem')
const zoe = await given.person('Zoe')
const positionId = await position(ada)
for (const [person, role] of [
  [ben, 'reviewer'],
  [zoe, 'reviewer'],
  [cem, 'observer'],
] as const)
  await done(ada, 'PUT', `/api/positions/${positionId}/people/${person.id}`, { role })

const code = (answer: { json(): { type: string } }) => answer.json().type.replace('/problems/', '')
async function handedIn(name = 'Kim') {
  const [invitation] = await invited(ada, positionId, { name })
  const kim = candidate(invitation!)
  await kim.consent()
  await kim.write('how', `Calmly, says ${name}`)
  await kim.say('POST', '/submit')
  return invitation!.id
}
const card = (score: number, more: object = {}) => ({ scores: [{ lineId: 'clear', score }], recommendation: 'yes', ...more })
const save = (person: Person, id: string, payload: object) =>
  ask(person, 'PUT', `/api/candidate-invitations/${id}/scorecard`, payload)
const review = async (person: Person, id: string) => (await ask(person, 'GET', `/api/candidate-invitations/${id}/review`)).json()

test('scores are sealed: others’ show when mine are submitted, and drafts never', async () => {
  const id = await handedIn()
  expect((await save(ben, id, card(4, { submit: true }))).json()).toMatchObject({
    mine: { submittedAt: expect.any(String) },
    others: [],
  })
  await save(zoe, id, card(2))
  expect(await review(zoe, id)).toMatchObject({
    mine: { submittedAt: null, scores: [{ score: 2, note: '' }] },
    others: null,
    submitted: 1,
  })
  expect(await review(ada, id)).toMatchObject({ mine: null, others: null, submitted: 1 })
  expect(await review(ben, id)).toMatchObject({ others: [] })
  const compared = await ask(zoe, 'GET', `/api/positions/${positionId}/comparison`)
  expect(compared.json().items.find((each: { candidateId: string }) => each.candidateId === id).review.others).toBeNull()
  await save(zoe, id, card(2, { submit: true }))
  expect(await review(zoe, id)).toMatchObject({
    others: [{ reviewer: { name: 'Ben' }, scores: [{ lineId: 'clear', score: 4 }], recommendation: 'yes' }],
  })
  expect(await review(ben, id)).toMatchObject({ others: [{ reviewer: { name: 'Zoe' } }], submitted: 2 })
})

test('what is changed after others’ scores were shown says so; what was submitted stays submitted', async () => {
  const id = await handedIn()
  await save(ben, id, card(4, { submit: true }))
  expect((await save(ben, id, card(3))).json()).toMatchObject({
    mine: { submittedAt: expect.any(String), changedAfterAt: null, scores: [{ score: 3 }] },
  })
  await save(zoe, id, card(1, { submit: true }))
  await review(ben, id)
  expect((await save(ben, id, card(1))).json()).toMatchObject({ mine: { changedAfterAt: expect.any(String) } })
})

test('observers watch and do not score; they read scores once it is decided', async () => {
  const id = await handedIn()
  expect(code(await save(cem, id, card(4)))).toBe('forbidden')
  await save(ben, id, card(4, { submit: true }))
  expect(await review(cem, id)).toMatchObject({ others: null })
  expect(code(await ask(ben, 'PUT', `/api/candidate-invitations/${id}/decision`, { decision: 'advance', reason: 'Good' }))).toBe(
    'forbidden',
  )
  const decided = await ask(ada, 'PUT', `/api/candidate-invitations/${id}/decision`, {
    decision: 'advance',
    reason: 'Calm and clear',
  })
  expect(decided.json()).toMatchObject({
    decision: { decision: 'advance', reason: 'Calm and clear', by: { name: 'Ada' } },
    others: null,
  })
  expect(await review(cem, id)).toMatchObject({ others: [{ reviewer: { name: 'Ben' } }], decision: { decision: 'advance' } })
})

test('what cannot be judged is refused: nothing handed in, a line of another rubric, a score of another scale', async () => {
  const [invitation] = await invited(ada, positionId, { name: 'Lou' })
  expect(code(await save(ben, invitation!.id, card(4)))).toBe('answers-missing')
  expect(
    code(await ask(ada, 'PUT', `/api/candidate-invitations/${invitation!.id}/decision`, { decision: 'hold', reason: 'Wait' })),
  ).toBe('answers-missing')
  const id = await handedIn()
  expect(code(await save(ben, id, { scores: [{ lineId: 'other', score: 3 }] }))).toBe('invalid-request')
  expect(code(await save(ben, id, card(6)))).toBe('invalid-request')
  expect((await save(olga, id, card(4))).statusCode).toBe(404)
  expect((await ask(olga, 'GET', `/api/candidate-invitations/${id}/review`)).statusCode).toBe(404)
})

test('the candidate never learns what was judged', async () => {
  const [invitation] = await invited(ada, positionId, { name: 'Kim' })
  const kim = candidate(invitation!)
  await kim.consent()
  await kim.write('how', 'Calmly')
  await kim.say('POST', '/submit')
  await save(ben, invitation!.id, card(1, { submit: true, note: 'Rather not' }))
  await ask(ada, 'PUT', `/api/candidate-invitations/${invitation!.id}/decision`, { decision: 'decline', reason: 'Too calm' })
  const page = await kim.say('GET', '')
  expect(page.body).not.toMatch(/Rather not|Too calm|decline|clear/)
  expect((await kim.send({ url: `/api/candidate-invitations/${invitation!.id}/review` })).statusCode).toBe(401)
})

test('the answers to one question are watched as a reel across all candidates, by those who may see them', async () => {
  const id = await position(ada)
  await done(ada, 'PUT', `/api/positions/${id}/people/${ben.id}`, { role: 'reviewer' })
  for (const name of ['Kim', 'Lou', 'Mia']) {
    const [invitation] = await invited(ada, id, { name })
    const each = candidate(invitation!)
    await each.consent()
    await each.write('how', `Calmly, says ${name}`)
    if (name !== 'Mia') await each.say('POST', '/submit')
  }
  const { items } = (await ask(ben, 'GET', `/api/positions/${id}/answers`)).json()
  expect(items).toMatchObject([
    { questionId: 'how', way: 'text', version: 1 },
    { questionId: 'how', way: 'text', version: 1 },
  ])
  const updates = items.map(({ updateId }: { updateId: string }) => updateId).join(',')
  const reel = async (person: Person) => (await ask(person, 'GET', `/api/reel?from=updates&updates=${updates}`)).json()
  expect((await reel(ben)).items).toMatchObject([
    { author: { name: 'Kim' }, title: 'How do you work?' },
    { author: { name: 'Lou' }, title: 'How do you work?' },
  ])
  expect((await reel(zoe)).items).toEqual([])
  expect((await ask(zoe, 'GET', `/api/positions/${id}/answers`)).statusCode).toBe(404)
  expect((await ask(ben, 'GET', '/api/reel?from=unseen')).json().items).toEqual([])
})

test('a reel of one question has everybody who handed in, in that order, however many they are', async () => {
  const id = await position(ada)
  await done(ada, 'PUT', `/api/positions/${id}/people/${ben.id}`, { role: 'reviewer' })
  const all = await invited(ada, id, ...Array.from({ length: 130 }, (_, index) => ({ name: `Kim ${index}` })))
  await app.db.execute(sql`
    with handed as (update candidate_invitations set consented_at = now(), submitted_at = now() + number * interval '1 second'
        where position_id = ${id} and number < 130 returning id, name),
      person as (insert into users (id, name, email, candidate_of) select id, name, id || '@candidate.invalid', id from handed returning id),
      said as (insert into updates (workspace_id, author_id, title, body, is_interview, published_at)
        select (select workspace_id from positions where id = ${id}), person.id, 'Q', 'Calmly', true, now() from person returning id, author_id)
    insert into interview_answers (update_id, invitation_id, question_id, way, is_chosen) select id, author_id, 'how', 'text', true from said`)
  const reel = async (person: Person, question = 'how') =>
    ask(person, 'GET', `/api/reel?from=question&position=${id}&question=${question}`)
  const { items, title, left } = (await reel(ben)).json()
  expect({ count: items.length, title, left }).toEqual({ count: 129, title: 'How do you work?', left: 0 })
  const own = (await ask(ada, 'GET', `/api/positions/${id}/comparison`)).json().items
  expect(items.map(({ author }: { author: { name: string } }) => author.name)).toEqual(
    own.map(({ name }: { name: string }) => name),
  )
  await done(ada, 'PATCH', `/api/positions/${id}`, { hidesNames: true })
  expect((await reel(ben)).body).not.toContain('Kim')
  expect((await reel(ben, 'why')).json()).toMatchObject({ items: [], title: 'Why this job?' })
  expect((await reel(zoe)).statusCode).toBe(404)
  await done(ada, 'DELETE', `/api/candidate-invitations/${all.find(({ name }) => name === 'Kim 3')?.id}`)
  expect((await reel(ben)).json().items).toHaveLength(128)
  expect(code(await ask(ben, 'GET', '/api/reel?from=question'))).toBe('invalid-request')
})

test('candidates stand beside each other in the order of handing in, whatever their scores', async () => {
  const id = await position(ada)
  const names = ['Kim', 'Lou']
  for (const name of names) {
    const [invitation] = await invited(ada, id, { name })
    const each = candidate(invitation!)
    await each.consent()
    await each.write('how', 'Calmly')
    await each.say('POST', '/submit')
    await save(ada, invitation!.id, card(name === 'Kim' ? 1 : 5, { submit: true }))
  }
  const { items } = (await ask(ada, 'GET', `/api/positions/${id}/comparison`)).json()
  expect(items).toMatchObject(names.map((name) => ({ name, review: { mine: { submittedAt: expect.any(String) }, others: [] } })))
})

test('while names are hidden nobody but owners reads them, wherever candidates are shown', async () => {
  const id = await position(ada)
  for (const [person, role] of [
    [ben, 'reviewer'],
    [cem, 'observer'],
  ] as const)
    await done(ada, 'PUT', `/api/positions/${id}/people/${person.id}`, { role })
  const all = await invited(
    ada,
    id,
    { name: 'Kim Secret', email: 'kim@secret.example' },
    { name: 'Lou Secret' },
    { name: 'Mia Secret' },
  )
  const answer = async (which: number) => {
    const each = candidate(all[which]!)
    await each.consent()
    await each.write('how', 'Calmly')
    await each.say('POST', '/submit')
  }
  await answer(1)
  const hide = (hidesNames: boolean) => done(ada, 'PATCH', `/api/positions/${id}`, { hidesNames })
  expect(await hide(true)).toMatchObject({ hidesNames: true })
  // Also of who consents after that.
  await answer(2)
  const { items } = (await ask(ben, 'GET', `/api/positions/${id}/answers`)).json()
  const updates = items.map(({ updateId }: { updateId: string }) => updateId)
  const link = await done(ada, 'POST', `/api/positions/${id}/manager-links`, { label: 'Dana' })
  const shownTo = async (person: Person) =>
    (
      await Promise.all(
        [
          `/api/positions/${id}/invitations`,
          `/api/candidate-invitations/${all[1]!.id}`,
          `/api/candidate-invitations/${all[2]!.id}/review`,
          `/api/positions/${id}/comparison`,
          `/api/reel?from=updates&updates=${updates.join(',')}`,
          `/api/updates/${updates[0]}`,
          `/api/notifications`,
          `/api/manager-page/${link.url.split('/s/hiring/')[1]}`,
        ].map(async (url) => (await ask(person, 'GET', url)).body),
      )
    ).join('\n')
  for (const person of [ben, cem]) {
    const shown = await shownTo(person)
    expect(shown).not.toMatch(/Secret|secret\.example/i)
    expect(shown).toMatch(/"name":"Candidate B"/)
    expect(shown).toMatch(/"name":"Candidate C"/)
  }
  const own = (await ask(ada, 'GET', `/api/positions/${id}/invitations`)).json().items
  expect(own).toContainEqual(expect.objectContaining({ name: 'Kim Secret', alias: 'Candidate A', email: 'kim@secret.example' }))
  // A letter is that of one person, also when others are erased.
  await done(ada, 'DELETE', `/api/candidate-invitations/${all[0]!.id}`)
  const [zed] = await invited(ada, id, { name: 'Zed Secret' })
  expect(zed).toMatchObject({ alias: 'Candidate D' })
  expect(await shownTo(ben)).toMatch(/"name":"Candidate B"/)
  await hide(false)
  expect(await shownTo(ben)).toMatch(/"name":"Lou Secret".*"name":"Mia Secret"/s)
  expect((await ask(ada, 'GET', `/api/positions/${id}/invitations`)).json().items[0]).toMatchObject({ alias: null })
})
