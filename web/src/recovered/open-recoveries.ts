import { takeOverSpool } from '../recorder/spool/spool.ts'
import { hasLocks } from '../recorder/spool/spool-lock.ts'
import { onSpoolNews } from '../recorder/spool/spool-news.ts'
import { behalfOf } from '../recorder/spool/spool-note.ts'
import { spooledRecordings } from '../recorder/spool/spooled-recordings.ts'
import { sendRecording } from '../recorder/upload/send-recording.ts'
import { deleteRecorded, findRecorded } from '../recorder/upload/update-api.ts'
import { uploadApiOf } from '../recorder/upload/upload-api.ts'
import { hasArrived } from '../recorder/upload/uploader.ts'
import { Recoveries } from './recoveries.svelte.ts'

/** Without locks nobody tells that a tab has died. */
const lookAgainMs = 60_000

/** Recovers what this person left behind, now and while the page is open. `close` leaves the rest to others. */
export function openRecoveries(userId: string): { recoveries: Recoveries; close(): void } {
  const recoveries = new Recoveries({
    list: () => spooledRecordings(userId),
    takeOver: takeOverSpool,
    findRecorded,
    hasArrived: (note, videoId, signal) => hasArrived(videoId, uploadApiOf(behalfOf(note)), signal),
    send: sendRecording,
    deleteRecorded,
  })
  const look = () => void recoveries.look()
  const endNews = onSpoolNews(look)
  const timer = hasLocks() ? undefined : setInterval(look, lookAgainMs)
  look()
  return {
    recoveries,
    close() {
      endNews()
      clearInterval(timer)
      void recoveries.leave()
    },
  }
}
