import { Readable } from 'node:stream'
import { finished } from 'node:stream/promises'
import { expect, test } from 'vitest'
import { createZip } from './zip-writer.ts'

/** More than any buffer holds. */
const endless = () =>
  new Readable({
    read() {
      this.push(Buffer.alloc(65_536))
    },
  })

test('who stops reading a ZIP ends what it is read from, also what is added after that', async () => {
  const zip = createZip(new Date(0))
  const [source, late] = [endless(), endless()]
  const added = zip.add('a.mp4', source)
  const refused = expect(added).rejects.toThrow()
  zip.output.once('data', () => zip.output.destroy())
  await refused
  await expect(zip.add('b.mp4', late)).rejects.toThrow()
  for (const each of [source, late]) await finished(each).catch(() => {})
  expect([source.destroyed, late.destroyed]).toEqual([true, true])
})
