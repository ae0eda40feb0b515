import type { LetterWords } from './words.ts'

export const de: LetterWords = {
  locale: 'de',
  hello: (name) => (name ? `Guten Tag ${name}.` : 'Guten Tag.'),
  asks: ({ who, workspace, position }) =>
    `${who ? `${who} von ${workspace}` : workspace} möchte zu dieser Stelle von Ihnen hören: ${position}.`,
  questions: (count) =>
    `${count === 1 ? 'Es ist eine Frage' : `Es sind ${count} Fragen`}. Antworten Sie, wann es Ihnen passt, in beliebiger Reihenfolge, am Telefon oder am Computer. Ein Konto ist nicht nötig.`,
  until: (moment) => `Sie haben Zeit bis ${moment}.`,
  noDeadline: 'Es gibt keine Frist, solange die Stelle offen ist.',
  promise: (workspace, days) =>
    `Wenn Sie abgegeben haben, hören Sie innerhalb von ${days === 1 ? 'einem Tag' : `${days} Tagen`} von ${workspace}.`,
  promiseBy: (workspace, days, day) =>
    `Sie hören innerhalb von ${days === 1 ? 'einem Tag' : `${days} Tagen`} von ${workspace}, bis ${day}.`,
  noPromise: (workspace) => `${workspace} sieht sich Ihre Antworten an und meldet sich bei Ihnen.`,
  yours:
    'Der Link ist nur für Sie. Über ihn können Sie auch jederzeit ansehen, herunterladen und löschen, was von Ihnen gespeichert ist.',
  why: (workspace) =>
    `Sie bekommen diese Mail, weil Ihre Adresse für eine Stelle bei ${workspace} eingetragen wurde. Wenn sie nicht für Sie ist, löschen Sie sie, und geben Sie den Link niemandem.`,
  invitation: {
    subject: ({ workspace, position }) => `${workspace} fragt Sie: ${position}`,
    link: 'Die Fragen ansehen',
  },
  reminder: {
    subject: ({ workspace, position }, moment) => `Bis ${moment}: ${position} bei ${workspace}`,
    text: ({ workspace, position }) =>
      `Sie haben Ihre Antworten für diese Stelle bei ${workspace} noch nicht abgegeben: ${position}.`,
    counts: 'Was Sie bis dahin beantwortet haben, zählt, auch wenn Sie es nicht abgeben.',
    link: 'Weiter zu Ihren Antworten',
    more: 'Sie bekommen höchstens noch eine Erinnerung. Wenn Sie lieber nicht antworten, müssen Sie nichts tun; über den Link können Sie auch löschen, was von Ihnen gespeichert ist.',
    last: 'Das ist die letzte Erinnerung. Wenn Sie lieber nicht antworten, müssen Sie nichts tun; über den Link können Sie auch löschen, was von Ihnen gespeichert ist.',
  },
  deadline: {
    subject: ({ workspace, position }) => `Ihre Zeit zum Antworten: ${position} bei ${workspace}`,
    changed: ({ workspace, position }) =>
      `${workspace} hat geändert, bis wann Sie für diese Stelle antworten können: ${position}.`,
    again: ({ workspace, position }) => `Ihr Link für diese Stelle bei ${workspace} funktioniert wieder: ${position}.`,
  },
  reopened: {
    subject: ({ workspace, position }) => `Eine Frage noch einmal: ${position} bei ${workspace}`,
    text: ({ workspace, position }) => `${workspace} lässt Sie eine Frage zu dieser Stelle noch einmal beantworten: ${position}.`,
    question: (text) => `Die Frage: ${text}`,
    stays: 'Die Antwort, die Sie abgegeben haben, bleibt, bis Sie eine andere abgeben. Wenn Sie es dabei lassen, zählt sie.',
    link: 'Noch einmal antworten',
  },
  receipt: {
    subject: ({ workspace, position }) => `Ihre Antworten sind da: ${position} bei ${workspace}`,
    text: ({ workspace, position }, moment) =>
      `Ihre Antworten für diese Stelle sind seit ${moment} bei ${workspace}: ${position}.`,
    lapsed: ({ workspace, position }, moment) =>
      `Die Frist für diese Stelle ist abgelaufen, ${moment}: ${position}. Was Sie bis dahin beantwortet hatten, zählt und ist bei ${workspace}.`,
    yours:
      'Über diesen Link können Sie jederzeit ansehen, herunterladen und löschen, was Sie abgegeben haben. Er ist nur für Sie.',
    deleted: (days) =>
      `Was auch geschieht: Alles davon wird ${days === 1 ? 'einen Tag' : `${days} Tage`} nach dem Schließen der Stelle gelöscht.`,
    link: 'Ihre Antworten ansehen, herunterladen oder löschen',
  },
}
