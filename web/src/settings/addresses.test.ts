import { expect, test } from 'vitest'
import { addressesIn } from './addresses.ts'

test.each([
  ['', []],
  ['ada@example.org', ['ada@example.org']],
  [
    'ada@example.org, ben@example.org;cleo@example.org\ndan@example.org',
    ['ada', 'ben', 'cleo', 'dan'].map((name) => `${name}@example.org`),
  ],
  ['Ada Lovelace <ada@example.org>, ada@example.org', ['ada@example.org']],
])('of %j the addresses are found, each once', (text, addresses) => {
  expect(addressesIn(text)).toEqual(addresses)
})
