import type { Translated } from '../messages.ts'
import type { GuestMessages } from './en.ts'

export const es: Translated<GuestMessages> = {
  name: 'Su nombre',
  nameFirst: 'Diga primero su nombre.',
}
