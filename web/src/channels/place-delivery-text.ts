import type { PlaceDelivery } from '@meanwhile/shared/contract/delivery'
import type { Wire } from '../api.ts'
import { arrivalWords } from '../comments/delivery-words.ts'
import { say } from './words.ts'

/** When people hear of what is posted, each in a window of their own. Empty where nobody does. */
export function placeDeliveryText({ people, first, last }: Wire<typeof PlaceDelivery>, now: Date, locale?: string): string {
  if (!first || !last) return ''
  const [from, to] = [first, last].map((at) => arrivalWords(new Date(at), now, locale)) as [string, string]
  if (from === to) return say('arrives', { count: people, when: from })
  return say('arrivesFromTo', { people, from, to })
}
