import type { listWorkspaces } from '@meanwhile/shared/contract/workspaces'
import { type Answer, call, problemIn } from '../api.ts'
import { sayInBar } from '../bar-words.ts'
import type { Session } from '../session.svelte.ts'
import { signOut } from '../sign-in/sign-out.ts'
import type { MenuEntry } from '../ui/MenuButton.svelte'
import { toast } from '../ui/toast.svelte.ts'
import { goToWorkspace } from './go-to-workspace.ts'

const tell = (error: unknown) => toast(problemIn(error).title, 'problem')

/** What the account menu offers: the workspaces that somebody is in come when they are known. */
export class AccountMenu {
  #workspaces = $state.raw<Answer<typeof listWorkspaces>['items']>([])
  readonly #session: Session

  constructor(session: Session) {
    this.#session = session
    call<typeof listWorkspaces>('GET', '/api/me/workspaces').then(
      ({ items }) => {
        this.#workspaces = items
      },
      // The menu works without them.
      () => undefined,
    )
  }

  get entries(): MenuEntry[] {
    const { name, email, workspace } = this.#session.viewer
    const others = this.#workspaces.filter(({ id }) => id !== workspace.id)
    return [
      { kind: 'text', label: name, hint: email },
      { kind: 'line' },
      { kind: 'text', label: workspace.name, hint: sayInBar('thisWorkspace') },
      ...others.map(
        ({ id, name: other }): MenuEntry => ({
          kind: 'action',
          label: sayInBar('switchTo', { workspace: other }),
          onselect: () => goToWorkspace(id, '/').catch(tell),
        }),
      ),
      { kind: 'line' },
      { kind: 'link', label: sayInBar('agreement'), href: '/agreement' },
      { kind: 'link', label: sayInBar('settings'), href: '/settings' },
      { kind: 'action', label: sayInBar('signOut'), onselect: () => signOut(this.#session).catch(tell) },
    ]
  }
}
