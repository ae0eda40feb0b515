import { consentVersion } from '@meanwhile/shared/contract/candidate'
import { type Audience, adminsOfIt, answered, anybody, but, everyMember, members, viewers } from './audiences.ts'
import { row, rowForSessions } from './row.ts'

/** People with a role in a position: here its author owns it, a member reviews and an admin observes. The owner of the workspace has none. */
const itsPeople = but(members, {
  owner: 'not-found',
  'member, of a draft': 'may',
  'member, of an answer that is recorded': 'may',
})
const itsOwners = but(itsPeople, {
  member: 'forbidden',
  admin: 'forbidden',
  'member, of a draft': 'forbidden',
  'member, of an answer that is recorded': 'forbidden',
})
const itsReviewers = but(itsPeople, { admin: 'forbidden' })
/** Whoever has the link of a candidate; to all others there is nothing. */
const theCandidate = { ...Object.fromEntries(viewers.map((name) => [name, 'not-found'])), candidate: 'may' } as Audience

/** Whoever has a link to a hiring manager. Here it shows nobody yet, so that there is no video of theirs. */
const theManager = { ...Object.fromEntries(viewers.map((name) => [name, 'not-found'])), 'manager-by-link': 'may' } as Audience

const content = { questions: [] }

export const interviewRows = [
  row('GET /api/positions', everyMember),
  row('POST /api/positions', everyMember, { body: { title: 'Cook' } }),
  row('GET /api/positions/{positionId}', itsPeople),
  row('PATCH /api/positions/{positionId}', itsOwners, { body: { promiseDays: 5 } }),
  row('PUT /api/positions/{positionId}/people/{userId}', itsOwners, { body: { role: 'observer' } }),
  row('DELETE /api/positions/{positionId}/people/{userId}', itsOwners, { fresh: 'role' }),
  row('GET /api/positions/{positionId}/interview', itsPeople),
  row('PUT /api/positions/{positionId}/interview', itsOwners, { body: { revision: 0, content } }),
  row('GET /api/positions/{positionId}/preview', itsPeople),
  row('GET /api/positions/{positionId}/invitations', itsPeople),
  row('POST /api/positions/{positionId}/invitations', itsOwners, { body: { candidates: [{ name: 'Lou' }] } }),
  row('GET /api/candidate-invitations/{candidateId}', itsPeople),
  row('PATCH /api/candidate-invitations/{candidateId}', itsOwners, { body: { deadlineAt: null } }),
  row('DELETE /api/candidate-invitations/{candidateId}', itsOwners, { fresh: 'candidate' }),
  row('PUT /api/candidate-invitations/{candidateId}/answers/{questionId}/reopened', itsOwners, {
    body: { until: new Date(Date.now() + 86_400_000).toISOString() },
  }),
  row('GET /api/candidate-invitations/{candidateId}/review', itsPeople),
  row('PUT /api/candidate-invitations/{candidateId}/scorecard', itsReviewers, { body: { scores: [] } }),
  row('PUT /api/candidate-invitations/{candidateId}/decision', itsOwners, { body: { decision: 'hold', reason: 'Wait' } }),
  row('GET /api/positions/{positionId}/answers', itsPeople),
  row('GET /api/positions/{positionId}/comparison', itsPeople),
  row('GET /api/positions/{positionId}/manager-links', itsOwners),
  row('POST /api/positions/{positionId}/manager-links', itsOwners, { body: { label: 'Dana' } }),
  row('DELETE /api/manager-links/{managerLinkId}', itsOwners, { fresh: 'manager link' }),
  rowForSessions('GET /api/manager-page/{token}', theManager),
  rowForSessions('POST /api/manager-page/{token}/opened', theManager),
  rowForSessions('GET /api/manager-page/{token}/videos/{videoId}', but(theManager, { 'manager-by-link': 'not-found' })),
  row('GET /api/positions/{positionId}/candidates.csv', itsReviewers),
  row('GET /api/positions/{positionId}/candidates.zip', itsOwners),
  row('GET /api/candidate-invitations/{candidateId}/answers.zip', itsOwners),
  row('GET /api/candidate-invitations/{candidateId}/sheet.pdf', itsReviewers),
  row('GET /api/positions/{positionId}/open-link', itsOwners),
  row('PUT /api/positions/{positionId}/open-link', itsOwners, { body: {} }),
  row('DELETE /api/positions/{positionId}/open-link', itsOwners),
  // For whoever has it, see tests/api/open-links.test.ts.
  rowForSessions('GET /api/open-links/{token}', answered(anybody, 'not-found')),
  rowForSessions('POST /api/open-links/{token}/candidates', answered(anybody, 'not-found'), {
    body: { name: 'Kim', email: 'kim@example.org' },
  }),
  row('GET /api/interview-templates', everyMember),
  row('POST /api/interview-templates', itsOwners, { body: ({ positionId }) => ({ name: 'Ours', positionId }) }),
  row('DELETE /api/interview-templates/{templateId}', but(adminsOfIt, { author: 'may' }), { fresh: 'template' }),
  rowForSessions('GET /api/candidate', theCandidate),
  rowForSessions('POST /api/candidate/consent', theCandidate, { body: { version: consentVersion } }),
  rowForSessions('PUT /api/candidate/language', theCandidate, { body: { language: 'de' } }),
  rowForSessions('PUT /api/candidate/answers/{questionId}/text', theCandidate, { body: { text: 'Hi' } }),
  rowForSessions('PUT /api/candidate/takes/{takeId}/chosen', theCandidate),
  rowForSessions('POST /api/candidate/everything', theCandidate),
  rowForSessions('GET /api/candidate/everything.zip', theCandidate),
  // The last two end what the others are about.
  rowForSessions('POST /api/candidate/submit', theCandidate),
  rowForSessions('DELETE /api/candidate', theCandidate),
]
