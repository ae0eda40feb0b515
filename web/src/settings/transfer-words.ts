import type { ShownTransfer } from './transfers.svelte.ts'

type Told = Pick<ShownTransfer, 'kind' | 'state' | 'report'>

const doing = {
  export: {
    waiting: 'Export is about to start',
    running: 'Exporting',
    done: 'Export',
    failed: 'Export failed',
    uploading: 'Export',
  },
  import: {
    waiting: 'Import is about to start',
    running: 'Importing',
    done: 'Imported',
    failed: 'Import failed',
    uploading: 'Upload not complete',
  },
} as const

const counted = (count: number, one: string, many = `${one}s`) => `${count} ${count === 1 ? one : many}`

/** What is going on, in a few words. */
export const stateWords = ({ kind, state }: Pick<Told, 'kind' | 'state'>): string => doing[kind][state]

/** What was taken along or brought in: `12 updates, 3 recordings, 40 comments`. */
export function reportWords(report: Told['report']): string {
  if (!report) return ''
  return [
    counted(report.updates, 'update'),
    counted(report.videos, 'recording'),
    counted(report.comments, 'comment'),
    counted(report.people, 'person', 'people'),
  ].join(', ')
}
