import type { CandidateMessages } from '../messages/candidate/en.ts'
import type { Say } from '../messages/messages.ts'
import type { RecordingState } from '../recorder/recording-state.ts'
import type { LeaveQuestion } from '../routes.ts'

/** What a candidate is asked who leaves the page now; null while nothing would end or be lost. `isKept`: what is recorded stays on this device. */
export function leaveWords({ name }: RecordingState, isKept: boolean, say: Say<CandidateMessages>): LeaveQuestion | null {
  if (name === 'recording' || name === 'paused')
    return {
      title: say('record.leaveTitle'),
      text: say(isKept ? 'record.leaveText' : 'record.leaveLostText'),
      leave: say('record.leave'),
      stay: say('record.stay'),
    }
  if (name !== 'sending') return null
  const answers = { title: say('record.sendTitle'), leave: say('record.sendLeave'), stay: say('record.sendStay') }
  return isKept ? { ...answers, text: say('record.sendText'), tabOnly: true } : { ...answers, text: say('record.leaveLostText') }
}
