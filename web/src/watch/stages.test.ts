import { expect, test } from 'vitest'
import { isFinished, isWorking, overallProgress } from './stages.ts'

const stage = (state: 'waiting' | 'running' | 'done' | 'failed', progress = 0) =>
  ({ name: 'poster', state, progress, attempts: 1, error: null }) as const

test('all stages count the same in the progress, finished ones wholly', () => {
  expect(overallProgress([stage('done'), stage('running', 0.5), stage('waiting'), stage('waiting')])).toBe(0.375)
  expect(overallProgress([])).toBe(0)
})

test('a video is finished when each of its stages is', () => {
  expect(isFinished([stage('done'), stage('done')])).toBe(true)
  expect(isFinished([stage('done'), stage('failed')])).toBe(false)
})

test('what waits for a stage that failed is not being made', () => {
  expect(isWorking([{ ...stage('failed'), name: 'probe' }, stage('waiting')])).toBe(false)
  expect(isWorking([{ ...stage('failed'), name: 'storyboard' }, stage('waiting')])).toBe(true)
  expect(isWorking([stage('done'), stage('running')])).toBe(true)
})
