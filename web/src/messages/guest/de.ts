import type { Translated } from '../messages.ts'
import type { GuestMessages } from './en.ts'

export const de: Translated<GuestMessages> = {
  name: 'Ihr Name',
  nameFirst: 'Sagen Sie zuerst, wie Sie heißen.',
}
