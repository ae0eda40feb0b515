/** What can go wrong while recording: what happened, and what the person can do next. */
const problems = {
  'insecure-context': [
    'Recording needs https or localhost',
    'Open this site at its https address, or at localhost on this computer.',
  ],
  'unsupported-browser': ['This browser cannot record', 'Open this page in a current Chrome, Edge, Firefox or Safari.'],
  'no-screen-sharing': [
    'This browser cannot share a screen',
    'Record the camera here, or open this page in Chrome, Edge, Firefox or Safari on a computer.',
  ],
  'screen-blocked': [
    'Your system does not let the browser record the screen',
    'Allow it in the privacy settings of your system, restart the browser, then try again.',
  ],
  'screen-unavailable': ['The screen could not be captured', 'Choose another screen, window or tab, then try again.'],
  'camera-blocked': ['The camera is blocked', 'Allow the camera for this site beside the address bar, then try again.'],
  'camera-missing': ['No camera was found', 'Connect a camera, or choose a screen, window or tab.'],
  'camera-busy': ['The camera does not start', 'Close other programs that use it, then try again.'],
  'camera-unsuitable': ['The chosen camera is not available', 'Choose another camera, then try again.'],
  'microphone-blocked': ['The microphone is blocked', 'Allow the microphone for this site beside the address bar.'],
  'microphone-missing': ['No microphone was found', 'Connect a microphone, or go on without one.'],
  'microphone-busy': ['The microphone does not start', 'Close other programs that use it, or choose another one.'],
  'microphone-unsuitable': ['The chosen microphone is not available', 'Choose another microphone.'],
  'microphone-not-chosen': ['No microphone is chosen', 'Choose one: without it there is nothing to record.'],
  'no-sound-recorded': ['This recording has no sound', 'Record again with a microphone to be heard.'],
  'camera-not-beside': [
    'This browser cannot record the camera beside the screen',
    'The screen is recorded without it. Use a current Chrome or Edge to record both.',
  ],
  'picture-fixed': [
    'This browser cannot change the picture while it records',
    'The recording goes on as it began. Stop and record again to share something else.',
  ],
  'camera-lost': ['The camera was disconnected', 'The recording goes on without it.'],
  'camera-failed': ['The browser stopped encoding the camera', 'The recording goes on without it.'],
  'sound-failed': ['The browser stopped encoding the sound', 'The recording goes on without sound.'],
  'microphone-lost': ['The microphone was disconnected', 'The recording goes on without it.'],
  'no-picture': ['No picture arrived from what you share', 'Choose another screen, window or tab, then try again.'],
  'picture-stalled': [
    'The encoder has not produced anything for a while',
    'Pause and resume, or stop: everything until then is kept.',
  ],
  'encoder-failed': ['The browser stopped encoding', 'Everything until then is kept. Record again to go on.'],
  'nothing-recorded': ['The recording was too short', 'Record for at least a second.'],
  'update-gone': ['This update does not exist any more', 'It was deleted while you recorded. Record it again.'],
  'place-gone': [
    'The channel that it was recorded for does not take it',
    'It was archived, or you are not in it any more. Choose another place.',
  ],
  'segment-too-large': [
    'The server refuses a part of the recording as too large',
    'Ask the operator of this site to raise its limit, then try again.',
  ],
  'request-too-large': [
    'What stands in front of this site lets nothing of this size through',
    'Ask its operator to let requests of 40 MB pass (nginx: client_max_body_size 40m;), then try again.',
  ],
  'segment-conflict': ['The server already has another recording here', 'Record again; what arrived stays as it is.'],
  'segment-damaged': ['A part of the recording keeps arriving damaged', 'Try again on another network.'],
  'segment-lost': ['The server lost a part that it had confirmed', 'Ask the operator of this site to look at its log.'],
  'copy-differs': [
    'The copy on the server is not complete',
    'The one on this device is kept: download it, and ask the operator of this site to look at its log.',
  ],
  'storage-short': [
    'There is little room for recordings on this device',
    'It is enough for less than half an hour. Free some room on the disk to record longer.',
  ],
  'storage-low': ['Less than ten minutes fit on this device', 'Free some room on the disk, or come to an end soon.'],
  'storage-very-low': ['Less than two minutes fit on this device', 'Free some room on the disk now, or stop.'],
  'storage-gone': [
    'Nothing more fits on this device',
    'The recording goes on and is kept on the server alone: keep this tab open and the network connected.',
  ],
  'storage-silent': [
    "This device's storage does not answer in time",
    'The recording goes on, and what the storage does not take is kept on the server alone: keep this tab open and the network connected.',
  ],
  'storage-none': [
    'This browser keeps nothing on this device',
    'The recording is on the server alone: keep this tab open until it is sent. Private windows often do this.',
  ],
  'storage-full': [
    'The recording ended because nothing more fits on this device',
    'Everything until then is kept. Free some room on the disk before you record again.',
  ],
  'storage-dead': [
    "The recording ended because this device's storage does not answer",
    'Everything until then is kept: keep this tab open until it is sent, then restart the browser.',
  ],
  refused: ['The server refuses this recording', 'Try again, or ask the operator of this site.'],
  unknown: ['Recording did not work', 'Load the page again, then try once more.'],
} as const satisfies Record<string, readonly [title: string, next: string]>

export type ProblemName = keyof typeof problems
export type RecordingProblem = { name: ProblemName; title: string; next: string }

/** `next` replaces the usual next step, for instance by what the server said. */
export const recordingProblem = (name: ProblemName, next?: string): RecordingProblem => ({
  name,
  title: problems[name][0],
  next: next ?? problems[name][1],
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
