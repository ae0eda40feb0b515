import { expect, test } from 'vitest'
import { hasChromium } from '../support/chromium.ts'
import { cutRecording } from '../support/cut.ts'
import { playerOn } from './player.ts'
import { startScene } from './scene.ts'

const toneHz = 440
const scene = await startScene()
const ada = await scene.given.person('Ada')
const { id } = await scene.given.recording(ada, await cutRecording({ ms: 4000, repeat: 15 }))

test.skipIf(!hasChromium)('at 1.5× and 2× a tone of 440 Hz is heard as 440 Hz', async () => {
  const page = await scene.pageOf(ada)
  const player = playerOn(page)
  await player.open(`/u/${id}`)
  await player.play()

  /** The loudest frequency of what comes out of the player, and how loud it is; louder than the silence of a stalled one. */
  const heard = async () => {
    await player.movesOn()
    return page.evaluate(async () => {
      const ears = globalThis as { analyser?: AnalyserNode }
      if (!ears.analyser) {
        const context = new AudioContext()
        await context.resume()
        ears.analyser = new AnalyserNode(context, { fftSize: 16_384, smoothingTimeConstant: 0 })
        context.createMediaElementSource(document.querySelector('video') as HTMLVideoElement).connect(ears.analyser)
        ears.analyser.connect(context.destination)
      }
      const { analyser } = ears
      const levels = new Float32Array(analyser.frequencyBinCount)
      const { currentTime } = analyser.context
      // What is analysed must all have been played after the last change.
      const spanSeconds = (2 * analyser.fftSize) / analyser.context.sampleRate
      while (analyser.context.currentTime < currentTime + spanSeconds) await new Promise((resolve) => setTimeout(resolve, 50))
      analyser.getFloatFrequencyData(levels)
      const loudest = levels.indexOf(Math.max(...levels))
      return { hz: (loudest * analyser.context.sampleRate) / analyser.fftSize, decibels: levels[loudest] ?? 0 }
    })
  }

  for (const speed of ['1×', '1.5×', '2×']) {
    await page.getByRole('button', { name: 'Speed' }).click()
    await page.getByRole('menuitemradio', { name: speed, exact: true }).click()
    await expect.poll(player.rate).toBe(Number.parseFloat(speed))
    const tone = await heard()
    expect(tone.decibels, speed).toBeGreaterThan(-50)
    expect(Math.abs(tone.hz - toneHz), speed).toBeLessThan(toneHz * 0.05)
  }

  // The ear would notice: without it, 2× is an octave higher.
  await player.read((video) => {
    video.preservesPitch = false
  })
  expect(Math.abs((await heard()).hz - 2 * toneHz)).toBeLessThan(2 * toneHz * 0.05)
})
