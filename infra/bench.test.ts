import { expect, test } from 'vitest'
import { table } from './bench.ts'

test('measures become a table that can be pasted into the README', () => {
  const text = table([
    { name: 'Stop to playable', value: 93.21, unit: 'ms' },
    { name: 'Renditions', value: 12_345, unit: 'ms', ratio: 1.1, goal: '≤ 1.15' },
  ])
  expect(text).toBe(
    '| measure | value | against its peer | goal |\n' +
      '| --- | ---: | ---: | --- |\n' +
      '| Stop to playable | 93.2 ms |  |  |\n' +
      '| Renditions | 12,300 ms | 1.10 | ≤ 1.15 |\n',
  )
})
