import { say } from './storage-words.ts'
import type { ShownTransfer } from './transfers.svelte.ts'

type Told = Pick<ShownTransfer, 'kind' | 'state' | 'report'>

const doing = {
  export: {
    waiting: say('export.waiting'),
    running: say('export.running'),
    done: say('export'),
    failed: say('export.failed'),
    uploading: say('export'),
  },
  import: {
    waiting: say('import.waiting'),
    running: say('import.running'),
    done: say('import.done'),
    failed: say('import.failed'),
    uploading: say('import.uploading'),
  },
} as const

/** What is going on, in a few words. */
export const stateWords = ({ kind, state }: Pick<Told, 'kind' | 'state'>): string => doing[kind][state]

/** What was taken along or brought in: `12 updates, 3 recordings, 40 comments`. */
export function reportWords(report: Told['report']): string {
  if (!report) return ''
  return [
    say('report.updates', { count: report.updates }),
    say('sweep.recordings', { count: report.videos }),
    say('report.comments', { count: report.comments }),
    say('report.people', { count: report.people }),
  ].join(', ')
}
