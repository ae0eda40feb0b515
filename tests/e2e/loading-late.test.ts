import { expect, test } from 'vitest'
import { hasChromium } from '../support/chromium.ts'
import { cutRecording } from '../support/cut.ts'
import { webChunk } from '../support/web-chunk.ts'
import { playerOn } from './player.ts'
import { startScene } from './scene.ts'

const scene = await startScene()
const { given } = scene
const ada = await given.person('Ada')
const cut = await cutRecording({ ms: 4000 })

const it = test.skipIf(!hasChromium)

it.each(['js', 'css'] as const)(
  'what the page loads later, %s of it, is asked for again after the network was away',
  async (kind) => {
    const { id } = await given.recording(ada, cut)
    const page = await scene.pageOf(ada)
    const files = [(await webChunk('src/comments/Comments.svelte'))[kind], (await webChunk('src/Later.svelte'))[kind]]
    const tries = new Map(files.map((file) => [file, 0]))
    for (const file of files)
      await page.route(`**/${file}`, (route) => {
        const count = (tries.get(file) ?? 0) + 1
        tries.set(file, count)
        return count > 2 ? route.continue() : route.abort('internetdisconnected')
      })
    await playerOn(page).open(`/u/${id}`)
    await page.getByRole('textbox', { name: 'Add a comment' }).waitFor()
    await expect.poll(() => [...tries.values()], { timeout: 15_000 }).toEqual([3, 3])
    const styled = async () =>
      page.evaluate(
        (names) => [...document.styleSheets].filter(({ href }) => names.some((name) => href?.endsWith(name))).length,
        [(await webChunk('src/comments/Comments.svelte')).css, (await webChunk('src/Later.svelte')).css],
      )
    await expect.poll(styled).toBe(2)
  },
)
