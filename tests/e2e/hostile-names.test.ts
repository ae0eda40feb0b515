import { expect, test } from 'vitest'
import { cutRecording } from '../support/cut.ts'
import { guestsOn } from '../support/guest.ts'
import { startScene } from './scene.ts'

const { app, as, given, browserOf, pageOf } = await startScene({ variables: { QUOTA_PERSON_GB: '0.01' } })
const { share, guest } = guestsOn(app)

/** Runs where markup is taken for what it says, a script in the page for a program, or an address for code. */
const payload = `</script></textarea>"'><img src=x onerror=attacked()><svg onload=attacked()><script>attacked()</script><a href="javascript:attacked()">`

test('what people write never runs: not as title, text, name, comment, caption, chapter, channel, workspace or name of a file (R12, R13)', async () => {
  const ada = await given.person('Ada')
  const cut = await cutRecording()
  const { id, videoId } = await given.recording(ada, cut)
  const send = async (method: 'PATCH' | 'POST' | 'PUT', url: string, body: object | string, headers = {}) => {
    const answer = await as(ada).inject({ method, url, payload: body, headers })
    expect(answer.statusCode, answer.body).toBeLessThan(300)
    return answer.json()
  }
  const short = payload.slice(0, 80)
  await send('PATCH', '/api/me', { name: short })
  await send('PATCH', '/api/workspace', { name: short })
  const channel = await send('POST', '/api/channels', { name: short, description: payload })
  await send('PATCH', `/api/updates/${id}`, { title: payload, body: payload, channelId: channel.id })
  await send('POST', `/api/updates/${id}/comments`, { text: payload, atMs: 500 })
  await send('PATCH', `/api/videos/${videoId}`, { chapters: [{ atMs: 0, title: payload.slice(0, 120) }] })
  const captions = `WEBVTT\n\nSTYLE\n::cue { background: url(https://evil.example/) }\n\n00:00.000 --> 00:05.000\n<c onclick="attacked()">${payload}</c>`
  await send('PUT', `/api/videos/${videoId}/captions/en?label=${encodeURIComponent(payload.slice(0, 60))}`, captions, {
    'content-type': 'text/vtt',
  })
  const link = await share(ada, id)
  const mia = await guest(link, { name: short })
  await mia.inject({ method: 'POST', url: `/api/updates/${id}/comments`, payload: { text: payload } })

  const page = await pageOf(ada)
  const attacks: string[] = []
  await page.exposeFunction('attacked', () => void attacks.push(page.url()))
  page.on('dialog', (dialog) => void dialog.dismiss().then(() => attacks.push(dialog.message())))
  for (const path of [
    '/',
    '/updates',
    `/u/${id}`,
    `/u/${id}?c=1`,
    `/c/${channel.id}`,
    '/settings',
    `/embed/${id}`,
    new URL(link.url).pathname,
  ]) {
    await page.goto(path)
    await expect.poll(() => page.locator('body').textContent()).toMatch(/onerror=attacked|Ada|Settings/)
    // All that comes late is there, and pictures that do not exist have failed.
    await page.waitForLoadState('networkidle', { timeout: 1500 }).catch(() => undefined)
    expect(await page.locator('img[src="x"], svg[onload], [onerror], [onclick]').count(), path).toBe(0)
    expect(await page.locator('a[href^="javascript:"]').count(), path).toBe(0)
  }
  expect(attacks).toEqual([])
})

test('were something ever taken for markup, the policy of the page would not let it run (R13)', async () => {
  const context = await browserOf(await given.person('Eve'))
  // What is refused here is meant to be.
  context.removeAllListeners('page')
  const page = await context.newPage()
  await page.goto('/')
  const refused = await page.evaluate(async () => {
    const directives: string[] = []
    addEventListener('securitypolicyviolation', (event) => directives.push(event.effectiveDirective))
    document.body.insertAdjacentHTML(
      'beforeend',
      '<img src="data:," onerror="document.title = `attacked`"><base href="https://evil.example/">',
    )
    const script = document.createElement('script')
    script.textContent = 'document.title = `attacked`'
    document.body.append(script)
    const frame = document.createElement('iframe')
    frame.src = 'https://evil.example/'
    document.body.append(frame)
    await new Promise((resolve) => setTimeout(resolve, 500))
    return directives
  })
  expect(refused).toEqual(expect.arrayContaining(['script-src-elem', 'script-src-attr', 'base-uri']))
  expect(await page.title()).not.toBe('attacked')
})

test('a person sees how much room their recordings take, and of how much, and what to do when it is used up (R32)', async () => {
  const ben = await given.person('Ben')
  await given.recording(ben, await cutRecording({ ms: 2000 }))
  const page = await pageOf(ben)
  await page.goto('/settings#storage')
  const meter = page.getByRole('meter', { name: 'Your recordings' })
  await meter.waitFor()
  expect(await page.locator('#storage').textContent()).toMatch(/Your recordings: [\d.]+ kB of 10 MB/)
  expect(Number(await meter.getAttribute('value'))).toBeGreaterThan(0)
  expect(await page.getByRole('meter', { name: 'All of the workspace' }).count()).toBe(0)
})
