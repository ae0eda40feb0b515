import { randomUUID } from 'node:crypto'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { schema } from '@meanwhile/shared/db/client'
import { keys } from '@meanwhile/shared/platform/keys'
import { expect, test } from 'vitest'
import { code, fromNow, hour, startCandidacies } from '../support/candidacies.ts'
import { unzip } from '../support/zip.ts'

const { app, db, storage, ask, done, candidate, ada, ben, positionId, begun, take } = await startCandidacies()

const everything = '/api/candidate/everything.zip'
type Kim = Awaited<ReturnType<typeof begun>>
const linkOf = async (kim: Kim): Promise<string> => (await kim.say('POST', '/everything')).json().url
/** As a browser downloads: by the link alone. */
const get = (url: string) => app.inject({ method: 'GET', url })
async function zipOf(kim: Kim) {
  const answer = await get(await linkOf(kim))
  expect(answer.statusCode, answer.body).toBe(200)
  expect(answer.headers).toMatchObject({
    'content-type': 'application/zip',
    'cache-control': 'no-store',
    'content-disposition': expect.stringContaining('Backend engineer.zip'),
  })
  const files = await unzip(answer.rawPayload)
  return { files, about: JSON.parse(`${files.get('about-you.json')}`) }
}
/** As the worker leaves it. */
async function stored(videoId: string, content: string) {
  const key = keys.asset(videoId, randomUUID(), 'original.mp4')
  const file = join(storage.incomingDir, randomUUID())
  await writeFile(file, content)
  await storage.putFile(key, file)
  await db.insert(schema.assets).values({ videoId, name: 'original', stage: 'original', key, sizeBytes: content.length })
}

test('a candidate takes away every take and what is known of them, before they hand in and after', async () => {
  const kim = await begun({ name: 'Kim', email: 'kim@example.org' })
  const first = await take(kim)
  const second = await take(kim, { questionId: 'why', way: 'audio' })
  await kim.write('how', 'Calmly')
  await stored(first.videoId, 'first film')
  const before = await zipOf(kim)
  expect([...before.files.keys()]).toEqual([
    'about-you.json',
    'Question 1, take 1.mp4',
    'Question 1, take 2.txt',
    'Question 2, take 1.txt',
  ])
  expect(`${before.files.get('Question 1, take 1.mp4')}`).toBe('first film')
  expect(`${before.files.get('Question 1, take 2.txt')}`).toMatch(/still being prepared/)
  expect(`${before.files.get('Question 2, take 1.txt')}`).toBe('How do you work?\r\n\r\nCalmly\r\n')
  const at = expect.stringMatching(/^\d{4}-\d\d-\d\dT.*Z$/)
  expect(before.about).toMatchObject({
    name: 'Kim',
    email: 'kim@example.org',
    position: 'Backend engineer',
    consent: { version: (await kim.page()).consentVersion, at },
    handedInAt: null,
    answers: [
      { question: 'Why this job?', way: 'video', madeAt: at, isChosen: false, file: 'Question 1, take 1.mp4' },
      { question: 'Why this job?', way: 'audio', madeAt: at, isChosen: true, file: null },
      { question: 'How do you work?', way: 'text', madeAt: at, isChosen: true, file: 'Question 2, take 1.txt' },
    ],
    deletion: { daysAfterPositionIsClosed: 30, positionClosedAt: null, at: null },
  })

  await stored(second.videoId, 'second film')
  await kim.say('POST', '/submit')
  const card = { scores: [{ lineId: 'clear', score: 2 }], note: 'Unsure of this', submit: true }
  await done(ben, 'PUT', `/api/candidate-invitations/${kim.id}/scorecard`, card)
  await done(ada, 'PUT', `/api/candidate-invitations/${kim.id}/decision`, { decision: 'hold', reason: 'Wait for others' })
  await done(ben, 'POST', `/api/updates/${second.id}/comments`, { text: 'Not convinced', atMs: 500 })
  const after = await zipOf(kim)
  expect([...after.files.keys()]).toEqual(['about-you.json', 'Question 1, take 1.mp4', 'Question 2, take 1.txt'])
  expect(`${after.files.get('Question 1, take 1.mp4')}`).toBe('second film')
  expect(after.about.handedInAt).toBe((await kim.page()).submittedAt)
  const said = [...after.files.values()].join('\n')
  expect(said).not.toMatch(/Unsure|Wait for others|Not convinced|Ada|Ben|score|decision|Is clear/)
})

test('the deadline hands in, too; a position that is closed says when it goes', async () => {
  const kim = await begun({ name: 'Lea', deadlineAt: fromNow(hour) })
  await kim.write('how', 'Calmly')
  const deadlineAt = fromNow(-60_000)
  await done(ada, 'PATCH', `/api/candidate-invitations/${kim.id}`, { deadlineAt })
  await done(ada, 'PATCH', `/api/positions/${positionId}`, { isClosed: true })
  const { about } = await zipOf(kim)
  await done(ada, 'PATCH', `/api/positions/${positionId}`, { isClosed: false })
  expect(about.handedInAt).toBe(deadlineAt)
  const { positionClosedAt, at } = about.deletion
  expect(Date.parse(at) - Date.parse(positionClosedAt)).toBe(30 * 24 * hour)
})

test('it is nobody else’s: no stranger, no other candidate and nobody of the team gets anything of it', async () => {
  const kim = await begun()
  const lou = await begun({ name: 'Lou' })
  const [key] = (await linkOf(kim)).split('key=').slice(1)
  const [ofLou] = (await linkOf(lou)).split('key=').slice(1)
  const swapped = `${key?.split('.')[0]}.${ofLou?.split('.').slice(1).join('.')}`
  const refused = [
    await get(everything),
    await get(`${everything}?key=`),
    await get(`${everything}?key=${swapped}`),
    await get(`${everything}?key=${key?.slice(0, -2)}`),
    await ask(ada, 'GET', everything),
    await ask(ada, 'POST', '/api/candidate/everything'),
    await candidate({ url: 'x/i/nothing' }).say('GET', '/everything.zip'),
  ]
  expect(refused.map(code)).toEqual(Array(7).fill('not-found'))
  const own = await unzip((await lou.say('GET', '/everything.zip')).rawPayload)
  expect(JSON.parse(`${own.get('about-you.json')}`).name).toBe('Lou')
})

test('a link that was revoked, or whose candidate is erased, gives nothing out, also by a link that was made before', async () => {
  const kim = await begun()
  const url = await linkOf(kim)
  await done(ada, 'PATCH', `/api/candidate-invitations/${kim.id}`, { isRevoked: true })
  const tried = [await get(url), await kim.say('GET', '/everything.zip'), await kim.say('POST', '/everything')]
  expect(tried.map(code)).toEqual(Array(3).fill('invitation-ended'))
  await done(ada, 'PATCH', `/api/candidate-invitations/${kim.id}`, { isRevoked: false })
  expect((await get(url)).statusCode).toBe(200)
  await kim.say('DELETE', '')
  expect([await get(url), await kim.say('POST', '/everything')].map(code)).toEqual(Array(2).fill('invitation-ended'))
})
