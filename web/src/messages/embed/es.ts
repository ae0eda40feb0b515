import type { Translated } from '../messages.ts'
import type { EmbedMessages } from './en.ts'

export const es: Translated<EmbedMessages> = {
  open: 'Abrir en Meanwhile',
  read: 'Leerlo en Meanwhile',
  again: 'Intentar de nuevo',
  elsewhere: 'Esto se puede ver en Meanwhile.',
  gone: 'Esto ya no está aquí: se borró o usted ya no puede verlo.',
  nothing: 'Aquí no hay nada que usted pueda ver.',
  apart: 'Lo que se dice en una pareja o en una entrevista se queda allí.',
  failed: 'No se ha podido cargar.',
  text: '«{title}» es un texto, sin vídeo.',
  notYet: 'Todavía no hay nada que reproducir. Aparece por sí solo.',
}
