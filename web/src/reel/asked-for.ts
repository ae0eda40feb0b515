import type { ReelQuery, readReel } from '@meanwhile/shared/contract/reel'
import type { Input } from '../api.ts'

export type Query = Input<typeof readReel>['querystring']

const names = [
  'from',
  'channel',
  'round',
  'list',
  'updates',
  'position',
  'question',
  'unseen',
] as const satisfies (keyof ReelQuery)[]

/** Which reel an address asks for; null where it names none. `key` is the same for the same reel. */
export function askedFor(search: URLSearchParams): { query: Query; key: string } | null {
  if (!search.has('from')) return null
  const given = names.flatMap((name) => {
    const value = search.get(name)
    return value === null ? [] : [[name, value] as const]
  })
  return { query: Object.fromEntries(given) as Query, key: given.join('&') }
}

/** Whether only what is new is played; the same rule as the server's. */
export const wantsUnseen = ({ from, unseen }: Query): boolean =>
  from === 'unseen' || (unseen === undefined ? from === 'channel' : unseen === 'true')
