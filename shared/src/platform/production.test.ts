import { randomBytes } from 'node:crypto'
import { expect, test } from 'vitest'
import { EnvError, readEnv, readRunningEnv } from './env.ts'
import { weaknessOf } from './production.ts'

const good = { AUTH_SECRET: randomBytes(32).toString('base64url'), MEDIA_SECRET: randomBytes(32).toString('hex') }
const production = { NODE_ENV: 'production', PUBLIC_URL: 'https://updates.example.org', ...good }

function faultsOf(variables: Record<string, string>, read: (variables: Record<string, string>) => unknown = readEnv) {
  try {
    read(variables)
    return {}
  } catch (error) {
    if (!(error instanceof EnvError)) throw error
    return Object.fromEntries(error.faults.map(({ name, message }) => [name, message]))
  }
}

test.each([
  'a'.repeat(43),
  'ab12'.repeat(10),
  'correct-horse-'.repeat(3),
  'please-change-me-before-you-go-live-1',
  'my-super-SECRET-key-for-this-site-9182',
  '0123456789abcdef0123456789abcdef',
  '12345678901234567890123456789012',
])('in production the secret %s is refused, with the way to make a good one', (secret) => {
  expect(faultsOf({ ...production, AUTH_SECRET: secret })).toEqual({ AUTH_SECRET: expect.stringContaining('openssl rand') })
  expect(faultsOf({ ...production, MEDIA_SECRET: secret })).toEqual({ MEDIA_SECRET: expect.stringContaining('openssl rand') })
})

test('what is made at random is never called weak', () => {
  for (let tries = 0; tries < 500; tries++)
    for (const encoding of ['hex', 'base64', 'base64url'] as const)
      expect(weaknessOf(randomBytes(32).toString(encoding))).toBeUndefined()
})

test('in production people come by https, unless the operator says that it shall be without', () => {
  expect(faultsOf(production)).toEqual({})
  expect(faultsOf({ ...production, PUBLIC_URL: 'http://updates.example.org' })).toEqual({
    PUBLIC_URL: expect.stringContaining('ALLOW_HTTP=yes'),
  })
  expect(faultsOf({ ...production, PUBLIC_URL: '' })).toEqual({ PUBLIC_URL: expect.stringContaining('is not set') })
  expect(faultsOf({ ...production, PUBLIC_URL: 'http://updates.example.org', ALLOW_HTTP: 'yes' })).toEqual({})
  expect(faultsOf({ ...production, ALLOW_HTTP: 'true' })).toEqual({ ALLOW_HTTP: expect.any(String) })
})

test('all that is wrong is said at once', () => {
  const wrong = { NODE_ENV: 'production', PORT: 'x', AUTH_SECRET: 'a'.repeat(43), MEDIA_SECRET: 'short' }
  expect(Object.keys(faultsOf(wrong)).toSorted()).toEqual(['AUTH_SECRET', 'MEDIA_SECRET', 'PORT', 'PUBLIC_URL'])
  const missing = { NODE_ENV: 'production', DATABASE_URL: 'postgres://db/meanwhile' }
  expect(Object.keys(faultsOf(missing, readRunningEnv)).toSorted()).toEqual(['AUTH_SECRET', 'MEDIA_SECRET', 'PUBLIC_URL'])
})

test('who tries it at home needs none of this', () => {
  expect(faultsOf({})).toEqual({})
  expect(faultsOf({ AUTH_SECRET: 'a'.repeat(43), PUBLIC_URL: 'http://192.168.7.7:3000' })).toEqual({})
})
