import { ApiError } from '../api.ts'
import type { en } from '../messages/upload/en.ts'
import { RecordingError } from '../recorder/recording-problem.ts'
import { say } from './words.ts'

export type ImportProblemName = keyof typeof en extends infer K ? (K extends `problem.${infer Name}.next` ? Name : never) : never
export type ImportProblem = { name: ImportProblemName; title: string; next: string }

/** What each of them is called, and what to do then. */
const words: Record<ImportProblemName, { title: string; next: string }> = {
  empty: { title: say('problem.empty'), next: say('problem.empty.next') },
  'too-large': { title: say('problem.too-large'), next: say('problem.too-large.next') },
  changed: { title: say('problem.changed'), next: say('problem.changed.next') },
  other: { title: say('problem.other'), next: say('problem.other.next') },
  busy: { title: say('problem.busy'), next: say('problem.busy.next') },
  gone: { title: say('problem.gone'), next: say('problem.gone.next') },
  'place-gone': { title: say('problem.place-gone'), next: say('problem.place-gone.next') },
  conflict: { title: say('problem.conflict'), next: say('problem.conflict.next') },
  damaged: { title: say('problem.damaged'), next: say('problem.damaged.next') },
  refused: { title: say('problem.refused'), next: say('problem.refused.next') },
  unknown: { title: say('problem.unknown'), next: say('problem.unknown.next') },
  processing: { title: say('problem.processing'), next: say('problem.processing.next') },
}

export class ImportError extends Error {
  readonly problem: ImportProblem
  /** `next` replaces the usual next step, for instance by what the server said. */
  constructor(name: ImportProblemName, next?: string, options?: ErrorOptions) {
    const { title, next: usual } = words[name]
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
