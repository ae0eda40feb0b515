import type { Translated } from '../messages.ts'
import type { RecoveredMessages } from './en.ts'

export const es: Translated<RecoveredMessages> = {
  label: 'Grabaciones recuperadas',
  complete: 'Está completa en el servidor.',
  trouble: '{trouble}. Continúa por sí solo.',
  rest: 'Se está enviando el resto.',
  waits: 'Está pendiente de envío.',
  sending: 'Enviando {title}',
  watch: 'Verla',
  close: 'Cerrar',
  again: 'Intentar de nuevo',
  discard: 'Descartar',
  discardTitle: '¿Descartar esta grabación?',
  discardText:
    '{what}. Su enlace deja de funcionar. Se puede recuperar en la página de grabar hasta que empiece la próxima grabación.',
  discardYes: 'Descartar la grabación',
  keep: 'Conservarla',
  restore: 'Recuperar la grabación que descartó ({length})',
  download: 'Descargar',
  shorter: 'Una parte está solo en el servidor: este archivo es más corto.',
  twoFiles: 'La pantalla y la cámara son archivos distintos.',
  manyFiles: 'La imagen cambió de tamaño o de formato: cada parte es un archivo distinto.',
  from: '{what}, recuperada de: {day}',
  today: 'hoy',
  yesterday: 'ayer',
}
