import type { Problem } from '@meanwhile/shared/contract/problem'
import type { Reel, readReel } from '@meanwhile/shared/contract/reel'
import { mostLeft } from '@meanwhile/shared/media/reel-time'
import { timeCode } from '@meanwhile/shared/media/time-code'
import { call, problemIn, type Wire } from '../api.ts'
import { followChanges } from '../follow-changes.ts'
import { say } from './words.ts'

/** All that this person has not seen, as one reel. */
export class NewReel {
  /** Undefined until the first answer. */
  reel = $state.raw<Wire<typeof Reel> | undefined>()
  problem = $state.raw<Problem | null>(null)
  #turn = 0

  async refresh(): Promise<void> {
    const turn = ++this.#turn
    try {
      const reel = await call<typeof readReel>('GET', '/api/reel', { querystring: { from: 'unseen' } })
      if (turn !== this.#turn) return
      this.reel = reel
      this.problem = null
    } catch (error) {
      if (turn === this.#turn) this.problem = problemIn(error)
    }
  }

  /** Until the returned function is called. */
  follow(): () => void {
    const others = new Set(['notification', 'reaction', 'comment'])
    return followChanges(
      (type) => !others.has(type),
      () => void this.refresh(),
    )
  }
}

/** `7 people · 18:40 → 10:30 at 1.5× without silences`; null when there is nothing. */
export function reelTotal({ items, totals, left, playback }: Wire<typeof Reel>): string | null {
  if (items.length === 0) return null
  const { people, durationMs, listenMs } = totals
  const who = say('people', { count: people })
  const [whole, listened] = [timeCode(durationMs), timeCode(listenMs)]
  const how = [
    playback.rate === 1 ? '' : ` ${say('atRate', { rate: String(playback.rate) })}`,
    playback.skipSilences ? ` ${say('withoutSilences')}` : '',
  ].join('')
  const more = left > 0 ? ` · ${say('behind', { left: `${left}${left >= mostLeft ? '+' : ''}` })}` : ''
  return `${who} · ${whole === listened ? whole : `${whole} → ${listened}${how}`}${more}`
}
