import { expect, test } from 'vitest'
import { headingsIn } from './headings.ts'

test.each([
  { what: 'lines that begin with a time', text: '0:00 Intro\n0:42 The plan\n1:02:03 End', found: [0, 42_000, 3_723_000] },
  { what: 'headings with a time before them', text: '# Monday\n\n## 0:42 The plan\ntext', found: [42_000] },
  { what: 'headings with a time behind them', text: '## The plan (0:42)\n### Rest – 75:00', found: [42_000, 4_500_000] },
  { what: 'a list', text: '- 0:10 One\n* 0:20 Two\n3. 0:30 Three', found: [10_000, 20_000, 30_000] },
  { what: 'brackets and dashes', text: '[0:10] One\r\n(0:20) – Two', found: [10_000, 20_000] },
  { what: 'any order, and one moment twice', text: '0:20 B\n0:10 A\n0:20 C', found: [10_000, 20_000] },
  { what: 'one time of day', text: 'See you at lunch.\n10:30 Lunch', found: [] },
  { what: 'times in the middle of a line', text: 'We met at 0:10 and left\nThen 0:20 came', found: [] },
  { what: 'headings without a time', text: '## Intro\n## Rest', found: [] },
  { what: 'no title', text: '0:10\n0:20 ', found: [] },
  { what: 'no such time', text: '0:75 A\n0:99 B', found: [] },
  { what: 'an empty text', text: '', found: [] },
])('$what', ({ text, found }) => {
  expect(headingsIn(text).map(({ atMs }) => atMs)).toEqual(found)
})

test('titles are plain text of a bounded length', () => {
  expect(headingsIn(`## 0:10 **The** \`plan\` ##\n## 0:20 ${'x'.repeat(250)}`).map(({ title }) => title)).toEqual([
    'The plan',
    'x'.repeat(120),
  ])
})

test('what lies behind the end is no chapter', () => {
  expect(headingsIn('0:10 A\n0:20 B\n0:30 C', 30_000)).toHaveLength(2)
})

test('a long line takes no time', () => {
  expect(headingsIn(`## ${'- '.repeat(20_000)}x\n${' '.repeat(50_000)}0:1`)).toEqual([])
})
