import { schema } from '@meanwhile/shared/db/client'
import { eq } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { startApp } from '../support/app.ts'
import { cutRecording } from '../support/cut.ts'
import { interviewsOn, questions } from '../support/interview.ts'

const { app, given, send, finish } = await startApp()
const { ask, done, position, invited, candidate } = interviewsOn(app)
const olga = await given.person('Olga')
const ada = await given.person('Ada')
const ben = await given.person('Ben')
const cut = await cutRecording({ ms: 2000 })

const code = (answer: { json(): { type: string } }) => answer.json().type.replace('/problems/', '')
async function handedIn(positionId: string, name: string, more: object = {}) {
  const [invitation] = await invited(ada, positionId, { name, ...more })
  const each = candidate(invitation!)
  await each.consent()
  await each.write('how', `Calmly, says ${name}`)
  const { videoId } = (await each.begin({ questionId: 'why', way: 'video' })).json()
  await each.upload(videoId, cut)
  await each.say('POST', '/submit')
  return { id: invitation!.id, videoId: videoId as string, ...each }
}
const share = async (positionId: string, more: object = {}) =>
  done(ada, 'POST', `/api/positions/${positionId}/manager-links`, { label: 'Dana', ...more })
const tokenOf = ({ url }: { url: string }) => url.split('/s/hiring/')[1] ?? ''
const page = (token: string) => app.inject({ url: `/api/manager-page/${token}` })

test('a hiring manager without an account sees what was handed in, question by question, and nothing else of a candidate', async () => {
  const positionId = await position(ada)
  const kim = await handedIn(positionId, 'Kim', { email: 'kim@example.org', mayWrite: true, extraTimePercent: 50 })
  await invited(ada, positionId, { name: 'Lou' })
  await done(ada, 'PUT', `/api/candidate-invitations/${kim.id}/scorecard`, { scores: [], note: 'Secret note', submit: true })
  await done(ada, 'PUT', `/api/candidate-invitations/${kim.id}/decision`, { decision: 'hold', reason: 'Secret reason' })
  const link = await share(positionId)
  expect(link).toMatchObject({ label: 'Dana', candidateIds: null, lastOpenedAt: null, works: true, createdBy: { name: 'Ada' } })
  const told = await page(tokenOf(link))
  expect(told.json()).toMatchObject({
    position: 'Backend engineer',
    label: 'Dana',
    candidates: [
      {
        name: 'Kim',
        answers: [
          { questionId: 'why', question: 'Why this job?', way: 'video', video: { id: kim.videoId } },
          { questionId: 'how', way: 'text', text: 'Calmly, says Kim', video: null },
        ],
      },
    ],
  })
  expect(told.body).not.toMatch(/Secret|kim@|Lou|Is clear|mayWrite|extraTime|hold/)
  expect(told.headers).toMatchObject({ 'cache-control': 'no-store', 'referrer-policy': 'no-referrer' })
  const video = (await app.inject({ url: `/api/manager-page/${tokenOf(link)}/videos/${kim.videoId}` })).json()
  expect(video).toMatchObject({ id: kim.videoId, playback: { download: null, hls: expect.any(String) } })
  expect(Date.parse(video.playback.expiresAt) - Date.now()).toBeLessThan(5 * 60_000)
  expect((await app.inject({ url: video.playback.hls })).statusCode).toBe(200)
})

test('looking at it changes nothing; only its page says that somebody came', async () => {
  const positionId = await position(ada)
  const link = await share(positionId)
  await page(tokenOf(link))
  const list = async () => (await ask(ada, 'GET', `/api/positions/${positionId}/manager-links`)).json().items
  expect(await list()).toMatchObject([{ id: link.id, lastOpenedAt: null }])
  await app.inject({ method: 'POST', url: `/api/manager-page/${tokenOf(link)}/opened` })
  expect(await list()).toMatchObject([{ lastOpenedAt: expect.any(String) }])
})

test('it shows those who were chosen alone, and videos of no others', async () => {
  const positionId = await position(ada)
  const kim = await handedIn(positionId, 'Kim')
  const lou = await handedIn(positionId, 'Lou')
  const link = await share(positionId, { candidateIds: [lou.id] })
  expect((await page(tokenOf(link))).json().candidates).toMatchObject([{ name: 'Lou' }])
  const video = (id: string) => app.inject({ url: `/api/manager-page/${tokenOf(link)}/videos/${id}` })
  expect((await video(lou.videoId)).statusCode).toBe(200)
  expect((await video(kim.videoId)).statusCode).toBe(404)
  const other = await position(ada)
  expect(code(await ask(ada, 'POST', `/api/positions/${other}/manager-links`, { label: 'Dana', candidateIds: [lou.id] }))).toBe(
    'invalid-request',
  )
})

test('the video that asks is seen once somebody has answered it', async () => {
  const positionId = await position(ada, { questions: [] })
  const asking = await done(ada, 'POST', '/api/updates', { title: 'Why?', video: { tracks: ['main'] }, positionId })
  for (const number of cut.numbers) await send(ada, asking.videoId, 'main', number, cut)
  await finish(ada, asking.videoId, { main: { segments: cut.numbers.length - 1 } })
  await done(ada, 'PUT', `/api/positions/${positionId}/interview`, {
    revision: 2,
    content: { questions: questions.map((each) => ({ ...each, videoUpdateId: each.id === 'why' ? asking.id : null })) },
  })
  const token = tokenOf(await share(positionId))
  const asked = () => app.inject({ url: `/api/manager-page/${token}/videos/${asking.videoId}` })
  expect((await asked()).statusCode).toBe(404)
  await handedIn(positionId, 'Kim')
  expect((await asked()).statusCode).toBe(200)
  const [kim] = (await page(token)).json().candidates
  expect(kim.answers[0]).toMatchObject({ questionVideo: { id: asking.videoId } })
})

test('who withdrew or was erased is not there any more, nor is the link of who was taken out of the position', async () => {
  const positionId = await position(ada)
  const kim = await handedIn(positionId, 'Kim')
  const lou = await handedIn(positionId, 'Lou')
  await done(ada, 'PUT', `/api/positions/${positionId}/people/${ben.id}`, { role: 'owner' })
  const link = await share(positionId, { candidateIds: [kim.id, lou.id] })
  await kim.say('DELETE', '')
  expect((await page(tokenOf(link))).json().candidates).toMatchObject([{ name: 'Lou' }])
  expect((await app.inject({ url: `/api/manager-page/${tokenOf(link)}/videos/${kim.videoId}` })).statusCode).toBe(404)
  await done(ada, 'DELETE', `/api/candidate-invitations/${lou.id}`)
  expect((await page(tokenOf(link))).json().candidates).toEqual([])
  expect(await app.db.$count(schema.managerLinkCandidates, eq(schema.managerLinkCandidates.invitationId, lou.id))).toBe(0)
  await done(ben, 'PUT', `/api/positions/${positionId}/people/${ada.id}`, { role: 'reviewer' })
  expect(code(await page(tokenOf(link)))).toBe('share-link-ended')
  expect((await ask(ben, 'GET', `/api/positions/${positionId}/manager-links`)).json().items).toMatchObject([{ works: false }])
})

test('a link of the owner of the workspace ends with their place in the position, as long as it has another owner', async () => {
  const positionId = await position(olga)
  const link = await done(olga, 'POST', `/api/positions/${positionId}/manager-links`, { label: 'Dana' })
  await done(olga, 'PUT', `/api/positions/${positionId}/people/${ada.id}`, { role: 'owner' })
  expect((await page(tokenOf(link))).statusCode).toBe(200)
  await done(ada, 'PUT', `/api/positions/${positionId}/people/${olga.id}`, { role: 'reviewer' })
  expect(code(await page(tokenOf(link)))).toBe('share-link-ended')
})

test('a link ends when its time is over, and at once when it is revoked; one that never was leads nowhere', async () => {
  const positionId = await position(ada)
  const days = async (expiresInDays?: number) => {
    const { expiresAt } = await share(positionId, expiresInDays ? { expiresInDays } : {})
    return Math.round((Date.parse(expiresAt) - Date.now()) / 86_400_000)
  }
  expect([await days(), await days(1), await days(60)]).toEqual([7, 1, 60])
  expect(code(await ask(ada, 'POST', `/api/positions/${positionId}/manager-links`, { label: 'Dana', expiresInDays: 61 }))).toBe(
    'invalid-request',
  )
  const over = await share(positionId)
  await app.db.update(schema.managerLinks).set({ expiresAt: new Date() }).where(eq(schema.managerLinks.id, over.id))
  expect(code(await page(tokenOf(over)))).toBe('share-link-ended')
  const revoked = await share(positionId)
  await done(ada, 'DELETE', `/api/manager-links/${revoked.id}`)
  expect(code(await page(tokenOf(revoked)))).toBe('share-link-ended')
  expect((await ask(ada, 'DELETE', `/api/manager-links/${revoked.id}`)).statusCode).toBe(404)
  expect((await page('nothing')).statusCode).toBe(404)
  const told = await app.db.select().from(schema.auditEvents).where(eq(schema.auditEvents.targetId, positionId))
  expect(told.map(({ action }) => action)).toEqual(expect.arrayContaining(['manager-link.created', 'manager-link.revoked']))
})
