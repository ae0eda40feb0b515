import type { Problem } from '@meanwhile/shared/contract/problem'
import type { deleteUpdate as deleteUpdateEndpoint } from '@meanwhile/shared/contract/updates'
import { call, problemIn } from '../api.ts'

/** Moves an update to the trash. Null when it worked, else the problem to show. */
export async function deleteUpdate(updateId: string): Promise<Problem | null> {
  try {
    await call<typeof deleteUpdateEndpoint>('DELETE', '/api/updates/:updateId', { params: { updateId } })
    return null
  } catch (error) {
    return problemIn(error)
  }
}
