import { expect, test } from 'vitest'
import { hasChromium } from '../../support/chromium.ts'
import { openHouseForTests } from '../open-house-for-tests.ts'
import { segmentMs } from '../record-in.ts'
import { loseStillScreen } from './static-screen.ts'

const house = await openHouseForTests()

test.skipIf(!hasChromium)(
  'the screen stands still for 20 s while somebody talks, then the browser is killed: the last segment is lost at most',
  async () => {
    const { lostMs, complaints } = await loseStillScreen(house, 20_000)
    expect(lostMs).toBeLessThan(segmentMs)
    expect(complaints).toBe('')
  },
)
