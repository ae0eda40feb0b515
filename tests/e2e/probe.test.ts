import { test } from 'vitest'
import { cutRecording } from '../support/cut.ts'
import { playerOn } from './player.ts'
import { startScene } from './scene.ts'
const scene = await startScene()
const {given, as} = scene
test('x', async () => {
const ada = await given.person('Ada')
const ben = await given.person('Ben')
const cut = await cutRecording({ ms: 6000, size: '640x360' })
  await given.recording(ada, cut, 'Spoken')
  const his = await scene.pageOf(ben)
  await his.goto('/')
  await his.getByText('1 new').waitFor()
  await given.recording(ada, cut, 'Spoken later')
  await his.getByText('2 new').waitFor()
  his.on('response', async (r) => { if (/api/.test(r.url())) console.log(r.request().method(), r.url(), r.status(), r.request().postData(), /updates\?/.test(r.url()) ? JSON.stringify((await r.json()).items.map((i: any) => [i.title, i.view])) : '') })
  his.on('requestfailed', (r) => console.log('FAILED', r.url()))
  await his.getByRole('link', { name: 'Spoken later' }).click()
  await playerOn(his).isReady()
  await his.goBack()
  await his.waitForTimeout(3000)
  console.log(await his.locator('main').innerText(), his.url())
})
