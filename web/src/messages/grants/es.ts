import type { Translated } from '../messages.ts'
import type { GrantsMessages } from './en.ts'

export const es: Translated<GrantsMessages> = {
  asked: 'Si aquí hay algo, a quien lo publicó se le avisa de que usted lo ha pedido. Se le dirá cuando tenga acceso.',
  ask: 'Pedir acceso',
  letIn: 'Dar acceso',
  letInOne: 'Dar acceso a {name}',
  notNow: 'Ahora no',
  notNowOne: 'Ahora no, {name}',
  title: 'Quién ha pedido acceso',
  asks: 'pide verlo',
  letInBy: 'acceso dado por {person}',
  remove: 'Quitar',
  removeOne: 'Quitar a {name}',
}
