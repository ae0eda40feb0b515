import type { Stage, StageName } from '@meanwhile/shared/contract/videos'
import type { Wire } from '../api.ts'
import { say } from './words.ts'

type Shown = Wire<typeof Stage>

/** What each stage makes, for people. */
export const stageWords: Record<StageName, string> = {
  import: say('stage.import'),
  probe: say('stage.probe'),
  original: say('stage.original'),
  camera: say('stage.camera'),
  poster: say('stage.poster'),
  silence: say('stage.silence'),
  preview: say('stage.preview'),
  storyboard: say('stage.storyboard'),
  download: say('stage.download'),
  renditions: say('stage.renditions'),
  transcript: say('stage.transcript'),
}

/** How far all stages are together, 0 to 1. */
export const overallProgress = (stages: Shown[]): number =>
  stages.length === 0
    ? 0
    : stages.reduce((sum, { state, progress }) => sum + (state === 'done' ? 1 : progress), 0) / stages.length

export const isFinished = (stages: Shown[]): boolean => stages.every(({ state }) => state === 'done')

/** What there is to say about a file that was imported all the same: sentences, or null. */
export function remarksOnImport(stages: Shown[]): string | null {
  const done = stages.find(({ name, state }) => name === 'import' && state === 'done')
  return done?.error ?? null
}

/** Without these nothing else can be made. */
const needed = new Set<StageName>(['probe', 'original'])

/** Whether something is being made, or will be without anybody's help. */
export function isWorking(stages: Shown[]): boolean {
  const isStuck = stages.some(({ name, state }) => state === 'failed' && needed.has(name))
  return stages.some(({ state }) => state === 'running' || (state === 'waiting' && !isStuck))
}
