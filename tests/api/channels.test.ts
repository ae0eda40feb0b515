import { expect, test } from 'vitest'
import { startApp } from '../support/app.ts'

const { app, as, given } = await startApp()
const owner = await given.person('Olga')
const ada = await given.person('Ada')
const ben = await given.person('Ben')
const cleo = await given.person('Cleo')
const stranger = await given.stranger('Mallory')
type Someone = typeof ada

let count = 0
async function channel(creator: Someone, draft: object = {}) {
  const made = await as(creator).inject({
    method: 'POST',
    url: '/api/channels',
    payload: { name: `Channel ${++count}`, ...draft },
  })
  expect(made.statusCode).toBe(201)
  return made.json() as { id: string; name: string; memberCount: number }
}
const patch = (person: Someone, id: string, payload: object) =>
  as(person).inject({ method: 'PATCH', url: `/api/channels/${id}`, payload })
const put = (person: Someone, id: string, who: Someone) =>
  as(person).inject({ method: 'PUT', url: `/api/channels/${id}/members/${who.id}` })
const remove = (person: Someone, id: string, who: Someone) =>
  as(person).inject({ method: 'DELETE', url: `/api/channels/${id}/members/${who.id}` })
const post = (person: Someone, payload: object) => as(person).inject({ method: 'POST', url: '/api/updates', payload })
const move = (person: Someone, id: string, channelId: string | null) =>
  as(person).inject({ method: 'PATCH', url: `/api/updates/${id}`, payload: { channelId } })
const say = (person: Someone, id: string, payload: object = {}) =>
  as(person).inject({ method: 'POST', url: `/api/updates/${id}/comments`, payload: { text: 'Hi', ...payload } })
const get = async (person: Someone, url: string) => (await as(person).inject({ url })).json()
const idsFor = async (person: Someone, query = '') =>
  ((await get(person, `/api/updates?limit=100${query}`)).items as { id: string }[]).map(({ id }) => id)
const channelsFor = async (person: Someone, query = '') =>
  ((await get(person, `/api/channels?limit=200${query}`)).items as { id: string }[]).map(({ id }) => id)

test('a channel is open to the workspace, takes comments, and is told whole', async () => {
  const made = await channel(ada, { name: ' Design ', description: 'How it looks' })
  expect(made).toMatchObject({
    name: 'Design',
    description: 'How it looks',
    isPrivate: false,
    commentsAllowed: true,
    archivedAt: null,
  })
  expect(made).toMatchObject({ createdBy: { id: ada.id, name: 'Ada' }, memberCount: 4, canManage: true })
  expect(await get(ben, `/api/channels/${made.id}`)).toMatchObject({ name: 'Design', canManage: false })
  expect(await get(owner, `/api/channels/${made.id}`)).toMatchObject({ canManage: true })
  const members = await get(ben, `/api/channels/${made.id}/members`)
  expect(members.items.map(({ name }: { name: string }) => name)).toEqual(['Ada', 'Ben', 'Cleo', 'Olga'])
})

test.each([
  [{ name: '' }],
  [{ name: 'a\nb' }],
  [{ name: 'x'.repeat(81) }],
  [{ name: 'Fine', description: 'x'.repeat(501) }],
  [{}],
])('a channel cannot be made from %j', async (payload) => {
  const refused = await as(ada).inject({ method: 'POST', url: '/api/channels', payload })
  expect(refused.json()).toMatchObject({ type: '/problems/invalid-request', status: 400 })
})

test('two channels have not the same name, whatever the case, unless one is archived', async () => {
  const first = await channel(ada, { name: 'Ärger' })
  const again = await as(ben).inject({ method: 'POST', url: '/api/channels', payload: { name: 'äRGER' } })
  expect(again.json()).toMatchObject({ type: '/problems/channel-name-taken', status: 409 })
  const other = await channel(ada)
  expect((await patch(ada, other.id, { name: 'ÄRGER' })).json()).toMatchObject({ type: '/problems/channel-name-taken' })
  expect((await patch(ada, first.id, { archived: true })).json().archivedAt).toEqual(expect.any(String))
  expect((await patch(ada, other.id, { name: 'ÄRGER' })).json()).toMatchObject({ name: 'ÄRGER' })
  expect((await patch(ada, first.id, { archived: false })).json()).toMatchObject({ type: '/problems/channel-name-taken' })
  expect((await patch(ada, first.id, { archived: false, name: 'Joy' })).json()).toMatchObject({ name: 'Joy', archivedAt: null })
  await as(stranger).inject({ method: 'POST', url: '/api/channels', payload: { name: 'Joy' } })
})

test('who created it, the owner and admins change it, others do not', async () => {
  const { id } = await channel(ada)
  expect((await patch(ben, id, { name: 'Mine' })).json()).toMatchObject({ type: '/problems/forbidden', status: 403 })
  expect((await patch(owner, id, { description: 'By the owner' })).json()).toMatchObject({ description: 'By the owner' })
  expect((await patch(ada, id, {})).statusCode).toBe(200)
})

test('channels are listed by name, page by page, archived ones apart', async () => {
  const { id } = await channel(ada, { name: 'zz last' })
  await channel(ada, { name: 'ZZ kept' })
  await patch(ada, id, { archived: true })
  expect(await channelsFor(ben, '&archived=true')).toContain(id)
  expect(await channelsFor(ben, '&archived=false')).not.toContain(id)
  const names: string[] = []
  for (let cursor: string | null = ''; cursor !== null; ) {
    const page: { items: { name: string }[]; nextCursor: string | null } = await get(
      ben,
      `/api/channels?limit=2${cursor && `&cursor=${cursor}`}`,
    )
    expect(page.items.length).toBeLessThanOrEqual(2)
    names.push(...page.items.map(({ name }) => name))
    cursor = page.nextCursor
  }
  expect(new Set(names).size).toBe(names.length)
  expect(names.filter((name) => /^zz/i.test(name))).toEqual(['ZZ kept', 'zz last'])
  expect((await as(ben).inject({ url: '/api/channels?cursor=nonsense' })).json()).toMatchObject({
    type: '/problems/invalid-request',
  })
})

test('an update is posted in a channel, listed there, and moved by its author alone', async () => {
  const { id, name } = await channel(ada)
  const made = (await post(ben, { title: 'Here', channelId: id })).json()
  expect(made).toMatchObject({ channel: { id, name, isPrivate: false, isArchived: false }, canComment: true })
  const elsewhere = (await post(ben, { title: 'There' })).json()
  expect(elsewhere.channel).toBeNull()
  expect(await idsFor(cleo, `&channelId=${id}`)).toEqual([made.id])
  expect(await idsFor(cleo)).toEqual(expect.arrayContaining([made.id, elsewhere.id]))
  expect((await move(owner, made.id, null)).statusCode).toBe(403)
  const moved = (await move(ben, made.id, null)).json()
  expect(moved).toMatchObject({ channel: null, editedAt: null, title: 'Here' })
  expect((await move(ben, made.id, id)).json()).toMatchObject({ channel: { id } })
  expect((await move(ben, made.id, crypto.randomUUID())).json()).toMatchObject({ type: '/problems/not-found', status: 404 })
})

test('nothing is posted in a channel that one cannot see, or of another workspace', async () => {
  const secret = await channel(ada, { isPrivate: true })
  for (const person of [ben, owner, stranger]) {
    expect((await post(person, { channelId: secret.id })).json()).toMatchObject({ type: '/problems/not-found' })
    expect((await as(person).inject({ url: `/api/updates?channelId=${secret.id}` })).statusCode).toBe(404)
  }
  const { id } = (await post(ben, {})).json()
  expect((await move(ben, id, secret.id)).statusCode).toBe(404)
  expect((await post(stranger, { channelId: (await channel(ada)).id })).statusCode).toBe(404)
})

test('what is sent again finds what was made, whatever became of the channel since', async () => {
  const { id: channelId } = await channel(ada)
  const draft = { id: crypto.randomUUID(), title: 'Once', channelId }
  expect((await post(ada, draft)).statusCode).toBe(201)
  const { id } = (await say(ada, draft.id, { id: crypto.randomUUID() })).json()
  await patch(ada, channelId, { archived: true })
  expect((await post(ada, draft)).statusCode).toBe(200)
  expect((await say(ada, draft.id, { id })).statusCode).toBe(200)
})

test('of an archived channel everything is still read, and nothing new is posted in it', async () => {
  const { id: channelId } = await channel(ada)
  const { id } = (await post(ada, { channelId })).json()
  await say(ben, id)
  await patch(ada, channelId, { archived: true })
  const archived = { type: '/problems/channel-archived', status: 409 }
  expect((await post(ada, { channelId })).json()).toMatchObject(archived)
  expect((await say(ben, id)).json()).toMatchObject(archived)
  expect((await move(ada, (await post(ada, {})).json().id, channelId)).json()).toMatchObject(archived)
  expect(await get(cleo, `/api/updates/${id}`)).toMatchObject({
    channel: { isArchived: true },
    canComment: false,
    commentCount: 1,
  })
  expect((await get(cleo, `/api/updates/${id}/comments`)).items).toHaveLength(1)
  expect((await move(ada, id, null)).json()).toMatchObject({ channel: null, canComment: true })
  await patch(ada, channelId, { archived: false })
  expect((await post(ada, { channelId })).statusCode).toBe(201)
})

test('where comments are turned off they are refused, and those that are there are read', async () => {
  const { id: channelId } = await channel(ada)
  const { id } = (await post(ada, { channelId })).json()
  await say(ben, id)
  await patch(ada, channelId, { commentsAllowed: false })
  expect((await say(ben, id)).json()).toMatchObject({ type: '/problems/comments-off', status: 403 })
  expect(await get(ben, `/api/updates/${id}`)).toMatchObject({ canComment: false })
  expect((await get(ben, `/api/updates/${id}/comments`)).items).toHaveLength(1)
  await patch(ada, channelId, { commentsAllowed: true })
  expect((await say(ben, id)).statusCode).toBe(201)
})

test('a private channel is seen by its members alone, whatever the role of the others', async () => {
  const { id, memberCount } = await channel(ada, { isPrivate: true })
  expect(memberCount).toBe(1)
  const update = (await post(ada, { title: 'Secret', channelId: id })).json()
  for (const person of [ben, owner, stranger]) {
    expect((await as(person).inject({ url: `/api/channels/${id}` })).statusCode).toBe(404)
    expect(await channelsFor(person)).not.toContain(id)
    expect((await as(person).inject({ url: `/api/updates/${update.id}` })).statusCode).toBe(404)
    expect(await idsFor(person)).not.toContain(update.id)
    expect((await patch(person, id, { name: 'Mine' })).statusCode).toBe(404)
    expect((await put(person, id, person)).statusCode).toBe(404)
  }
  expect((await put(ada, id, ben)).statusCode).toBe(204)
  expect((await put(ada, id, ben)).statusCode).toBe(204)
  expect(await get(ben, `/api/updates/${update.id}`)).toMatchObject({ title: 'Secret', channel: { id, isPrivate: true } })
  expect(await idsFor(ben)).toContain(update.id)
  expect((await get(ben, `/api/channels/${id}/members`)).items).toMatchObject([{ name: 'Ada' }, { name: 'Ben' }])
  expect(await get(ben, `/api/channels/${id}`)).toMatchObject({ memberCount: 2, canManage: false })
})

test('members add and remove people of the workspace, and leave; the last one stays', async () => {
  const { id } = await channel(ada, { isPrivate: true })
  expect((await put(ada, id, stranger)).statusCode).toBe(404)
  await put(ada, id, ben)
  expect((await put(ben, id, cleo)).statusCode).toBe(204)
  expect((await remove(cleo, id, ada)).statusCode).toBe(204)
  expect((await remove(cleo, id, ada)).statusCode).toBe(204)
  expect((await as(ada).inject({ url: `/api/channels/${id}` })).statusCode).toBe(404)
  // Who created it is gone: those who are left take over.
  expect((await patch(ben, id, { description: 'Ours' })).json()).toMatchObject({ description: 'Ours', canManage: true })
  const left = await Promise.all([remove(ben, id, ben), remove(cleo, id, cleo)])
  expect(left.map(({ statusCode }) => statusCode).sort()).toEqual([204, 409])
  expect(left.find(({ statusCode }) => statusCode === 409)?.json()).toMatchObject({ type: '/problems/last-in-channel' })
})

test('in an open channel is everybody: nobody is added to it or removed', async () => {
  const { id } = await channel(ada)
  expect((await put(ada, id, ben)).json()).toMatchObject({ type: '/problems/channel-open', status: 409 })
  expect((await remove(ada, id, ben)).json()).toMatchObject({ type: '/problems/channel-open' })
})

test('only who can see an update is offered to be named in it, named, notified and counted', async () => {
  const { id: channelId } = await channel(ada, { isPrivate: true })
  await put(ada, channelId, ben)
  const { id } = (await post(ada, { channelId })).json()
  expect((await get(ada, `/api/updates/${id}/people`)).map(({ name }: { name: string }) => name)).toEqual(['Ada', 'Ben'])
  expect((await say(ada, id, { mentions: [cleo.id] })).json()).toMatchObject({ type: '/problems/person-not-found' })
  expect(await get(ada, `/api/updates/${id}`)).toMatchObject({ audience: { total: 1 } })
  const unread = async (person: Someone) => (await get(person, '/api/notifications?limit=0')).unread as number
  const before = await unread(ben)
  await say(ada, id, { mentions: [ben.id] })
  const parent = (await say(ben, id)).json()
  expect(await unread(ben)).toBe(before + 1)
  // Taken out of it, nothing of it is there for him any more, and nothing new comes.
  await remove(ada, channelId, ben)
  expect(await unread(ben)).toBe(before)
  await say(ada, id, { parentId: parent.id })
  await put(ada, channelId, ben)
  expect(await unread(ben)).toBe(before + 1)
})

test('what one recorded for a private channel is sent and published also after one was taken out of it', async () => {
  const { id: channelId } = await channel(ada, { isPrivate: true })
  await put(ada, channelId, ben)
  const draft = (await post(ben, { channelId, video: { tracks: ['main'] } })).json()
  const live = (await post(ben, { channelId, live: true, video: { tracks: ['main'] } })).json()
  await remove(ada, channelId, ben)
  expect((await as(ben).inject({ url: `/api/updates/${draft.id}` })).statusCode).toBe(200)
  expect((await as(ben).inject({ url: `/api/updates/${live.id}` })).statusCode).toBe(404)
  for (const { videoId } of [draft, live]) {
    expect((await as(ben).inject({ url: `/api/videos/${videoId}/upload` })).statusCode).toBe(200)
    expect((await as(cleo).inject({ url: `/api/videos/${videoId}/upload` })).statusCode).toBe(404)
  }
  expect((await move(ben, draft.id, null)).json()).toMatchObject({ channel: null })
})

test('the API says that it is signed in for', async () => {
  expect((await app.inject({ url: '/api/channels' })).statusCode).toBe(401)
})
