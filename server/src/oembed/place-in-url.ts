import * as z from 'zod'

const path = /^\/(?:u|embed)\/([^/]+)\/?$/
const sharePath = /^(?:\/embed)?\/s\/([\w-]+)\/?$/

/** What an address of this site leads to, and to which moment of it (its `t`, as it stands there); null for any other. */
export function placeInUrl(
  text: string,
  publicUrl: string,
): (({ updateId: string } | { token: string }) & { t: string | null }) | null {
  const url = URL.canParse(text) ? new URL(text) : null
  if (url?.origin !== new URL(publicUrl).origin) return null
  const t = url.searchParams.get('t')
  const token = sharePath.exec(url.pathname)?.[1]
  if (token) return { token, t }
  const id = z.uuid().safeParse(path.exec(url.pathname)?.[1])
  return id.success ? { updateId: id.data, t } : null
}
