import { expect, test } from 'vitest'
import { startApp } from '../support/app.ts'
import type { Person } from '../support/given.ts'
import { listenTo } from '../support/stream.ts'

const { app, as, given, db, password } = await startApp()
const owner = await given.person('Olga')
const admin = await given.person('Ada')
const ben = await given.person('Ben')

const patch = (person: Person, userId: string, role: string) =>
  as(person).inject({ method: 'PATCH', url: `/api/members/${userId}`, payload: { role } })
const remove = (person: Person, userId: string) => as(person).inject({ method: 'DELETE', url: `/api/members/${userId}` })
const transfer = (person: Person, userId: string, secret = password) =>
  as(person).inject({ method: 'POST', url: '/api/workspace/transfer', payload: { userId, password: secret } })
const resetFor = (person: Person, userId: string) =>
  as(person).inject({ method: 'POST', url: `/api/members/${userId}/password-reset` })
const me = (person: Person) => as(person).inject({ url: '/api/me' })
const rolesOf = async (person: Person) =>
  Object.fromEntries(
    (await as(person).inject({ url: '/api/members' }))
      .json()
      .map(({ name, role }: { name: string; role: string }) => [name, role]),
  )
await patch(owner, admin.id, 'admin')

test('owner and admins change roles, and nobody that of the owner', async () => {
  expect((await patch(owner, ben.id, 'admin')).json()).toMatchObject({ name: 'Ben', role: 'admin' })
  expect((await patch(admin, ben.id, 'member')).json()).toMatchObject({ role: 'member' })
  expect((await patch(admin, owner.id, 'member')).statusCode).toBe(403)
  expect((await patch(owner, owner.id, 'member')).statusCode).toBe(403)
  expect((await patch(admin, ben.id, 'owner')).statusCode).toBe(400)
  expect((await patch(ben, admin.id, 'member')).statusCode).toBe(403)
  expect((await patch(owner, crypto.randomUUID(), 'admin')).statusCode).toBe(404)
  expect(await rolesOf(ben)).toEqual({ Olga: 'owner', Ada: 'admin', Ben: 'member' })
})

test('who is removed sees nothing at once, and what they did stays with their name', async () => {
  const cleo = await given.person('Cleo')
  const { id } = await given.update(cleo, { title: 'By Cleo' })
  const stream = await listenTo(app, cleo)
  const open = (await as(owner).inject({ method: 'POST', url: '/api/invitations' })).json()
  expect((await remove(ben, cleo.id)).statusCode).toBe(403)
  expect((await remove(admin, cleo.id)).statusCode).toBe(204)
  await given.update(owner, { title: 'Afterwards' })
  expect((await stream.ended()).at(-1)?.data).toEqual({ type: 'viewer' })
  expect((await me(cleo)).json()).toMatchObject({ type: '/problems/no-workspace', status: 403 })
  expect((await as(cleo).inject({ url: `/api/updates/${id}` })).statusCode).toBe(403)
  expect((await as(cleo).inject({ url: '/api/me/workspaces' })).json()).toEqual({ items: [], canCreate: true })
  expect((await as(owner).inject({ url: `/api/updates/${id}` })).json()).toMatchObject({ author: { name: 'Cleo' } })
  const people = await as(owner).inject({ url: `/api/updates/${id}/people?q=Cleo` })
  expect(people.json()).toEqual([])
  // The way back in is closed too: they may have kept a link.
  const back = await as(cleo).inject({ method: 'POST', url: `/api/invitations/by-token/${open.token}` })
  expect(back.json()).toMatchObject({ type: '/problems/invitation-invalid' })
  expect((await remove(admin, cleo.id)).statusCode).toBe(404)
  expect((await remove(admin, owner.id)).statusCode).toBe(403)
})

test('who is removed goes on in another workspace of theirs', async () => {
  const dora = await given.person('Dora')
  const first = (await me(dora)).json().workspace.id
  await as(dora).inject({ method: 'POST', url: '/api/workspaces', payload: { name: 'Own' } })
  await as(dora).inject({ method: 'PUT', url: '/api/me/workspace', payload: { workspaceId: first } })
  await remove(owner, dora.id)
  expect((await me(dora)).json()).toMatchObject({ role: 'owner', workspace: { name: 'Own' } })
})

test('everybody may leave but the owner, who hands the workspace over first', async () => {
  const eve = await given.person('Eve')
  expect((await remove(eve, eve.id)).statusCode).toBe(204)
  expect((await me(eve)).statusCode).toBe(403)
  expect((await remove(owner, owner.id)).json()).toMatchObject({ type: '/problems/owner-must-stay', status: 409 })
})

test('ownership is transferred by the owner alone, who says the password once more', async () => {
  expect((await transfer(admin, ben.id)).statusCode).toBe(403)
  expect((await transfer(owner, ben.id, 'not the password')).json()).toMatchObject({
    type: '/problems/wrong-password',
    status: 403,
  })
  expect((await transfer(owner, crypto.randomUUID())).statusCode).toBe(404)
  expect((await transfer(owner, ben.id)).statusCode).toBe(204)
  expect(await rolesOf(ben)).toEqual({ Olga: 'admin', Ada: 'admin', Ben: 'owner' })
  expect((await transfer(owner, admin.id)).statusCode).toBe(403)
  // Two at once: only one of them is obeyed.
  const codes = (await Promise.all([transfer(ben, owner.id), transfer(ben, admin.id)])).map(({ statusCode }) => statusCode)
  expect(codes.sort()).toEqual([204, 403])
  const roles = await rolesOf(ben)
  expect(Object.values(roles).filter((role) => role === 'owner')).toHaveLength(1)
  const now = [owner, admin].find(({ name }) => roles[name] === 'owner')
  if (now === admin) await transfer(admin, owner.id)
  await patch(owner, ben.id, 'member')
  await patch(owner, admin.id, 'admin')
})

test('an admin makes a link with which a member sets a new password, once', async () => {
  const fay = await given.person('Fay')
  const made = await resetFor(admin, fay.id)
  expect(made.statusCode).toBe(201)
  const { url, expiresAt } = made.json()
  expect(url).toMatch(/\/reset\/[\w-]{32}$/)
  expect(Date.parse(expiresAt) - Date.now()).toBeLessThanOrEqual(24 * 3_600_000)
  const at = `/api/password-resets/${url.split('/').at(-1)}`
  expect((await app.inject({ url: at })).json()).toEqual({ name: 'Fay', email: fay.email })
  const stored = await db.execute(`select token_hash from password_resets`)
  expect(JSON.stringify(stored)).not.toContain(url.split('/').at(-1))
  const set = (secret: string) => app.inject({ method: 'POST', url: at, payload: { password: secret } })
  expect((await set('short')).statusCode).toBe(400)
  const codes = (await Promise.all([set('a new password'), set('another password')])).map(({ statusCode }) => statusCode)
  expect(codes.sort()).toEqual([204, 403])
  expect((await set('a third password')).json()).toMatchObject({ type: '/problems/reset-invalid' })
  expect((await app.inject({ url: at })).statusCode).toBe(403)
  // Every session has ended, and the old password is none any more.
  expect((await me(fay)).statusCode).toBe(401)
  const enter = (secret: string) =>
    app.inject({ method: 'POST', url: '/api/auth/sign-in/email', payload: { email: fay.email, password: secret } })
  expect((await enter(password)).statusCode).toBe(401)
  const entered = [await enter('a new password'), await enter('another password')].map(({ statusCode }) => statusCode)
  expect(entered.sort()).toEqual([200, 401])
})

test('a later link takes the place of an earlier one, and an expired one does nothing', async () => {
  const gil = await given.person('Gil')
  const tokenOf = async () => (await resetFor(owner, gil.id)).json().url.split('/').at(-1)
  const [earlier, later] = [await tokenOf(), await tokenOf()]
  expect((await app.inject({ url: `/api/password-resets/${earlier}` })).statusCode).toBe(403)
  expect((await app.inject({ url: `/api/password-resets/${later}` })).statusCode).toBe(200)
  await db.execute(`update password_resets set expires_at = now() - interval '1 second'`)
  expect((await app.inject({ url: `/api/password-resets/${later}` })).statusCode).toBe(403)
})

test('a link is refused for the owner, for oneself, by members, and for who is also elsewhere', async () => {
  expect((await resetFor(ben, admin.id)).statusCode).toBe(403)
  expect((await resetFor(admin, owner.id)).statusCode).toBe(403)
  expect((await resetFor(admin, admin.id)).statusCode).toBe(403)
  expect((await resetFor(owner, crypto.randomUUID())).statusCode).toBe(404)
  const hal = await given.person('Hal')
  const before = (await resetFor(owner, hal.id)).json().url.split('/').at(-1)
  await as(hal).inject({ method: 'POST', url: '/api/workspaces', payload: { name: 'Of Hal' } })
  const refused = await resetFor(owner, hal.id)
  expect(refused.json()).toMatchObject({ status: 403, detail: expect.stringContaining('Hal is also in a workspace') })
  // Nor does a link that was made before they went there.
  const late = await app.inject({ method: 'POST', url: `/api/password-resets/${before}`, payload: { password: 'taken over' } })
  expect(late.json()).toMatchObject({ type: '/problems/reset-invalid' })
})

test('who has lost the rights of an admin has lost their links too', async () => {
  const ivy = await given.person('Ivy')
  const token = (await resetFor(admin, ivy.id)).json().url.split('/').at(-1)
  await patch(owner, admin.id, 'member')
  expect((await app.inject({ url: `/api/password-resets/${token}` })).statusCode).toBe(403)
  await patch(owner, admin.id, 'admin')
})

test('a link ends when its person sets another password, or leaves; nobody sets that of who is in no workspace', async () => {
  const ivo = await given.person('Ivo')
  const tokenOf = async () => (await resetFor(admin, ivo.id)).json().url.split('/').at(-1)
  const isOpen = async (token: string) => (await app.inject({ url: `/api/password-resets/${token}` })).statusCode === 200
  const first = await tokenOf()
  expect(await isOpen(first)).toBe(true)
  const payload = { current: password, password: 'another password' }
  await as(ivo).inject({ method: 'PUT', url: '/api/me/password', payload })
  expect(await isOpen(first)).toBe(false)
  const second = await tokenOf()
  expect((await remove(ivo, ivo.id)).statusCode).toBe(204)
  expect(await isOpen(second)).toBe(false)
  await db.execute('update password_resets set used_at = null')
  expect(await isOpen(second)).toBe(false)
})
