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
import { pdfText } from '../support/pdf-text.ts'
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
  expect([...before.keys()]).toEqual([
    'candidates.csv',
    '001 =Kim Park/Sheet.pdf',
    '001 =Kim Park/Question 1.txt',
    '001 =Kim Park/Question 2.txt',
  ])
  expect(`${before.get('001 =Kim Park/Question 1.txt')}`).toMatch(/still being prepared/)
  expect(`${before.get('001 =Kim Park/Question 2.txt')}`).toBe('How do you work?\r\n\r\nCalmly\r\n')
  const key = keys.asset(videoId, randomUUID(), 'original.mp4')
  const file = join(storage.incomingDir, randomUUID())
  await writeFile(file, 'film')
  await storage.putFile(key, file)
  await app.db.insert(schema.assets).values({ videoId, name: 'original', stage: 'original', key, sizeBytes: 4 })
  const one = await zipOf(`/api/candidate-invitations/${first!.id}/answers.zip`)
  expect([...one.keys()]).toEqual(['candidates.csv', 'Sheet.pdf', 'Question 1.mp4', 'Question 2.txt'])
  expect(`${one.get('Question 1.mp4')}`).toBe('film')
  expect(pdfText(one.get('Sheet.pdf')!)).toContain('Calmly')
  expect([...(await zipOf(`/api/candidate-invitations/${second!.id}/answers.zip`)).keys()]).toEqual(['candidates.csv'])
  expect((await ask(ben, 'GET', all)).json().type).toBe('/problems/forbidden')
  const told = await app.db.select().from(schema.auditEvents).where(eq(schema.auditEvents.action, 'position.exported'))
  expect(told).toContainEqual(expect.objectContaining({ targetId: positionId, details: { format: 'zip' } }))
})

const sheet = (person: Person, id: string) => ask(person, 'GET', `/api/candidate-invitations/${id}/sheet.pdf`)

test('the sheet of a candidate is a PDF in which what is sealed for its reader is not', async () => {
  const [lou] = await invited(ada, positionId, { name: 'Łucja Ñandú Größe Ана Νίκος' })
  const said = candidate(lou!)
  await said.consent()
  await said.write('how', 'Ruhig, größtenteils.\nY con calma: ¿cómo si no?')
  const before = await sheet(ada, lou!.id)
  expect(pdfText(before.rawPayload)).toMatch(/Has begun/)
  expect(pdfText(before.rawPayload)).not.toMatch(/größtenteils/)
  await said.say('POST', '/submit')
  const card = (score: number, note: string) => ({
    scores: [{ lineId: 'clear', score, note: `Line: ${note}` }],
    ...{ note, recommendation: 'strong-yes', submit: true },
  })
  const judge = (person: Person, score: number, note: string) =>
    done(person, 'PUT', `/api/candidate-invitations/${lou!.id}/scorecard`, card(score, note))
  await judge(ada, 4, 'Adas note')
  const sealed = await sheet(ben, lou!.id)
  expect(sealed.headers).toMatchObject({ 'content-type': 'application/pdf', 'cache-control': 'no-store' })
  expect(pdfText(sealed.rawPayload)).toMatch(/Those of others are sealed/)
  expect(pdfText(sealed.rawPayload)).not.toMatch(/Adas note|4 of 5|Strong yes/)
  await judge(ben, 2, 'Bens note')
  await done(ada, 'PUT', `/api/candidate-invitations/${lou!.id}/decision`, { decision: 'advance', reason: 'Knows the trade' })
  const text = pdfText((await sheet(ben, lou!.id)).rawPayload)
  for (const told of [
    ...['Backend engineer', 'Łucja Ñandú Größe Ана Νίκος', '1. Why this job?', 'Not answered', '2. How do you work?'],
    ...['Answered in writing', 'Ruhig, größtenteils.', 'Y con calma: ¿cómo si no?', 'Ada: Strong yes', 'Is clear: 4 of 5'],
    ...['Line: Adas note', 'Bens note', 'Is clear: 2 of 5', 'Goes on, by Ada', 'Knows the trade'],
  ])
    expect(text).toContain(told)
  expect((await sheet(cem, lou!.id)).json().type).toBe('/problems/forbidden')
})

test('a name in a script that the font lacks makes a PDF all the same', async () => {
  const [name] = await invited(ada, positionId, { name: '山田太郎 \u202eعلي 👩🏽‍🚒' })
  const answer = await sheet(ada, name!.id)
  expect(answer.statusCode).toBe(200)
  expect(answer.rawPayload.subarray(0, 5).toString()).toBe('%PDF-')
  expect(answer.rawPayload.toString('latin1')).toMatch(/%%EOF\n?$/)
})
