import { expect, test } from 'vitest'
import { sandboxed } from './sandbox.ts'

const limits = { deadlineMs: 60_000, fileBytes: 1_000_000 }

test('ffmpeg starts with limits, without the network, and ends with its worker', () => {
  const line = sandboxed({ prlimit: true, unshare: true, setpriv: true }, limits, 'ffmpeg').join(' ')
  expect(line).toMatch(
    /^prlimit --as=\d+ --cpu=\d+ --fsize=\d+ --core=0 -- unshare .*--net -- setpriv --pdeathsig KILL -- ffmpeg$/,
  )
})

test('where the system has none of that, it starts as it is', () => {
  expect(sandboxed({ prlimit: false, unshare: false, setpriv: false }, limits, 'ffmpeg')).toEqual(['ffmpeg'])
})
