import { say } from './words.ts'

const hour = 3_600_000

/** How long a link works, as it is chosen. */
export const expiries = [
  ['never', say('expiry.never')],
  ['1', say('expiry.1')],
  ['7', say('expiry.7')],
  ['30', say('expiry.30')],
  ['date', say('expiry.date')],
] as const
export type Expiry = (typeof expiries)[number][0] | 'kept'

/** When a link ends that is made now; undefined where its end is not touched, or no day is chosen. `day` is as an input of type date has it. */
export function expiresAt(expiry: Expiry, day: string, now = new Date()): string | null | undefined {
  if (expiry === 'kept') return undefined
  if (expiry === 'never') return null
  if (expiry !== 'date') return new Date(now.getTime() + Number(expiry) * 24 * hour).toISOString()
  const end = new Date(`${day}T23:59:59`)
  return Number.isNaN(end.getTime()) ? undefined : end.toISOString()
}

/** Today, as an input of type date has it. */
export function today(now = new Date()): string {
  const two = (part: number) => String(part).padStart(2, '0')
  return `${now.getFullYear()}-${two(now.getMonth() + 1)}-${two(now.getDate())}`
}
