import type { Translated } from '../messages.ts'
import type { EmbedMessages } from './en.ts'

export const de: Translated<EmbedMessages> = {
  open: 'In Meanwhile öffnen',
  read: 'In Meanwhile lesen',
  again: 'Noch einmal versuchen',
  elsewhere: 'Das können Sie in Meanwhile ansehen.',
  gone: 'Das gibt es hier nicht mehr: Es wurde gelöscht, oder Sie dürfen es nicht mehr sehen.',
  nothing: 'Hier ist nichts, was Sie sehen können.',
  apart: 'Was in einem Paar oder einem Interview gesagt wird, bleibt dort.',
  failed: 'Das konnte nicht geladen werden.',
  text: '„{title}“ ist ein Text ohne Video.',
  notYet: 'Hier gibt es noch nichts abzuspielen. Es erscheint von selbst.',
}
