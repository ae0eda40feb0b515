import { en } from '../messages/recorder-problems/en.ts'
import { spoken } from '../messages/spoken.ts'

/** Said in the language of the page; a worker passes the name on. */
const say = spoken('recorder-problems', en)

export type ProblemName = Exclude<keyof typeof en, `${string}.next`>
export type RecordingProblem = { name: ProblemName; title: string; next: string }

/** `next` replaces the usual next step, for instance by what the server said. */
export const recordingProblem = (name: ProblemName, next?: string): RecordingProblem => ({
  name,
  title: say(name),
  next: next ?? say(`${name}.next`),
})

/** The only error that leaves the recorder's own modules. */
export class RecordingError extends Error {
  readonly problem: RecordingProblem
  constructor(problem: RecordingProblem | ProblemName, options?: ErrorOptions) {
    const full = typeof problem === 'string' ? recordingProblem(problem) : problem
    super(full.title, options)
    this.name = 'RecordingError'
    this.problem = full
  }
}

export const problemOf = (error: unknown): RecordingProblem =>
  error instanceof RecordingError ? error.problem : recordingProblem('unknown')
