import type { Delivery } from './webhooks.svelte.ts'

type Known = Pick<Delivery, 'deliveredAt' | 'nextAttemptAt' | 'attempts' | 'status' | 'durationMs' | 'error'>

/** What became of a message to a webhook, in a few words. */
export function deliveryWords({ deliveredAt, nextAttemptAt, attempts, status, durationMs, error }: Known): string {
  if (attempts === 0) return 'Waits to be sent'
  const last = status === null ? (error ?? 'Is being sent') : `Answered ${status} in ${durationMs ?? 0} ms`
  if (deliveredAt) return last
  const tries = attempts === 1 ? '1 attempt' : `${attempts} attempts`
  return nextAttemptAt ? `${last}; ${tries}, another follows` : `${last}; given up after ${tries}`
}
