import { normalizeCuts, type Range } from '@meanwhile/shared/media/cuts'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { startApp } from '../support/app.ts'
import { cutRecording } from '../support/cut.ts'

const { as, given } = await startApp()
const ada = await given.person('Ada')
const ben = await given.person('Ben')
const cleo = await given.person('Cleo')
const short = await cutRecording()
const long = await cutRecording({ ms: 4000, repeat: 5, size: '64x36' })
type Someone = typeof ada

const view = async (person: Someone, updateId: string, payload: object) =>
  (await as(person).inject({ method: 'PUT', url: `/api/updates/${updateId}/view`, payload })).json()
const update = async (person: Someone, updateId: string) => (await as(person).inject({ url: `/api/updates/${updateId}` })).json()

const range = fc.tuple(fc.nat(20_000), fc.nat(20_000)).map(([a, b]): Range => [Math.min(a, b), Math.max(a, b)])
const reports = fc.array(fc.array(range, { maxLength: 5 }), { minLength: 1, maxLength: 4 })

test('whatever is reported in whatever order, also at once, the viewer has seen all of it, merged', async () => {
  await fc.assert(
    fc.asyncProperty(reports, fc.boolean(), async (some, atOnce) => {
      const { id } = await given.update(ada)
      const tell = (ranges: Range[]) => view(ben, id, { ranges })
      if (atOnce) await Promise.all(some.map(tell))
      else for (const ranges of some) await tell(ranges)
      expect((await update(ben, id)).view.seen).toEqual(normalizeCuts(some.flat()))
    }),
    { numRuns: 12 },
  )
})

test('what a viewer has seen stays small, whatever is reported', async () => {
  const { id } = await given.update(ada)
  const specks = (from: number) => Array.from({ length: 200 }, (_, n): Range => [from + n * 10, from + n * 10 + 1])
  for (const from of [0, 10_000, 20_000]) await view(ben, id, { ranges: specks(from) })
  const { seen } = (await update(ben, id)).view
  expect(seen).toHaveLength(500)
  expect([seen[0][0], seen.at(-1)[1]]).toEqual([0, 21_991])
})

test('the author learns how many have watched and caught up, and no names', async () => {
  const { id } = await given.recording(ada, long)
  const audience = async () => (await update(ada, id)).audience
  expect(await audience()).toEqual({ total: 2, viewers: 0, caughtUp: 0 })
  await view(ben, id, { ranges: [[0, 4_999]] })
  expect((await audience()).viewers).toBe(0)
  await view(ben, id, { ranges: [[4_999, 5_000]], rate: 2 })
  expect(await audience()).toEqual({ total: 2, viewers: 1, caughtUp: 0 })
  await view(ben, id, { ranges: [[9_000, 20_000]] })
  await view(ada, id, { ranges: [[0, 20_000]] })
  expect(await audience()).toEqual({ total: 2, viewers: 1, caughtUp: 1 })
  expect((await update(ben, id)).audience).toBeNull()
  expect(JSON.stringify(await update(ada, id))).not.toContain(ben.id)
})

test('what was cut out need not be seen, and a change of the cuts takes nothing back', async () => {
  const { id, videoId } = await given.recording(ada, long)
  await given.edit(ada, videoId, { cuts: [[0, 16_000]] })
  await view(ben, id, { ranges: [[0, 16_000]] })
  expect((await update(ada, id)).audience).toMatchObject({ viewers: 0, caughtUp: 0 })
  await view(ben, id, { ranges: [[16_000, 19_500]] })
  expect((await update(ada, id)).audience).toMatchObject({ viewers: 1, caughtUp: 1 })
  await given.edit(ada, videoId, { cuts: [] })
  await view(ben, id, { ranges: [] })
  expect((await update(ada, id)).audience).toMatchObject({ viewers: 1, caughtUp: 1 })
})

test('a short one is watched with 75 %, one without a video when it is opened', async () => {
  const { id } = await given.recording(ada, short)
  await view(ben, id, { ranges: [[0, 3_700]] })
  expect((await update(ada, id)).audience.viewers).toBe(0)
  await view(ben, id, { ranges: [[3_700, 3_800]] })
  expect((await update(ada, id)).audience).toMatchObject({ viewers: 1, caughtUp: 1 })
  const { id: text } = await given.update(ada)
  await view(cleo, text, { ranges: [] })
  expect((await update(ada, text)).audience).toMatchObject({ viewers: 1, caughtUp: 1 })
})

test('where a viewer is goes with them to another device', async () => {
  const { id } = await given.recording(ada, short)
  await view(ben, id, { ranges: [[0, 2_000]], positionMs: 2_000 })
  const elsewhere = await as(ben).inject({ url: `/api/updates/${id}` })
  expect(elsewhere.json().view).toMatchObject({ positionMs: 2_000, seen: [[0, 2_000]] })
})
