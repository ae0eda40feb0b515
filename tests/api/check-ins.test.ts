import { keepRounds } from '@meanwhile/worker/rounds/keep-rounds'
import { expect, test } from 'vitest'
import { startApp } from '../support/app.ts'
import { cutRecording } from '../support/cut.ts'
import type { Person } from '../support/given.ts'

const { as, given, db, send, finish } = await startApp()
const ada = await given.person('Ada')
const ben = await given.person('Ben')
const cleo = await given.person('Cleo')
const otto = await given.person('Otto')
const cut = await cutRecording({ ms: 2000 })

const questions = [
  { id: 'done', kind: 'open', text: 'What did you get done?' },
  { id: 'next', kind: 'open', text: 'What comes next?' },
  { id: 'mood', kind: 'mood', text: 'How are you?' },
]
const today = new Date().toISOString().slice(0, 10)
const everyDay = { rule: 'FREQ=DAILY', startsOn: today, timeZone: 'UTC' }
const noon = new Date(`${today}T12:00:00Z`)
const allDay = Object.fromEntries(
  ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'].map((day) => [
    day,
    { from: '00:00', to: '24:00' },
  ]),
)
for (const person of [ada, ben, cleo])
  await as(person).inject({ method: 'PATCH', url: '/api/me/profile', payload: { timeZone: 'UTC', workingHours: allDay } })

const ask = (person: Person, method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE', url: string, payload?: object) =>
  as(person).inject({ method, url, ...(payload && { payload }) })
async function done(person: Person, method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE', url: string, payload?: object) {
  const answer = await ask(person, method, url, payload)
  if (answer.statusCode >= 300) throw new Error(`${method} ${url} was answered ${answer.body}`)
  return answer.body === '' ? null : answer.json()
}
const draft = (change: object = {}) => ({
  name: 'Stand-up',
  questions,
  cadence: everyDay,
  people: [
    { userId: ada.id, role: 'participant' },
    { userId: ben.id, role: 'participant' },
    { userId: cleo.id, role: 'observer' },
  ],
  ...change,
})

/** A check-in of Ada's whose round of today is open. */
async function opened(change: object = {}) {
  const checkIn = await done(ada, 'POST', '/api/check-ins', draft(change))
  await keepRounds(db, noon)
  const { id } = await done(ada, 'GET', `/api/check-ins/${checkIn.id}/rounds/${today}`)
  return { checkInId: checkIn.id as string, roundId: id as string, url: `/api/rounds/${id}` }
}
type Member = { person: { name: string }; state: string; isLate: boolean; answers: { update: { id: string }; texts: object }[] }
const of = (round: { people: Member[] }, name: string) => round.people.find(({ person }) => person.name === name)

test.each([
  [{ cadence: { ...everyDay, rule: 'FREQ=MINUTELY' } }, 'cadence.rule'],
  [{ cadence: { ...everyDay, rule: 'FREQ=DAILY;COUNT=1000000' } }, 'cadence.rule'],
  [{ cadence: { ...everyDay, rule: 'FREQ=WEEKLY;BYDAY=XX' } }, 'cadence.rule'],
  [{ cadence: { ...everyDay, rule: null } }, 'cadence.rule'],
  [{ cadence: { ...everyDay, timeZone: 'Mars/Olympus' } }, 'cadence.timeZone'],
  [{ questions: [] }, 'questions'],
  [{ questions: [questions[0], questions[0]] }, 'questions'],
  [{ opens: '25:00' }, 'opens'],
])('what no check-in is made of is refused with the field: %j', async (change, field) => {
  const refused = await ask(ada, 'POST', '/api/check-ins', draft(change))
  expect(refused.statusCode).toBe(400)
  expect(refused.json().errors.map((error: { field: string }) => error.field)).toContain(field)
})

test('a round asks its participants, reminds each of them once, and nobody else', async () => {
  const { url } = await opened()
  await keepRounds(db, noon)
  const round = await done(cleo, 'GET', url)
  expect(round).toMatchObject({ date: today, completion: { asked: 2, answered: 0 }, mine: { role: 'observer' }, closedAt: null })
  const noticesOf = async (person: Person) =>
    (await done(person, 'GET', '/api/notifications')).items.filter(
      (each: { round: { id: string } | null }) => each.round?.id === round.id,
    )
  expect(await noticesOf(ben)).toMatchObject([
    { kind: 'check-in', update: null, actor: { name: 'Ada' }, round: { name: 'Stand-up' } },
  ])
  expect(await noticesOf(cleo)).toEqual([])
  // Done is done.
  await done(ben, 'PUT', `${url}/state`, { state: 'nothing' })
  expect(await noticesOf(ben)).toEqual([])
})

test('words become one update, an edit keeps what was said, and the same again changes nothing', async () => {
  const { roundId, url } = await opened()
  const reply = { texts: { done: 'The player', next: 'The reel' }, numbers: { mood: 4 }, isBlocked: true }
  await done(ben, 'PUT', `${url}/reply`, reply)
  const round = await done(ada, 'PUT', `${url}/reply`, { texts: { done: 'Nothing much' } })
  expect(round.people.map(({ person }: Member) => person.name)).toEqual(['Ben', 'Ada', 'Cleo'])
  expect(of(round, 'Ben')).toMatchObject({ state: 'answered', isLate: false, isBlocked: true, numbers: { mood: 4 } })
  const [answer] = of(round, 'Ben')?.answers ?? []
  const updateId = answer?.update.id
  expect(answer?.update).toMatchObject({
    body: 'What did you get done?\nThe player\n\nWhat comes next?\nThe reel',
    editedAt: null,
  })

  await done(ben, 'PUT', `${url}/reply`, reply)
  await done(ben, 'PUT', `${url}/reply`, { texts: { done: 'The player, twice' } })
  const edited = of(await done(ada, 'GET', url), 'Ben')?.answers
  expect(edited).toMatchObject([{ update: { id: updateId }, texts: { done: 'The player, twice', next: 'The reel' } }])
  const { versions } = await done(ada, 'GET', `/api/updates/${updateId}/answer-history`)
  expect(versions.map(({ body }: { body: string }) => body.split('\n')[1])).toEqual(['The player', 'The player, twice'])
  expect((await done(ada, 'GET', '/api/updates')).items.map(({ id }: { id: string }) => id)).toContain(updateId)

  for (const wrong of [
    { numbers: { mood: 6 } },
    { numbers: { done: 1 } },
    { texts: { mood: 'good' } },
    { texts: { other: 'x' } },
  ])
    expect((await ask(ben, 'PUT', `/api/rounds/${roundId}/reply`, wrong)).statusCode).toBe(400)
})

test('numbers that are changed keep what they were, and the same again changes nothing', async () => {
  const { url } = await opened()
  const say = (reply: object) => done(ben, 'PUT', `${url}/reply`, reply)
  const before = async () => of(await done(ada, 'GET', url), 'Ben')
  await say({ numbers: { mood: 2 }, isBlocked: true })
  await say({ numbers: { mood: 2 } })
  expect(await before()).toMatchObject({ numbers: { mood: 2 }, earlierNumbers: [] })
  await say({ numbers: { mood: 4 } })
  await say({ isBlocked: false })
  const until = expect.any(String)
  expect(await before()).toMatchObject({
    numbers: { mood: 4 },
    isBlocked: false,
    earlierNumbers: [
      { numbers: { mood: 2 }, isBlocked: true, until },
      { numbers: { mood: 4 }, isBlocked: true, until },
    ],
  })
  await say({ numbers: { mood: null } })
  expect(await before()).toMatchObject({ numbers: {}, earlierNumbers: { length: 3 } })
})

test('a recording answers when it is finished, once, however often it was asked for; in time when it was begun in time', async () => {
  const { roundId, url } = await opened()
  const payload = { id: crypto.randomUUID(), title: 'Mine', roundId, question: 'next', video: { tracks: ['main'] } }
  const made = await ask(ben, 'POST', '/api/updates', payload)
  expect(made.statusCode).toBe(201)
  expect((await ask(ben, 'POST', '/api/updates', payload)).statusCode).toBe(200)
  expect(of(await done(ada, 'GET', url), 'Ben')).toMatchObject({ state: 'waiting', answers: [] })
  await db.execute(`update round_people set due_at = now() where round_id = '${roundId}'`)
  const { videoId } = made.json()
  for (const number of cut.numbers) await send(ben, videoId, 'main', number, cut)
  expect((await finish(ben, videoId, { main: { segments: cut.numbers.length - 1 } })).statusCode).toBe(200)
  const answered = of(await done(ada, 'GET', url), 'Ben')
  expect(answered).toMatchObject({
    state: 'answered',
    isLate: false,
    answers: [{ update: { id: payload.id }, question: 'next' }],
  })

  // What is taken back while it is open was not answered; what comes back was.
  await done(ben, 'DELETE', `/api/updates/${payload.id}`)
  expect(of(await done(ada, 'GET', url), 'Ben')).toMatchObject({ state: 'waiting', answers: [], isLate: true })
  await done(ben, 'POST', `/api/trash/${payload.id}/restore`)
  expect(of(await done(ada, 'GET', url), 'Ben')).toMatchObject({ state: 'answered' })
})

test('a late answer is taken, also when the round is closed, and marked', async () => {
  const { checkInId, roundId, url } = await opened()
  await db.execute(`update round_people set due_at = now() - interval '1 minute' where round_id = '${roundId}'`)
  await db.execute(`update rounds set due_at = now() - interval '1 minute' where id = '${roundId}'`)
  const { closed } = await keepRounds(db, new Date())
  expect(closed).toContain(roundId)
  const round = await done(ben, 'PUT', `${url}/reply`, { texts: { done: 'Sorry' } })
  expect(of(round, 'Ben')).toMatchObject({ state: 'answered', isLate: true })
  expect(round).toMatchObject({ completion: { asked: 2, answered: 1, late: 1 } })
  expect((await done(ada, 'GET', `/api/check-ins/${checkInId}/rounds`)).items).toMatchObject([
    { id: roundId, completion: { late: 1 } },
  ])
})

test('one tap skips it or says that there is nothing, and takes that back', async () => {
  const { url } = await opened()
  expect(of(await done(ben, 'PUT', `${url}/state`, { state: 'skipped' }), 'Ben')).toMatchObject({ state: 'skipped' })
  expect(await done(ben, 'PUT', `${url}/state`, { state: 'nothing' })).toMatchObject({ completion: { answered: 1, skipped: 0 } })
  expect(of(await done(ben, 'PUT', `${url}/state`, { state: 'waiting' }), 'Ben')).toMatchObject({
    state: 'waiting',
    answeredAt: null,
  })
  await done(ben, 'PUT', `${url}/reply`, { texts: { done: 'Something after all' } })
  expect((await ask(ben, 'PUT', `${url}/state`, { state: 'skipped' })).json().type).toBe('/problems/round-answered')
  for (const person of [cleo, otto]) expect((await ask(person, 'PUT', `${url}/state`, { state: 'nothing' })).statusCode).toBe(403)
})

test('answers are posted where the check-in is; in a private channel nobody else learns of any of it', async () => {
  const channel = await done(ada, 'POST', '/api/channels', { name: 'Quiet', isPrivate: true })
  const refused = await ask(ada, 'POST', '/api/check-ins', draft({ channelId: channel.id }))
  expect(refused.json().type).toBe('/problems/person-not-found')
  const people = [{ userId: ada.id, role: 'participant' }]
  const { checkInId, roundId, url } = await opened({ channelId: channel.id, people })
  const round = await done(ada, 'PUT', `${url}/reply`, { texts: { done: 'Hush' } })
  expect(of(round, 'Ada')?.answers[0]?.update).toMatchObject({ channel: { id: channel.id } })
  for (const path of [
    `/api/check-ins/${checkInId}`,
    `/api/check-ins/${checkInId}/rounds`,
    url,
    `/api/check-ins/${checkInId}/rounds/${today}`,
  ])
    expect((await ask(otto, 'GET', path)).statusCode).toBe(404)
  expect((await ask(otto, 'POST', '/api/updates', { title: 'x', roundId })).statusCode).toBe(404)
  expect((await done(otto, 'GET', '/api/check-ins')).items.map(({ id }: { id: string }) => id)).not.toContain(checkInId)
})

test('its maker and admins change it; open rounds stay; paused and archived it asks nobody', async () => {
  const { checkInId, url } = await opened()
  expect((await ask(ben, 'PATCH', `/api/check-ins/${checkInId}`, { name: 'Mine' })).statusCode).toBe(403)
  const path = `/api/check-ins/${checkInId}`
  const changed = await done(ada, 'PATCH', path, { questions: [{ id: 'one', kind: 'open', text: 'Well?' }], isPaused: true })
  expect(changed).toMatchObject({ questions: [{ text: 'Well?' }], nextDate: null })
  expect(await done(ada, 'GET', url)).toMatchObject({ questions, completion: { asked: 2 } })
  const tomorrow = new Date(noon.getTime() + 24 * 3_600_000)
  await keepRounds(db, tomorrow)
  expect((await done(ada, 'GET', `${path}/rounds`)).items).toHaveLength(1)
  await done(ada, 'PATCH', path, { isPaused: false })
  await keepRounds(db, tomorrow)
  expect((await done(ada, 'GET', `${path}/rounds`)).items).toHaveLength(2)
  await done(ada, 'PATCH', path, { isArchived: true })
  expect((await done(ada, 'GET', '/api/check-ins?archived=true')).items.map(({ id }: { id: string }) => id)).toContain(checkInId)
  const actions = (await done(ada, 'GET', '/api/audit-events')).items.map(({ action }: { action: string }) => action)
  expect(actions).toEqual(expect.arrayContaining(['check-in.created', 'check-in.changed', 'check-in.archived']))
})

test('a question on an answer stands on the page of the round until it is answered', async () => {
  const { url } = await opened()
  const round = await done(ben, 'PUT', `${url}/reply`, { texts: { done: 'It' } })
  const updateId = of(round, 'Ben')?.answers[0]?.update.id
  const question = await done(ada, 'POST', `/api/updates/${updateId}/comments`, {
    text: 'Which?',
    type: 'question',
    ownerId: ben.id,
  })
  expect(await done(cleo, 'GET', url)).toMatchObject({
    openQuestions: [{ commentId: question.id, text: 'Which?', owner: { name: 'Ben' } }],
  })
  await done(ben, 'PUT', `/api/comments/${question.id}/resolution`, {})
  expect(await done(cleo, 'GET', url)).toMatchObject({ openQuestions: [] })
})

test('whoever takes the day off before they are asked is not', async () => {
  const late = await done(
    ada,
    'POST',
    '/api/check-ins',
    draft({
      opens: '18:00',
      name: 'Evening',
      people: [
        { userId: ada.id, role: 'participant' },
        { userId: ben.id, role: 'participant' },
      ],
    }),
  )
  await done(ben, 'PATCH', '/api/me/profile', { timeZone: 'Pacific/Honolulu' })
  await keepRounds(db, new Date(`${today}T18:00:01Z`))
  const path = `/api/check-ins/${late.id}/rounds/${today}`
  expect((await done(ada, 'GET', path)).people.map(({ person }: Member) => person.name).sort()).toEqual(['Ada', 'Ben'])
  await done(ben, 'PATCH', '/api/me/profile', { daysOff: [{ from: today, to: today }] })
  await keepRounds(db, new Date(`${today}T18:30:00Z`))
  expect((await done(ada, 'GET', path)).people.map(({ person }: Member) => person.name)).toEqual(['Ada'])
  await done(ben, 'PATCH', '/api/me/profile', { timeZone: 'UTC', daysOff: [] })
})

test('what was answered in a private channel stays there: its check-in is not moved', async () => {
  const channel = await done(ada, 'POST', '/api/channels', { name: 'Closed room', isPrivate: true })
  await done(ada, 'PUT', `/api/channels/${channel.id}/members/${ben.id}`)
  const people = [ada, ben].map(({ id: userId }) => ({ userId, role: 'participant' }))
  const { checkInId } = await opened({ channelId: channel.id, people })
  const moved = await ask(ada, 'PATCH', `/api/check-ins/${checkInId}`, { channelId: null })
  expect(moved.statusCode).toBe(400)
  expect(moved.json().errors).toMatchObject([{ field: 'channelId' }])
  await done(ada, 'PATCH', `/api/check-ins/${checkInId}`, { name: 'Another name' })
})
