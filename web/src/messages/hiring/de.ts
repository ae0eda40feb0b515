import type { Translated } from '../messages.ts'
import type { HiringMessages } from './en.ts'

export const de: Translated<HiringMessages> = {
  overTitle: 'Dieser Link gilt nicht mehr',
  overText: 'Bitten Sie die Person, die ihn geschickt hat, um einen neuen.',
  over: 'Er wurde widerrufen, oder seine Zeit ist um.',
  unknownTitle: 'Hier ist nichts',
  unknownText: 'Vielleicht ist der Link abgeschnitten. Kopieren Sie ihn ganz, oder fragen Sie die Person, die ihn geschickt hat.',
  unknown: 'Unter dieser Adresse kann niemand etwas sehen.',
  notLoaded: 'Nicht geladen',
  for: 'Für {label}. Bis zum {moment} zeigt dieser Link Antworten aus Bewerbungen; bitte geben Sie ihn nicht weiter.',
  none: 'Hier sind keine Antworten. Sie stehen hier, sobald sie abgegeben sind, und sind weg, wenn jemand die eigenen löscht.',
  watch: 'Ansehen',
  byCandidate: 'Nach Person',
  byQuestion: 'Nach Frage',
  notAnswered: 'Nicht beantwortet',
  team: 'das Team',
  question: 'die Frage selbst',
  answer: 'die Antwort von {candidate}',
  arriving: 'Es ist noch unterwegs. Sehen Sie später noch einmal nach.',
  play: 'Abspielen, {time}',
  playWhat: 'Abspielen, {time}: {what}',
  notPlayed: 'Nicht abgespielt: {why}',
}
