import { randomUUID } from 'node:crypto'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { schema } from '@meanwhile/shared/db/client'
import { keys } from '@meanwhile/shared/platform/keys'
import { eq } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { startApp } from '../support/app.ts'
import { cutRecording } from '../support/cut.ts'
import type { Person } from '../support/given.ts'
import { interviewsOn } from '../support/interview.ts'
import { unzip } from '../support/zip.ts'

const { app, given, storage } = await startApp()
const { ask, done, position, invited, candidate } = interviewsOn(app)
await given.person('Olga')
const ada = await given.person('Ada')
const ben = await given.person('Ben')
const cem = await given.person('Cem')
const cut = await cutRecording({ ms: 2000 })

const positionId = await position(ada)
for (const [person, role] of [
  [ben, 'reviewer'],
  [cem, 'observer'],
] as const)
  await done(ada, 'PUT', `/api/positions/${positionId}/people/${person.id}`, { role })
const [first, second] = await invited(ada, positionId, { name: '=Kim/Park', email: 'kim@example.org' }, { name: 'Ана' })
const kim = candidate(first!)
await kim.consent()
await kim.write('how', 'Calmly')
const { videoId } = (await kim.begin({ questionId: 'why', way: 'video' })).json()
await kim.upload(videoId, cut)
await kim.say('POST', '/submit')
const save = (person: Person, score: number) =>
  done(person, 'PUT', `/api/candidate-invitations/${first!.id}/scorecard`, {
    scores: [{ lineId: 'clear', score }],
    submit: true,
  })
const csv = (person: Person) => ask(person, 'GET', `/api/positions/${positionId}/candidates.csv`)

test('a reviewer takes away what they may see: others’ scores are sealed there, too', async () => {
  await save(ada, 5)
  const sealed = (await csv(ben)).body
  expect(sealed).toContain(`"'=Kim/Park"`)
  expect(sealed).not.toMatch(/Ada: Is clear|kim@example/)
  await save(ben, 2)
  expect((await csv(ben)).body).toMatch(/"Ada: Is clear".*"Ben: Is clear"/s)
  const own = await csv(ada)
  expect(own.headers).toMatchObject({ 'content-type': 'text/csv; charset=utf-8', 'cache-control': 'no-store' })
  expect(own.body).toMatch(/"kim@example.org","submitted"/)
  expect(own.body).toMatch(/"Ана","","","invited"/)
  expect((await csv(cem)).json().type).toBe('/problems/forbidden')
})

test('owners take away all that was handed in as one ZIP; reviewers do not', async () => {
  const zipOf = async (url: string) => {
    const answer = await ask(ada, 'GET', url)
    expect(answer.headers['content-type']).toBe('application/zip')
    return unzip(answer.rawPayload)
  }
  const all = `/api/positions/${positionId}/candidates.zip`
  const before = await zipOf(all)
  expect([...before.keys()]).toEqual(['candidates.csv', '001 =Kim Park/Question 1.txt', '001 =Kim Park/Question 2.txt'])
  expect(`${before.get('001 =Kim Park/Question 1.txt')}`).toMatch(/still being prepared/)
  expect(`${before.get('001 =Kim Park/Question 2.txt')}`).toBe('How do you work?\r\n\r\nCalmly\r\n')
  const key = keys.asset(videoId, randomUUID(), 'original.mp4')
  const file = join(storage.incomingDir, randomUUID())
  await writeFile(file, 'film')
  await storage.putFile(key, file)
  await app.db.insert(schema.assets).values({ videoId, name: 'original', stage: 'original', key, sizeBytes: 4 })
  const one = await zipOf(`/api/candidate-invitations/${first!.id}/answers.zip`)
  expect([...one.keys()]).toEqual(['candidates.csv', 'Question 1.mp4', 'Question 2.txt'])
  expect(`${one.get('Question 1.mp4')}`).toBe('film')
  expect([...(await zipOf(`/api/candidate-invitations/${second!.id}/answers.zip`)).keys()]).toEqual(['candidates.csv'])
  expect((await ask(ben, 'GET', all)).json().type).toBe('/problems/forbidden')
  const told = await app.db.select().from(schema.auditEvents).where(eq(schema.auditEvents.action, 'position.exported'))
  expect(told).toContainEqual(expect.objectContaining({ targetId: positionId, details: { format: 'zip' } }))
})
