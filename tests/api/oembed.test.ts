import { schema } from '@meanwhile/shared/db/client'
import { expect, test } from 'vitest'
import { startApp } from '../support/app.ts'
import { cutRecording } from '../support/cut.ts'

const { app, as, given, db, env } = await startApp()
const cut = await cutRecording()
const ada = await given.person('Ada')
const ben = await given.person('Ben')
const mallory = await given.stranger('Mallory')
const { id, videoId } = await given.recording(ada, cut, 'Plan "B" <b>')
const draft = await given.update(ada, { title: 'Secret', video: { tracks: ['main'] } })
const origin = env.PUBLIC_URL

const ask = (person: typeof ada | null, url: string, more: Record<string, string> = {}) =>
  as(person).inject({ url: `/api/oembed?${new URLSearchParams({ url, ...more })}` })
/** What is left of an answer without the id of its request. */
const told = async (answer: ReturnType<typeof ask>) => {
  const { statusCode, body } = await answer
  return { statusCode, ...JSON.parse(body), instance: '' }
}

test.each([ada, ben])('who may see an update gets a frame with its player', async (person) => {
  const answer = await ask(person, `${origin}/u/${id}?t=1m2s`)
  expect(answer.statusCode).toBe(200)
  expect(answer.headers).toMatchObject({ 'cache-control': 'no-store', 'content-type': 'application/json; charset=utf-8' })
  expect(answer.json()).toEqual({
    version: '1.0',
    type: 'video',
    title: 'Plan "B" <b>',
    author_name: 'Ada',
    provider_name: 'Meanwhile',
    provider_url: origin,
    cache_age: expect.any(Number),
    html: `<iframe src="${origin}/embed/${id}?t=1m2s" title="Plan &quot;B&quot; &lt;b&gt;" width="640" height="360" style="border:0" allow="autoplay; fullscreen; picture-in-picture"></iframe>`,
    width: 640,
    height: 360,
    duration: 5,
  })
})

test('to nobody, to another workspace and before it is published it does not exist, in the same words', async () => {
  const nothing = await told(ask(ben, `${origin}/u/${crypto.randomUUID()}`))
  expect(nothing).toMatchObject({ statusCode: 404, type: '/problems/not-found' })
  for (const [person, path] of [
    [null, `/u/${id}`],
    [null, `/embed/${id}`],
    [mallory, `/u/${id}`],
    [ben, `/u/${draft.id}`],
    [null, `/u/${crypto.randomUUID()}`],
    [ada, '/settings'],
  ] as const)
    expect(await told(ask(person, origin + path)), path).toEqual(nothing)
  expect(await told(ask(ada, `https://elsewhere.example/u/${id}`))).toEqual(nothing)
  expect((await ask(ada, `${origin}/u/${draft.id}`)).json()).toMatchObject({ title: 'Secret', type: 'video' })
})

test('bounds are kept, and a thumbnail that is larger is left out', async () => {
  const poster = { videoId, name: 'poster', stage: 'poster', key: `videos/${videoId}/1/poster.jpg`, sizeBytes: 1 } as const
  await db.insert(schema.assets).values({ ...poster, width: 320, height: 180 })
  const wide = (await ask(ben, `${origin}/embed/${id}`, { maxwidth: '400' })).json()
  expect(wide).toMatchObject({ width: 400, height: 225, thumbnail_width: 320, thumbnail_height: 180 })
  expect(wide.thumbnail_url).toMatch(new RegExp(`^${origin}/media/.+/${videoId}/1/poster.jpg$`))
  const low = (await ask(ben, `${origin}/u/${id}`, { maxheight: '90' })).json()
  expect(low).toMatchObject({ width: 160, height: 90 })
  expect(Object.keys(low).filter((key) => key.startsWith('thumbnail'))).toEqual([])
})

test('a text is a link', async () => {
  const text = await given.update(ada, { title: 'Only words', body: 'Read me' })
  const answer = (await ask(ben, text.url)).json()
  expect(answer).toMatchObject({ type: 'link', title: 'Only words' })
  expect(answer).not.toHaveProperty('html')
})

test('other formats are not offered, whoever asks; a question without an address is no question', async () => {
  for (const person of [ada, null])
    expect((await ask(person, `${origin}/u/${id}`, { format: 'xml' })).json()).toMatchObject({
      type: '/problems/format-not-offered',
      status: 501,
    })
  expect((await app.inject({ url: '/api/oembed' })).statusCode).toBe(400)
  expect((await ask(ada, `${origin}/u/${id}`, { maxwidth: 'wide' })).statusCode).toBe(400)
})
