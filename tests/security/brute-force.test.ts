import crypto from 'node:crypto'
import { syncBuiltinESMExports } from 'node:module'
import { signInLimits } from '@meanwhile/server/auth/sign-in-limits'
import { expect, test } from 'vitest'
import { startApp } from '../support/app.ts'

const { app, as, given, password } = await startApp()
const ada = await given.person('Ada')
const ben = await given.person('Ben')

const signIn = (email: string, remoteAddress: string, secret = 'a guess') =>
  app.inject({ method: 'POST', url: '/api/auth/sign-in/email', payload: { email, password: secret }, remoteAddress })

/** Tries all at once, each of which fails; how many were let through. Without the work of hashing, which takes its time. */
async function countLetThrough(
  limits: Pick<ReturnType<typeof signInLimits>, 'begin'>,
  tries: [address: string, email: string][],
) {
  const begun = await Promise.allSettled(tries.map(([address, email]) => limits.begin(address, email)))
  return begun.filter(({ status }) => status === 'fulfilled').length
}
const many = <T>(count: number, make: (index: number) => T) => Array.from({ length: count }, (_, index) => make(index))

test('passwords of many accounts tried from one address are refused after a hundred, in whatever part of its network (R23)', async () => {
  const limits = signInLimits(app.db)
  const tries = many(110, (index): [string, string] => [`2001:db8:0:1::${index + 1}`, `nobody-${index}@example.org`])
  expect(await countLetThrough(limits, tries)).toBe(100)
  await expect(limits.begin('2001:db8:0:1::abcd', ben.email)).rejects.toMatchObject({ code: 'too-many-requests' })
  await limits.begin('2001:db8:0:2::1', ben.email)
})

test('the password of one account tried from many addresses is refused after fifty, whether or not there is such an account; its owner gets in where they are signed in already (R23, R25)', async () => {
  expect((await signIn(ada.email, '192.0.2.1', password)).statusCode).toBe(200)
  const limits = signInLimits(app.db)
  for (const email of [ada.email.toUpperCase(), 'nobody@example.org'])
    expect(
      await countLetThrough(
        limits,
        many(60, (index) => [`198.51.100.${index}`, email]),
      ),
    ).toBe(50)
  await expect(limits.begin('198.51.100.200', ada.email)).rejects.toMatchObject({ code: 'too-many-requests' })
  await limits.begin('192.0.2.1', ada.email)
})

test('who knows the password is not counted, however often they sign in (R23)', async () => {
  const limits = signInLimits(app.db)
  for (let index = 0; index < 150; index++) (await limits.begin('192.0.2.9', ben.email))()
})

test('a password that somebody says once more while signed in is limited alike, also where they are at home (R23)', async () => {
  const cleo = await given.person('Cleo')
  const change = (current: string) =>
    as(cleo).inject({ method: 'PUT', url: '/api/me/password', payload: { current, password: 'another password' } })
  // Whoever knows it is not counted.
  for (let index = 0; index < 60; index++) app.signInLimits.beginAgain('127.0.0.1', cleo.id)()
  for (let index = 0; index < 49; index++) app.signInLimits.beginAgain(`198.51.100.${index}`, cleo.id)
  expect((await change('a guess')).statusCode).toBe(403)
  expect((await change(password)).statusCode).toBe(429)
  const erasure = { password, confirmation: 'delete' }
  const erased = await as(cleo).inject({ method: 'POST', url: '/api/me/erasure', payload: erasure })
  expect(erased.json()).toMatchObject({ type: '/problems/too-many-requests', status: 429 })
  // From outside nobody keeps its owner from signing in that way.
  expect((await signIn(cleo.email, '192.0.2.77', password)).statusCode).toBe(200)

  const limits = signInLimits(app.db)
  for (let index = 0; index < 100; index++) limits.beginAgain('2001:db8:0:1::1', `person ${index}`)
  expect(() => limits.beginAgain('2001:db8:0:1::2', 'somebody else')).toThrow('Too many wrong passwords')
})

test('whether there is an account is told neither by the words of an answer, nor by its work (R25)', async () => {
  let hashes = 0
  const { scrypt } = crypto
  crypto.scrypt = ((...args: Parameters<typeof scrypt>) => {
    hashes++
    return scrypt(...args)
  }) as typeof scrypt
  syncBuiltinESMExports()
  const told = async (email: string, address: string) => {
    const before = hashes
    const { statusCode, headers, body } = await signIn(email, address)
    const { instance: _, ...words } = JSON.parse(body)
    return { statusCode, words, cookie: headers['set-cookie'], hashes: hashes - before }
  }
  expect(await told('nobody@example.org', '203.0.113.1')).toEqual(await told(ben.email, '203.0.113.2'))
  expect(hashes).toBe(2)
  crypto.scrypt = scrypt
  syncBuiltinESMExports()
})

test('without an invitation nobody learns who has an account by signing up (R25)', async () => {
  const signUp = async (email: string) => {
    const payload = { name: 'Mallory', email, password }
    const { instance: _, ...words } = (await app.inject({ method: 'POST', url: '/api/auth/sign-up/email', payload })).json()
    return words
  }
  expect(await signUp(ada.email)).toMatchObject({ type: '/problems/sign-up-closed' })
  expect(await signUp(ada.email)).toEqual(await signUp('nobody@example.org'))
})
