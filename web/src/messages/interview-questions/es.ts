import type { Translated } from '../messages.ts'
import type { InterviewQuestionsMessages } from './en.ts'

export const es: Translated<InterviewQuestionsMessages> = {
  cancel: 'Cancelar',
  saved: 'Guardado',
  remove: 'Quitar',

  welcome: 'Bienvenida',
  welcomeHint: 'Lo que se lee o se ve antes de empezar. Opcional.',
  last: 'Despedida',
  lastHint: 'Lo que se lee o se ve después de entregar. Opcional.',
  frozen:
    'Quienes ya tienen su invitación conservan la versión {version}. Los cambios forman la versión {next}, para quienes invite a partir de ahora.',
  add: 'Añadir una pregunta',
  most: 'Diez preguntas es el máximo.',
  moved: 'Ahora es la pregunta {number}.',
  deleted: 'Se ha borrado la pregunta {number}.',
  adviceOnCount:
    'Con más de {most} preguntas, muchas personas lo dejan a medias. ¿Podrían algunas esperar a la conversación posterior?',
  adviceOnRetakes:
    'Algunas personas, también las neurodivergentes, necesitan un segundo intento. Permitir otra grabación es más amable, y usted ve la respuesta que querían dar.',

  'theirs.title': 'Mientras tanto, otra persona ha guardado estas preguntas.',
  'theirs.text': 'Lo que usted ha escrito sigue aquí.',
  'theirs.mine': 'Guardar mi versión',
  'theirs.show': 'Mostrar la otra versión',

  save: 'Guardar las preguntas',
  undo: 'Deshacer los cambios',
  missing: 'Más arriba falta algo.',
  unsaved: 'Sin guardar todavía',
  preview: 'Vista previa',
  keep: 'Conservar como plantilla',
  'leave.title': '¿Salir sin guardar?',
  'leave.text': 'Se pierde lo que ha cambiado en las preguntas.',
  'leave.leave': 'Salir sin guardar',
  'leave.stay': 'Quedarse aquí',

  'fault.text': 'Escriba la pregunta o grábela.',
  'fault.ways': 'Elija al menos una forma de responder.',
  'fault.other': 'Así no es posible: {problem}.',

  'question.up': 'Subir',
  'question.upOne': 'Subir {question}',
  'question.down': 'Bajar',
  'question.downOne': 'Bajar {question}',
  'question.duplicate': 'Duplicar',
  'question.duplicateOne': 'Duplicar {question}',
  'question.delete': 'Borrar',
  'question.deleteOne': 'Borrar {question}',
  'question.text': 'Texto de {question}',
  'question.ask': '¿Qué pregunta?',
  'question.ways': 'Formas de responder',

  'limit.answer': 'Duración máxima de la respuesta',
  'limit.again': 'Se puede responder otra vez',
  'limit.think': 'Tiempo para pensar',
  'limit.thinkFreely': 'Todo el que quiera',
  'limit.about': 'Alrededor de {length}',
  'limit.thinkHint': 'Se muestra como orientación. Nada empieza solo.',

  'rubric.title': 'En qué se fija',
  'rubric.hint': 'Quienes evalúan lo ven junto a la respuesta; quienes responden, nunca.',
  'rubric.line': 'Línea {line} de {question}: en qué se fija',
  'rubric.remove': 'Quitar la línea {line} de {question}',
  'rubric.add': 'Añadir una línea',
  'rubric.addTo': 'Añadir una línea a {question}',

  'video.of': 'el vídeo de «{part}»',
  'video.missing': 'Su vídeo ya no está o todavía está en camino.',
  'video.record': 'Grabar un vídeo',
  'video.recordFor': 'Grabar un vídeo: {part}',
  'video.again': 'Grabar otra vez',
  'video.againFor': 'Grabar otra vez: {part}',
  'video.remove': 'Quitar el vídeo',
  'video.removeFrom': 'Quitar el vídeo: {part}',
  'video.captions': 'Subtítulos',
  'video.captionsOf': 'Subtítulos: {part}',
  'video.promise': 'Formará parte de la entrevista cuando guarde las preguntas.',
  'video.back': 'Volver a las preguntas',

  'view.reopen': 'Vuelva a abrir el puesto para cambiar las preguntas.',
  'view.owners': 'Las preguntas las escribe quien coordina el puesto.',
  'view.none': 'Todavía no se pregunta nada.',
  'view.limits': '{ways}; {length} como máximo',

  'template.text':
    'Estas preguntas, con sus vídeos, para puestos nuevos de cualquiera en el espacio de trabajo. No incluye candidaturas.',
  'template.name': 'Nombre de la plantilla',
  'template.keep': 'Conservar la plantilla',
  'template.kept': 'Conservada como plantilla. Los puestos nuevos pueden empezar con ella.',

  'preview.label': 'Vista previa',
  'preview.title': 'Esto es una vista previa.',
  'preview.text':
    'Ve lo mismo que ve quien se presenta. Nada se envía ni se conserva, nadie acepta nada; solo se graba para practicar, y eso se queda en esta página.',
  'preview.again': 'Empezar de nuevo',
  'preview.back': 'Volver a las preguntas',
}
