import type { Translated } from '../messages.ts'
import type { GrantsMessages } from './en.ts'

export const de: Translated<GrantsMessages> = {
  asked:
    'Wenn hier etwas ist, liest die Person, von der es stammt, dass Sie gefragt haben. Sie erfahren es, sobald Sie Zugang haben.',
  ask: 'Um Zugang bitten',
  letIn: 'Zugang geben',
  letInOne: 'Zugang geben: {name}',
  notNow: 'Nicht jetzt',
  notNowOne: 'Nicht jetzt, {name}',
  title: 'Wer gefragt hat',
  asks: 'möchte es sehen',
  letInBy: 'Zugang von {person}',
  remove: 'Entfernen',
  removeOne: '{name} entfernen',
}
