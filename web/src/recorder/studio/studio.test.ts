import { expect, test, vi } from 'vitest'
import { fakeTime, studio as recordingStudio } from '../recording.fake.ts'
import { Studio } from './studio.svelte.ts'

fakeTime()

/** Somebody who records with a microphone that is as loud as `sound.level`. */
async function recorded(part: { hasMicrophone?: boolean } = {}) {
  const sound = { level: 0 }
  const { started, capture } = recordingStudio()
  Object.assign(capture, { level: () => sound.level, ...part })
  const studio = new Studio(await started(), { singleKeys: () => true, start: () => {}, notes: () => '' })
  /** Time passes, while the page looks as often as it does. */
  async function pass(ms: number) {
    for (let left = ms; left > 0; left -= 250) {
      void studio.state
      await vi.advanceTimersByTimeAsync(250)
    }
    const { deaf, warned } = studio.state
    return { deaf, warned }
  }
  return { studio, sound, pass }
}

test('a microphone of which nothing is heard for five seconds is told, until something is', async () => {
  const { sound, pass } = await recorded()
  expect(await pass(4500)).toEqual({ deaf: false, warned: false })
  expect(await pass(1000)).toEqual({ deaf: true, warned: true })
  sound.level = 0.5
  expect(await pass(250)).toEqual({ deaf: false, warned: false })
})

test('who is muted, pauses or chose no microphone is not told that nothing is heard', async () => {
  const { studio, pass } = await recorded()
  studio.recording.setMuted(true)
  expect((await pass(6000)).deaf).toBe(false)
  studio.recording.setMuted(false)
  studio.recording.pause()
  expect((await pass(6000)).deaf).toBe(false)
  studio.recording.resume()
  expect((await pass(4500)).deaf).toBe(false)
  expect((await pass(1000)).deaf).toBe(true)
  expect((await (await recorded({ hasMicrophone: false })).pass(6000)).deaf).toBe(false)
})
