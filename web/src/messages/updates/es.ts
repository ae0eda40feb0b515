import type { Translated } from '../messages.ts'
import type { UpdatesMessages } from './en.ts'

export const es: Translated<UpdatesMessages> = {
  untitled: 'Novedad sin título',
  title: 'Novedades',
  loading: 'Cargando las novedades',
  more: 'Mostrar más',
  new: 'Nueva',
  you: 'Usted',
  comments: { one: '{count} comentario', other: '{count} comentarios' },
  watched: '{percent} % visto',
  draft: 'Borrador: sin terminar de grabar',
  recording: 'Se está grabando ahora',
  processing: 'Procesando',
  processed: 'Procesando · {percent} %',
  failedEdit: 'Ha fallado un paso: ábrala para intentarlo de nuevo',
  failed: 'Ha fallado un paso de su procesamiento',
  lengthAt: '{length} · {short} a {rate}×',
  waiting: 'Nuevas: {amount}',
  waitingFor: 'Nuevas: {amount} · {time}',
  waitingAt: 'Nuevas: {amount} · {time} a {rate}×',
  waitingAsPlayed: 'Nuevas: {amount} · {time} a la velocidad de cada una',
}
