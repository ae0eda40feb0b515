import { ApiError } from '../api.ts'
import type { en } from '../messages/upload/en.ts'
import { RecordingError } from '../recorder/recording-problem.ts'
import { say } from './words.ts'

export type ImportProblemName = keyof typeof en extends infer K ? (K extends `problem.${infer Name}.next` ? Name : never) : never
export type ImportProblem = { name: ImportProblemName; title: string; next: string }

export class ImportError extends Error {
  readonly problem: ImportProblem
  /** `next` replaces the usual next step, for instance by what the server said. */
  constructor(name: ImportProblemName, next?: string, options?: ErrorOptions) {
    const title = say(`problem.${name}`)
    super(title, options)
    this.name = 'ImportError'
    this.problem = { name, title, next: next ?? say(`problem.${name}.next`) }
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
