import type { PairingPage } from '@meanwhile/shared/contract/pairings'
import type { Wire } from '../api.ts'
import { localeHere } from '../messages/language-here.ts'
import { say } from './words.ts'

type Shown = Wire<typeof PairingPage>

export const dayOf = (at: string, locale = localeHere): string =>
  new Intl.DateTimeFormat(locale, { weekday: 'long', day: 'numeric', month: 'long' }).format(new Date(at))

/** Who else is in it, by name. */
export const othersIn = ({ people }: Pick<Shown, 'people'>, viewerId: string): string =>
  new Intl.ListFormat(localeHere).format(people.filter(({ person }) => person.id !== viewerId).map(({ person }) => person.name))

/** Where a pairing stands, for one of its people. */
export function standing({ state, answered, people }: Pick<Shown, 'state' | 'answered' | 'people'>): string {
  if (state === 'over') return say('over')
  if (state === 'shown') return say(answered ? 'shown' : 'shownToOthers')
  if (answered) return say('answered')
  return say(people.some((each) => each.answered) ? 'waitedFor' : 'nobodyYet')
}

/** When all of them work, the first time. */
export function overlapWords([first]: Shown['overlap'], locale = localeHere): string | null {
  if (!first) return null
  const stretch = new Intl.DateTimeFormat(locale, { weekday: 'long', hour: '2-digit', minute: '2-digit' })
  return stretch.formatRange(new Date(first.from), new Date(first.to))
}
