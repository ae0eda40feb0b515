import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openFfmpeg } from '@meanwhile/worker/ffmpeg/run'
import { afterAll, expect, test } from 'vitest'
import { log, programs } from './house.ts'
import { processesWith } from './looking.ts'

const dir = await mkdtemp(join(tmpdir(), 'meanwhile-stub-'))
afterAll(() => rm(dir, { recursive: true, force: true }))

/** What it is asked before it is used: which options and filters it has. */
const answers = 'case "$*" in *"-h long"*) echo "-fps_mode"; exit;; *-filters*) exit;; esac'

// Of tests that run at once each has an `expect` of its own: the one for all knows only whose turn it is.

/** An ffmpeg that shows its help, and else does not want to end; nor does what it starts. */
async function stubborn(name: string) {
  const path = join(dir, name)
  const body = `${answers}\ntrap '' TERM\nsh -c 'trap "" TERM; while :; do sleep 0.1; done' ${path} &\nwhile :; do sleep 0.1; done`
  await writeFile(path, `#!/bin/sh\n${body}\n`)
  await chmod(path, 0o755)
  return { path, ffmpeg: await openFfmpeg({ ...programs, ffmpegPath: path }, log) }
}
const anything = { inputs: [{ options: ['-nostdin', '-v'], file: 'x' }], outputs: [] }

test.concurrent('an ffmpeg that ignores SIGTERM at its deadline is killed, with all that it started', async ({ expect }) => {
  const { path, ffmpeg } = await stubborn('late')
  const options = { dir, signal: new AbortController().signal, deadlineMs: 600, fileBytes: 1e6 }
  const running = ffmpeg.run(anything, options)
  await expect(running).rejects.toThrow('it was still running after 1 s')
  await expect.poll(() => processesWith(path)).toEqual([])
})

test.concurrent('one that ignores the end of its task is killed too', async ({ expect }) => {
  const { path, ffmpeg } = await stubborn('aborted')
  const task = new AbortController()
  const running = ffmpeg.run(anything, { dir, signal: task.signal, deadlineMs: 60_000, fileBytes: 1e6 })
  await expect.poll(() => processesWith(path)).not.toEqual([])
  task.abort(new Error('the worker stops'))
  await expect(running).rejects.toThrow('the worker stops')
  await expect.poll(() => processesWith(path)).toEqual([])
})

test('an ffmpeg gets no secrets, an empty folder, and a session of its own', async () => {
  const path = join(dir, 'nosy')
  await writeFile(path, `#!/bin/sh\n${answers}\nls -A >&2; env >&2; ps -o sid= -p $$ >&2; exit 3\n`)
  await chmod(path, 0o755)
  const ffmpeg = await openFfmpeg({ ...programs, ffmpegPath: path }, log)
  const running = ffmpeg.run(anything, { dir, signal: new AbortController().signal, deadlineMs: 9_000, fileBytes: 1e6 })
  const { message } = (await running.catch((error: Error) => error)) as Error
  const names = [...message.matchAll(/^(\w+)=/gm)]
    .map(([, name]) => name)
    .filter((name) => !['PWD', 'OLDPWD', 'SHLVL', '_'].includes(`${name}`))
  expect(names.sort()).toEqual(['LC_ALL', 'MALLOC_ARENA_MAX', 'PATH'])
})
