import { expect, test } from 'vitest'
import { hasChromium } from '../../support/chromium.ts'
import { openHouseForTests } from '../open-house-for-tests.ts'
import { faults } from './faults.ts'
import { seeded } from './random.ts'
import { runFault } from './run.ts'

const house = await openHouseForTests()
const inEveryTestRun = [
  'network cut',
  'requests cut in half',
  'storage full',
  'browser killed while offline',
  'tab crashed while the API answers 500',
]

test.skipIf(!hasChromium).each(faults.filter(({ name }) => inEveryTestRun.includes(name)))(
  '$name: no more is lost than may be',
  async (fault) => {
    const { faulty } = await runFault(house, fault, seeded(3))
    expect(faulty).toBe('')
  },
)
