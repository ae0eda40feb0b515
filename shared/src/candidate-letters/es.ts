import type { LetterWords } from './words.ts'

const within = (days: number) => (days === 1 ? 'de un día' : `de ${days} días`)

export const es: LetterWords = {
  locale: 'es',
  hello: (name) => (name ? `Hola, ${name}:` : 'Hola:'),
  asks: ({ who, workspace, position }) =>
    `${who ? `${who}, de ${workspace},` : workspace} desea saber de usted para este puesto: ${position}.`,
  questions: (count) =>
    `${count === 1 ? 'Es una pregunta' : `Son ${count} preguntas`}. Responda cuando le venga bien, en cualquier orden, con el móvil o el ordenador. No hace falta ninguna cuenta.`,
  until: (moment) => `Tiene tiempo hasta el ${moment}.`,
  noDeadline: 'No hay fecha límite mientras el puesto esté abierto.',
  promise: (workspace, days) => `Cuando lo haya entregado, ${workspace} le dirá algo dentro ${within(days)}.`,
  promiseBy: (workspace, days, day) => `${workspace} le dirá algo dentro ${within(days)}, a más tardar el ${day}.`,
  noPromise: (workspace) => `${workspace} verá sus respuestas y se pondrá en contacto con usted.`,
  yours:
    'El enlace es solo para usted. Con él también puede ver, descargar y borrar en cualquier momento lo que se guarda de usted.',
  why: (workspace) =>
    `Recibe este correo porque su dirección se indicó para un puesto en ${workspace}. Si no es para usted, bórrelo y no dé el enlace a nadie.`,
  invitation: {
    subject: ({ workspace, position }) => `${workspace} le pregunta: ${position}`,
    link: 'Ver las preguntas',
  },
  reminder: {
    subject: ({ workspace, position }, moment) => `Hasta el ${moment}: ${position} en ${workspace}`,
    text: ({ workspace, position }) => `Aún no ha entregado sus respuestas para este puesto en ${workspace}: ${position}.`,
    counts: 'Lo que haya respondido hasta entonces cuenta, aunque no lo entregue.',
    link: 'Seguir con sus respuestas',
    more: 'Recibirá como mucho un recordatorio más. Si prefiere no responder, no tiene que hacer nada; con el enlace también puede borrar lo que se guarda de usted.',
    last: 'Este es el último recordatorio. Si prefiere no responder, no tiene que hacer nada; con el enlace también puede borrar lo que se guarda de usted.',
  },
  deadline: {
    subject: ({ workspace, position }) => `Su tiempo para responder: ${position} en ${workspace}`,
    changed: ({ workspace, position }) => `${workspace} ha cambiado hasta cuándo puede responder para este puesto: ${position}.`,
    again: ({ workspace, position }) => `Su enlace para este puesto en ${workspace} vuelve a funcionar: ${position}.`,
  },
  reopened: {
    subject: ({ workspace, position }) => `Una pregunta otra vez: ${position} en ${workspace}`,
    text: ({ workspace, position }) => `${workspace} le permite responder otra vez a una pregunta para este puesto: ${position}.`,
    question: (text) => `La pregunta: ${text}`,
    stays: 'La respuesta que ha entregado se conserva hasta que entregue otra. Si la deja como está, cuenta.',
    link: 'Responder otra vez',
  },
  receipt: {
    subject: ({ workspace, position }) => `Sus respuestas han llegado: ${position} en ${workspace}`,
    text: ({ workspace, position }, moment) =>
      `${workspace} tiene sus respuestas para este puesto desde el ${moment}: ${position}.`,
    lapsed: ({ workspace, position }, moment) =>
      `El plazo para este puesto ha vencido, ${moment}: ${position}. Lo que había respondido hasta entonces cuenta y lo tiene ${workspace}.`,
    yours: 'Con este enlace puede ver, descargar y borrar en cualquier momento lo que ha entregado. Es solo para usted.',
    deleted: (days) =>
      `Pase lo que pase, todo se borra ${days === 1 ? 'un día' : `${days} días`} después de que se cierre el puesto.`,
    link: 'Ver, descargar o borrar sus respuestas',
  },
}
