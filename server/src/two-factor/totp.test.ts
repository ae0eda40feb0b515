import { expect, test } from 'vitest'
import { newSecret, stepOf, uriOf } from './totp.ts'

/** The secret and the times of RFC 6238, appendix B, of which six digits count here. */
const secret = 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ'
test.each([
  [59, '287082'],
  [1_111_111_109, '081804'],
  [1_111_111_111, '050471'],
  [1_234_567_890, '005924'],
  [2_000_000_000, '279037'],
])('at second %i the code is %s, as apps compute it', (second, code) => {
  const step = Math.floor(second / 30)
  expect(stepOf(secret, code, second * 1000)).toBe(step)
  expect(stepOf(secret, `${code.slice(0, 3)} ${code.slice(3)}`, (second + 30) * 1000)).toBe(step)
  expect(stepOf(secret, code, (second + 90) * 1000)).toBeNull()
})

test.each(['', '1', '12345', '1234567', 'abcdef', '１２３４５６', '-1.0e5'])('%j is no code', (code) => {
  expect(stepOf(secret, code, 59_000)).toBeNull()
})

test('an app is told for whom it makes codes, and with what', () => {
  const made = newSecret()
  expect(made).toMatch(/^[A-Z2-7]{32}$/)
  expect(new URL(uriOf(made, 'ada@example.org')).searchParams.get('secret')).toBe(made)
  expect(uriOf(made, 'ada@example.org')).toContain('Meanwhile:ada%40example.org')
})
