import type { StageJob } from '@meanwhile/shared/platform/jobs'
import { expect, test } from 'vitest'
import { createLanes } from './lanes.ts'

const job = (stage: StageJob['stage']): StageJob => ({ videoId: crypto.randomUUID(), stage, requestId: null })

test('a second long stage waits until the first is over, and short ones do not', async () => {
  const putBack: StageJob[] = []
  const lanes = createLanes(2, async (each) => void putBack.push(each))
  const done: string[] = []
  let finish = () => {}
  const over = new Promise<void>((resolve) => {
    finish = resolve
  })
  const running = lanes.run(job('renditions'), () => over)
  const second = job('renditions')
  await lanes.run(second, async () => void done.push('second'))
  await lanes.run(job('original'), async () => void done.push('original'))
  expect(done).toEqual(['original'])
  expect(lanes.waiting()).toEqual([second])

  finish()
  await running
  expect(putBack).toEqual([second])
  expect(lanes.waiting()).toEqual([])
})

test('one place is for everything', async () => {
  const lanes = createLanes(1, async () => {})
  let count = 0
  for (let number = 0; number < 2; number++) await lanes.run(job('renditions'), async () => void count++)
  expect(count).toBe(2)
})
