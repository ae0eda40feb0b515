import { expect, test } from 'vitest'
import { hasChromium } from '../support/chromium.ts'
import { cutRecording } from '../support/cut.ts'
import { playerOn } from './player.ts'
import { startScene } from './scene.ts'

const scene = await startScene()
const { given } = scene
const ada = await given.person('Ada')
const cut = await cutRecording({ ms: 4000 })

const it = test.skipIf(!hasChromium)

it.each(['js', 'css'])('what the page loads later, %s of it, is asked for again after the network was away', async (kind) => {
  const { id } = await given.recording(ada, cut)
  const page = await scene.pageOf(ada)
  const tries = { Comments: 0, Later: 0 }
  await page.route(new RegExp(`/assets/(Comments|Later)-.*\\.${kind}$`), (route) => {
    const name = route.request().url().includes('Comments') ? 'Comments' : 'Later'
    tries[name] += 1
    return tries[name] > 2 ? route.continue() : route.abort('internetdisconnected')
  })
  await playerOn(page).open(`/u/${id}`)
  await page.getByRole('textbox', { name: 'Add a comment' }).waitFor()
  await expect.poll(() => tries, { timeout: 15_000 }).toEqual({ Comments: 3, Later: 3 })
  const styled = () =>
    page.evaluate(() => [...document.styleSheets].filter(({ href }) => /Comments|Later/.test(href ?? '')).length)
  await expect.poll(styled).toBe(2)
})
