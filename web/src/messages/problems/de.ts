import type { Translated } from '../messages.ts'
import type { ProblemsMessages } from './en.ts'

export const de: Translated<ProblemsMessages> = {
  unreachable: 'Meanwhile ist gerade nicht erreichbar',
  'unreachable.next': 'Prüfen Sie Ihre Verbindung und versuchen Sie es noch einmal.',
  unknown: 'Hier ist etwas schiefgegangen',
  'unknown.next': 'Laden Sie die Seite neu.',
  choiceNotSaved: 'Ihre Wahl konnte nicht gespeichert werden; vorerst gilt sie nur hier',
}
