import type { Translated } from '../messages.ts'
import type { PlacesMessages } from './en.ts'

export const de: Translated<PlacesMessages> = {
  postTo: 'Veröffentlichen in',
  choose: 'Wählen…',
  everyone: 'Alle in {workspace}',
  private: '{channel} (privat)',
  archived: '{channel} (archiviert)',
  unseen: 'Ein Kanal, den Sie nicht sehen',
  archivedText: 'Dieser Kanal ist archiviert: Wählen Sie einen anderen.',
  oneMember: 'Nur das eine Mitglied sieht es.',
  members: 'Nur seine {members} Mitglieder sehen es.',
  elsewhere: 'Es wurde in einem anderen Ihrer Arbeitsbereiche aufgenommen. Wählen Sie dort, wo es veröffentlicht wird.',
  switch: 'Arbeitsbereich wechseln',
  there: 'Dort veröffentlichen',
  attentionOne: 'Eine Person soll {time} ansehen, {faster} mit 1.5×.',
  attention: '{time} × {people} Personen = {total} Aufmerksamkeit, {faster} mit 1.5×.',
  arrives: { one: 'Eine Person bekommt das {when}.', other: '{count} Personen bekommen das {when}.' },
  arrivesFromTo: '{people} Personen bekommen das, wann es in ihren Tag passt: die erste {from}, die letzte {to}.',
}
