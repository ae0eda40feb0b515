import type { Page } from 'playwright-core'
import { expect } from 'vitest'

type Media = HTMLVideoElement

/** The player of a page, as a person meets it: what it does is read from the media element. */
export function playerOn(page: Page) {
  const element = page.locator('video:not(.camera)').first()
  const read = <T>(what: (video: Media) => T) => element.evaluate(what as (video: HTMLElement | SVGElement) => T)
  const player = {
    main: element,
    read,
    currentMs: () => read((video) => video.currentTime * 1000),
    isPaused: () => read((video) => video.paused),
    rate: () => read((video) => video.playbackRate),
    source: () => read((video) => video.currentSrc),
    /** Resolves when a frame can be seen. */
    async isReady() {
      await page.waitForFunction(() => (document.querySelector<HTMLVideoElement>('video:not(.camera)')?.readyState ?? 0) >= 2)
    },
    async open(path: string) {
      await page.goto(path)
      await player.isReady()
    },
    async play() {
      await page.getByRole('button', { name: 'Play', exact: true }).click()
      await player.movesOn()
    },
    async pause() {
      await page.getByRole('button', { name: 'Pause', exact: true }).click()
      await expect.poll(player.isPaused).toBe(true)
    },
    /** Resolves when playback is further than it was. */
    async movesOn() {
      const from = await player.currentMs()
      await expect.poll(player.currentMs, { timeout: 15_000 }).toBeGreaterThan(from + 100)
    },
    async seek(ms: number) {
      await element.evaluate((video, seconds) => {
        ;(video as Media).currentTime = seconds
      }, ms / 1000)
      await player.isAt(ms)
    },
    /** Resolves when playback stands at this moment. */
    async isAt(ms: number, toleranceMs = 60) {
      await expect
        .poll(async () => Math.abs((await player.currentMs()) - ms), { timeout: 10_000 })
        .toBeLessThanOrEqual(toleranceMs)
      await page.waitForFunction(() => !document.querySelector<HTMLVideoElement>('video:not(.camera)')?.seeking)
    },
  }
  return player
}
