import type { Catalogue } from '../messages.ts'

/** What a position asks: how its owners write and record it, how others read it, and how both try it as a candidate. */
export const en = {
  cancel: 'Cancel',
  saved: 'Saved',
  remove: 'Remove',

  welcome: 'Welcome',
  welcomeHint: 'What candidates read or watch before they begin. Optional.',
  last: 'Last words',
  lastHint: 'What candidates read or watch when they have handed in. Optional.',
  frozen: 'Candidates who were invited keep version {version}. Changes become version {next} for those you invite from now on.',
  add: 'Add a question',
  most: 'Ten questions are the most.',
  moved: 'It is question {number} now.',
  deleted: 'Question {number} is deleted.',
  adviceOnCount:
    'With more than {most} questions many candidates stop on the way. Could some wait for the conversation that follows?',
  adviceOnRetakes:
    'Some people, neurodivergent ones among them, need a second try. One retake is kinder, and you see the answer that they meant.',

  'theirs.title': 'Somebody else saved these questions meanwhile.',
  'theirs.text': 'What you typed is still here.',
  'theirs.mine': 'Save mine instead',
  'theirs.show': 'Show what they saved',

  save: 'Save questions',
  undo: 'Undo changes',
  missing: 'Something above is missing.',
  unsaved: 'Not saved yet',
  preview: 'Preview as a candidate',
  keep: 'Keep as template',
  'leave.title': 'Leave without saving?',
  'leave.text': 'What you changed in the questions is lost.',
  'leave.leave': 'Leave without saving',
  'leave.stay': 'Stay here',

  'fault.text': 'Write the question, or record it.',
  'fault.ways': 'Choose at least one way to answer.',
  'fault.other': 'It {problem}.',

  'question.up': 'Move up',
  'question.upOne': 'Move {question} up',
  'question.down': 'Move down',
  'question.downOne': 'Move {question} down',
  'question.duplicate': 'Duplicate',
  'question.duplicateOne': 'Duplicate {question}',
  'question.delete': 'Delete',
  'question.deleteOne': 'Delete {question}',
  'question.text': 'Text of {question}',
  'question.ask': 'What do you ask?',
  'question.ways': 'Ways to answer',

  'limit.answer': 'Longest answer',
  'limit.again': 'May be answered again',
  'limit.think': 'Time to think',
  'limit.thinkFreely': 'As long as they like',
  'limit.about': 'About {length}',
  'limit.thinkHint': 'It is shown as a guide. Nothing starts by itself.',

  'rubric.title': 'What you look for',
  'rubric.hint': 'Reviewers see it beside the answer; candidates never do.',
  'rubric.line': 'Line {line} of what you look for in {question}',
  'rubric.remove': 'Remove line {line} of {question}',
  'rubric.add': 'Add a line',
  'rubric.addTo': 'Add a line to {question}',

  'video.of': 'the video of {part}',
  'video.missing': 'Its video is not there any more, or still arriving.',
  'video.record': 'Record a video',
  'video.recordFor': 'Record a video: {part}',
  'video.again': 'Record again',
  'video.againFor': 'Record again: {part}',
  'video.remove': 'Remove video',
  'video.removeFrom': 'Remove video: {part}',
  'video.captions': 'Captions',
  'video.captionsOf': 'Captions: {part}',
  'video.promise': 'It becomes part of the interview when you save the questions.',
  'video.back': 'Back to the questions',

  'view.reopen': 'Open the position again to change the questions.',
  'view.owners': 'The owners of the position write the questions.',
  'view.none': 'Nothing is asked yet.',
  'view.limits': '{ways}, at most {length}',

  'template.text':
    'These questions, with their videos, for new positions of everybody in the workspace. Candidates are no part of it.',
  'template.name': 'Name of the template',
  'template.keep': 'Keep template',
  'template.kept': 'Kept as a template. New positions can begin with it.',

  'preview.label': 'Preview',
  'preview.title': 'This is a preview.',
  'preview.text':
    'You see what a candidate sees. Nothing is sent or kept, nobody consents; recording is the practice that stays in this page.',
  'preview.again': 'Begin anew',
  'preview.back': 'Back to the questions',
} as const satisfies Catalogue

export type InterviewQuestionsMessages = typeof en
