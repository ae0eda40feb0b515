import type { Translated } from '../messages.ts'
import type { UpdatesMessages } from './en.ts'

export const de: Translated<UpdatesMessages> = {
  untitled: 'Update ohne Titel',
  title: 'Updates',
  loading: 'Die Updates werden geladen',
  more: 'Mehr anzeigen',
  new: 'Neu',
  you: 'Sie',
  comments: { one: '{count} Kommentar', other: '{count} Kommentare' },
  watched: '{percent} % angesehen',
  draft: 'Entwurf: noch nicht fertig aufgenommen',
  recording: 'Wird gerade aufgenommen',
  processing: 'Wird verarbeitet',
  processed: 'Wird verarbeitet · {percent} %',
  failedEdit: 'Ein Schritt ist fehlgeschlagen: Öffnen Sie es, um es noch einmal zu versuchen',
  failed: 'Ein Schritt der Verarbeitung ist fehlgeschlagen',
  lengthAt: '{length} · {short} mit {rate}×',
  waiting: '{amount} neu',
  waitingFor: '{amount} neu · {time}',
  waitingAt: '{amount} neu · {time} mit {rate}×',
  waitingAsPlayed: '{amount} neu · {time} im jeweiligen Tempo',
}
