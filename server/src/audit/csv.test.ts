import { expect, test } from 'vitest'
import { csvCell, csvLine } from './csv.ts'

test.each([
  ['plain', '"plain"'],
  ['with "quotes", and a comma', '"with ""quotes"", and a comma"'],
  ['=HYPERLINK("https://example.org")', '"\'=HYPERLINK(""https://example.org"")"'],
  ['+1', '"\'+1"'],
  ['-1', '"\'-1"'],
  ['@SUM(A1)', '"\'@SUM(A1)"'],
  ['\t=1', '"\'\t=1"'],
  [' =1', '"\' =1"'],
  ['\r=1', '"\'\r=1"'],
])('%j becomes a cell that nothing computes', (text, cell) => {
  expect(csvCell(text)).toBe(cell)
})

test('an event is one line, with empty cells for what is not known', () => {
  const event = {
    id: 'e',
    at: new Date(0),
    actor: null,
    action: 'sign-in.failed',
    target: null,
    details: { count: 2 },
    from: '::1',
  }
  expect(csvLine(event)).toBe('"1970-01-01T00:00:00.000Z","","","sign-in.failed","","","","{""count"":2}","::1"\r\n')
})
