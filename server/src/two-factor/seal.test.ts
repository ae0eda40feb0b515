import { expect, test } from 'vitest'
import { seal, unseal } from './seal.ts'

test('what is sealed is read by the server alone, for the person whose it is, and not where a byte of it was changed', () => {
  const sealed = seal('a secret of the server', 'ada', 'JBSWY3DPEHPK3PXP')
  expect(unseal('a secret of the server', 'ada', sealed)).toBe('JBSWY3DPEHPK3PXP')
  expect(unseal('another secret', 'ada', sealed)).toBeNull()
  expect(unseal('a secret of the server', 'ben', sealed)).toBeNull()
  expect(unseal('a secret of the server', 'ada', `${sealed.slice(0, -2)}AA`)).toBeNull()
  expect(unseal('a secret of the server', 'ada', '')).toBeNull()
  expect(seal('a secret of the server', 'ada', 'JBSWY3DPEHPK3PXP')).not.toBe(sealed)
})
