import { expect, test } from 'vitest'
import { loudnessIn } from './loudness-report.ts'

const frame = (number: number, lufs: string, peaks: string[]) =>
  `frame:${number}    pts:0  pts_time:0\nlavfi.r128.M=-24.089\nlavfi.r128.I=${lufs}\n${peaks.map((peak) => `lavfi.r128.${peak}\n`).join('')}`

test('the last frame says how loud all of it is, and its loudest channel how high it goes', () => {
  const report =
    frame(0, '-20.000', ['true_peaks_ch0=0.900']) + frame(1, '-24.079', ['true_peaks_ch0=0.250', 'true_peaks_ch1=0.500'])
  expect(loudnessIn(report)).toEqual({ lufs: -24.08, truePeakDb: -6.02 })
  expect(loudnessIn(frame(9, '-16.0', ['true_peak=1.000']))).toEqual({ lufs: -16, truePeakDb: 0 })
})

test.each(['', 'frame:0', frame(0, '-70.000', ['true_peak=0.100']), frame(0, '-inf', ['true_peak=0.1']), frame(0, '-30', [])])(
  'nothing was measured in %j',
  (report) => {
    expect(loudnessIn(report)).toBeNull()
  },
)
