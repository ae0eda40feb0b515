import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { sendForm } from './send-form.ts'

/** A request that is answered at once. */
class Answered extends EventTarget {
  static answer = { status: 200, responseText: '' }
  readonly upload = new EventTarget()
  status = 0
  responseText = ''
  open() {}
  setRequestHeader() {}
  send() {
    Object.assign(this, Answered.answer)
    for (const type of ['load', 'loadend']) this.dispatchEvent(new Event(type))
  }
}
beforeEach(() => void vi.stubGlobal('XMLHttpRequest', Answered))
afterEach(() => void vi.unstubAllGlobals())

function send(status: number, responseText: string) {
  Answered.answer = { status, responseText }
  return sendForm('PUT', '/api/videos/1/file/parts/1', new FormData(), 'ada', new AbortController().signal)
}
const page = '<html><head><title>An error of a proxy</title></head></html>'

test('what the server answers is handed on', async () => {
  expect(await send(201, '{"number":1}')).toEqual({ number: 1 })
})

test.each([
  ['a part that a proxy does not let through is too large, and sending it again is useless', 413, page, 'request-too-large'],
  [
    'what the API itself finds too large is said in its words',
    413,
    '{"type":"/problems/part-too-large","title":""}',
    'part-too-large',
  ],
  ['any other page of a proxy means that the API cannot be reached now', 502, page, 'unreachable'],
])('%s', async (_, status, text, code) => {
  await expect(send(status, text)).rejects.toMatchObject({ code })
})
