import { expect, test } from 'vitest'
import { isProved } from './is-proved.ts'

const from = 'ana@example.org'
test.each([
  [['mx.example.net; spf=pass smtp.mailfrom=x.example; dmarc=pass (p=none) header.from=example.org'], true],
  [['mx.example.net 1; dkim=pass (good) header.d=example.org header.s=a'], true],
  [['MX.example.net; dkim=pass header.d=evil.example'], false],
  [['mx.example.net; dmarc=fail; dkim=fail header.d=example.org'], false],
  [['mx.example.net; spf=pass (dmarc=pass) smtp.mailfrom=dmarc=pass'], false],
  [['other.example; dmarc=pass'], false],
  // What came with the message stands below.
  [['mx.example.net; dmarc=fail', 'mx.example.net; dmarc=pass'], false],
  [[], false],
])('%j: %s', (results, proved) => expect(isProved(results, 'mx.example.net', from)).toBe(proved))
