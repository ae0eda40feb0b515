import { viewerHeader } from '@meanwhile/shared/contract/viewer-header'
import { expect, test } from 'vitest'
import { startApp } from '../support/app.ts'
import { listenTo } from '../support/stream.ts'

const { app, as, given, signUp, password } = await startApp()
type Someone = Awaited<ReturnType<typeof signUp>>
const ada = await given.person('Ada')
const ben = await given.person('Ben')

const post = (person: Someone | null, url: string, payload: object = {}) => as(person).inject({ method: 'POST', url, payload })
const me = async (person: Someone) => (await as(person).inject({ url: '/api/me' })).json()
const placesOf = async (person: Someone) => (await as(person).inject({ url: '/api/me/workspaces' })).json()
const goTo = (person: Someone, workspaceId: string) =>
  as(person).inject({ method: 'PUT', url: '/api/me/workspace', payload: { workspaceId } })
const invite = async (person: Someone) => (await post(person, '/api/invitations')).json()
const patch = (person: Someone, payload: object) => as(person).inject({ method: 'PATCH', url: '/api/workspace', payload })
const titlesOf = async (person: Someone) =>
  (await as(person).inject({ url: '/api/updates' })).json().items.map(({ title }: { title: string }) => title)

const first = (await me(ada)).workspace.id as string

test('a person creates another workspace as its owner, is there at once, and goes back', async () => {
  await given.update(ben, { title: 'In the first' })
  const created = await post(ben, '/api/workspaces', { name: 'Second' })
  expect(created.statusCode).toBe(201)
  expect(created.json()).toMatchObject({ role: 'owner', workspace: { name: 'Second' } })
  const second = created.json().workspace.id
  expect(await titlesOf(ben)).toEqual([])
  await given.update(ben, { title: 'In the second' })
  expect(await titlesOf(ben)).toEqual(['In the second'])
  expect(await titlesOf(ada)).toEqual(['In the first'])
  expect(await placesOf(ben)).toEqual({
    items: [
      { id: first, name: "Ada's workspace", role: 'member', isCurrent: false },
      { id: second, name: 'Second', role: 'owner', isCurrent: true },
    ],
    canCreate: true,
  })
  expect((await goTo(ben, first)).json()).toMatchObject({ role: 'member', workspace: { id: first } })
  expect(await titlesOf(ben)).toEqual(['In the first'])
})

test('nobody goes to a workspace that they are not in, and no header takes them there', async () => {
  const { id: second } = (await placesOf(ben)).items[1]
  expect((await goTo(ada, second)).json()).toMatchObject({ status: 404 })
  expect((await goTo(ada, crypto.randomUUID())).json()).toMatchObject({ status: 404 })
  const named = async (person: Someone, workspaceId: string) =>
    (await as(person).inject({ url: '/api/me', headers: { [viewerHeader]: `${person.id} ${workspaceId}` } })).json()
  expect(await named(ada, second)).toMatchObject({ type: '/problems/no-workspace', status: 403 })
  expect(await named(ada, 'nonsense')).toMatchObject({ type: '/problems/no-workspace', status: 403 })
  expect(await named(ben, second)).toMatchObject({ workspace: { id: second } })
  expect(await me(ben)).toMatchObject({ workspace: { id: first } })
})

test('each session has its workspace, and a new one begins in the one that was used last', async () => {
  const cleo = await given.person('Cleo')
  const { workspace } = (await post(cleo, '/api/workspaces', { name: 'Third' })).json()
  const entered = await post(null, '/api/auth/sign-in/email', { email: cleo.email, password })
  const phone = { ...cleo, cookie: entered.cookies.map(({ name, value }) => `${name}=${value}`).join('; ') }
  expect(await me(phone)).toMatchObject({ workspace: { id: workspace.id } })
  await goTo(phone, first)
  expect(await me(phone)).toMatchObject({ workspace: { id: first } })
  expect(await me(cleo)).toMatchObject({ workspace: { id: workspace.id } })
})

test('who is signed in joins by an invitation link, once, and is there', async () => {
  const dora = await given.person('Dora')
  await post(dora, '/api/workspaces', { name: 'Fourth' })
  const { token } = await invite(dora)
  const joined = await post(ben, `/api/invitations/by-token/${token}`)
  expect(joined.json()).toMatchObject({ role: 'member', workspace: { name: 'Fourth' } })
  expect((await post(ben, `/api/invitations/by-token/${token}`)).statusCode).toBe(200)
  expect((await as(dora).inject({ url: '/api/invitations' })).json()).toMatchObject([{ uses: 1 }])
  // Who is in already keeps their role.
  expect((await post(dora, `/api/invitations/by-token/${token}`)).json()).toMatchObject({ role: 'owner' })
  expect((await post(ben, '/api/invitations/by-token/nonsense')).json()).toMatchObject({ type: '/problems/invitation-invalid' })
  expect((await post(null, `/api/invitations/by-token/${token}`)).statusCode).toBe(401)
})

test('going there twice at once is going there', async () => {
  const eve = await given.person('Eve')
  const { workspace } = (await post(eve, '/api/workspaces', { name: 'Twice' })).json()
  for (const id of [first, workspace.id]) {
    const answers = await Promise.all([1, 2, 3, 4].map(() => goTo(eve, id)))
    expect(answers.map(({ statusCode }) => statusCode)).toEqual([200, 200, 200, 200])
  }
})

test('what is marked as read in one workspace is not read in another', async () => {
  const fay = await given.person('Fay')
  const { id } = await given.update(ada, { title: 'Asks' })
  await post(ada, `/api/updates/${id}/comments`, { text: 'Who?', type: 'question', ownerId: fay.id })
  const unread = async () => (await as(fay).inject({ url: '/api/notifications' })).json().unread
  expect(await unread()).toBe(1)
  await post(fay, '/api/workspaces', { name: 'Fourth' })
  expect(await unread()).toBe(0)
  await as(fay).inject({ method: 'PUT', url: '/api/notifications/read', payload: {} })
  await goTo(fay, first)
  expect(await unread()).toBe(1)
})

test('open pages hear that their person went elsewhere, and hear nothing more from where they were', async () => {
  await goTo(ben, first)
  const stream = await listenTo(app, ben)
  const { id: second } = (await placesOf(ben)).items.find(({ name }: { name: string }) => name === 'Second')
  await goTo(ben, second)
  await given.update(ada, { title: 'After the switch' })
  expect((await stream.ended()).at(-1)?.data).toEqual({ type: 'viewer' })
})

test('owner and admins rename the workspace; a name is not empty', async () => {
  await goTo(ben, first)
  expect((await patch(ben, { name: 'Mine' })).statusCode).toBe(403)
  expect((await patch(ada, { name: ' ' })).statusCode).toBe(400)
  expect((await patch(ada, { name: 'Analytical Engines' })).json()).toMatchObject({ name: 'Analytical Engines' })
  expect(await me(ben)).toMatchObject({ workspace: { name: 'Analytical Engines' } })
})

test('addresses of other domains do not join, whether or not they have an account', async () => {
  const { token } = await invite(ada)
  expect((await patch(ada, { emailDomains: ['not a domain'] })).statusCode).toBe(400)
  const changed = await patch(ada, { emailDomains: [' Example.COM', 'example.com', 'example.net'] })
  expect(changed.json().emailDomains).toEqual(['example.com', 'example.net'])
  const refused = { type: '/problems/domain-not-allowed', detail: expect.stringContaining('example.com or example.net') }
  const signUpAs = (email: string) => post(null, '/api/auth/sign-up/email', { name: 'Eve', email, password, invitation: token })
  expect((await signUpAs('eve@example.org')).json()).toMatchObject(refused)
  expect((await signUpAs('eve@example.com.evil.org')).json()).toMatchObject(refused)
  expect((await signUpAs('eve@sub.example.com')).json()).toMatchObject(refused)
  expect((await signUpAs('Eve@EXAMPLE.net')).statusCode).toBe(200)
  await patch(ada, { emailDomains: [] })
  const fay = await given.person('Fay')
  await patch(ada, { emailDomains: ['example.com'] })
  await as(fay).inject({ method: 'DELETE', url: `/api/members/${fay.id}` })
  expect((await post(fay, `/api/invitations/by-token/${token}`)).json()).toMatchObject({ type: refused.type })
  expect((await app.inject({ url: `/api/invitations/by-token/${token}` })).json()).toMatchObject({
    emailDomains: ['example.com'],
  })
  await patch(ada, { emailDomains: [] })
})

test('with SIGNUP=closed nobody makes an account, and an invitation lets those in who have one', async () => {
  const site = await startApp({ env: { SIGNUP: 'closed' } })
  const owner = await site.signUp('Olga')
  const { token } = (await site.as(owner).inject({ method: 'POST', url: '/api/invitations' })).json()
  expect((await site.app.inject({ url: '/api/sign-up' })).json()).toMatchObject({ mode: 'closed' })
  for (const invitation of [undefined, token]) await expect(site.signUp('Eve', invitation)).rejects.toThrow('accounts-closed')
  expect((await site.app.inject({ url: `/api/invitations/by-token/${token}` })).json()).toMatchObject({ newAccounts: false })
  const create = (person: Someone) =>
    site.as(person).inject({ method: 'POST', url: '/api/workspaces', payload: { name: 'Other' } })
  expect((await create(owner)).statusCode).toBe(201)
})

test('with SIGNUP=open the domains of the first workspace count', async () => {
  const site = await startApp({ env: { SIGNUP: 'open' } })
  const owner = await site.signUp('Olga')
  await site.as(owner).inject({ method: 'PATCH', url: '/api/workspace', payload: { emailDomains: ['example.com'] } })
  await expect(site.signUp('Eve')).rejects.toThrow('domain-not-allowed')
})

test('a sign-up remembers the time zone that the browser says, and leaves out one that is none', async () => {
  for (const [timeZone, kept] of [
    ['Europe/Berlin', 'Europe/Berlin'],
    ['Middle/Earth', null],
  ] as const) {
    const { token } = await invite(ada)
    const email = `zone-${kept}@example.org`.replace('/', '-')
    const answer = await post(null, '/api/auth/sign-up/email', { name: 'Zoe', email, password, invitation: token, timeZone })
    expect(answer.statusCode).toBe(200)
    const cookie = answer.cookies.map((each) => `${each.name}=${each.value}`).join('; ')
    const profile = (await app.inject({ url: '/api/me/profile', headers: { cookie } })).json()
    expect(profile).toEqual({ timeZone: kept, workingHours: null, daysOff: [] })
  }
})
