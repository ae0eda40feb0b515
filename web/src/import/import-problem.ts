import { ApiError } from '../api.ts'
import { RecordingError } from '../recorder/recording-problem.ts'

/** What can go wrong with a file: what happened, and what the person can do next. */
const problems = {
  empty: ['This file is empty', 'Choose another one.'],
  'too-large': ['This file is too large', 'At most 320 GB can be uploaded. Make it smaller, then try again.'],
  changed: ['The file cannot be read any more', 'It was moved, changed or deleted while it was uploaded. Choose it again.'],
  other: [
    'This is another file',
    'It has the same name, but other contents. Choose the one that you began with, or upload it as a new one.',
  ],
  busy: ['Another tab is uploading this file', 'Go on there, or close it and choose the file again here.'],
  gone: [
    'This update does not exist any more',
    'It was deleted while its file was uploaded. Choose the file again to begin anew.',
  ],
  'place-gone': [
    'The channel that you chose does not take it',
    'It was archived, or you are not in it any more. Choose another place, then try again.',
  ],
  conflict: ['The server already has something else here', 'Choose the file again to begin anew.'],
  damaged: ['A part of the file keeps arriving damaged', 'Try again on another network.'],
  refused: ['The server refuses this file', 'Try again, or ask the operator of this site.'],
  unknown: ['The upload did not work', 'Load the page again, then choose the file once more: it goes on where it stopped.'],
  processing: ['The file could not be imported', 'Choose another one.'],
} as const satisfies Record<string, readonly [title: string, next: string]>

export type ImportProblemName = keyof typeof problems
export type ImportProblem = { name: ImportProblemName; title: string; next: string }

export class ImportError extends Error {
  readonly problem: ImportProblem
  /** `next` replaces the usual next step, for instance by what the server said. */
  constructor(name: ImportProblemName, next?: string, options?: ErrorOptions) {
    const [title, usual] = problems[name]
    super(title, options)
    this.name = 'ImportError'
    this.problem = { name, title, next: next ?? usual }
  }
}

/** The uploader is the recorder's, and so are its words. */
const recorderNames: Partial<Record<string, ImportProblemName>> = {
  'update-gone': 'gone',
  'place-gone': 'place-gone',
  'segment-conflict': 'conflict',
  'segment-damaged': 'damaged',
  'segment-lost': 'unknown',
  'copy-differs': 'unknown',
}

/** What to say of anything that was thrown. */
export function importProblem(error: unknown): ImportProblem {
  if (error instanceof ImportError) return error.problem
  if (error instanceof RecordingError) {
    const { name, next } = error.problem
    if (name === 'refused' || name === 'request-too-large') return new ImportError('refused', next).problem
    return new ImportError(recorderNames[name] ?? 'unknown').problem
  }
  if (error instanceof ApiError) return new ImportError('refused', error.message).problem
  return new ImportError('unknown').problem
}
