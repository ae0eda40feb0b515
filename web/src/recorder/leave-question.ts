import type { LeaveQuestion } from '../routes.ts'
import type { RecordingState } from './recording-state.ts'
import { say } from './words.ts'

/** What is asked who leaves the page now; null while nothing would end or be late. `isKept`: what is recorded stays on this device. */
export function leaveQuestion(state: RecordingState, isKept: boolean): LeaveQuestion | null {
  const running = state.name === 'recording' || state.name === 'paused'
  const unsent = state.name === 'sending' || (state.name === 'failed' && state.recoverable)
  if (running && isKept)
    return {
      title: say('leave.endTitle'),
      text: say('leave.endText'),
      leave: say('leave.end'),
      stay: say('leave.keep'),
    }
  if (running)
    return {
      title: say('leave.loseTitle'),
      text: say('leave.loseText'),
      leave: say('leave.anyway'),
      stay: say('leave.keep'),
    }
  if (unsent && !isKept)
    return {
      title: say('leave.partTitle'),
      text: say('leave.partText'),
      leave: say('leave.anyway'),
      stay: say('leave.stay'),
    }
  if (state.name === 'sending')
    return {
      title: say('leave.sendTitle'),
      text: say('leave.sendText'),
      leave: say('leave.leave'),
      stay: say('leave.stay'),
      tabOnly: true,
    }
  return null
}
