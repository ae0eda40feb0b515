import { expect, test } from 'vitest'
import { startApp } from '../support/app.ts'

const { app, password } = await startApp()
const mode = async () => (await app.inject({ url: '/api/sign-up' })).json().mode
const post = (url: string, payload: object) => app.inject({ method: 'POST', url, payload })
const someone = { name: 'Eve', email: 'eve@example.org', password: 'correct horse battery' }

test('the first person becomes the owner, also when several try at once; then an invitation is needed', async () => {
  expect(await mode()).toBe('first')
  const tries = ['Ada', 'Eve', 'Mallory'].map((name) =>
    post('/api/auth/sign-up/email', { name, email: `${name}@race.example`, password }),
  )
  const codes = (await Promise.all(tries)).map(({ statusCode }) => statusCode)
  expect(codes.sort()).toEqual([200, 403, 403])
  expect(await mode()).toBe('invite')
  const refused = await post('/api/auth/sign-up/email', someone)
  expect(refused.json()).toMatchObject({ type: '/problems/sign-up-closed', status: 403 })
})

test('with SIGNUP=open anybody joins the first workspace', async () => {
  const open = await startApp({ env: { SIGNUP: 'open' } })
  const ada = await open.signUp('Ada')
  const eve = await open.signUp('Eve')
  const workspaceOf = async (person: typeof ada) => (await open.as(person).inject({ url: '/api/me' })).json()
  expect(await workspaceOf(eve)).toMatchObject({ role: 'member', workspace: (await workspaceOf(ada)).workspace })
})
