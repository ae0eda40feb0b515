import { createLog } from '@meanwhile/shared/platform/log'
import { exportWorkspace } from '@meanwhile/worker/export/export-workspace'
import { openFfmpeg } from '@meanwhile/worker/ffmpeg/run'
import { runStage } from '@meanwhile/worker/run-stage'
import { camera } from '@meanwhile/worker/stages/camera'
import { original } from '@meanwhile/worker/stages/original'
import { probe } from '@meanwhile/worker/stages/probe'
import { importWorkspace } from '@meanwhile/worker/take-in/import-workspace'
import { runTransfers } from '@meanwhile/worker/transfers/run-transfers'
import type { TestApp } from './app.ts'
import { bytesForm } from './cut.ts'
import type { Person } from './given.ts'

const log = createLog(process.env.TEST_LOG ?? 'silent', 'test')
const programs = {
  ffmpegPath: process.env.FFMPEG_PATH || 'ffmpeg',
  ffprobePath: process.env.FFPROBE_PATH || 'ffprobe',
  searchPath: process.env.PATH,
}
const ffmpeg = await openFfmpeg(programs, log)
const never = new AbortController().signal

/** Exports and imports of one installation, done as its people and its worker do them. */
export function transfersOn(
  { app, as, db, storage, queue }: TestApp,
  quotas = { QUOTA_PERSON_GB: 100, QUOTA_WORKSPACE_GB: 100 },
) {
  const makers = { export: exportWorkspace, import: importWorkspace({ ffmpeg, quotas }) }
  const work = (signal = never) => runTransfers({ db, storage, log, makers }, signal)
  const post = (person: Person, url: string, payload: object = {}) => as(person).inject({ method: 'POST', url, payload })
  const transferOf = async (person: Person, id: string) =>
    (await as(person).inject({ url: '/api/transfers' })).json().find((each: { id: string }) => each.id === id)
  const sendPart = async (person: Person, id: string, number: number, bytes: Buffer, change: Record<string, string> = {}) =>
    as(person).inject({ method: 'PUT', url: `/api/imports/${id}/parts/${number}`, ...(await bytesForm(bytes, change)) })

  /** Makes an export and downloads it. */
  async function exported(person: Person): Promise<Buffer> {
    const { id } = (await post(person, '/api/exports')).json()
    await work()
    const { url, state, error } = await transferOf(person, id)
    if (state !== 'done') throw new Error(`the export is ${state}: ${error}`)
    return (await app.inject({ url })).rawPayload
  }
  /** Uploads a file and leaves it to the worker. @returns the id of the import */
  async function uploaded(person: Person, zip: Buffer, partBytes = 300_000): Promise<string> {
    const { id } = (await post(person, '/api/imports', { name: 'Team.zip', sizeBytes: zip.length })).json()
    const parts = Math.ceil(zip.length / partBytes)
    for (let number = 1; number <= parts; number++)
      await sendPart(person, id, number, zip.subarray((number - 1) * partBytes, number * partBytes))
    const finished = await post(person, `/api/imports/${id}/finish`, { parts })
    if (finished.statusCode !== 200) throw new Error(`finish answered ${finished.body}`)
    return id
  }
  /** Uploads a file, lets the worker do it, and tells what became of it. */
  async function imported(person: Person, zip: Buffer) {
    const id = await uploaded(person, zip)
    await work()
    return transferOf(person, id)
  }
  /** Makes what a recording is exported as. */
  async function processed(videoId: string) {
    for (const stage of ['probe', 'original', 'camera'] as const)
      await runStage(
        { db, storage, queue, ffmpeg, stages: { probe, original, camera }, log },
        { videoId, stage, requestId: null },
        never,
      )
  }
  return { makers, processed, work, post, transferOf, sendPart, exported, uploaded, imported }
}
