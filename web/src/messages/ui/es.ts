import type { Translated } from '../messages.ts'
import type { UiMessages } from './en.ts'

export const es: Translated<UiMessages> = {
  justNow: 'ahora mismo',
  copy: 'Copiar',
  copied: 'Copiado',
}
