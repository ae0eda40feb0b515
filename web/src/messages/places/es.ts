import type { Translated } from '../messages.ts'
import type { PlacesMessages } from './en.ts'

export const es: Translated<PlacesMessages> = {
  postTo: 'Publicar en',
  choose: 'Elegir…',
  everyone: 'Todas las personas de {workspace}',
  private: '{channel} (privado)',
  archived: '{channel} (archivado)',
  unseen: 'Un canal que usted no ve',
  archivedText: 'Este canal está archivado: elija otro.',
  oneMember: 'Solo lo ve su único miembro.',
  members: 'Solo lo ven sus {members} miembros.',
  elsewhere: 'Se grabó en otro de sus espacios de trabajo. Elija allí dónde publicarlo.',
  switch: 'Cambiar de espacio de trabajo',
  there: 'Publicarlo allí',
  attentionOne: 'Una persona tiene que ver {time}; {faster} a 1.5×.',
  attention: '{time} × {people} personas = {total} de atención; {faster} a 1.5×.',
  arrives: { one: 'Una persona recibe esto {when}.', other: '{count} personas reciben esto {when}.' },
  arrivesFromTo: '{people} personas reciben esto a su hora: la primera {from}, la última {to}.',
}
