import { randomUUID } from 'node:crypto'
import type { CandidatePage } from '@meanwhile/shared/contract/candidate'
import type { Db } from '@meanwhile/shared/db/client'
import { newestInterview } from '../interviews/versions.ts'
import type { MediaUrls } from '../media/urls.ts'
import type { InvitationRow, PositionRow } from '../positions/rows.ts'
import type { Candidate, Viewer } from '../session.ts'
import { candidatePage } from './candidate-page.ts'

/** The page of a candidate who is not there: what the newest version of the interview asks, with nothing granted and nothing answered. */
export async function previewFor(db: Db, position: PositionRow, viewer: Viewer, urls: MediaUrls): Promise<CandidatePage> {
  const now = new Date()
  const interview = await newestInterview(db, position.id)
  const id = randomUUID()
  const nothing = { email: null, deadlineAt: null, createdById: viewer.id, submittedAt: null, revokedAt: null, withdrawnAt: null }
  const undecided = { decision: null, decisionReason: null, decidedById: null, decidedAt: null }
  const invitation: InvitationRow = {
    ...{ id, positionId: position.id, interviewId: interview.id, name: viewer.name, number: 0, ...nothing, ...undecided },
    ...{ extraTimePercent: 0, mayWrite: false, createdAt: now, consentedAt: now, consentVersion: null },
    ...{
      byMail: false,
      isByOpenLink: false,
      language: null,
      timeZone: null,
      deadlineSetAt: now,
      firstReminderOf: null,
      lastReminderOf: null,
    },
    ...{ reopenedQuestionId: null, reopenedAt: null, reopenedUntil: null },
  }
  const candidate: Candidate = { ...viewer, id, role: 'candidate', invitation, position, interview }
  return candidatePage(db, candidate, urls, now)
}
