import { schema } from '@meanwhile/shared/db/client'
import { eraseAgain } from '@meanwhile/shared/db/erase-again'
import { isNeverWritten } from '@meanwhile/shared/db/never-written'
import { keys } from '@meanwhile/shared/platform/keys'
import { createLog } from '@meanwhile/shared/platform/log'
import { eraseCandidates } from '@meanwhile/worker/interviews/erase-candidates'
import { purgeQuestions } from '@meanwhile/worker/interviews/purge-questions'
import { purgeTakes } from '@meanwhile/worker/interviews/purge-takes'
import { buryRemains } from '@meanwhile/worker/schedules/purge'
import { eq, inArray, sql } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { startApp } from '../support/app.ts'
import { cutRecording } from '../support/cut.ts'
import type { Person } from '../support/given.ts'
import { interviewsOn } from '../support/interview.ts'

const { app, given, db, storage } = await startApp()
const { ask, done, position, invited, candidate } = interviewsOn(app)
const { auditEvents, candidateInvitations, interviewAnswers, scorecards, updates, users } = schema
const olga = await given.person('Olga')
const ada = await given.person('Ada')
const ben = await given.person('Ben')
const cem = await given.person('Cem')
const eve = await given.stranger('Eve')
const cut = await cutRecording({ ms: 2000 })
const positionId = await position(ada)
await done(ada, 'PUT', `/api/positions/${positionId}/people/${ben.id}`, { role: 'reviewer' })
await done(ada, 'PUT', `/api/positions/${positionId}/people/${cem.id}`, { role: 'observer' })

const hour = 3_600_000
const fromNow = (ms: number) => new Date(Date.now() + ms).toISOString()
const code = (answer: { json(): { type: string } }) => answer.json().type.replace('/problems/', '')
/** Somebody who has consented. */
async function begun(draft: object = { name: 'Kim' }) {
  const [invitation] = await invited(ada, positionId, draft)
  const kim = candidate(invitation!)
  expect((await kim.consent()).statusCode).toBe(200)
  return { ...kim, id: invitation!.id }
}
type Begun = Awaited<ReturnType<typeof begun>>
/** A complete take. */
async function take(kim: Begun, answer: object = { questionId: 'why', way: 'video' }) {
  const started = await kim.begin(answer)
  expect(started.statusCode, started.body).toBe(201)
  const { id, videoId } = started.json() as { id: string; videoId: string }
  const finished = await kim.upload(videoId, cut)
  expect(finished.statusCode, finished.body).toBe(200)
  return { id, videoId }
}
const sheet = async (person: Person, id: string) => (await ask(person, 'GET', `/api/candidate-invitations/${id}`)).json()
const sees = async (person: Person, updateId: string) => (await ask(person, 'GET', `/api/updates/${updateId}`)).statusCode === 200
const rowOf = async (id: string) => (await db.select().from(candidateInvitations).where(eq(candidateInvitations.id, id)))[0]

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

test('an interview without a question invites nobody', async () => {
  const id = await position(ada, { questions: [] })
  expect(code(await ask(ada, 'POST', `/api/positions/${id}/invitations`, { candidates: [{ name: 'Kim' }] }))).toBe(
    'interview-empty',
  )
})

const again = (person: Person, id: string, questionId = 'why', until = fromNow(hour)) =>
  ask(person, 'PUT', `/api/candidate-invitations/${id}/answers/${questionId}/reopened`, { until })

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
