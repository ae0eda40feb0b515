import type { Problem } from '@meanwhile/shared/contract/problem'
import type { CandidateMessages } from '../messages/candidate/en.ts'
import type { Say } from '../messages/messages.ts'
import type { ProblemName } from '../recorder/recording-problem.ts'

type Key = Extract<keyof CandidateMessages, `problem.${string}`>

const ofApi: Record<string, Key> = {
  unreachable: 'problem.unreachable',
  'position-closed': 'problem.closed',
  'invitation-ended': 'problem.ended',
  'answer-final': 'problem.final',
  'retakes-used': 'problem.retakes',
  'consent-needed': 'problem.consent',
  'answers-missing': 'problem.missing',
  'too-many-requests': 'problem.busy',
  'recordings-at-once': 'problem.busy',
  'quota-reached': 'problem.full',
}

/** What a candidate is told of something that the API refused. */
export const problemWords = ({ type }: Pick<Problem, 'type'>, say: Say<CandidateMessages>): string =>
  say(ofApi[type.replace('/problems/', '')] ?? 'problem.other')

const ofRecorder: Record<ProblemName, Key> = {
  'insecure-context': 'problem.browser',
  'unsupported-browser': 'problem.browser',
  'no-screen-sharing': 'problem.browser',
  'screen-blocked': 'problem.screen',
  'screen-unavailable': 'problem.screen',
  'no-picture': 'problem.screen',
  'camera-blocked': 'problem.cameraBlocked',
  'camera-missing': 'problem.cameraMissing',
  'camera-busy': 'problem.cameraBusy',
  'camera-unsuitable': 'problem.cameraMissing',
  'microphone-blocked': 'problem.microphoneBlocked',
  'microphone-missing': 'problem.microphoneMissing',
  'microphone-busy': 'problem.microphoneBusy',
  'microphone-unsuitable': 'problem.microphoneMissing',
  'microphone-not-chosen': 'problem.microphoneMissing',
  'microphone-lost': 'problem.microphoneLost',
  'no-sound-recorded': 'problem.microphoneLost',
  'sound-failed': 'problem.microphoneLost',
  'picture-stalled': 'problem.stalled',
  'nothing-recorded': 'problem.short',
  'storage-short': 'problem.room',
  'storage-low': 'problem.room',
  'storage-very-low': 'problem.room',
  'storage-full': 'problem.roomEnded',
  'storage-gone': 'problem.notKept',
  'storage-silent': 'problem.notKept',
  'storage-none': 'problem.notKept',
  'storage-dead': 'problem.storageEnded',
  'camera-lost': 'problem.cameraLost',
  'camera-failed': 'problem.cameraLost',
  'camera-not-beside': 'problem.cameraLost',
  'encoder-failed': 'problem.encoder',
  'picture-fixed': 'problem.recording',
  'segment-damaged': 'problem.damaged',
  'segment-conflict': 'problem.incomplete',
  'segment-lost': 'problem.incomplete',
  'copy-differs': 'problem.incomplete',
  'segment-too-large': 'problem.tooLarge',
  'request-too-large': 'problem.tooLarge',
  'update-gone': 'problem.refused',
  'place-gone': 'problem.refused',
  refused: 'problem.refused',
  unknown: 'problem.recording',
}

/** What a candidate is told of something that went wrong while they recorded. */
export const recorderWords = (name: ProblemName, say: Say<CandidateMessages>): string => say(ofRecorder[name])
