import { localeHere } from '../messages/language-here.ts'
import type { ImportState } from './importing.svelte.ts'
import { say } from './words.ts'

const percent = (share: number) => `${Math.floor(share * 100)} %`

/** "2.4 GB", as this person writes numbers. */
export function sizeWords(bytes: number, locale = localeHere): string {
  const units = ['B', 'kB', 'MB', 'GB', 'TB'] as const
  const step = Math.min(units.length - 1, Math.max(0, Math.floor(Math.log10(Math.max(1, bytes)) / 3)))
  const amount = bytes / 1000 ** step
  const text = new Intl.NumberFormat(locale, { maximumFractionDigits: amount < 10 && step > 0 ? 1 : 0 }).format(amount)
  return `${text} ${units[step]}`
}

/** What happens to a file now, in a sentence; `trouble` is why nothing moves. */
export function stateWords(state: ImportState, trouble: string | null): string {
  if (state.name === 'waiting') return say('waits')
  if (state.name === 'reading') return say('reading')
  if (state.name === 'done') return state.remark ?? say('done')
  if (state.name === 'failed') return `${state.problem.title}. ${state.problem.next}`
  if (trouble) return say('trouble', { trouble })
  if (state.name === 'processing') return say('processing', { percent: percent(state.share) })
  return say('sending', { percent: percent(state.share) })
}

/** How far it is, 0 to 1: undefined while nobody knows. */
export function shareOf(state: ImportState): number | undefined {
  return state.name === 'sending' || state.name === 'processing' ? state.share : undefined
}
