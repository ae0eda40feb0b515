import type { Me } from '@meanwhile/shared/contract/auth'
import { acquire } from './capture/capture.ts'
import { encode } from './encoding/encoder.ts'
import { Recording } from './recording.svelte.ts'
import type { RecordingNeeds } from './recording-state.ts'
import { dropDiscarded } from './spool/discarded.ts'
import { openSpool } from './spool/spool.ts'
import { askToPersist, roomLeft } from './spool/storage-room.ts'
import { sendRecording } from './upload/send-recording.ts'
import { deleteRecorded } from './upload/update-api.ts'
import { warmUp } from './warm-up.ts'

/** A recording of a person, for the workspace that they are in, with everything that it needs of a browser. */
export function newRecording({ id: userId, workspace }: Pick<Me, 'id' | 'workspace'>): Recording {
  warmUp()
  return new Recording({ userId, workspaceId: workspace.id, ...needs })
}

const needs: Omit<RecordingNeeds, 'userId' | 'workspaceId'> = {
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
