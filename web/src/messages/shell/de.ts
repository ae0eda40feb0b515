import type { Translated } from '../messages.ts'
import type { ShellMessages } from './en.ts'

export const de: Translated<ShellMessages> = {
  skip: 'Zum Inhalt springen',
  main: 'Hauptmenü',
  home: 'Meanwhile, was auf Sie wartet',
  record: 'Aufnehmen',
  account: 'Konto',
  loading: 'Die Seite wird geladen',
  failed: 'Diese Seite konnte nicht geladen werden',
  failedWhy: 'Vielleicht gibt es eine neue Version, oder die Verbindung ist unterbrochen.',
  reload: 'Neu laden',
  again: 'Noch einmal versuchen',
  close: 'Schließen',
}
