import { schema } from '@meanwhile/shared/db/client'
import { isNeverWritten } from '@meanwhile/shared/db/never-written'
import { eq } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { code, fromNow, hour, startCandidacies } from '../support/candidacies.ts'
import type { Person } from '../support/given.ts'

const {
  given,
  db,
  ask,
  done,
  position,
  invited,
  candidate,
  olga,
  ada,
  ben,
  cem,
  cut,
  positionId,
  begun,
  take,
  sheet,
  sees,
  rowOf,
} = await startCandidacies()
const { candidateInvitations, updates } = schema
const eve = await given.stranger('Eve')

test('before consent a candidate reads who asks, how long it takes, who sees it and when it goes; looking notes nothing', async () => {
  const [invitation] = await invited(ada, positionId, { name: 'Kim', deadlineAt: fromNow(hour) })
  const kim = candidate(invitation!)
  for (let looks = 0; looks < 3; looks++) await kim.page()
  const { content, takes, ...page } = await kim.page()
  expect(page).toMatchObject({
    name: 'Kim',
    position: 'Backend engineer',
    state: 'invited',
    questionCount: 2,
    seenBy: ['Ada', 'Ben', 'Cem'],
    deleteAfterDays: 30,
    consentedAt: null,
  })
  expect(page.estimateMs).toBeGreaterThan(60_000)
  expect([content, takes]).toEqual([null, []])
  expect(await rowOf(invitation!.id)).toMatchObject({ consentedAt: null })
  expect(code(await kim.begin({ questionId: 'why', way: 'video' }))).toBe('consent-needed')
  expect(code(await kim.write('how', 'Calmly'))).toBe('consent-needed')
  expect(code(await kim.say('POST', '/consent', { version: 'of another text' }))).toBe('consent-needed')
})

test('consent is kept with the version of its text, once; then the questions are there, without what is looked for', async () => {
  const kim = await begun()
  const first = await rowOf(kim.id)
  expect(first).toMatchObject({ consentVersion: (await kim.page()).consentVersion })
  await kim.consent()
  expect((await rowOf(kim.id))?.consentedAt).toEqual(first?.consentedAt)
  const { content, state } = await kim.page()
  expect(state).toBe('started')
  expect(content.questions).toMatchObject([{ id: 'why', rubric: [] }, { id: 'how' }])
})

test('answers by video and in writing are the team’s once they are handed in, and not before', async () => {
  const kim = await begun()
  const { id } = await take(kim)
  expect((await kim.write('how', 'Calmly')).json().takes).toMatchObject([
    { updateId: id, questionId: 'why', way: 'video', isChosen: true, video: { durationMs: expect.any(Number) } },
    { questionId: 'how', way: 'text', text: 'Calmly', isChosen: true, video: null },
  ])
  expect(await Promise.all([ada, ben, cem, olga, eve].map((person) => sees(person, id)))).toEqual(Array(5).fill(false))
  expect(await sheet(ben, kim.id)).toMatchObject({
    answers: [],
    invitation: { state: 'started', answered: 0, email: null, url: null },
  })
  expect(await sheet(ada, kim.id)).toMatchObject({ answers: [], invitation: { state: 'started', answered: 2 } })

  const handedIn = await kim.say('POST', '/submit')
  expect(handedIn.json(), handedIn.body).toMatchObject({ state: 'submitted', submittedAt: expect.any(String) })
  expect((await kim.say('POST', '/submit')).json().submittedAt).toBe(handedIn.json().submittedAt)
  expect(await Promise.all([ada, ben, cem, olga, eve].map((person) => sees(person, id)))).toEqual([
    true,
    true,
    true,
    false,
    false,
  ])
  expect(await sheet(ben, kim.id)).toMatchObject({
    positionTitle: 'Backend engineer',
    invitation: { name: 'Kim', state: 'submitted', answered: 2 },
    answers: [
      { questionId: 'why', way: 'video', update: { id, author: { name: 'Kim' } } },
      { questionId: 'how', way: 'text', update: { body: 'Calmly' } },
    ],
  })
  for (const person of [olga, eve]) expect(await sheet(person, kim.id)).toMatchObject({ status: 404 })
  expect((await ask(ada, 'GET', '/api/updates')).body).not.toContain(id)
  expect(code(await kim.begin({ questionId: 'why', way: 'video' }))).toBe('answer-final')
  expect(code(await kim.write('how', 'Not so calmly'))).toBe('answer-final')
})

test('what reviewers say about an answer is never the candidate’s to read', async () => {
  const kim = await begun()
  const { id } = await take(kim)
  await kim.say('POST', '/submit')
  const comment = await ask(ben, 'POST', `/api/updates/${id}/comments`, { text: 'Unsure of this', atMs: 500 })
  expect(comment.statusCode, comment.body).toBe(201)
  expect((await ask(cem, 'GET', `/api/updates/${id}/comments`)).body).toContain('Unsure of this')
  const asked = await Promise.all(
    [`/api/updates/${id}/comments`, '/api/notifications', '/api/updates', '/api/me', '/api/events'].map((url) =>
      kim.send({ url }),
    ),
  )
  expect(asked.map(({ statusCode }) => statusCode)).toEqual([401, 401, 401, 401, 401])
  expect((await kim.send({ url: `/api/updates/${id}` })).json()).toMatchObject({
    commentCount: 0,
    audience: null,
    canComment: false,
  })
})

test('a question is answered again as often as it says; the chosen take is kept and the others are deleted', async () => {
  const kim = await begun()
  const first = await take(kim)
  const second = await take(kim)
  expect(code(await kim.begin({ questionId: 'why', way: 'video' }))).toBe('retakes-used')
  const chosen = async () =>
    (await kim.page()).takes
      .filter(({ isChosen }: { isChosen: boolean }) => isChosen)
      .map(({ updateId }: { updateId: string }) => updateId)
  expect(await chosen()).toEqual([second.id])
  expect((await kim.say('PUT', `/takes/${first.id}/chosen`)).statusCode).toBe(200)
  expect(await chosen()).toEqual([first.id])
  await kim.say('POST', '/submit')
  expect(await db.select().from(updates).where(eq(updates.id, second.id))).toEqual([])
  expect(await sheet(ben, kim.id)).toMatchObject({ answers: [{ update: { id: first.id } }] })
})

test('what was thrown away while it was recorded costs no retake; what is complete is not deleted one by one', async () => {
  const kim = await begun()
  for (let tries = 0; tries < 3; tries++) {
    const { id } = (await kim.begin({ questionId: 'why', way: 'video' })).json()
    expect((await kim.send({ method: 'DELETE', url: `/api/updates/${id}` })).statusCode).toBe(204)
    expect(await db.select().from(updates).where(eq(updates.id, id))).toEqual([])
  }
  const { id } = await take(kim)
  expect(code(await kim.send({ method: 'DELETE', url: `/api/updates/${id}` }))).toBe('forbidden')
})

test('an answer that is still on its way when the others are handed in counts when it is here', async () => {
  const kim = await begun()
  await kim.write('how', 'Calmly')
  const { id, videoId } = (await kim.begin({ questionId: 'why', way: 'audio' })).json()
  await kim.say('POST', '/submit')
  expect((await kim.upload(videoId, cut)).statusCode).toBe(200)
  expect(await sheet(ben, kim.id)).toMatchObject({ answers: [{ update: { id } }, { way: 'text' }] })
})

test('what began before the deadline counts, however late it is sent; what was answered by then is handed in by it', async () => {
  const kim = await begun({ name: 'Kim', deadlineAt: fromNow(hour) })
  await kim.write('how', 'Calmly')
  const passed = await done(ada, 'PATCH', `/api/candidate-invitations/${kim.id}`, { deadlineAt: fromNow(-60_000) })
  expect(passed).toMatchObject({ state: 'submitted' })
  expect(code(await kim.begin({ questionId: 'why', way: 'video' }))).toBe('invitation-ended')
  expect(code(await kim.write('how', 'Late'))).toBe('invitation-ended')
  const { id, videoId } = (await kim.begin({ questionId: 'why', way: 'video', beganMsAgo: 90_000 })).json()
  await kim.upload(videoId, cut)
  expect(await sheet(ben, kim.id)).toMatchObject({ answers: [{ update: { id } }, { update: { body: 'Calmly' } }] })

  const late = await begun({ name: 'Lou', deadlineAt: fromNow(hour) })
  await done(ada, 'PATCH', `/api/candidate-invitations/${late.id}`, { deadlineAt: fromNow(-60_000) })
  expect(await late.page()).toMatchObject({ state: 'expired' })
  await done(ada, 'PATCH', `/api/candidate-invitations/${late.id}`, { deadlineAt: null })
  expect((await late.write('how', 'At last')).statusCode).toBe(200)
})

test.each([
  ['a question of another interview', { questionId: 'what', way: 'video' }, 'questionId'],
  ['a way that is not offered', { questionId: 'how', way: 'screen' }, 'way'],
])('%s is refused', async (_what, answer, field) => {
  const kim = await begun()
  expect((await kim.begin(answer)).json()).toMatchObject({ type: '/problems/invalid-request', errors: [{ field }] })
})

test('what is granted to a candidate is in what they are asked, and reviewers are not told', async () => {
  const kim = await begun({ name: 'Kim', extraTimePercent: 50, mayWrite: true })
  expect((await kim.page()).content.questions).toMatchObject([
    { answerLimitMs: 450_000, ways: ['video', 'audio', 'screen', 'text'] },
    { answerLimitMs: 450_000 },
  ])
  expect((await kim.write('why', 'In writing')).statusCode).toBe(200)
  await kim.say('POST', '/submit')
  expect(await sheet(ada, kim.id)).toMatchObject({ invitation: { accommodation: { extraTimePercent: 50, mayWrite: true } } })
  const told = await sheet(ben, kim.id)
  expect(told.invitation.accommodation).toBeNull()
  expect(told.content.questions[0]).toMatchObject({ answerLimitMs: 300_000, ways: ['video', 'audio', 'screen'] })
})

test('a link that was revoked answers nothing and shows nothing, until it is opened again', async () => {
  const kim = await begun()
  const { id } = await take(kim)
  await kim.say('POST', '/submit')
  expect(await done(ada, 'PATCH', `/api/candidate-invitations/${kim.id}`, { isRevoked: true })).toMatchObject({
    state: 'revoked',
    url: null,
  })
  expect(await kim.page()).toMatchObject({ state: 'revoked', content: null })
  expect(await sees(ben, id)).toBe(false)
  await done(ada, 'PATCH', `/api/candidate-invitations/${kim.id}`, { isRevoked: false })
  expect(await sees(ben, id)).toBe(true)
})

test('a link opens its own interview alone; one that was never given out opens nothing', async () => {
  const kim = await begun()
  const lou = await begun({ name: 'Lou' })
  const { id, videoId } = await take(kim)
  const tried = [
    await lou.say('PUT', `/takes/${id}/chosen`),
    await lou.send({ url: `/api/updates/${id}` }),
    await lou.send({ url: `/api/videos/${videoId}` }),
    await lou.send({ method: 'DELETE', url: `/api/updates/${id}` }),
    await lou.upload(videoId, cut),
    await candidate({ url: `x/i/${kim.token.slice(0, -2)}AA` }).say('GET', ''),
    await candidate({ url: 'x/i/nothing' }).say('GET', ''),
    await ask(ada, 'GET', '/api/candidate'),
  ]
  expect(tried.map(({ statusCode }) => statusCode)).toEqual(Array(8).fill(404))
})

test('whoever guesses links is told to wait; candidates behind the same network are not', async () => {
  const kim = await begun()
  const guess = (index: number) => candidate({ url: `x/i/${'A'.repeat(46)}${String(index).padStart(2, '0')}` }).say('GET', '')
  const answers = await Promise.all(Array.from({ length: 90 }, (_, index) => guess(index)))
  expect(answers.filter(({ statusCode }) => statusCode === 429).length).toBeGreaterThan(20)
  expect((await kim.say('GET', '')).statusCode).toBe(200)
})

test('a reviewer who is a candidate elsewhere is each of them in turn', async () => {
  const kim = await begun()
  const both = await kim.send({ url: '/api/candidate', headers: { cookie: ben.cookie } })
  expect(both.json()).toMatchObject({ name: 'Kim' })
  const asBen = await kim.send({ url: '/api/candidate', headers: { cookie: ben.cookie, 'meanwhile-viewer': ben.id } })
  expect(code(asBen)).toBe('not-found')
  const asAda = await kim.send({ url: '/api/candidate', headers: { cookie: ben.cookie, 'meanwhile-viewer': ada.id } })
  expect(code(asAda)).toBe('signed-out')
  const started = await kim.send({
    method: 'POST',
    url: '/api/updates',
    headers: { cookie: ben.cookie, 'meanwhile-viewer': kim.id },
    payload: { video: { tracks: ['main'] }, answer: { questionId: 'why', way: 'video' } },
  })
  expect(started.json(), started.body).toMatchObject({ author: { id: kim.id, name: 'Kim' } })
})

test('who was invited keeps the version that they were invited to', async () => {
  const id = await position(ada)
  const [first] = await invited(ada, id)
  await done(ada, 'PUT', `/api/positions/${id}/interview`, {
    revision: 2,
    content: { questions: [{ id: 'new', text: 'Anything else?' }] },
  })
  const [second] = await invited(ada, id)
  const asked = async (invitation: typeof first) => {
    const kim = candidate(invitation!)
    await kim.consent()
    return (await kim.page()).content.questions.map((question: { id: string }) => question.id)
  }
  expect([await asked(first), await asked(second)]).toEqual([['why', 'how'], ['new']])
  expect([first!.version, second!.version]).toEqual([1, 2])
})

test('what a candidate says is given to no service that writes it down; what is asked may be', async () => {
  const kim = await begun()
  const { videoId } = await take(kim)
  const asked = await done(ada, 'POST', '/api/updates', { positionId, video: { tracks: ['main'] } })
  expect([await isNeverWritten(db, videoId), await isNeverWritten(db, asked.videoId)]).toEqual([true, false])
})

test('what candidates were promised waits for the owners of the position, by when the first of them is to hear, until it is decided or taken back', async () => {
  const id = await position(ada)
  await done(ada, 'PUT', `/api/positions/${id}/people/${ben.id}`, { role: 'reviewer' })
  const waiting = async (person: Person) =>
    (await ask(person, 'GET', '/api/me/candidates')).json().items.find((each: { positionId: string }) => each.positionId === id)
  const [kim, lou] = (await invited(ada, id, { name: 'Kim' }, { name: 'Lou' })).map((each) => ({ ...each, ...candidate(each) }))
  for (const each of [kim!, lou!]) {
    await each.consent()
    await each.write('how', 'Calmly')
    await each.say('POST', '/submit')
  }
  expect(await waiting(ada)).toBeUndefined()
  await done(ada, 'PATCH', `/api/positions/${id}`, { promiseDays: 3 })
  const { submittedAt } = await rowOf(kim!.id).then((row) => row!)
  const dueAt = new Date(submittedAt!.getTime() + 3 * 24 * hour).toISOString()
  expect(await waiting(ada)).toEqual({ positionId: id, title: 'Backend engineer', count: 2, dueAt, late: false })
  expect(await waiting(ben)).toBeUndefined()
  await db
    .update(candidateInvitations)
    .set({ submittedAt: new Date(Date.now() - 100 * hour) })
    .where(eq(candidateInvitations.id, kim!.id))
  expect(await waiting(ada)).toMatchObject({ count: 2, late: true })
  await done(ada, 'PUT', `/api/candidate-invitations/${kim!.id}/decision`, { decision: 'hold', reason: 'Next week' })
  expect(await waiting(ada)).toMatchObject({ count: 2, late: true })
  await done(ada, 'PUT', `/api/candidate-invitations/${kim!.id}/decision`, { decision: 'decline', reason: 'Another one fits' })
  expect(await waiting(ada)).toMatchObject({ count: 1, late: false })
  await lou!.say('DELETE', '')
  expect(await waiting(ada)).toBeUndefined()
})

test('two hundred are invited at once and begin at once', async () => {
  const id = await position(ada)
  const all = await invited(ada, id, ...Array.from({ length: 200 }, (_, index) => ({ name: `Candidate ${index}` })))
  expect(new Set(all.map(({ url }) => url)).size).toBe(200)
  expect(all.map(({ name }) => name)).toEqual(Array.from({ length: 200 }, (_, index) => `Candidate ${index}`))
  const answers = await Promise.all(all.map((each) => candidate(each).consent()))
  expect(answers.map(({ statusCode }) => statusCode)).toEqual(Array(200).fill(200))
  expect((await ask(ada, 'GET', `/api/positions/${id}`)).json().counts).toEqual({
    invited: 0,
    started: 200,
    submitted: 0,
    withdrawn: 0,
  })
})

test('an interview without a question invites nobody', async () => {
  const id = await position(ada, { questions: [] })
  expect(code(await ask(ada, 'POST', `/api/positions/${id}/invitations`, { candidates: [{ name: 'Kim' }] }))).toBe(
    'interview-empty',
  )
})
