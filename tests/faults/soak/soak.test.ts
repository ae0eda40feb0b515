import { expect, test } from 'vitest'
import { hasChromium } from '../../support/chromium.ts'
import { openHouseForTests } from '../open-house-for-tests.ts'
import { bounds, growth, soak } from './soak.ts'

const house = await openHouseForTests()
const it = test.skipIf(!hasChromium)

it('a recording of two minutes is stored byte for byte, and neither the tab nor the API holds more of it as it grows', async () => {
  const { differing, storedMs, recordedMs, heldBytes, tabBytes, apiBytes } = await soak(house, { minutes: 2 })
  expect(differing).toEqual([])
  expect(Math.abs(storedMs - recordedMs)).toBeLessThan(bounds.lengthMs)
  expect(Math.max(...heldBytes)).toBeLessThan(bounds.heldBytes)
  expect(growth(tabBytes)).toBeLessThan(bounds.growthBytes)
  expect(growth(apiBytes)).toBeLessThan(bounds.growthBytes)
})

it('behind 256 kbit/s what waits to be sent waits on the disk: 50 MB of it, and the tab holds no more', async () => {
  const { differing, heldBytes, sentBytes } = await soak(house, {
    minutes: 0.5,
    bitsPerSecond: 16_000_000,
    mostAhead: Number.MAX_SAFE_INTEGER,
    async hinder(page, browser) {
      const session = await browser.context.newCDPSession(page)
      const limit = (uploadThroughput: number) =>
        session.send('Network.emulateNetworkConditions', { offline: false, latency: 0, downloadThroughput: -1, uploadThroughput })
      await limit(256_000 / 8)
      return () => limit(-1)
    },
  })
  expect(sentBytes).toBeGreaterThan(50_000_000)
  expect(differing).toEqual([])
  expect(Math.max(...heldBytes)).toBeLessThan(bounds.heldBytes)
})

it('no room on the device and no server: recording ends early, and all that was recorded is stored later', async () => {
  const { differing, refusal, sentBytes } = await soak(house, {
    minutes: 0.5,
    mostAhead: Number.MAX_SAFE_INTEGER,
    async hinder(page, browser) {
      const { origin } = house
      const session = await browser.context.newCDPSession(page)
      const { usage } = await session.send('Storage.getUsageAndQuota', { origin })
      await session.send('Storage.overrideQuotaForOrigin', { origin, quotaSize: usage + 2_000_000 })
      house.network.break('errors')
      return async () => house.network.mend()
    },
  })
  expect(refusal).toBe('storage-full')
  expect(sentBytes).toBeGreaterThan(5_000_000)
  expect(differing).toEqual([])
})
