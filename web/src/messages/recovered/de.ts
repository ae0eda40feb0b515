import type { Translated } from '../messages.ts'
import type { RecoveredMessages } from './en.ts'

export const de: Translated<RecoveredMessages> = {
  label: 'Wiederhergestellte Aufnahmen',
  complete: 'Sie ist vollständig auf dem Server.',
  trouble: '{trouble}. Es geht von selbst weiter.',
  rest: 'Der Rest wird gesendet.',
  waits: 'Sie wartet darauf, gesendet zu werden.',
  sending: '{title} wird gesendet',
  watch: 'Ansehen',
  close: 'Schließen',
  again: 'Noch einmal versuchen',
  discard: 'Verwerfen',
  discardTitle: 'Diese Aufnahme verwerfen?',
  discardText:
    '{what}. Ihr Link gilt nicht mehr. Auf der Seite zum Aufnehmen kann sie bis zum Beginn der nächsten Aufnahme wiederhergestellt werden.',
  discardYes: 'Aufnahme verwerfen',
  keep: 'Behalten',
  restore: 'Die verworfene Aufnahme wiederherstellen ({length})',
  download: 'Herunterladen',
  shorter: 'Ein Teil davon ist nur auf dem Server: Diese Datei ist kürzer.',
  twoFiles: 'Bildschirm und Kamera sind eigene Dateien.',
  manyFiles: 'Das Bild hat seine Größe oder sein Format gewechselt: Jeder Teil ist eine eigene Datei.',
  from: '{what}, wiederhergestellt von: {day}',
  today: 'heute',
  yesterday: 'gestern',
}
