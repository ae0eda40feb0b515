import { tick } from 'svelte'

/** For a form that opens in place of what was pressed: its first field has the focus. */
export function focusFirstField(form: HTMLElement): void {
  form.querySelector<HTMLElement>('input, select, textarea')?.focus()
}

/** For a form that closed: the heading of the page has the focus, instead of nothing. */
export async function focusPageHeading(): Promise<void> {
  await tick()
  const heading = document.querySelector<HTMLElement>('main h1')
  if (!heading) return
  heading.tabIndex = -1
  heading.focus({ preventScroll: true })
}
