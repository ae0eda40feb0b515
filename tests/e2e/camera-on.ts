import type { Page } from 'playwright-core'
import { expect } from 'vitest'

type Media = HTMLVideoElement

/** The camera that the player lays over a recording, as a viewer meets it. */
export function cameraOn(page: Page) {
  const element = page.locator('video.camera')
  const read = <T>(what: (video: Media) => T) => element.evaluate(what as (video: HTMLElement | SVGElement) => T)
  const camera = {
    element,
    read,
    handle: page.getByRole('button', { name: 'Move the camera' }),
    /** How far the camera is from the main picture, in ms of media, many times over `forMs`. */
    offsets: (forMs: number) =>
      page.evaluate(async (ms) => {
        const find = (selector: string) => document.querySelector<HTMLVideoElement>(selector)!
        const [main, camera] = [find('video:not(.camera)'), find('video.camera')]
        const offsets: number[] = []
        for (const until = performance.now() + ms; performance.now() < until; ) {
          offsets.push(Math.round((camera.currentTime - main.currentTime) * 1000))
          await new Promise((resolve) => setTimeout(resolve, 40))
        }
        return offsets
      }, forMs),
    /** Resolves when both show the same moment. */
    async isInStep(withinMs = 40) {
      await expect
        .poll(async () => Math.max(...(await camera.offsets(200)).map(Math.abs)), { timeout: 10_000 })
        .toBeLessThan(withinMs)
    },
    async choose(entry: string) {
      await page.getByRole('button', { name: 'Camera', exact: true }).click()
      await page.getByRole('menu', { name: 'Camera' }).getByText(entry, { exact: true }).click()
    },
  }
  return camera
}
