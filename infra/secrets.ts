import { randomBytes } from 'node:crypto'
import { readFile, rename, writeFile } from 'node:fs/promises'
import { join } from 'node:path'

const names = ['AUTH_SECRET', 'MEDIA_SECRET'] as const

/** The keys that sign sessions and media URLs. */
export type Secrets = Record<(typeof names)[number], string>

/**
 * The secrets in `<dataDir>/secrets.json`, generated once; those that the environment sets win.
 * @throws {Error} when the file is damaged: a new one would sign everybody out, so that is for the operator to decide
 */
export async function readSecrets(dataDir: string, env: { [name in keyof Secrets]?: string | undefined }): Promise<Secrets> {
  const path = join(dataDir, 'secrets.json')
  const kept = await keptSecrets(path)
  const secrets = Object.fromEntries(names.map((name) => [name, kept[name] ?? randomBytes(32).toString('base64url')])) as Secrets
  if (names.some((name) => !kept[name])) {
    await writeFile(`${path}.new`, `${JSON.stringify(secrets, undefined, 2)}\n`, { mode: 0o600, flush: true })
    await rename(`${path}.new`, path)
  }
  return Object.fromEntries(names.map((name) => [name, env[name] ?? secrets[name]])) as Secrets
}

async function keptSecrets(path: string): Promise<Partial<Secrets>> {
  const text = await readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return '{}'
    throw error
  })
  try {
    return JSON.parse(text)
  } catch {
    throw new Error(`${path} is damaged: restore it, or remove it (then everybody has to sign in again).`)
  }
}
