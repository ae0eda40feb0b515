const words: Record<string, string> = {
  'account.erased': 'deleted an account with all that it made',
  'account.signed-in': 'signed in',
  'account.sign-in-failed': 'was not let in: wrong password',
  'account.signed-out': 'signed out',
  'account.session-ended': 'ended sessions',
  'account.password-changed': 'changed the password',
  'account.password-reset': 'set a new password by a link',
  'account.passkey-added': 'added a passkey',
  'account.passkey-removed': 'removed a passkey',
  'account.provider-connected': 'connected an account of another site',
  'account.provider-disconnected': 'disconnected an account of another site',
  'account.address-confirmed': 'confirmed the address; earlier ways to sign in ended',
  'candidate.changed': 'changed the invitation of a candidate',
  'candidate.decided': 'decided about a candidate',
  'candidate.erased': 'erased a candidate with all they said',
  'candidate.expired': 'erased a candidate, whose time was over, of the position',
  'candidate.answer-reopened': 'let a candidate answer a question again in the position',
  'candidate.invited': 'invited candidates to the position',
  'candidate.revoked': 'revoked the invitation of a candidate',
  'channel.archived': 'archived the channel',
  'channel.changed': 'changed the channel',
  'channel.created': 'created the channel',
  'channel.member-added': 'let somebody into the channel',
  'channel.member-removed': 'took somebody out of the channel',
  'channel.restored': 'restored the channel',
  'invitation.created': 'created an invitation link',
  'invitation.revoked': 'revoked an invitation link',
  'invitation.used': 'joined by an invitation link',
  'manager-link.created': 'let a hiring manager watch candidates of the position by a link',
  'manager-link.revoked': 'revoked a link of a hiring manager to the position',
  'member.joined': 'joined',
  'member.left': 'left the workspace',
  'member.password-link-created': 'created a link to reset the password of',
  'member.removed': 'removed',
  'member.role-changed': 'changed the role of',
  'open-link.changed': 'changed the open link to the position',
  'open-link.created': 'made an open link to the position',
  'open-link.revoked': 'revoked the open link to the position',
  'position.changed': 'changed the position',
  'position.closed': 'closed the position',
  'position.created': 'created the position',
  'position.exported': 'took away candidates of the position',
  'position.names-hidden': 'hid the names of candidates in the position',
  'position.names-shown': 'showed the names of candidates again in the position',
  'position.opened': 'opened again the position',
  'position.person-removed': 'took somebody out of the position',
  'position.role-changed': 'gave somebody a role in the position',
  'share-link.changed': 'changed a share link of the update',
  'share-link.created': 'created a share link of the update',
  'share-link.revoked': 'revoked a share link of the update',
  'update.deleted': 'deleted the update',
  'update.erased': 'deleted for good the update',
  'update.expired': 'went to the trash: it had reached its age',
  'update.kept': 'keeps the update, whatever its age',
  'update.kept-no-more': 'keeps no more the update',
  'update.purged': 'was deleted for good: its time in the trash was over',
  'update.restored': 'restored the update',
  'workspace.created': 'created the workspace',
  'workspace.ownership-transferred': 'transferred the ownership to',
  'workspace.renamed': 'renamed the workspace',
  'workspace.settings-changed': 'changed the settings of',
  'api-token.created': 'created the API token',
  'api-token.revoked': 'revoked the API token',
  'workspace.export-requested': 'asked for an export of',
  'workspace.export-downloaded': 'downloaded an export of',
  'workspace.export-stopped': 'stopped an export of',
  'workspace.export-removed': 'deleted an export of',
  'workspace.import-begun': 'began to upload an export to import into',
  'workspace.import-requested': 'asked for an import into',
  'workspace.import-stopped': 'stopped an import into',
  'workspace.import-removed': 'removed from the list an import into',
  'workspace.imported': 'imported an export into',
  'webhook.created': 'created a webhook to',
  'webhook.deleted': 'deleted the webhook to',
  'webhook.disabled': 'failed for long and was switched off as a webhook',
  'webhook.enabled': 'switched on the webhook to',
  'webhook.changed': 'changed the webhook to',
  'webhook.switched-off': 'switched off the webhook to',
  'webhook.secret-rotated': 'gave another secret to the webhook to',
  'podcast.created': 'made a podcast feed of',
  'podcast.revoked': 'revoked a podcast feed',
  'account.two-factor-on': 'turned on two-factor',
  'account.two-factor-off': 'turned off two-factor',
  'account.code-asked': 'was asked for a code to sign in',
  'account.two-factor-failed': 'was not let in: wrong code',
  'account.recovery-code-used': 'used a recovery code',
  'account.recovery-codes-made': 'made new recovery codes',
  'update.let-in': 'let somebody in to the update',
  'update.let-in-no-more': 'lets somebody in no more to the update',
  'member.two-factor-off': 'turned off two-factor for',
  'agreement.changed': 'changed the agreement of',
  'calendar-feed.created': 'made an address for their calendar',
  'calendar-feed.revoked': 'ended the address for their calendar',
  'replaced-meeting.added': 'said that a meeting is replaced:',
  'replaced-meeting.changed': 'changed the replaced meeting',
  'replaced-meeting.removed': 'took out the replaced meeting',
}

type Event = {
  action: string
  actor: { id: string; name: string } | null
  target: { type?: string; id: string; name: string | null } | null
  details: object
}

const detail = ({ before, now }: { before?: unknown; now?: unknown }) =>
  before !== undefined && now !== undefined ? `: ${before} → ${now}` : ''

/** What is in a private channel has no name in this log. */
const unnamed = (verb: string) =>
  verb.replace('the channel', 'a private channel').replace('the update', 'an update in a private channel')

/** An event as a sentence. What is not known here yet is told by the name of its action. */
export function auditSentence({ action, actor, target, details }: Event): string {
  const known = words[action] ?? action.replace(/[.-]/g, ' ')
  const verb = target?.name === null ? unnamed(known) : known
  const who = actor?.name ?? target?.name ?? (target?.type === 'update' ? 'An update in a private channel' : 'Somebody')
  const whom = actor && target?.name && target.id !== actor.id ? ` ${target.name}` : ''
  return `${who} ${verb}${whom}${detail(details)}`
}
