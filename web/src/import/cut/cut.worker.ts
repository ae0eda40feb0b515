/** Reads, cuts and, where needed, encodes sound beside the page, which stays quick meanwhile. */

import { BlobSource, Input, MATROSKA, MP4, QTFF, WEBM } from 'mediabunny'
import type { Segment } from '../../recorder/segment.ts'
import { bytesOf } from '../file-facts.ts'
import type { CutOrder, CutReport } from './cut-messages.ts'
import { cutSegments } from './cutter.ts'
import { planCut } from './inspect.ts'

type Scope = {
  postMessage(report: CutReport, transfer?: Transferable[]): void
  addEventListener(type: 'message', listener: (event: MessageEvent<CutOrder>) => void): void
}
const scope = globalThis as unknown as Scope
const never = new AbortController().signal

let segments: AsyncGenerator<Segment, void, void> | undefined

/** A file that cannot even be read here may still be one for the server. */
async function open(file: File): Promise<CutReport> {
  const input = new Input({ source: new BlobSource(file), formats: [MP4, QTFF, MATROSKA, WEBM] })
  const bytes = { sizeBytes: file.size, read: (at: number, length: number) => bytesOf(file, at, at + length) }
  const plan = await planCut(input, bytes, never).catch(() => null)
  if (!plan) return { type: 'uncuttable' }
  segments = cutSegments(plan)
  return { type: 'opened', durationMs: (plan.end - plan.zero) * 1000 }
}

async function next(): Promise<CutReport> {
  const { value: segment } = (await segments?.next()) ?? {}
  return segment ? { type: 'segment', segment } : { type: 'ended' }
}

scope.addEventListener('message', ({ data: order }) => {
  const made = order.type === 'open' ? open(order.file) : next()
  made
    .catch((error): CutReport => ({ type: 'failed', reason: String(error) }))
    .then((report) => scope.postMessage(report, report.type === 'segment' ? [report.segment.bytes.buffer] : []))
})
