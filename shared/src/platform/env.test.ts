import { expect, test } from 'vitest'
import { EnvError, readEnv, readRunningEnv } from './env.ts'

function faultsOf(read: () => unknown) {
  try {
    read()
  } catch (error) {
    if (error instanceof EnvError) return error.faults.map(({ name }) => name)
  }
  return []
}

test('nothing has to be set', () => {
  expect(readEnv({})).toMatchObject({ PORT: 3000, PUBLIC_URL: 'http://localhost:3000', SIGNUP: 'invite' })
})

test('an empty variable counts as absent', () => {
  expect(readEnv({ PORT: '', PUBLIC_URL: '' }).PORT).toBe(3000)
})

test('every fault is told at once', () => {
  const variables = { PORT: '99999', PUBLIC_URL: 'ftp://x', SIGNUP: 'maybe', DATABASE_URL: 'mysql://x', LOG_LEVEL: 'loud' }
  expect(faultsOf(() => readEnv(variables)).sort()).toEqual(Object.keys(variables).sort())
})

test('a bucket needs its keys', () => {
  expect(faultsOf(() => readEnv({ S3_BUCKET: 'media' }))).toEqual(['S3_BUCKET'])
})

test('a process that runs needs its database and secrets', () => {
  expect(faultsOf(() => readRunningEnv({ AUTH_SECRET: 'x'.repeat(32) }))).toEqual(['DATABASE_URL', 'MEDIA_SECRET'])
  expect(
    faultsOf(() => readRunningEnv({ DATABASE_URL: 'postgres://x', AUTH_SECRET: 'weak', MEDIA_SECRET: 'x'.repeat(32) })),
  ).toEqual(['AUTH_SECRET'])
})

test('where people reach the site has no path', () => {
  expect(readEnv({ PUBLIC_URL: 'https://updates.example.org/' }).PUBLIC_URL).toBe('https://updates.example.org')
})
