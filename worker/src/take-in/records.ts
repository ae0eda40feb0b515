import type * as z from 'zod'
import { StageFailure } from '../failure.ts'
import type { OpenExport } from './open-export.ts'

/** Of people and channels; everything else is read a record at a time. */
const mostListBytes = 64 * 1024 * 1024
const mostLineChars = 4 * 1024 * 1024
/** So much about one update is held in memory. */
const mostOfOne = 20_000
const mostCharsOfOne = 64 * 1024 * 1024

const refused = (sentence: string) => new StageFailure(sentence, { isFinal: true })

/** What is told about records that cannot be read, once for each list. */
export type Unreadable = (path: string) => void

/** A list that is small: all of it. @throws {StageFailure} */
export async function readList<T extends z.ZodType>(from: OpenExport, path: string, schema: T, onBad: Unreadable) {
  if (from.sizeOf(path) > mostListBytes) throw refused(`${path} in the export is too large.`)
  const chunks: Buffer[] = []
  for await (const chunk of from.bytesOf(path)) chunks.push(chunk)
  const json = parse(Buffer.concat(chunks).toString('utf8'))
  if (!Array.isArray(json)) throw refused(`${path} in the export cannot be read.`)
  return json.flatMap((each) => valid(schema, each, () => onBad(path)))
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

function valid<T extends z.ZodType>(schema: T, value: unknown, onBad: () => void): z.output<T>[] {
  const parsed = schema.safeParse(value)
  if (parsed.success) return [parsed.data]
  onBad()
  return []
}

type Sized<T> = { record: T; chars: number }

async function* linesOf(from: OpenExport, path: string): AsyncGenerator<string> {
  const decoder = new TextDecoder()
  let rest = ''
  for await (const chunk of from.bytesOf(path)) {
    const lines = (rest + decoder.decode(chunk, { stream: true })).split('\n')
    rest = lines.pop() ?? ''
    if (rest.length > mostLineChars) throw refused(`${path} in the export has a record that is too large.`)
    yield* lines
  }
  yield rest
}

/** The records of a list as exports have them, one a line, between brackets; with the length of each. */
export async function* readSized<T extends z.ZodType>(
  from: OpenExport,
  path: string,
  schema: T,
  onBad: Unreadable,
): AsyncGenerator<Sized<z.output<T>>> {
  for await (const line of linesOf(from, path)) {
    const text = line.trim().replace(/,$/, '')
    if (text === '' || text === '[' || text === ']') continue
    for (const record of valid(schema, parse(text), () => onBad(path))) yield { record, chars: text.length }
  }
}

/** The records of a list alone. */
export async function* readRecords<T extends z.ZodType>(
  ...args: [from: OpenExport, path: string, schema: T, onBad: Unreadable]
): AsyncGenerator<z.output<T>> {
  for await (const { record } of readSized(...args)) yield record
}

/** Records of updates, in the order of the updates: those of one after the other. */
export type OfUpdates<T> = { of(updateId: string): Promise<T[]>; close(): Promise<void> }

/**
 * Reads a list beside that of the updates, which `orderOf` knows. What belongs to no update, or comes behind it, is told as unreadable.
 */
export function alongUpdates<T extends { updateId: string }>(
  records: AsyncGenerator<Sized<T>>,
  path: string,
  orderOf: (updateId: string) => number | undefined,
  onBad: Unreadable,
): OfUpdates<T> {
  let head: Sized<T> | undefined
  let isOver = false
  async function peek(): Promise<Sized<T> | undefined> {
    if (!head && !isOver) {
      const next = await records.next()
      if (next.done) isOver = true
      else head = next.value
    }
    return head
  }
  return {
    async of(updateId) {
      const found: T[] = []
      const order = orderOf(updateId) ?? 0
      let chars = 0
      for (let next = await peek(); next; next = await peek()) {
        const { record } = next
        const itsOrder = orderOf(record.updateId)
        if (itsOrder !== undefined && itsOrder > order) break
        if (itsOrder === order) found.push(record)
        else onBad(path)
        chars += next.chars
        if (found.length > mostOfOne || (found.length > 0 && chars > mostCharsOfOne))
          throw refused(`${path} in the export has too many records about one update.`)
        head = undefined
      }
      return found
    },
    close: async () => void (await records.return(undefined)),
  }
}
