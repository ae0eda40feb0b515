import { createHash } from 'node:crypto'
import { mkdir, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { buffer } from 'node:stream/consumers'
import yauzl from 'yauzl'
import yazl from 'yazl'

/** The files of a ZIP by their paths. */
export async function unzip(bytes: Buffer): Promise<Map<string, Buffer>> {
  const zip = await yauzl.fromBufferPromise(bytes, { lazyEntries: true })
  const files = new Map<string, Buffer>()
  for await (const entry of zip.eachEntry()) files.set(entry.fileName, await buffer(await zip.openReadStreamPromise(entry)))
  return files
}

/** Unpacks a ZIP into a folder. */
export async function unzipInto(bytes: Buffer, folder: string): Promise<void> {
  for (const [path, content] of await unzip(bytes)) {
    await mkdir(dirname(join(folder, path)), { recursive: true })
    await writeFile(join(folder, path), content)
  }
}

export const sha256Of = (bytes: Buffer) => createHash('sha256').update(bytes).digest('hex')

type Records = Record<string, Record<string, unknown>[]>

/** An export whose lists were changed, with a manifest that says so. */
export async function rewritten(bytes: Buffer, change: (records: Records) => void): Promise<Buffer> {
  const files = await unzip(bytes)
  const lists = [...files.keys()].filter((path) => path.startsWith('data/') && path !== 'data/workspace.json')
  const records: Records = Object.fromEntries(lists.map((path) => [path, JSON.parse(`${files.get(path)}`)]))
  change(records)
  const manifest = JSON.parse(`${files.get('manifest.json')}`)
  for (const path of lists) {
    const list = Buffer.from(`[\n${records[path]?.map((each) => JSON.stringify(each)).join(',\n')}\n]\n`)
    files.set(path, list)
    const told = manifest.files.find((each: { path: string }) => each.path === path)
    Object.assign(told, { sizeBytes: list.length, sha256: sha256Of(list) })
  }
  files.set('manifest.json', Buffer.from(JSON.stringify(manifest)))
  const zip = new yazl.ZipFile()
  for (const [path, content] of files) zip.addBuffer(content, path)
  zip.end()
  return buffer(zip.outputStream)
}
