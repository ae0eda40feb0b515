import { once } from 'node:events'
import { type AddressInfo, connect } from 'node:net'
import { expect, test } from 'vitest'
import { startApp } from '../support/app.ts'
import { cutRecording, segmentForm } from '../support/cut.ts'

const { app, as, given } = await startApp()
const ada = await given.person('Ada')
await app.listen({ port: 0, host: '127.0.0.1' })
const { port } = app.server.address() as AddressInfo

/** A connection as a program opens it that does not keep to HTTP; `ended` is all that comes back until it is closed. */
function open(text: string) {
  const socket = connect({ port, host: '127.0.0.1' })
  let heard = ''
  socket.on('data', (chunk) => (heard += chunk)).on('error', () => undefined)
  socket.write(text)
  return { socket, ended: once(socket, 'close').then(() => heard), heard: () => heard }
}
const say = (...lines: string[]) => `${lines.join('\r\n')}\r\n\r\n`
const post = ['POST /api/updates HTTP/1.1', 'Host: localhost', `Cookie: ${ada.cookie}`, 'Content-Type: application/json']
const statusOf = (answer: string) => Number(/^HTTP\/1\.1 (\d{3})/.exec(answer)?.[1])

test.each([
  ['two lengths in one', `${say(...post, 'Content-Length: 2', 'Transfer-Encoding: chunked')}0\r\n\r\n`],
  ['two different lengths', `${say(...post, 'Content-Length: 2', 'Content-Length: 9')}{}`],
  ['a length with a sign', `${say(...post, 'Content-Length: +2')}{}`],
  ['a chunk of a size that is no number', `${say(...post, 'Transfer-Encoding: chunked')}2z\r\n{}\r\n0\r\n\r\n`],
  ['an encoding that is not chunked at last', `${say(...post, 'Transfer-Encoding: chunked, identity')}2\r\n{}\r\n0\r\n\r\n`],
  ['a space before the colon', `${say(...post, 'Content-Length : 2')}{}`],
  ['lines that end in a line feed alone', 'GET /api/me HTTP/1.1\nHost: localhost\n\n'],
  ['a header that goes on in the next line', say('GET /api/me HTTP/1.1', 'Host: localhost', 'X-Long: a', ' b')],
  ['a carriage return within a header', say('GET /api/me HTTP/1.1', 'Host: localhost', 'X-Two: a\rX-Three: b')],
  ['no host', say('GET /api/me HTTP/1.1')],
  ['a NUL in a header', say('GET /api/me HTTP/1.1', 'Host: localhost', 'X-Nul: a\0b')],
])('a request with %s is refused before anything else is read from its connection (R16)', async (_what, text) => {
  const answer = await open(`${text}GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n`).ended
  expect(statusOf(answer)).toBe(400)
  expect(answer).not.toContain('{"status":"ok"}')
})

test.each([
  ['one huge header', [`X-Huge: ${'x'.repeat(40_000)}`]],
  ['ten thousand headers', Array.from({ length: 10_000 }, (_, index) => `X-${index}: 1`)],
])('%s is refused with 431 (R16)', async (_what, headers) => {
  expect(statusOf(await open(say('GET /healthz HTTP/1.1', 'Host: localhost', ...headers)).ended)).toBe(431)
})

test('who sends the headers of a request, or its body, drop by drop is cut off, and others are served meanwhile (R19)', async () => {
  const { headersTimeout, requestTimeout, keepAliveTimeout } = app.server
  expect(headersTimeout).toBe(10_000)
  expect(requestTimeout).toBe(120_000)
  expect(keepAliveTimeout).toBeGreaterThan(0)
  Object.assign(app.server, { headersTimeout: 300, requestTimeout: 600 })
  const slow = [
    ...Array.from({ length: 50 }, () => 'GET /healthz HTTP/1.1\r\nX-Slow: '),
    `${say(...post, 'Content-Length: 90')}{`,
  ]
  const connections = slow.map(open)
  const drip = setInterval(() => {
    for (const { socket } of connections) if (socket.writable) socket.write(' ')
  }, 50)
  expect((await fetch(`http://127.0.0.1:${port}/healthz`)).status).toBe(200)
  const statuses = (await Promise.all(connections.map(({ ended }) => ended))).map(statusOf)
  clearInterval(drip)
  expect(new Set(statuses)).toEqual(new Set([408]))
  Object.assign(app.server, { headersTimeout, requestTimeout })
  expect((await fetch(`http://127.0.0.1:${port}/healthz`)).status).toBe(200)
})

test('an address that cannot be read is a problem like others, and is not repeated (R05, R12)', async () => {
  for (const path of ['/%', '/u/%ff', '/s/%c0%ae', '/api/updates/%<script>', '/media/%/%/%']) {
    const answer = await app.inject({ url: path, headers: { accept: 'text/html' } })
    expect(answer.json()).toMatchObject({ type: '/problems/invalid-request', status: 400 })
    expect(answer.body).not.toMatch(/script|%/)
    expect(answer.headers).toMatchObject({
      'content-type': expect.stringContaining('application/problem+json'),
      'x-content-type-options': 'nosniff',
      'cache-control': 'no-store',
    })
  }
})

const { videoId } = await given.update(ada, { video: { tracks: ['main'] } })
const segment = `/api/videos/${videoId}/tracks/main/segments/0`
const whole = await segmentForm(await cutRecording({ ms: 2000 }), 0)
const boundary = /boundary=(.+)$/.exec(whole.headers['content-type'])?.[1] ?? ''
const field = (name: string, value: string) =>
  `--${boundary}\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`

test.each([
  [
    'ten thousand fields',
    whole.headers['content-type'],
    Array.from({ length: 10_000 }, (_, index) => field(`f${index}`, 'x')).join(''),
  ],
  ['ten thousand files', whole.headers['content-type'], field('x"; filename="a', 'x').repeat(10_000)],
  ['a field without end', whole.headers['content-type'], field('sha256', 'x'.repeat(900_000))],
  ['no boundary', 'multipart/form-data', field('sha256', 'x')],
  ['a boundary of ten kilobytes', `multipart/form-data; boundary=${'b'.repeat(10_000)}`, field('sha256', 'x')],
  ['a field named constructor', whole.headers['content-type'], field('constructor', 'x') + field('__proto__', 'x')],
  ['nothing at all', whole.headers['content-type'], ''],
])('a form with %s is refused (R18)', async (what, type, body) => {
  const payload = Buffer.concat([
    Buffer.from(body),
    body.startsWith('--') && what !== 'a field without end' ? whole.payload : Buffer.from(''),
  ])
  const answer = await as(ada).inject({ method: 'PUT', url: segment, headers: { 'content-type': type }, payload })
  expect([400, 413, 415, 422], answer.body).toContain(answer.statusCode)
  expect(({} as { x?: string }).x).toBeUndefined()
})

test.each([
  ['a million arrays in each other', '['.repeat(500_000) + ']'.repeat(500_000)],
  ['the same name twice, the second not a text', '{"name":"a","name":5}'],
  ['a number that is none', '{"name":NaN}'],
  ['a constructor with a prototype', '{"constructor":{"prototype":{"title":"x"}}}'],
  ['bytes that are not UTF-8', Buffer.from([0x7b, 0x22, 0xff, 0xfe, 0x22, 0x7d])],
])('JSON of %s is refused (R17)', async (_what, payload) => {
  const headers = { 'content-type': 'application/json' }
  const answer = await as(ada).inject({ method: 'PATCH', url: '/api/me', payload, headers })
  expect([400, 413], answer.body).toContain(answer.statusCode)
})
