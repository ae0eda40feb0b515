import { afterEach, expect, test, vi } from 'vitest'
import { viewerHeader } from '../../api.ts'
import { openSpool } from '../spool/spool.ts'
import { newNote } from '../spool/spool-note.ts'
import { fakeSpoolStore } from '../spool/spool-store.fake.ts'
import { sendRecording } from './send-recording.ts'
import { deleteRecorded } from './update-api.ts'

afterEach(() => void vi.unstubAllGlobals())

/** A server that does what it is asked in the name of whoever is signed in in this browser, unless somebody else is meant. */
function browserOf(signedIn: string) {
  const browser = { signedIn, did: [] as string[] }
  vi.stubGlobal('fetch', async (url: string, { method, headers }: { method: string; headers: Record<string, string> }) => {
    const meant = headers[viewerHeader] ?? browser.signedIn
    if (meant !== browser.signedIn)
      return Response.json({ type: '/problems/signed-out', title: 'Sign in first' }, { status: 401 })
    browser.did.push(`${browser.signedIn}: ${method} ${url}`)
    return method === 'DELETE' ? new Response(null, { status: 204 }) : Response.json({ id: 'update', url: '', videoId: 'video' })
  })
  vi.stubGlobal(
    'Worker',
    class extends EventTarget {
      postMessage() {}
      terminate() {}
    },
  )
  return browser
}
const note = newNote({ userId: 'ada', title: 'Title', updateId: 'update', closed: true })

test('while somebody else is signed in a recording waits, and is created in the name of who recorded it', async () => {
  const browser = browserOf('ben')
  const spool = await openSpool(note, fakeSpoolStore())
  const troubles: (string | null)[] = []
  const sending = sendRecording(spool, {
    signal: new AbortController().signal,
    onProgress: ({ trouble }) => void troubles.push(trouble),
    async pause() {
      browser.signedIn = 'ada'
    },
  })
  await expect(sending).rejects.toMatchObject({ problem: { name: 'nothing-recorded' } })
  expect(browser.did).toEqual(['ada: POST /api/updates'])
  expect(troubles[0]).toMatch(/^You are signed out/)
})

test('what one person threw away is not taken for deleted because another does not see it', async () => {
  const browser = browserOf('ben')
  await expect(deleteRecorded(note)).rejects.toMatchObject({ code: 'signed-out' })
  browser.signedIn = 'ada'
  await deleteRecorded(note)
  expect(browser.did).toEqual(['ada: DELETE /api/updates/update'])
})
