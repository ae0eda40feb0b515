import type { ProblemName } from '../recording-problem.ts'

/** What still fits on this device. */
export type StorageRoom = { bytes: number; ms: number }

const minute = 60_000
export const shortRoomMs = 30 * minute
export const lowRoomMs = 10 * minute
export const veryLowRoomMs = 2 * minute

/** How much still fits at so many bytes a second; null when the browser does not say. */
export async function roomLeft(bytesPerSecond: number): Promise<StorageRoom | null> {
  const { quota, usage } = (await globalThis.navigator?.storage?.estimate?.().catch(() => null)) ?? {}
  if (quota === undefined || usage === undefined) return null
  const bytes = Math.max(0, quota - usage)
  return { bytes, ms: (bytes / bytesPerSecond) * 1000 }
}

/** What to say before recording; null when there is room for half an hour. */
export const problemBefore = (room: StorageRoom | null): ProblemName | null =>
  room && room.ms < shortRoomMs ? 'storage-short' : null

/** What to say while recording; null when ten more minutes fit. */
export function problemWhile(room: StorageRoom | null): ProblemName | null {
  if (!room || room.ms >= lowRoomMs) return null
  return room.ms < veryLowRoomMs ? 'storage-very-low' : 'storage-low'
}

const asked = 'storage-persist-asked'

/** Asks the browser not to delete what is kept here when the disk is short: once a day until it agrees, as many do once a site is used often. */
export async function askToPersist(
  memory: Pick<Storage, 'getItem' | 'setItem'>,
  today = new Date().toDateString(),
): Promise<void> {
  const { storage } = globalThis.navigator ?? {}
  if (!storage?.persist || memory.getItem(asked) === today || (await storage.persisted())) return
  memory.setItem(asked, today)
  await storage.persist()
}
