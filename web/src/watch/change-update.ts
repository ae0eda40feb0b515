import type { chooseCall } from '@meanwhile/shared/contract/calls'
import type { Problem } from '@meanwhile/shared/contract/problem'
import type { UpdateKind } from '@meanwhile/shared/contract/update-kind'
import type {
  changeUpdate as changeUpdateEndpoint,
  deleteUpdate as deleteUpdateEndpoint,
  keepUpdate,
} from '@meanwhile/shared/contract/updates'
import { call, problemIn } from '../api.ts'
import type { Watched } from './watched.svelte.ts'

const one = '/api/updates/:updateId'

/** Null when it worked, else the problem to show. */
async function attempt(work: () => Promise<unknown>): Promise<Problem | null> {
  try {
    await work()
    return null
  } catch (error) {
    return problemIn(error)
  }
}

type Change = { title?: string; body?: string; channelId?: string | null; kind?: UpdateKind | null }

/** Changes what the author wrote about an update, or where it is. */
export const changeUpdate = (watched: Watched, body: Change): Promise<Problem | null> =>
  attempt(async () => {
    watched.update = await call<typeof changeUpdateEndpoint>('PATCH', one, { params: watched.params, body })
  })

/** Moves an update to the trash. */
export const deleteUpdate = (updateId: string): Promise<Problem | null> =>
  attempt(() => call<typeof deleteUpdateEndpoint>('DELETE', one, { params: { updateId } }))

/** Keeps an update whatever the rules say about its age, or lets them count again. */
export const setKept = (watched: Watched, kept: boolean): Promise<Problem | null> =>
  attempt(async () => {
    const method = (kept ? 'PUT' : 'DELETE') as 'PUT'
    watched.update = await call<typeof keepUpdate>(method, '/api/updates/:updateId/kept', { params: watched.params })
  })

/** Says that a call is the right choice, or takes that back. */
export const setCall = (watched: Watched, isChosen: boolean): Promise<Problem | null> =>
  attempt(async () => {
    const method = (isChosen ? 'PUT' : 'DELETE') as 'PUT'
    watched.update = await call<typeof chooseCall>(method, '/api/updates/:updateId/call', { params: watched.params })
  })
