import type { LetterWords } from './words.ts'

export const en: LetterWords = {
  locale: 'en-GB',
  hello: (name) => (name ? `Hello ${name}.` : 'Hello.'),
  asks: ({ who, workspace, position }) =>
    `${who ? `${who} of ${workspace}` : workspace} would like to hear from you about this position: ${position}.`,
  questions: (count) =>
    `${count === 1 ? 'It is one question' : `It is ${count} questions`}. Answer when it suits you, in any order, on a phone or a computer. No account is needed.`,
  until: (moment) => `You have time until ${moment}.`,
  noDeadline: 'There is no deadline as long as the position is open.',
  promise: (workspace, days) =>
    `Once you have handed in, you hear from ${workspace} within ${days === 1 ? 'one day' : `${days} days`}.`,
  promiseBy: (workspace, days, day) => `You hear from ${workspace} within ${days === 1 ? 'one day' : `${days} days`}, by ${day}.`,
  noPromise: (workspace) => `${workspace} watches your answers and gets in touch with you.`,
  yours: 'The link is yours alone. By it you also see, download and delete what is stored of you, at any time.',
  why: (workspace) =>
    `You have this mail because your address was entered for a position at ${workspace}. If it is not for you, delete it, and give the link to nobody.`,
  invitation: {
    subject: ({ workspace, position }) => `${workspace} asks you: ${position}`,
    link: 'See the questions',
  },
  reminder: {
    subject: ({ workspace, position }, moment) => `Until ${moment}: ${position} at ${workspace}`,
    text: ({ workspace, position }) => `You have not handed in your answers for this position at ${workspace} yet: ${position}.`,
    counts: 'What you have answered by then counts, also if you do not hand it in.',
    link: 'Go on with your answers',
    more: 'You get one more reminder at most. If you would rather not answer, you need not do anything; by the link you can also delete what is stored of you.',
    last: 'This is the last reminder. If you would rather not answer, you need not do anything; by the link you can also delete what is stored of you.',
  },
  deadline: {
    subject: ({ workspace, position }) => `Your time to answer: ${position} at ${workspace}`,
    changed: ({ workspace, position }) => `${workspace} has changed until when you can answer for this position: ${position}.`,
    again: ({ workspace, position }) => `Your link for this position at ${workspace} works again: ${position}.`,
  },
  reopened: {
    subject: ({ workspace, position }) => `One question again: ${position} at ${workspace}`,
    text: ({ workspace, position }) => `${workspace} lets you answer one question again for this position: ${position}.`,
    question: (text) => `The question: ${text}`,
    stays: 'The answer that you have handed in stays until you hand in another. If you leave it as it is, it counts.',
    link: 'Answer again',
  },
  receipt: {
    subject: ({ workspace, position }) => `Your answers have arrived: ${position} at ${workspace}`,
    text: ({ workspace, position }, moment) =>
      `Your answers for this position are with ${workspace} since ${moment}: ${position}.`,
    lapsed: ({ workspace, position }, moment) =>
      `Your time to answer for this position has ended, ${moment}: ${position}. What you had answered by then counts, and is with ${workspace}.`,
    yours: 'By this link you see, download and delete what you have handed in, at any time. It is yours alone.',
    deleted: (days) =>
      `Whatever happens, all of it is deleted ${days === 1 ? 'one day' : `${days} days`} after the position is closed.`,
    link: 'See, download or delete your answers',
  },
}
