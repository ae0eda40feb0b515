import type { sendUrgent } from '@meanwhile/shared/contract/urgents'
import { call, problemIn } from '../api.ts'
import { timeOrNetwork } from '../ui/time-or-network.ts'
import { toast } from '../ui/toast.svelte.ts'
import { isPassing } from './outbox.ts'
import { say } from './words.ts'

const firstWaitMs = 2000
const longestWaitMs = 60_000

const telling = new Map<string, Promise<void>>()

/**
 * Passes the times of delivery of those whom a stored comment asks or names, and says what came of it. Tries again until something
 * answers; ends when nothing is left to tell.
 * @param as its author, as `call` takes them
 */
export function tellAtOnce(commentId: string, reason: string, as: string): Promise<void> {
  const begun = telling.get(commentId) ?? tell(commentId, reason, as).finally(() => telling.delete(commentId))
  telling.set(commentId, begun)
  return begun
}

async function tell(commentId: string, reason: string, as: string) {
  for (let waitMs = firstWaitMs; ; waitMs = Math.min(waitMs * 2, longestWaitMs)) {
    try {
      const told = await call<typeof sendUrgent>('POST', '/api/comments/:commentId/urgent', {
        params: { commentId },
        body: { reason },
        as,
      })
      const people = told.notTold.map(({ name }) => name).join(', ')
      if (!people) toast(say('told.atOnce'))
      else toast(told.people > 0 ? say('told.someInApp', { people }) : say('told.inApp', { people }))
      return
    } catch (error) {
      const problem = problemIn(error)
      const { title, detail, status } = problem
      if (!isPassing(problem) && status !== 401) return toast(say('told.not', { why: detail ?? title }), 'problem')
      if (waitMs === firstWaitMs) toast(say('told.notYet'), 'problem')
    }
    await timeOrNetwork(waitMs)
  }
}
