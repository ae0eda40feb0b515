import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { chromium } from 'playwright-core'
import { afterAll, expect, test } from 'vitest'
import { chromiumFlags, chromiumPath, hasChromium } from '../support/chromium.ts'
import { cutRecording } from '../support/cut.ts'
import { guestsOn } from '../support/guest.ts'
import { startScene } from './scene.ts'

const scene = await startScene()
const ada = await scene.given.person('Ada')
const { id } = await scene.given.recording(ada, await cutRecording(), 'Framed')
const { embedUrl } = (await guestsOn(scene.app).share(ada, id)) as { embedUrl: string }
const around = createServer((_request, response) => {
  response.setHeader('content-type', 'text/html').end(`<!doctype html><title>A wiki</title><iframe src="${embedUrl}"></iframe>`)
})
await new Promise<void>((resolve) => around.listen(0, resolve))
afterAll(() => around.close())
const { port } = around.address() as AddressInfo

test.skipIf(!hasChromium)('the player is shown in pages of the sites that may embed, and in no others', async () => {
  const settings = await scene.pageOf(ada)
  await settings.goto('/settings#workspace')
  const field = settings.getByRole('textbox', { name: 'Sites that may embed' })
  await field.fill('example.org; script-src *')
  await settings.getByRole('button', { name: 'Save sites' }).click()
  await settings.getByText('must be a site such as').waitFor()
  await field.fill(`http://127.0.0.1:${port}`)
  await settings.getByRole('button', { name: 'Save sites' }).click()
  await settings.getByText('Sites saved').waitFor()

  // What a browser says of a frame that it refuses would count as a fault of ours in the browser of the scene.
  const browser = await chromium.launch({ executablePath: chromiumPath, args: chromiumFlags })
  try {
    const page = await browser.newPage()
    await page.goto(`http://127.0.0.1:${port}/`)
    await page.frameLocator('iframe').getByRole('button', { name: 'Play', exact: true }).waitFor()
    const refused = page.waitForEvent('console', (message) => message.text().includes('frame-ancestors'))
    await page.goto(`http://localhost:${port}/`)
    await refused
    expect(page.frames()[1]?.url()).toMatch(/^chrome-error:/)
  } finally {
    await browser.close()
  }
})
