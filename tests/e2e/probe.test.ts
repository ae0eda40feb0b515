import { cp } from 'node:fs/promises'
import { test } from 'vitest'
import { recorderOn } from './recorder.ts'
import { startScene } from './scene.ts'
const scene = await startScene()
const {given, as} = scene
const ada = await given.person('Ada')
test('x', async () => {
  const ids: string[] = []
  for (let i = 0; i < 8; i++) {
  const page = await scene.pageOf(ada)
  const recorder = recorderOn(page)
  await recorder.start()
  await recorder.hasRecorded(2)
  await recorder.button('Pause').click()
  await page.waitForTimeout(700 + i * 100)
  await recorder.button('Resume').click()
  await recorder.hasRecorded(4)
  await recorder.stop.click()
  ids.push(await recorder.isDone())
  await page.context().close()
  }
  await scene.startWorker()
  await new Promise((r) => setTimeout(r, 80_000))
  for (const id of ids) {
  const { videoId } = (await as(ada).inject({ url: `/api/updates/${id}` })).json()
  const v = (await as(ada).inject({ url: `/api/videos/${videoId}` })).json()
  console.log(videoId, v.durationMs, JSON.stringify(v.stages.map((s: any) => [s.name, s.state, s.attempts, s.error])))
  }
  await cp(scene.env.MEDIA_DIR, '/tmp/e2e-kept', { recursive: true })
})
