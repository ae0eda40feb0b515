import type { AddressInfo } from 'node:net'
import { expect, test } from 'vitest'
import { startApp } from '../support/app.ts'
import { cutRecording } from '../support/cut.ts'

const { app, as, given } = await startApp()
await app.listen({ port: 0, host: '127.0.0.1' })
const origin = `http://127.0.0.1:${(app.server.address() as AddressInfo).port}`
const ada = await given.person('Ada')
const ben = await given.person('Ben')

/** Opens the stream of a person; `until` resolves to what came when the text appears. */
async function listen(person: typeof ada) {
  const controller = new AbortController()
  const answer = await fetch(`${origin}/api/events`, { headers: { cookie: person.cookie }, signal: controller.signal })
  const reader = answer.body!.pipeThrough(new TextDecoderStream()).getReader()
  let text = ''
  const until = async (wanted: string) => {
    while (!text.includes(wanted)) text += (await reader.read()).value ?? ''
    return text
  }
  await until('retry')
  return { answer, until, close: () => controller.abort(), heard: () => text }
}

test("another person's comment arrives on the stream", async () => {
  const { id } = await given.update(ada, { title: 'Monday' })
  const stream = await listen(ben)
  expect(stream.answer.headers.get('content-type')).toBe('text/event-stream')
  const { id: commentId } = (
    await as(ada).inject({ method: 'POST', url: `/api/updates/${id}/comments`, payload: { text: 'Hi' } })
  ).json()
  expect(await stream.until(commentId)).toContain(
    `event: comment\ndata: {"type":"comment","updateId":"${id}","commentId":"${commentId}"}`,
  )
  stream.close()
})

test('of a draft only its author hears; when it is finished everybody does', async () => {
  const [hers, his] = await Promise.all([listen(ada), listen(ben)])
  const draft = await given.update(ada, { video: { tracks: ['main'] } })
  await hers.until(draft.id)
  const { id } = await given.recording(ada, await cutRecording())
  await his.until(`event: video\ndata: {"type":"video","updateId":"${id}"`)
  expect(his.heard()).not.toContain(draft.id)
  hers.close()
  his.close()
})

test('a stranger hears nothing', async () => {
  expect((await fetch(`${origin}/api/events`)).status).toBe(401)
})
