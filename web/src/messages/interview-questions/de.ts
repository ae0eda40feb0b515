import type { Translated } from '../messages.ts'
import type { InterviewQuestionsMessages } from './en.ts'

export const de: Translated<InterviewQuestionsMessages> = {
  cancel: 'Abbrechen',
  saved: 'Gespeichert',
  remove: 'Entfernen',

  welcome: 'Begrüßung',
  welcomeHint: 'Was man liest oder sieht, bevor man beginnt. Nicht nötig.',
  last: 'Schlusswort',
  lastHint: 'Was man liest oder sieht, nachdem man abgegeben hat. Nicht nötig.',
  frozen:
    'Wer schon eingeladen ist, behält Version {version}. Änderungen werden zu Version {next}, für alle, die Sie ab jetzt einladen.',
  add: 'Frage hinzufügen',
  most: 'Mehr als zehn Fragen gehen nicht.',
  moved: 'Sie ist jetzt Frage {number}.',
  deleted: 'Frage {number} ist gelöscht.',
  adviceOnCount: 'Bei mehr als {most} Fragen hören viele unterwegs auf. Können einige bis zum anschließenden Gespräch warten?',
  adviceOnRetakes:
    'Manche Menschen, auch neurodivergente, brauchen einen zweiten Versuch. Noch eine Aufnahme ist freundlicher, und Sie sehen die Antwort, die gemeint war.',

  'theirs.title': 'Jemand anderes hat diese Fragen inzwischen gespeichert.',
  'theirs.text': 'Was Sie geschrieben haben, ist noch da.',
  'theirs.mine': 'Meine Fassung speichern',
  'theirs.show': 'Die andere Fassung zeigen',

  save: 'Fragen speichern',
  undo: 'Änderungen verwerfen',
  missing: 'Weiter oben fehlt etwas.',
  unsaved: 'Noch nicht gespeichert',
  preview: 'Vorschau',
  keep: 'Als Vorlage behalten',
  'leave.title': 'Ohne Speichern verlassen?',
  'leave.text': 'Was Sie an den Fragen geändert haben, geht verloren.',
  'leave.leave': 'Ohne Speichern verlassen',
  'leave.stay': 'Hier bleiben',

  'fault.text': 'Schreiben Sie die Frage, oder nehmen Sie sie auf.',
  'fault.ways': 'Wählen Sie mindestens eine Art zu antworten.',
  'fault.other': 'So nicht möglich: {problem}.',

  'question.up': 'Nach oben',
  'question.upOne': '{question} nach oben',
  'question.down': 'Nach unten',
  'question.downOne': '{question} nach unten',
  'question.duplicate': 'Duplizieren',
  'question.duplicateOne': '{question} duplizieren',
  'question.delete': 'Löschen',
  'question.deleteOne': '{question} löschen',
  'question.text': 'Text von {question}',
  'question.ask': 'Was fragen Sie?',
  'question.ways': 'Arten zu antworten',

  'limit.answer': 'Längste Antwort',
  'limit.again': 'Noch einmal beantworten',
  'limit.think': 'Zeit zum Überlegen',
  'limit.thinkFreely': 'So lange wie gewünscht',
  'limit.about': 'Etwa {length}',
  'limit.thinkHint': 'Das ist ein Richtwert. Nichts beginnt von selbst.',

  'rubric.title': 'Worauf Sie achten',
  'rubric.hint': 'Steht für alle, die bewerten, neben der Antwort; wer sich bewirbt, sieht es nie.',
  'rubric.line': 'Zeile {line} zu {question}: worauf Sie achten',
  'rubric.remove': 'Zeile {line} zu {question} entfernen',
  'rubric.add': 'Zeile hinzufügen',
  'rubric.addTo': 'Zeile hinzufügen zu {question}',

  'video.of': 'das Video zu „{part}“',
  'video.missing': 'Das Video ist nicht mehr da oder noch unterwegs.',
  'video.record': 'Video aufnehmen',
  'video.recordFor': 'Video aufnehmen: {part}',
  'video.again': 'Noch einmal aufnehmen',
  'video.againFor': 'Noch einmal aufnehmen: {part}',
  'video.remove': 'Video entfernen',
  'video.removeFrom': 'Video entfernen: {part}',
  'video.captions': 'Untertitel',
  'video.captionsOf': 'Untertitel: {part}',
  'video.promise': 'Es gehört zum Interview, sobald Sie die Fragen speichern.',
  'video.back': 'Zurück zu den Fragen',

  'view.reopen': 'Öffnen Sie die Stelle wieder, um die Fragen zu ändern.',
  'view.owners': 'Die Fragen schreibt die Leitung der Stelle.',
  'view.none': 'Noch wird nichts gefragt.',
  'view.limits': '{ways}, höchstens {length}',

  'template.text': 'Diese Fragen mit ihren Videos, für neue Stellen von allen im Arbeitsbereich. Bewerbungen gehören nicht dazu.',
  'template.name': 'Name der Vorlage',
  'template.keep': 'Vorlage behalten',
  'template.kept': 'Als Vorlage behalten. Neue Stellen können damit beginnen.',

  'preview.label': 'Vorschau',
  'preview.title': 'Das ist eine Vorschau.',
  'preview.text':
    'Sie sehen, was jemand sieht, der sich bewirbt. Nichts wird gesendet oder behalten, niemand stimmt zu; aufgenommen wird nur zur Übung, und das bleibt in dieser Seite.',
  'preview.again': 'Von vorn beginnen',
  'preview.back': 'Zurück zu den Fragen',
}
