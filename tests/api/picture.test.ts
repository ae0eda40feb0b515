import sharp from 'sharp'
import { expect, test } from 'vitest'
import { startApp } from '../support/app.ts'
import type { Person } from '../support/given.ts'
import { guestsOn } from '../support/guest.ts'
import { asApng, asPhone, movingWebp, plainPng, twoHalves } from '../support/pictures.ts'

const { app, as, given, storage } = await startApp()
const { share, guest } = guestsOn(app)
const ada = await given.person('Ada')
const ben = await given.person('Ben')
// For what is refused: there is a limit for each person.
const cleo = await given.person('Cleo')
const limit = 10 * 1024 ** 2

const put = (person: Person, payload: Buffer | string, type = 'application/octet-stream') =>
  as(person).inject({ method: 'PUT', url: '/api/me/picture', payload, headers: { 'content-type': type } })
const remove = (person: Person) => as(person).inject({ method: 'DELETE', url: '/api/me/picture' })
async function stored() {
  const keys: string[] = []
  for await (const key of storage.list('people/')) keys.push(key)
  return keys
}
const eventually = (count: number) => expect.poll(async () => (await stored()).length).toBe(count)

/** The colour at a place of the square, 0 to 1. */
async function colourAt(bytes: Buffer, x: number, y: number) {
  const { data, info } = await sharp(bytes).raw().toBuffer({ resolveWithObject: true })
  const at = (Math.floor(y * info.height) * info.width + Math.floor(x * info.width)) * info.channels
  const [red = 0, green = 0, blue = 0] = data.subarray(at)
  return red > 200 && green < 60 && blue < 60 ? 'red' : blue > 200 && red < 60 && green < 60 ? 'blue' : `${[red, green, blue]}`
}

test.each([
  ['png', () => twoHalves().png().toBuffer()],
  ['jpeg', () => twoHalves().jpeg().toBuffer()],
  ['webp', () => twoHalves().webp().toBuffer()],
  ['lossless webp', () => twoHalves().webp({ lossless: true }).toBuffer()],
  ['webp with a profile', () => twoHalves().withMetadata().webp().toBuffer()],
  ['interlaced png', () => twoHalves().png({ progressive: true }).toBuffer()],
])('of a picture in %s the middle is kept as a square', async (_kind, make) => {
  const answer = await put(ada, await make())
  expect(answer.statusCode, answer.body).toBe(200)
  const { picture } = answer.json()
  expect(picture).toMatch(new RegExp(`^/media/people/${ada.id}/[0-9a-f-]{36}\\.webp$`))
  const told = await app.inject({ url: picture })
  expect(told.statusCode).toBe(200)
  expect(told.headers).toMatchObject({
    'content-type': 'image/webp',
    'x-content-type-options': 'nosniff',
    'cache-control': 'private, max-age=604800, immutable',
  })
  expect(told.headers['set-cookie']).toBeUndefined()
  expect(await sharp(told.rawPayload).metadata()).toMatchObject({ format: 'webp', width: 256, height: 256 })
  expect(await colourAt(told.rawPayload, 0.2, 0.5)).toBe('red')
  expect(await colourAt(told.rawPayload, 0.8, 0.5)).toBe('blue')
  await eventually(1)
})

test('a photo is put upright, and neither its place nor its camera is kept', async () => {
  const photo = await asPhone()
  const before = await sharp(photo).metadata()
  expect(before.orientation).toBe(6)
  expect(photo.includes('Telephone')).toBe(true)
  const { picture } = (await put(ada, photo, 'image/jpeg')).json()
  const { rawPayload } = await app.inject({ url: picture })
  const { exif, icc, xmp, iptc, orientation } = await sharp(rawPayload).metadata()
  expect({ exif, icc, xmp, iptc, orientation }).toEqual({})
  expect(rawPayload.includes('Telephone')).toBe(false)
  expect(await colourAt(rawPayload, 0.5, 0.2)).toBe('red')
  expect(await colourAt(rawPayload, 0.5, 0.8)).toBe('blue')
})

test('it is told wherever its person is named, and guests of a link load it', async () => {
  const { picture } = (await put(ada, await twoHalves().png().toBuffer(), 'image/png')).json()
  const { id } = await given.update(ada)
  const said = await as(ada).inject({
    method: 'POST',
    url: `/api/updates/${id}/comments`,
    payload: { text: 'Look, @Ben', mentions: [ben.id] },
  })
  expect(said.json()).toMatchObject({ author: { picture }, mentions: [{ picture: null }] })
  expect((await as(ada).inject({ url: '/api/me' })).json()).toMatchObject({ picture })
  expect((await as(ben).inject({ url: '/api/me' })).json()).toMatchObject({ picture: null })
  expect((await as(ben).inject({ url: `/api/updates/${id}` })).json().author).toEqual({ id: ada.id, name: 'Ada', picture })
  expect((await as(ben).inject({ url: '/api/members' })).json()).toContainEqual(expect.objectContaining({ id: ada.id, picture }))
  expect((await as(ben).inject({ url: '/api/notifications' })).json().items[0].actor).toMatchObject({ picture })
  const people = (await as(ben).inject({ url: `/api/updates/${id}/people?q=A` })).json()
  expect(people).toEqual([{ id: ada.id, name: 'Ada', picture }])
  const visitor = await guest(await share(ada, id), { name: 'Mia' })
  expect((await visitor.inject({ url: `/api/updates/${id}` })).json().author.picture).toBe(picture)
  expect((await app.inject({ url: picture })).statusCode).toBe(200)
  const etag = `${(await app.inject({ url: picture })).headers.etag}`
  expect((await app.inject({ url: picture, headers: { 'if-none-match': etag } })).statusCode).toBe(304)
})

test('one that is replaced or removed is gone, with its address', async () => {
  const first = (await put(ben, plainPng(40, 40))).json().picture
  const second = (await put(ben, plainPng(40, 40))).json().picture
  expect(second).not.toBe(first)
  expect((await app.inject({ url: first })).statusCode).toBe(404)
  expect((await app.inject({ url: second.replace(ben.id, ada.id) })).statusCode).toBe(404)
  expect((await remove(ben)).statusCode).toBe(204)
  expect((await remove(ben)).statusCode).toBe(204)
  expect((await app.inject({ url: second })).statusCode).toBe(404)
  await eventually(1)
})

const svg = '<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
const html = '<!doctype html><script>alert(1)</script>'
const whole = await twoHalves().jpeg().toBuffer()
const png = await twoHalves().png().toBuffer()

test.each([
  ['16000 × 16000 pixels', 422, () => plainPng(16_000, 16_000)],
  ['one long line', 422, () => plainPng(60_000, 1)],
  ['no pixels', 422, () => plainPng(0, 0)],
  ['SVG', 422, () => svg],
  ['HTML', 422, () => html],
  ['XML', 422, () => `<?xml version="1.0"?>${svg}`],
  ['GIF', 422, () => twoHalves().gif().toBuffer()],
  ['TIFF', 422, () => twoHalves().tiff().toBuffer()],
  ['AVIF', 422, () => twoHalves().avif().toBuffer()],
  ['a JPEG that is cut off', 422, () => whole.subarray(0, whole.length / 2)],
  ['a PNG that is cut off', 422, () => png.subarray(0, png.length / 2)],
  ['the first bytes of a PNG', 422, () => png.subarray(0, 20)],
  ['a PNG with SVG behind its header', 422, () => Buffer.concat([png.subarray(0, 33), Buffer.from(svg)])],
  ['a PNG that moves', 422, () => asApng(plainPng(64, 64))],
  ['a WebP that moves', 422, movingWebp],
  ['a JPEG of nothing but markers', 422, () => Buffer.alloc(4096, 0xff)],
  ['a byte too many', 413, () => Buffer.concat([png, Buffer.alloc(limit + 1 - png.length)])],
])('%s is refused, and nothing is stored', async (_what, status, make) => {
  const before = await stored()
  const told = await put(cleo, await make(), 'image/png')
  expect(told.statusCode, told.body).toBe(status)
  expect(told.headers['content-type']).toContain('application/problem+json')
  expect(told.json().type).toBe(status === 413 ? '/problems/request-too-large' : '/problems/picture-unusable')
  expect(await stored()).toEqual(before)
  expect((await as(cleo).inject({ url: '/api/me' })).json().picture).toBeNull()
})

test('an empty file, and one that says that it is something else, are refused too', async () => {
  expect([415, 422]).toContain((await put(ben, '', 'image/png')).statusCode)
  expect((await put(ben, svg, 'image/svg+xml')).statusCode).toBe(415)
  expect((await put(ben, png, 'text/html')).statusCode).toBe(415)
  expect((await as(ben).inject({ method: 'PUT', url: '/api/me/picture' })).statusCode).toBe(415)
})

test('many at once are done one after the other, and the last one that was stored is shown', async () => {
  const answers = await Promise.all(Array.from({ length: 6 }, () => put(ben, png, 'image/png')))
  expect(answers.map(({ statusCode }) => statusCode)).toEqual(Array(6).fill(200))
  await eventually(2)
  const { picture } = (await as(ben).inject({ url: '/api/me' })).json()
  expect((await app.inject({ url: picture })).statusCode).toBe(200)
})
