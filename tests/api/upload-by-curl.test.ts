import { execFile } from 'node:child_process'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { root } from '@meanwhile/infra/root'
import { expect, test, vi } from 'vitest'
import { makeFile } from '../support/make-file.ts'
import { startSite } from '../support/site.ts'

const run = promisify(execFile)

const hasCurl = await run('curl', ['--version']).then(
  () => true,
  () => false,
)

/** The script of the README, as people copy it. */
async function readmeScript() {
  const readme = await readFile(join(root, 'README.md'), 'utf8')
  const [, section = ''] = readme.split('## Upload by the API alone')
  const [, script = ''] = /```sh\n([\s\S]*?)```/.exec(section) ?? []
  return script
}

test.skipIf(!hasCurl)(
  'the script of the README uploads a file, which becomes a recording',
  async () => {
    const site = await startSite()
    const ada = await site.given.person('Ada')
    const dir = await mkdtemp(join(tmpdir(), 'meanwhile-curl-'))
    try {
      // More than one part.
      const minute = ['-f', 'lavfi', '-i', 'sine=f=440:r=48000:d=60', '-ac', '2']
      await writeFile(join(dir, 'a talk.wav'), await makeFile('a.wav', ...minute))
      const script = join(dir, 'upload.sh')
      await writeFile(script, `set -eu\n${await readmeScript()}`)
      const env = { PATH: process.env.PATH, SITE: site.origin, EMAIL: ada.email, PASSWORD: site.password, FILE: 'a talk.wav' }
      const { stdout } = await run('bash', [script], { cwd: dir, env })
      const video = JSON.parse(stdout)
      expect(video.stages).toMatchObject([{ name: 'import', state: 'waiting' }])

      await site.startWorker()
      await vi.waitFor(
        async () => {
          const answer = await site.as(ada).inject({ url: `/api/videos/${video.id}` })
          expect(answer.json().finishedAt).not.toBeNull()
          expect(answer.json().recordedMs).toBeCloseTo(60_000, -3)
        },
        { timeout: 120_000, interval: 200 },
      )
    } finally {
      await rm(dir, { recursive: true, force: true })
    }
  },
  180_000,
)
