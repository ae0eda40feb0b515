import type { Translated } from '../messages.ts'
import type { UiMessages } from './en.ts'

export const de: Translated<UiMessages> = {
  justNow: 'gerade eben',
  copy: 'Kopieren',
  copied: 'Kopiert',
}
