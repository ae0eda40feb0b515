import { expect, test } from 'vitest'
import { startApp } from '../support/app.ts'

const { app, as, given, signUp, password } = await startApp()
const owner = await given.person('Ada')
const member = await given.person('Ben')
const invite = async () => (await as(owner).inject({ method: 'POST', url: '/api/invitations' })).json()

test('an invitation link says where it leads, and lets people in as members', async () => {
  const { token, url } = await invite()
  expect(url).toMatch(/\/join\/[\w-]{32}$/)
  expect((await app.inject({ url: `/api/invitations/by-token/${token}` })).json()).toEqual({
    workspace: "Ada's workspace",
    invitedBy: 'Ada',
    newAccounts: true,
    emailDomains: [],
  })
  const cleo = await signUp('Cleo', token)
  const me = (await as(cleo).inject({ url: '/api/me' })).json()
  expect(me).toMatchObject({ name: 'Cleo', role: 'member', workspace: { name: "Ada's workspace" }, rate: 1 })
  const members = (await as(owner).inject({ url: '/api/members' })).json()
  expect(members.map(({ name, role }: { name: string; role: string }) => [name, role])).toEqual([
    ['Ada', 'owner'],
    ['Ben', 'member'],
    ['Cleo', 'member'],
  ])
})

test('a revoked or invented link lets nobody in', async () => {
  const { id, token } = await invite()
  expect((await as(owner).inject({ method: 'DELETE', url: `/api/invitations/${id}` })).statusCode).toBe(204)
  await expect(signUp('Eve', token)).rejects.toThrow('invitation-invalid')
  await expect(signUp('Eve', 'x'.repeat(32))).rejects.toThrow('invitation-invalid')
  expect((await app.inject({ url: `/api/invitations/by-token/${token}` })).statusCode).toBe(403)
})

test('members do not invite, list or revoke', async () => {
  const { id } = await invite()
  for (const [method, url] of [
    ['POST', '/api/invitations'],
    ['GET', '/api/invitations'],
    ['DELETE', `/api/invitations/${id}`],
  ] as const)
    expect((await as(member).inject({ method, url })).statusCode).toBe(403)
})

test('signing in works with the right password only, and both wrong ones look alike', async () => {
  const enter = async (email: string, secret: string) =>
    app.inject({ method: 'POST', url: '/api/auth/sign-in/email', payload: { email, password: secret } })
  expect((await enter(owner.email, password)).statusCode).toBe(200)
  const wrong = await enter(owner.email, 'wrong password')
  const unknown = await enter('nobody@example.org', password)
  for (const answer of [wrong, unknown]) expect(answer.json()).toMatchObject({ type: '/problems/wrong-credentials', status: 401 })
})

test('the session is a cookie that scripts cannot read, and ends with sign-out', async () => {
  const entered = await app.inject({ method: 'POST', url: '/api/auth/sign-in/email', payload: { email: owner.email, password } })
  const [cookie] = entered.cookies
  expect(cookie).toMatchObject({ httpOnly: true, sameSite: 'Lax', path: '/' })
  const session = { ...owner, cookie: `${cookie?.name}=${cookie?.value}` }
  expect((await as(session).inject({ url: '/api/me' })).statusCode).toBe(200)
  await as(session).inject({ method: 'POST', url: '/api/auth/sign-out', payload: {} })
  expect((await as(session).inject({ url: '/api/me' })).statusCode).toBe(401)
  expect((await as(owner).inject({ url: '/api/me' })).statusCode).toBe(200)
})

test.each([
  [{ name: '', email: 'a@example.org', password: 'long enough' }, 'name'],
  [{ name: 'A', email: 'not an address', password: 'long enough' }, 'email'],
  [{ name: 'A', email: 'a@example.org', password: 'short' }, 'password'],
])('a sign-up with a fault says which field it is', async (payload, field) => {
  const refused = await app.inject({ method: 'POST', url: '/api/auth/sign-up/email', payload })
  expect(refused.json()).toMatchObject({ type: '/problems/invalid-request', status: 400, errors: [{ field }] })
})

test('an e-mail address has one account', async () => {
  const { token } = await invite()
  const again = { name: 'Ada', email: owner.email.toUpperCase(), password, invitation: token }
  const refused = await app.inject({ method: 'POST', url: '/api/auth/sign-up/email', payload: again })
  expect(refused.json()).toMatchObject({ type: '/problems/account-exists', status: 409 })
})

test('name and speed are changed and remembered', async () => {
  const changed = await as(member).inject({ method: 'PATCH', url: '/api/me', payload: { name: 'Benedict', rate: 1.5 } })
  expect(changed.json()).toMatchObject({ name: 'Benedict', rate: 1.5 })
  expect((await as(member).inject({ url: '/api/me' })).json()).toMatchObject({ name: 'Benedict', rate: 1.5 })
  expect((await as(member).inject({ method: 'PATCH', url: '/api/me', payload: { rate: 7 } })).statusCode).toBe(400)
})
