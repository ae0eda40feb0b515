import { expect, test } from 'vitest'
import { copyRun, decodeRun, fractionOf } from './limits.ts'

const task = { dir: '/s', signal: new AbortController().signal }

test('copying may take 30 s and 5 ms a megabyte, decoding 30 s and three times the length', () => {
  expect(copyRun(task, 1e9).deadlineMs).toBe(35_000)
  expect(decodeRun(task, 60_000, 1).deadlineMs).toBe(210_000)
})

test.each([
  { line: 'out_time_us=30000000', fraction: 0.5 },
  { line: 'out_time_ms=30000000', fraction: 0.5 },
  { line: 'out_time_us=90000000', fraction: 1 },
])('$line of a minute is $fraction', ({ line, fraction }) => {
  const said: number[] = []
  fractionOf(60_000, (each) => said.push(each))(line)
  expect(said).toEqual([fraction])
})

test.each(['out_time_us=N/A', 'frame=12', 'out_time=00:00:30.000000', ''])('%s says nothing', (line) => {
  fractionOf(60_000, () => expect.unreachable())(line)
})
