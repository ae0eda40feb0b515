import type { LeaveQuestion } from '../routes.ts'
import type { RecordingState } from './recording-state.ts'

/** What is asked who leaves the page now; null while nothing would end or be late. `isKept`: what is recorded stays on this device. */
export function leaveQuestion(state: RecordingState, isKept: boolean): LeaveQuestion | null {
  const running = state.name === 'recording' || state.name === 'paused'
  const unsent = state.name === 'sending' || (state.name === 'failed' && state.recoverable)
  if (running && isKept)
    return {
      title: 'End this recording?',
      text: 'It ends when you leave this page. What was recorded so far is kept on this device and sent.',
      leave: 'End and leave',
      stay: 'Keep recording',
    }
  if (running)
    return {
      title: 'Leave and lose this recording?',
      text: 'It cannot be kept on this device: what has not been sent yet is lost when you leave.',
      leave: 'Leave anyway',
      stay: 'Keep recording',
    }
  if (unsent && !isKept)
    return {
      title: 'The recording is not complete yet',
      text: 'Its last part has not reached the server. It is lost when you leave.',
      leave: 'Leave anyway',
      stay: 'Stay',
    }
  if (state.name === 'sending')
    return {
      title: 'The recording is still being sent',
      text: 'The rest is kept on this device, and sent when you are back on this site.',
      leave: 'Leave',
      stay: 'Stay',
      tabOnly: true,
    }
  return null
}
