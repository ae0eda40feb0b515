import { CaptionsError, parseCaptions } from '@meanwhile/shared/media/captions'
import { languageOf, unknownLanguage } from '@meanwhile/shared/media/languages'
import * as z from 'zod'
import { cuesOfSentences, cuesOfTimedSentences, cuesOfWords, type Timed } from './cues-of.ts'
import type { Spoken } from './transcriber.ts'

const Seconds = z.number().min(0).max(86_400)
const Segment = z.object({
  start: Seconds,
  end: Seconds,
  text: z.string(),
  no_speech_prob: z.number().optional().catch(undefined),
})
const Word = z.object({ start: Seconds, end: Seconds, word: z.string() })

/** The answer of an OpenAI-compatible service in `verbose_json`. */
const Verbose = z.object({
  language: z.string().nullish().catch(null),
  segments: z.array(Segment).nullish(),
  words: z.array(Word).nullish(),
})

/** A segment that is less likely speech than that was made up. */
const mostSilence = 0.9

const timed = ({ start, end }: { start: number; end: number }, text: string): Timed => ({
  startMs: start * 1000,
  endMs: Math.max(start, end) * 1000,
  text,
})

function readVerbose(json: unknown): Spoken | null {
  const read = Verbose.safeParse(json)
  if (!read.success) return null
  const { segments, words, language } = read.data
  if (!segments && !words) return null
  const timedWords = (words ?? []).map((each) => timed(each, each.word))
  const sentences = (segments ?? [])
    .filter(({ no_speech_prob = 0 }) => no_speech_prob < mostSilence)
    .map((each) => timed(each, each.text))
  const cues =
    timedWords.length === 0
      ? cuesOfSentences(sentences)
      : segments
        ? cuesOfTimedSentences(sentences, timedWords)
        : cuesOfWords(timedWords)
  return { language: languageOf(language), cues }
}

function readFile(text: string): Spoken | null {
  try {
    return { language: unknownLanguage, cues: cuesOfSentences(parseCaptions(text)) }
  } catch (error) {
    if (error instanceof CaptionsError) return null
    throw error
  }
}

/** Reads what a service answered: `verbose_json` with words or segments, WebVTT or SRT; null when it is none of them, or has no times. */
export function readAnswer(body: string): Spoken | null {
  let json: unknown
  try {
    json = JSON.parse(body)
  } catch {
    return readFile(body)
  }
  // Some put the file into a string.
  return typeof json === 'string' ? readFile(json) : readVerbose(json)
}

const Offset = z.number().min(0).max(86_400_000)
const WhisperReport = z.object({
  result: z.object({ language: z.string() }).optional(),
  transcription: z.array(z.object({ offsets: z.object({ from: Offset, to: Offset }), text: z.string() })),
})

/** Reads the report that whisper.cpp writes with `-oj`; null when it is none. */
export function readWhisperReport(text: string): Spoken | null {
  try {
    // It leaves control characters as they are.
    const { result, transcription } = WhisperReport.parse(JSON.parse(text.replaceAll(/\p{Cc}/gu, ' ')))
    const sentences = transcription.map((each) => ({ startMs: each.offsets.from, endMs: each.offsets.to, text: each.text }))
    return { language: languageOf(result?.language), cues: cuesOfSentences(sentences) }
  } catch {
    return null
  }
}
