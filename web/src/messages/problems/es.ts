import type { Translated } from '../messages.ts'
import type { ProblemsMessages } from './en.ts'

export const es: Translated<ProblemsMessages> = {
  unreachable: 'No se puede acceder a Meanwhile ahora',
  'unreachable.next': 'Compruebe su conexión e inténtelo de nuevo.',
  unknown: 'Algo ha salido mal',
  'unknown.next': 'Cargue la página de nuevo.',
  choiceNotSaved: 'No se ha podido guardar su elección; por ahora solo vale aquí',
}
