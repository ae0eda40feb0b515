import { connect } from '@meanwhile/shared/db/client'
import { createLog } from '@meanwhile/shared/platform/log'
import { sendDigests } from '@meanwhile/worker/delivery/send-digests'
import { startRounds } from '@meanwhile/worker/schedules/rounds'
import { site } from './site.ts'

/** A worker that keeps rounds and sends digests and nothing else, in a process that can be killed. What time it is, its parent says. */
const { DATABASE_URL = '', REDIS_URL } = process.env
const { db } = connect(DATABASE_URL, { max: 4 })
let now: Date | undefined
let asked = 0

process.on('message', async (time: string) => {
  now = new Date(time)
  if (asked++ === 0)
    startRounds({
      db,
      home: { DATABASE_URL, REDIS_URL },
      log: createLog(process.env.TEST_LOG ?? 'silent', 'rounds'),
      site,
      everyMs: 60,
      now: () => now ?? new Date(time),
      onKept: (at) => process.send?.({ what: 'rounds', at: at.toISOString() }),
    })
  await sendDigests(db, site, new Date(time))
  process.send?.({ what: 'digests', at: time })
})
// Its test is gone.
process.on('disconnect', () => process.exit())
process.send?.('ready')
