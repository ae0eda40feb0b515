import { say } from './tokens-words.ts'
import type { Delivery } from './webhooks.svelte.ts'

type Known = Pick<Delivery, 'deliveredAt' | 'nextAttemptAt' | 'attempts' | 'status' | 'durationMs' | 'error'>

/** What became of a message to a webhook, in a few words. */
export function deliveryWords({ deliveredAt, nextAttemptAt, attempts, status, durationMs, error }: Known): string {
  if (attempts === 0) return say('log.waits')
  const last =
    status === null ? (error ?? say('log.sending')) : say('log.answered', { status: String(status), duration: durationMs ?? 0 })
  if (deliveredAt) return last
  const count = attempts
  return nextAttemptAt ? say('log.follows', { last, count }) : say('log.givenUp', { last, count })
}
