import * as z from 'zod'

/** Every problem the API can answer with: status and title. The `type` of RFC 9457 is `/problems/<code>`. */
export const problems = {
  'invalid-request': [400, 'The request is not valid'],
  'signed-out': [401, 'Sign in first'],
  'share-link-locked': [401, 'This link has to be opened first'],
  'wrong-credentials': [401, 'The email address or the password is wrong'],
  'token-invalid': [401, 'This API token does not work'],
  'two-factor-needed': [401, 'A code of your authenticator app is needed too'],
  forbidden: [403, 'You may not do this'],
  'foreign-origin': [403, 'This request comes from another site'],
  'sign-up-closed': [403, 'An invitation link is needed to create an account here'],
  'name-needed': [403, 'Say your name first'],
  'invitation-invalid': [403, 'This invitation link is not valid any more'],
  'comments-off': [403, 'Comments are turned off in this channel'],
  'accounts-closed': [403, 'No new accounts can be created here'],
  'domain-not-allowed': [403, 'This workspace is for other email addresses'],
  'reset-invalid': [403, 'This link to set a new password is not valid any more'],
  'sign-in-link-invalid': [403, 'This link to sign in is not valid any more'],
  'passkey-invalid': [403, 'This passkey was not accepted'],
  'oidc-failed': [403, 'Signing in with the other account did not work'],
  'share-code-wrong': [403, 'This code is not right, or its time is over'],
  'wrong-password': [403, 'The password is wrong'],
  'password-needed': [403, 'Your password is needed once more'],
  'two-factor-code-wrong': [403, 'This code was not accepted'],
  'two-factor-over': [403, 'That took too long; begin again'],
  'consent-needed': [403, 'Say first that you agree'],
  'no-workspace': [403, 'You are not a member of this workspace'],
  'token-scope': [403, 'This API token is not for this'],
  'session-needed': [403, 'No API token can do this'],
  'media-link-invalid': [403, 'This media link is not valid'],
  'media-link-expired': [403, 'This media link has expired; load the page again for a new one'],
  'not-found': [404, 'There is nothing here that you can see'],
  'segment-conflict': [409, 'Other bytes are stored for this segment already'],
  'part-conflict': [409, 'Other bytes are stored for this part already'],
  'segments-missing': [409, 'Some segments have not arrived yet'],
  'parts-missing': [409, 'Some parts of the file have not arrived yet'],
  'upload-conflict': [409, 'A video takes segments or a file, not both'],
  'video-finished': [409, 'This recording is finished; nothing can be added to it'],
  'finish-conflict': [409, 'This recording was finished with another number of segments'],
  'id-taken': [409, 'This id cannot be used; choose another'],
  'stage-not-failed': [409, 'Only a stage that failed can be retried'],
  'comment-conflict': [409, 'Another comment is stored under this id already'],
  'decision-final': [409, 'A decision is not changed or deleted; a later one supersedes it'],
  'captions-conflict': [409, 'These captions were changed meanwhile; load them again'],
  'channel-name-taken': [409, 'There is a channel with this name already'],
  'channel-archived': [409, 'This channel is archived: nothing new is posted in it'],
  'channel-open': [409, 'Everybody in the workspace is in this channel'],
  'last-in-channel': [409, 'Somebody has to stay in a private channel'],
  'only-way-in': [409, 'It is your only way to sign in'],
  'two-factor-on': [409, 'Two-factor is turned on already'],
  'two-factor-off': [409, 'Two-factor is not turned on'],
  'owner-must-stay': [409, 'The owner of a workspace cannot leave it'],
  'not-published': [409, 'This is still being recorded; share it when it is finished'],
  'too-many-webhooks': [409, 'There are as many webhooks as one workspace can have'],
  'too-many-tokens': [409, 'There are as many API tokens as one person can have'],
  'reel-full': [409, 'There are as many updates in this reel as one can have'],
  'quota-reached': [409, 'There is no room left for this recording; delete some that are not needed any more'],
  'recordings-at-once': [409, 'Too many recordings are on their way at once'],
  'mail-off': [409, 'This site sends no mail'],
  'account-exists': [409, 'There is an account with this email address already'],
  'round-answered': [409, 'This round is answered already'],
  'pairing-answered': [409, 'You have answered already: delete that answer to give another'],
  'pairing-over': [409, 'This pairing waits for no answer any more'],
  'update-apart': [409, 'What is said in a pairing or an interview stays there'],
  'interview-changed': [409, 'Somebody changed this interview meanwhile'],
  'interview-empty': [409, 'This interview asks nothing yet'],
  'last-position-owner': [409, 'A position keeps at least one owner'],
  'position-closed': [409, 'This position is closed'],
  'answer-final': [409, 'The answers are handed in; nothing is added to them'],
  'open-link-full': [409, 'As many candidates came by this link as may'],
  'answer-reopened': [409, 'Another answer is open again already'],
  'answers-missing': [409, 'Nothing is answered yet'],
  'retakes-used': [409, 'This question cannot be answered again'],
  'transfer-unfinished': [409, 'Another export or import goes on already'],
  'agreement-changed': [409, 'Somebody changed the agreement meanwhile'],
  'decision-closed': [409, 'This decision is closed'],
  'invitation-ended': [410, 'This invitation does not work any more'],
  'open-link-over': [410, 'Nobody can answer by this link any more'],
  'share-link-ended': [410, 'This link does not work any more'],
  'segment-too-large': [413, 'The segment is too large'],
  'part-too-large': [413, 'The part is too large'],
  'request-too-large': [413, 'The request is too large'],
  'unsupported-media-type': [415, 'This content type is not accepted here'],
  'range-not-satisfiable': [416, 'The file has no such range'],
  'checksum-mismatch': [422, 'The bytes that arrived do not match their SHA-256; send them again'],
  'not-cmaf': [422, 'This is not a CMAF segment'],
  'captions-unreadable': [422, 'These captions cannot be read'],
  'comment-out-of-range': [422, 'The video is shorter than the moment of this comment'],
  'parent-not-found': [422, 'The comment that this answers does not exist on this update'],
  'person-not-found': [422, 'A person who is named here cannot see this update'],
  'decision-not-found': [422, 'The decision that this one takes the place of does not exist'],
  'answer-not-found': [422, 'The comment that answers this does not exist on this update'],
  'picture-unusable': [422, 'This picture cannot be used'],
  'too-many-requests': [429, 'Too many requests; wait a moment'],
  internal: [500, 'Something went wrong on our side'],
  'format-not-offered': [501, 'This is offered as JSON only'],
  unavailable: [503, 'A part of the service is not reachable right now; try again'],
  'storage-full': [507, 'There is no room left on the disk of the server; ask its operator to free some, then try again'],
} as const satisfies Record<string, readonly [number, string]>

export type ProblemCode = keyof typeof problems

export const FieldError = z.object({ field: z.string(), message: z.string() }).meta({ id: 'FieldError' })
export type FieldError = z.infer<typeof FieldError>

/** RFC 9457 problem details, as `application/problem+json`. */
export const Problem = z
  .object({
    type: z.string().meta({ example: '/problems/not-found' }),
    title: z.string(),
    status: z.int(),
    detail: z.string().optional(),
    instance: z.string().optional().describe('The id of the request, as in the log of the server'),
    errors: z.array(FieldError).optional(),
    missing: z
      .record(z.string(), z.array(z.int()))
      .optional()
      .describe('With segments-missing: numbers per track; with parts-missing: numbers of `file`; at most 1000 each'),
    line: z.int().optional().describe('With captions-unreadable: the line of the file, from 1'),
  })
  .meta({
    id: 'Problem',
    example: {
      type: '/problems/not-found',
      title: 'There is nothing here that you can see',
      status: 404,
      instance: '0198f0c2-7a4e-7c3b-9d52-5f0e6d1a2b3c',
    },
  })
export type Problem = z.infer<typeof Problem>

type Extra = Pick<Problem, 'errors' | 'missing' | 'line'>

/** The only error that features throw. `detail` is shown to the person: say what to do. */
export class ProblemError extends Error {
  readonly code: ProblemCode
  readonly detail: string | undefined
  readonly extra: Extra
  constructor(code: ProblemCode, detail?: string, extra: Extra = {}) {
    super(detail ?? problems[code][1])
    this.name = 'ProblemError'
    this.code = code
    this.detail = detail
    this.extra = extra
  }
}

/** The body of an answer for a code; `instance` is the id of the request. */
export const problemOf = (code: ProblemCode, instance: string, detail?: string, extra: Extra = {}): Problem => ({
  type: `/problems/${code}`,
  title: problems[code][1],
  status: problems[code][0],
  ...(detail === undefined ? {} : { detail }),
  instance,
  ...extra,
})
