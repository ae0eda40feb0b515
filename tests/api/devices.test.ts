import { once } from 'node:events'
import { readdir } from 'node:fs/promises'
import { type AddressInfo, connect } from 'node:net'
import { expect, test } from 'vitest'
import { startApp } from '../support/app.ts'
import { cutRecording, segmentForm } from '../support/cut.ts'
import type { Person } from '../support/given.ts'

const { app, as, given, send, sendPart, finish, password, storage } = await startApp()
const cut = await cutRecording({ ms: 12_000 })
const ada = await given.person('Ada')

/** The same account, signed in once more. */
async function onAnotherDevice(person: Person): Promise<Person> {
  const payload = { email: person.email, password }
  const answer = await app.inject({ method: 'POST', url: '/api/auth/sign-in/email', payload })
  return { ...person, cookie: answer.cookies.map(({ name, value }) => `${name}=${value}`).join('; ') }
}
const phone = await onAnotherDevice(ada)
const upload = async (person: Person, videoId: string) =>
  (await as(person).inject({ url: `/api/videos/${videoId}/upload` })).json()

test('two devices of one account that upload the same recording at once make it whole together', async () => {
  expect(phone.cookie).not.toBe(ada.cookie)
  const videoId = `${(await given.update(ada, { video: { tracks: ['main'] } })).videoId}`
  const fromLaptop = cut.numbers.filter((number) => number !== 4).map((number) => send(ada, videoId, 'main', number, cut))
  const fromPhone = cut.numbers
    .filter((number) => number !== 2)
    .reverse()
    .map((number) => send(phone, videoId, 'main', number, cut))
  const codes = (await Promise.all([...fromLaptop, ...fromPhone])).map(({ statusCode }) => statusCode)
  expect(codes.filter((code) => code === 201)).toHaveLength(cut.numbers.length)
  expect(codes.filter((code) => code === 200)).toHaveLength(codes.length - cut.numbers.length)
  expect((await upload(phone, videoId)).tracks.main).toMatchObject({ ranges: [[0, 6]], durationMs: 12_000 })
  const [one, other] = await Promise.all([ada, phone].map((device) => finish(device, videoId, { main: { segments: 6 } })))
  expect([one?.statusCode, other?.statusCode]).toEqual([200, 200])
})

test('two devices that recorded different things under one id do not mix: the second hears it for every segment', async () => {
  const videoId = `${(await given.update(ada, { video: { tracks: ['main'] } })).videoId}`
  const other = await cutRecording({ ms: 12_000, rate: 25 })
  for (const number of [0, 1, 2]) await send(ada, videoId, 'main', number, cut)
  for (const number of [0, 1, 2])
    expect((await send(phone, videoId, 'main', number, other)).json()).toMatchObject({ type: '/problems/segment-conflict' })
})

test.each(['tracks/main/segments/1', 'file/parts/1'])(
  'a connection that breaks in the middle of %s leaves nothing',
  async (path) => {
    await app.listen({ port: 0, host: '127.0.0.1' }).catch(() => undefined)
    const { port } = app.server.address() as AddressInfo
    const videoId = `${(await given.update(ada, { video: { tracks: ['main'] } })).videoId}`
    const { payload, headers } = await segmentForm(cut, 1)
    const socket = connect(port, '127.0.0.1')
    socket.on('error', () => undefined)
    const head = `PUT /api/videos/${videoId}/${path} HTTP/1.1\r\nhost: localhost\r\ncookie: ${ada.cookie}\r\ncontent-type: ${headers['content-type']}\r\ncontent-length: ${payload.length}\r\n\r\n`
    socket.write(head)
    socket.write(payload.subarray(0, payload.length / 2))
    await expect.poll(() => readdir(storage.incomingDir)).toHaveLength(1)
    socket.destroy()
    await once(socket, 'close')
    await expect.poll(() => readdir(storage.incomingDir)).toEqual([])
    const { tracks, file } = await upload(ada, videoId)
    expect([tracks.main.ranges, file]).toEqual([[], null])
    const again = path.startsWith('file') ? sendPart(ada, videoId, 1, await cut.bytes(1)) : send(ada, videoId, 'main', 1, cut)
    expect((await again).statusCode).toBe(201)
  },
)
