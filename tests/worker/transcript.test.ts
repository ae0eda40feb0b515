import { chmod, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { startStages } from '@meanwhile/shared/db/finish'
import { captions } from '@meanwhile/shared/db/schema/captions'
import { assets } from '@meanwhile/shared/db/schema/videos'
import { openFfmpeg } from '@meanwhile/worker/ffmpeg/run'
import { runStage } from '@meanwhile/worker/run-stage'
import { original } from '@meanwhile/worker/stages/original'
import { probe } from '@meanwhile/worker/stages/probe'
import { silence } from '@meanwhile/worker/stages/silence'
import { transcript } from '@meanwhile/worker/stages/transcript'
import { openaiTranscriber } from '@meanwhile/worker/transcription/openai'
import type { Transcriber } from '@meanwhile/worker/transcription/transcriber'
import { whisperTranscriber } from '@meanwhile/worker/transcription/whisper'
import { eq } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { plain } from './cut.ts'
import { cutAsRecorder } from './cut-as-recorder.ts'
import { log, programs, type Segments, startHouse } from './house.ts'
import { processesWith } from './looking.ts'
import { answer, lengthOfWav, startSpeechService } from './speech-service.ts'

const house = await startHouse()
const service = await startSpeechService()
const ffmpeg = await openFfmpeg(programs, log)
const never = new AbortController().signal
/** It speaks from 0 to 2 s and from 5 to 10 s. */
const recording = await cutAsRecorder([
  ...['-f', 'lavfi', '-i', "aevalsrc='if(between(t,2,5),0,0.3*sin(2*PI*400*t))':s=48000:d=10"],
])
const mute = await cutAsRecorder(plain('blue', '320x180', 2))

const remote = (more: { key?: string; maxBytes?: number } = {}) =>
  openaiTranscriber({ url: service.url, key: 'secret', model: 'whisper-1', maxBytes: 24e6, waitMs: () => 5, ...more })

const { db, storage, queue } = house

function runOn(videoId: string, transcriber: Transcriber | null, signal = never) {
  const stages = { probe, original, silence: silence(transcriber !== null), transcript: transcript(transcriber) }
  return (stage: keyof typeof stages) =>
    runStage(
      { db, storage, queue, ffmpeg, stages, log },
      { videoId, stage, requestId: null },
      stage === 'transcript' ? signal : never,
    )
}

/** A recording that has been listened to. */
async function listened(segments: Segments, transcriber: Transcriber | null) {
  const { videoId } = await house.given.recording(segments)
  for (const stage of ['probe', 'original', 'silence'] as const) await runOn(videoId, transcriber)(stage)
  return videoId
}
const spoken = await listened(recording, remote())

/** Has the same recording written down anew. */
async function transcribed({ transcriber, signal }: { transcriber: Transcriber; signal?: AbortSignal }) {
  await db.delete(captions).where(eq(captions.videoId, spoken))
  await startStages(db, spoken, ['transcript'], null)
  await runOn(spoken, transcriber, signal)('transcript')
  return { stage: (await house.stagesOf(spoken)).transcript, captions: await captionsOf(spoken) }
}
const captionsOf = (videoId: string) => db.select().from(captions).where(eq(captions.videoId, videoId))
const said = (...segments: [start: number, end: number, text: string][]) => ({
  language: 'english',
  segments: segments.map(([start, end, text]) => ({ start, end, text })),
})
const clearAsked = () => service.asked.splice(0)

test('what a service answers becomes captions of the recording', async () => {
  clearAsked()
  service.reply = answer(200, said([0.1, 1.9, ' Good morning.'], [2.5, 4.5, ' Thanks for watching!'], [5.2, 9, ' That was it.']))
  const { stage, captions: made } = await transcribed({ transcriber: remote() })
  expect(stage).toMatchObject({ state: 'done', error: null })
  const cues = [
    { startMs: 100, endMs: 1900, text: 'Good morning.' },
    { startMs: 5200, endMs: 9000, text: 'That was it.' },
  ]
  expect(made).toMatchObject([{ language: 'en', source: 'transcript', label: 'English', cues }])
  const [asset] = (await db.select().from(assets).where(eq(assets.videoId, spoken))).filter(({ name }) => name === 'transcript')
  expect(asset!.key).toBe(made[0]!.key)
  const file = join(house.dataDir, 'transcript.vtt')
  await house.storage.download(asset!.key, file)
  expect(await readFile(file, 'utf8')).toContain('00:00:05.200 --> 00:00:09.000\nThat was it.')

  const [asked] = service.asked
  expect(asked).toMatchObject({
    path: '/v1/audio/transcriptions',
    authorization: 'Bearer secret',
    fields: { model: ['whisper-1'], response_format: ['verbose_json'], 'timestamp_granularities[]': ['segment', 'word'] },
  })
  expect(asked!.length).toBeGreaterThan(asked!.wav.length)
  expect([asked!.wav.readUInt16LE(22), asked!.wav.readUInt32LE(24)]).toEqual([1, 16_000])
  expect(Math.abs(lengthOfWav(asked!.wav) - 10_000)).toBeLessThan(100)
})

test('what is longer than the service takes is cut where nobody speaks, and put back to its moment', async () => {
  clearAsked()
  service.reply = answer(200, said([1.5, 2, 'Piece']))
  const { captions: made } = await transcribed({ transcriber: remote({ maxBytes: 7 * 32_000 }) })
  expect(service.asked).toHaveLength(2)
  for (const { wav } of service.asked) expect(wav.length).toBeLessThanOrEqual(7 * 32_000)
  // The silence lies between 2.25 and 4.8 s.
  expect(Math.abs(lengthOfWav(service.asked[0]!.wav) - 3_525)).toBeLessThan(60)
  expect(made[0]!.cues[0]).toMatchObject({ startMs: 1500 })
  expect(Math.abs(made[0]!.cues[1]!.startMs - 5_025)).toBeLessThan(60)
})

test('a busy service is asked again, when it says', async () => {
  clearAsked()
  const replies = [answer(429, 'wait', { 'retry-after': '0' }), answer(503, 'down'), answer(200, said([0, 1, 'At last']))]
  service.reply = (asked, response) => replies[service.asked.length - 1]!(asked, response)
  const { stage, captions: made } = await transcribed({ transcriber: remote() })
  expect(stage).toMatchObject({ state: 'done', attempts: 1 })
  expect(made[0]!.cues).toMatchObject([{ text: 'At last' }])
})

test.each([
  {
    what: 'is busy for long',
    reply: answer(429, '', { 'retry-after': '3600' }),
    error: 'busy (429)',
    state: 'waiting',
    requests: 1,
  },
  { what: 'stays busy', reply: answer(500, ''), error: 'busy (500)', state: 'waiting', requests: 4 },
  {
    what: 'refuses the key',
    reply: answer(401, { error: { message: 'Incorrect API key provided: secret' } }),
    error: 'refused the key (401)',
    state: 'failed',
    requests: 1,
  },
  { what: 'takes less', reply: answer(413, ''), error: 'lower TRANSCRIPTION_MAX_MB', state: 'failed', requests: 1 },
  {
    what: 'gives text without times',
    reply: answer(200, { text: 'Hello' }),
    error: 'choose another TRANSCRIPTION_MODEL',
    state: 'failed',
    requests: 2,
  },
  {
    what: 'breaks off',
    reply: (_asked: unknown, response: { destroy(): void }) => response.destroy(),
    error: 'cannot be reached',
    state: 'waiting',
    requests: 4,
  },
])('a service that $what fails the stage with a sentence, and nothing else', async ({ reply, error, state, requests }) => {
  clearAsked()
  service.reply = reply as typeof service.reply
  const { stage, captions: made } = await transcribed({ transcriber: remote() })
  expect(stage).toMatchObject({ state, error: expect.stringContaining(error) })
  expect(stage.error).not.toContain('secret')
  expect(service.asked).toHaveLength(requests)
  expect(made).toEqual([])
  expect((await house.stagesOf(spoken)).silence).toMatchObject({ state: 'done' })
})

test('the key is sent nowhere else', async () => {
  clearAsked()
  service.reply = answer(307, '', { location: service.url.replace('/v1/', '/elsewhere/') })
  const { stage } = await transcribed({ transcriber: remote() })
  expect(stage).toMatchObject({ state: 'failed', error: expect.stringContaining('set TRANSCRIPTION_URL') })
  expect(service.asked.map(({ path }) => path)).toEqual(['/v1/audio/transcriptions'])
})

test('a service that does not know one format is asked for another', async () => {
  clearAsked()
  service.reply = ({ fields, ...asked }, response) =>
    (fields.response_format?.[0] === 'vtt' ? answer(200, 'WEBVTT\n\n00:01.000 --> 00:02.000\nIn VTT\n') : answer(400, 'no'))(
      { fields, ...asked },
      response,
    )
  const { captions: made } = await transcribed({ transcriber: remote() })
  expect(made).toMatchObject([{ language: 'und', label: 'Transcript', cues: [{ text: 'In VTT' }] }])
})

test('a transcript that is made again takes the place of the last', async () => {
  service.reply = answer(200, said([0, 1, 'First']))
  await transcribed({ transcriber: remote() })
  service.reply = answer(200, { ...said([0, 1, 'Zweitens']), language: 'de' })
  await startStages(db, spoken, ['transcript'], null)
  await runOn(spoken, remote())('transcript')
  expect(await captionsOf(spoken)).toMatchObject([{ language: 'de', cues: [{ text: 'Zweitens' }] }])
})

test('a recording is written down when something is heard in it, and somebody does that', async () => {
  const stageOf = async (videoId: string) => (await house.stagesOf(videoId)).transcript
  expect(await stageOf(await listened(mute, remote()))).toBeUndefined()
  const heard = await listened(recording, null)
  expect(await stageOf(heard)).toBeUndefined()
  await startStages(db, heard, ['silence'], null)
  await runOn(heard, remote())('silence')
  expect(await stageOf(heard)).toMatchObject({ state: 'waiting' })
  await runOn(heard, null)('transcript')
  expect(await stageOf(heard)).toMatchObject({ state: 'failed', error: 'Transcripts are switched off on this server.' })
})

/** A program that speaks the command line of whisper.cpp. */
async function whisper(script: string) {
  const path = join(house.dataDir, `whisper-cli-${crypto.randomUUID()}`)
  await writeFile(
    path,
    `#!/usr/bin/env node\nconst args = process.argv.slice(2)\nconst of = (name) => args[args.indexOf(name) + 1]\nconst fs = require('node:fs')\n${script}`,
  )
  await chmod(path, 0o755)
  return whisperTranscriber({ path, model: '/models/ggml-base.bin', searchPath: process.env.PATH })
}

test('whisper.cpp is run on this machine, with the whole sound', async () => {
  const seen = join(house.dataDir, 'seen.json')
  const transcriber = await whisper(`
    const wav = fs.readFileSync(of('-f'))
    fs.writeFileSync(${JSON.stringify(seen)}, JSON.stringify({ args, env: Object.keys(process.env), rate: wav.readUInt32LE(24), bytes: wav.length }))
    const transcription = [{ timestamps: { from: '00:00:00,500', to: '00:00:01,500' }, offsets: { from: 500, to: 1500 }, text: ' Guten Morgen.' }]
    fs.writeFileSync(of('-of') + '.json', JSON.stringify({ systeminfo: 'x', result: { language: 'de' }, transcription }))`)
  const { stage, captions: made } = await transcribed({ transcriber })
  expect(stage).toMatchObject({ state: 'done' })
  expect(made).toMatchObject([{ language: 'de', label: 'Deutsch', cues: [{ startMs: 500, endMs: 1500, text: 'Guten Morgen.' }] }])
  const { args, env, rate, bytes } = JSON.parse(await readFile(seen, 'utf8'))
  expect(args.filter((_: string, index: number) => ['-m', '-l'].includes(args[index - 1]))).toEqual([
    '/models/ggml-base.bin',
    'auto',
  ])
  expect(env).not.toContain('HOME')
  expect(rate).toBe(16_000)
  expect(Math.abs(bytes - 320_000)).toBeLessThan(4_000)
})

test.each([
  {
    what: 'fails',
    script: "process.stderr.write('failed to initialize whisper context'); process.exit(3)",
    error: 'whisper.cpp could not do it',
  },
  { what: 'writes nothing', script: '', error: 'whisper.cpp wrote no text that can be read' },
  {
    what: 'writes nonsense',
    script: "fs.writeFileSync(of('-of') + '.json', '{')",
    error: 'whisper.cpp wrote no text that can be read',
  },
])('a program that $what fails the stage with a sentence', async ({ script, error }) => {
  const { stage, captions: made } = await transcribed({ transcriber: await whisper(script) })
  expect(stage).toMatchObject({ state: 'waiting', error: expect.stringContaining(error) })
  expect(made).toEqual([])
})

test('a program that is not there is named', async () => {
  const transcriber = whisperTranscriber({ path: '/nowhere/whisper-cli', model: 'm', searchPath: process.env.PATH })
  expect((await transcribed({ transcriber })).stage).toMatchObject({
    state: 'failed',
    error: expect.stringContaining('WHISPER_PATH'),
  })
})

test('a program is ended when the worker stops, with all that it started', async () => {
  const mark = join(house.dataDir, 'started')
  const stop = new AbortController()
  const transcriber = await whisper(`
    process.on('SIGTERM', () => process.exit(1))
    require('node:child_process').spawn('sleep', ['1234.5'])
    fs.writeFileSync(${JSON.stringify(mark)}, String(process.pid))
    setInterval(() => {}, 1000)`)
  const running = transcribed({ transcriber, signal: stop.signal })
  await expect.poll(() => readFile(mark, 'utf8').catch(() => ''), { timeout: 40_000 }).not.toBe('')
  stop.abort(new Error('the worker stops'))
  expect((await running).stage).toMatchObject({ state: 'waiting', attempts: 0, error: null })
  await expect.poll(() => processesWith('1234.5'), { timeout: 10_000 }).toEqual([])
})
