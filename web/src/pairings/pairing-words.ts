import type { PairingPage } from '@meanwhile/shared/contract/pairings'
import type { Wire } from '../api.ts'

type Shown = Wire<typeof PairingPage>

export const dayOf = (at: string, locale?: string): string =>
  new Intl.DateTimeFormat(locale, { weekday: 'long', day: 'numeric', month: 'long' }).format(new Date(at))

/** Who else is in it, by name. */
export const othersIn = ({ people }: Pick<Shown, 'people'>, viewerId: string): string =>
  new Intl.ListFormat('en').format(people.filter(({ person }) => person.id !== viewerId).map(({ person }) => person.name))

/** Where a pairing stands, for one of its people. */
export function standing({ state, answered, people }: Pick<Shown, 'state' | 'answered' | 'people'>): string {
  if (state === 'over') return 'It is over: nobody is waited for any more, and there are not two answers to show.'
  if (state === 'shown')
    return answered ? 'Your answers are shown to each other.' : 'Who has answered sees the answers of the others. You have not.'
  if (answered) return 'You have answered. You see each other’s answers as soon as all have.'
  return people.some((each) => each.answered) ? 'You are waited for.' : 'Nobody has answered yet.'
}

/** When all of them work, the first time. */
export function overlapWords([first]: Shown['overlap'], locale?: string): string | null {
  if (!first) return null
  const stretch = new Intl.DateTimeFormat(locale, { weekday: 'long', hour: '2-digit', minute: '2-digit' })
  return stretch.formatRange(new Date(first.from), new Date(first.to))
}
