import { type Cue, inOrder, maxCueLength } from '@meanwhile/shared/media/captions'
import { tidyCueText } from '@meanwhile/shared/media/cue-text'
import { type Range, watchMs } from '@meanwhile/shared/media/cuts'

/** A piece of speech with its times in ms: a sentence, or a word. */
export type Timed = { startMs: number; endMs: number; text: string }

/** Two lines of captions, as broadcasters have them. */
const mostCharacters = 84
const longestMs = 7_000
/** A cue may end with a sentence that has so many letters. */
const sentenceCharacters = 30
const pauseMs = 700
/** A cue that stands for less than that cannot be read. */
const shortestMs = 300

const plain = (text: string) => tidyCueText(text).replaceAll(/\s+/g, ' ').slice(0, maxCueLength)

/** Words put together: a cue ends where a sentence does, where somebody pauses, or when it is full. */
export function cuesOfWords(words: readonly Timed[]): Cue[] {
  const cues: Cue[] = []
  for (const word of words) {
    const text = plain(word.text)
    if (text === '') continue
    const last = cues.at(-1)
    const isOver =
      !last ||
      word.startMs - last.endMs > pauseMs ||
      last.text.length + text.length >= mostCharacters ||
      word.endMs - last.startMs > longestMs ||
      (/[.!?…。！？]$/.test(last.text) && last.text.length >= sentenceCharacters)
    if (isOver) cues.push({ startMs: word.startMs, endMs: word.endMs, text })
    else Object.assign(last, { endMs: word.endMs, text: `${last.text} ${text}` })
  }
  return cues
}

/** The words of a sentence, each with its share of the time by its letters. */
function wordsOf({ startMs, endMs, text }: Timed): Timed[] {
  const words = plain(text).split(' ')
  const letters = words.reduce((sum, word) => sum + word.length + 1, 0)
  let at = startMs
  return words.map((word) => {
    const from = at
    at += ((endMs - startMs) * (word.length + 1)) / letters
    return { startMs: from, endMs: at, text: word }
  })
}

const letters = (text: string) => text.toLowerCase().replaceAll(/[^\p{L}\p{N}]/gu, '')

/** The words of a sentence at the times of `words`, which come without punctuation; null when they are not the same words. */
function atTimesOf(sentence: Timed, words: readonly Timed[]): Timed[] | null {
  const texts = plain(sentence.text).split(' ')
  const isSame =
    texts.length === words.length && texts.every((text, index) => letters(text) === letters(words[index]?.text ?? ''))
  return isSame ? words.map((word, index) => ({ ...word, text: texts[index] ?? '' })) : null
}

/** Sentences whose words have times of their own: the text is that of the sentences, where it changes that of the words. */
export function cuesOfTimedSentences(sentences: readonly Timed[], words: readonly Timed[]): Cue[] {
  let at = 0
  const timed = sentences.flatMap((sentence) => {
    const next = words.findIndex((word, index) => index >= at && word.startMs >= sentence.endMs - 1)
    const to = next === -1 ? words.length : next
    const own = words.slice(at, to)
    at = to
    return atTimesOf(sentence, own) ?? wordsOf(sentence)
  })
  return cuesOfWords(timed)
}

/** Sentences as cues: one that is longer than two lines becomes several. */
export const cuesOfSentences = (sentences: readonly Timed[]): Cue[] =>
  sentences.flatMap((sentence) => (plain(sentence.text).length > mostCharacters ? cuesOfWords(wordsOf(sentence)) : [sentence]))

const lengthWithout = (silences: readonly Range[], { startMs, endMs }: Timed) =>
  watchMs(silences, endMs) - watchMs(silences, startMs)

/**
 * Cues as they are kept: in whole ms within the recording, in order, long enough to be read. What is said to have been spoken where
 * nobody speaks is left out: models make up words for silence. @param silences sorted
 */
export const keptCues = (cues: readonly Cue[], silences: readonly Range[], durationMs: number): Cue[] =>
  inOrder(
    cues
      .filter((cue) => cue.startMs < durationMs && lengthWithout(silences, cue) > 0)
      .map(({ startMs, endMs, text }) => {
        const start = Math.max(0, Math.round(startMs))
        const end = Math.min(Math.round(durationMs), Math.max(Math.round(endMs), start + shortestMs))
        return { startMs: start, endMs: Math.max(start + 1, end), text: plain(text) }
      }),
  )
