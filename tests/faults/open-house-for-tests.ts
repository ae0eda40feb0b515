import { afterAll } from 'vitest'
import { cloneDatabase } from '../support/database.ts'
import { openHouse } from './house.ts'

/** A house of a test file alone, gone after it. */
export async function openHouseForTests() {
  const { url } = await cloneDatabase()
  const house = await openHouse(url)
  afterAll(house.close)
  return house
}
