import type { Reel } from '@meanwhile/shared/contract/reel'
import { listeningMs } from '@meanwhile/shared/media/reel-time'
import { timeCode } from '@meanwhile/shared/media/time-code'
import type { Wire } from '../api.ts'
import { say } from './words.ts'

type Items = Pick<Wire<typeof Reel>, 'items'>['items']
type How = { rate: number; skipSilences: boolean }

/** What lies ahead, before it is played: `7 people · 18:40 → 10:30 at 1.5× without silences`. */
export function forecastOf(items: Items, how: How): string {
  const count = new Set(items.map(({ author }) => author.id)).size
  const wholeMs = items.reduce((sum, { playMs }) => sum + playMs, 0)
  const listenMs = listeningMs(items, how)
  const isSilent = how.skipSilences && items.some(({ silentMs }) => silentMs > 0)
  const [whole, length] = [timeCode(wholeMs), timeCode(listenMs)]
  const people = say('people', { count })
  if (whole === length) return say('forecast.whole', { people, whole })
  const { rate } = how
  if (rate === 1)
    return isSilent ? say('forecast.silent', { people, whole, length }) : say('forecast.shorter', { people, whole, length })
  return isSilent ? say('forecast.both', { people, whole, length, rate }) : say('forecast.fast', { people, whole, length, rate })
}

/** How long the rest takes, in ms of the viewer's. */
export const restMs = (items: Items, index: number, how: How): number => listeningMs(items.slice(Math.max(0, index)), how)
