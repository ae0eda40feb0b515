import { acquire } from './capture.ts'
import { dropDiscarded } from './discarded.ts'
import { encode } from './encoder.ts'
import { Recording } from './recording.svelte.ts'
import type { RecordingNeeds } from './recording-state.ts'
import { sendRecording } from './send-recording.ts'
import { openSpool } from './spool.ts'
import { askToPersist, roomLeft } from './storage-room.ts'
import { deleteRecorded } from './update-api.ts'
import { warmUp } from './warm-up.ts'

/** A recording of a person, with everything that it needs of a browser. */
export function newRecording(userId: string): Recording {
  warmUp()
  return new Recording({ userId, ...needs })
}

const needs: Omit<RecordingNeeds, 'userId'> = {
  acquire,
  encode,
  async openSpool(note, store) {
    // Some browsers ask the person: the recording does not wait for the answer.
    void askToPersist(localStorage).catch(() => undefined)
    return openSpool(note, store)
  },
  send: sendRecording,
  deleteRecorded,
  dropDiscarded,
  roomLeft,
}
