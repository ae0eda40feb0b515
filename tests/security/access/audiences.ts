/**
 * Those who ask, each about something in their sight or out of it: a published update with all that belongs to it, unless the name says
 * otherwise. `scene.ts` gives each of them their credentials.
 */
export const viewers = [
  'nobody',
  'revoked session',
  'guest',
  'guest of another link',
  'guest of a revoked link',
  'guest of an expired link',
  'guest, of a private channel',
  'candidate',
  'manager-by-link',
  'member of another workspace',
  'removed member',
  'member without the channel',
  'former member of the channel',
  'owner without the channel',
  'member, of a draft',
  'member, of an answer that is recorded',
  'let in',
  'let in, then revoked',
  'member',
  'author',
  'admin',
  'owner',
] as const
export type ViewerName = (typeof viewers)[number]

/** `may`, or the problem that they are answered with. */
export type Audience = Record<ViewerName, string>

const every = <const N extends ViewerName>(names: readonly N[], answer: string) =>
  Object.fromEntries(names.map((name) => [name, answer])) as Record<N, string>

const outside = every(['nobody', 'revoked session', 'candidate', 'manager-by-link'], 'signed-out')
const noGuests = every(
  ['guest', 'guest of another link', 'guest of a revoked link', 'guest of an expired link', 'guest, of a private channel'],
  'signed-out',
)
const guests = {
  ...every(['guest of another link', 'guest, of a private channel'], 'not-found'),
  ...every(['guest of a revoked link', 'guest of an expired link'], 'share-link-ended'),
  guest: 'may',
}
const unseen = {
  ...every(
    [
      'member of another workspace',
      'member without the channel',
      'former member of the channel',
      'owner without the channel',
      'member, of a draft',
      'member, of an answer that is recorded',
      'let in',
      'let in, then revoked',
    ],
    'not-found',
  ),
  'removed member': 'no-workspace',
}
const plain = ['member without the channel', 'former member of the channel', 'member, of a draft'] as const
/** Owners of another workspace. */
const elsewhere = ['member of another workspace', 'let in', 'let in, then revoked'] as const
const inside = ['member', 'author', 'admin', 'owner'] as const

/** Of something in the workspace or a channel: whoever sees its place. */
export const members: Audience = { ...outside, ...noGuests, ...unseen, ...every(inside, 'may') }
/** Just so, and guests of a link to it. */
export const readers: Audience = { ...members, ...guests }
/** Who made it; the others see it. */
export const theAuthor: Audience = { ...members, ...every(['member', 'admin', 'owner'], 'forbidden') }
/** Who made it, and who looks after the workspace. */
export const authorAndAdmins: Audience = { ...members, member: 'forbidden' }
/** Who made it; to guests who see it, it is somebody else's. */
export const theWriter: Audience = { ...theAuthor, ...guests, guest: 'forbidden' }
/** Who records it: to everybody else it is not there. */
export const theRecorder: Audience = { ...members, ...every(['member', 'admin', 'owner'], 'not-found') }
/** What candidates may about what is theirs: all else is not there for them. */
export const candidatesToo = (audience: Audience): Audience => ({ ...audience, candidate: 'not-found' })
/** What one person has: a session, a notification. */
export const itsPerson: Audience = { ...theRecorder }

/** Of the workspace that somebody is in, whichever it is. */
export const everyMember: Audience = {
  ...members,
  ...every([...plain, ...elsewhere, 'owner without the channel', 'member, of an answer that is recorded'], 'may'),
}
/** Just so, and each guest about what their link leads to. */
export const everyReader: Audience = {
  ...everyMember,
  ...guests,
  ...every(['guest of another link', 'guest, of a private channel'], 'may'),
}
/** Of that workspace: its owner and admins. The one who comes from another workspace owns that. */
export const admins: Audience = {
  ...everyMember,
  ...every([...plain, 'member, of an answer that is recorded', 'member', 'author'], 'forbidden'),
}
/** A thing of the workspace that its owner and admins see to. */
export const adminsOfIt: Audience = { ...admins, ...every(elsewhere, 'not-found') }
/** The owner of it alone. */
export const owners: Audience = { ...admins, admin: 'forbidden' }
/** Everybody with an account, also in no workspace. */
export const everyPerson: Audience = { ...everyMember, 'removed member': 'may' }
/** Whoever knows its address. */
export const anybody = every(viewers, 'may')

/** Of an update alone: who was let in to it may what a plain member may who sees it. */
export const withLetIn = (audience: Audience): Audience => ({
  ...audience,
  'let in': audience.member,
})

/** The same but for some. */
export const but = (audience: Audience, others: Partial<Audience>): Audience => ({ ...audience, ...others })
/** For everybody who is let in, another answer. */
export const answered = (audience: Audience, answer: string): Audience =>
  Object.fromEntries(Object.entries(audience).map(([name, was]) => [name, was === 'may' ? answer : was])) as Audience
/** Some stand for all, where an answer costs much and has nothing to do with who asks. */
export const only = (audience: Audience, ...names: ViewerName[]): Partial<Audience> =>
  Object.fromEntries(names.map((name) => [name, audience[name]]))
