import { expect, test } from 'vitest'
import { startApp } from '../support/app.ts'
import { cutRecording } from '../support/cut.ts'

const cut = await cutRecording({ ms: 4000 })
const sizes = await Promise.all(cut.numbers.map(async (number) => (await cut.bytes(number)).length))
const whole = sizes.reduce((sum, size) => sum + size, 0)
const gigabytes = (bytes: number) => String(bytes / 1e9)
/** One recording fits, and a second one does not. */
const { as, given, send, finish, sendPart } = await startApp({
  env: { QUOTA_PERSON_GB: gigabytes(whole + 500), QUOTA_WORKSPACE_GB: gigabytes(whole * 2 + 600), RECORDINGS_AT_ONCE: '3' },
})
const ada = await given.person('Ada')
const ben = await given.person('Ben')
const cleo = await given.person('Cleo')
const use = async (person: typeof ada) => (await as(person).inject({ url: '/api/me/storage' })).json()
const begin = (person: typeof ada, video: object = { tracks: ['main'] }) =>
  as(person).inject({ method: 'POST', url: '/api/updates', payload: { video } })
const refusal = { type: '/problems/quota-reached', status: 409, detail: expect.stringMatching(/Delete some/) }

test('who has recorded as much as they may is told what to do; what they have on their way is kept, and goes on once there is room (R32)', async () => {
  const { videoId } = (await begin(ada)).json()
  const other = (await begin(ada)).json()
  for (const number of cut.numbers) expect((await send(ada, videoId, 'main', number, cut)).statusCode).toBe(201)
  expect((await finish(ada, videoId, { main: { segments: cut.numbers.length - 1 } })).statusCode).toBe(200)
  expect(await use(ada)).toEqual({
    own: { usedBytes: whole, allowedBytes: whole + 500 },
    workspace: { usedBytes: whole, allowedBytes: whole * 2 + 600 },
  })

  const refused = await send(ada, other.videoId, 'main', 1, cut)
  expect(refused.json()).toMatchObject(refusal)
  expect((await sendPart(ada, (await begin(ada)).json().videoId, 1, Buffer.alloc(2000))).json()).toMatchObject(refusal)
  // Nothing is counted twice, and nothing is lost of what is there.
  expect((await send(ada, videoId, 'main', 1, cut)).statusCode).toBe(200)
  expect((await use(ada)).own.usedBytes).toBe(whole)
  // Others have room of their own.
  expect((await begin(ben)).statusCode).toBe(201)
})

test('many segments at once go over what is allowed by no more than their own size, and then none is taken (R32)', async () => {
  const { videoId } = (await begin(ben)).json()
  await send(ben, videoId, 'main', 0, cut)
  await Promise.all(cut.numbers.map((number) => send(ben, videoId, 'main', number, cut)))
  const { videoId: next } = (await begin(ben)).json()
  const answers = await Promise.all(cut.numbers.map((number) => send(ben, next, 'main', number, cut)))
  expect(answers.filter(({ statusCode }) => statusCode === 409).length).toBeGreaterThan(0)
  expect((await send(ben, next, 'main', 2, cut)).json()).toMatchObject(refusal)
  const { own, workspace } = await use(ben)
  expect(own.usedBytes).toBeLessThanOrEqual(own.allowedBytes + whole)
  expect(workspace).toBeNull()
  // All together have reached what the workspace may keep.
  const { videoId: hers } = (await begin(cleo)).json()
  const started = await Promise.all(cut.numbers.map((number) => send(cleo, `${hers}`, 'main', number, cut)))
  expect(started.map((each) => each.json().detail ?? '').join()).toMatch(/This workspace may keep/)
})

test('of many recordings that begin at the same moment only as many begin as may be on their way; what is discarded makes room (R32)', async () => {
  const dan = await given.stranger('Dan')
  const answers = await Promise.all(Array.from({ length: 8 }, () => begin(dan)))
  const begun = answers.filter(({ statusCode }) => statusCode === 201)
  expect(begun.length).toBe(3)
  expect(answers.find(({ statusCode }) => statusCode !== 201)?.json()).toMatchObject({
    type: '/problems/recordings-at-once',
    status: 409,
    detail: expect.stringMatching(/discard/),
  })
  // Texts are no recordings.
  expect((await as(dan).inject({ method: 'POST', url: '/api/updates', payload: { title: 'Words' } })).statusCode).toBe(201)
  await as(dan).inject({ method: 'DELETE', url: `/api/updates/${begun[0]?.json().id}` })
  expect((await begin(dan)).statusCode).toBe(201)
  // The same again is no other recording.
  const id = crypto.randomUUID()
  const again = () => as(ada).inject({ method: 'POST', url: '/api/updates', payload: { id, title: 'Once' } })
  expect([(await again()).statusCode, (await again()).statusCode]).toEqual([201, 200])
})
