import type { Translated } from '../messages.ts'
import type { HiringMessages } from './en.ts'

export const es: Translated<HiringMessages> = {
  overTitle: 'Este enlace ya no funciona',
  overText: 'Pida uno nuevo a quien se lo envió.',
  over: 'Se ha revocado o se ha acabado su tiempo.',
  unknownTitle: 'Aquí no hay nada',
  unknownText: 'Puede que el enlace esté cortado. Cópielo entero o pregunte a quien se lo envió.',
  unknown: 'En esta dirección nadie puede ver nada.',
  notLoaded: 'No se ha cargado',
  for: 'Para {label}. Hasta el {moment}, este enlace muestra respuestas de candidaturas; por favor, no lo reenvíe.',
  none: 'Aquí no hay respuestas. Aparecen cuando se entregan y desaparecen cuando alguien borra las suyas.',
  watch: 'Ver',
  byCandidate: 'Por persona',
  byQuestion: 'Por pregunta',
  notAnswered: 'Sin responder',
  team: 'el equipo',
  question: 'la pregunta misma',
  answer: 'la respuesta de {candidate}',
  arriving: 'Todavía está en camino. Vuelva a mirar dentro de un rato.',
  play: 'Reproducir, {time}',
  playWhat: 'Reproducir, {time}: {what}',
  notPlayed: 'No se ha reproducido: {why}',
}
