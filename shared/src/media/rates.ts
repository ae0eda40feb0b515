/** The speeds of the player, slowest first. */
export const rates = [0.5, 0.75, 1, 1.2, 1.5, 1.7, 2, 2.5, 3] as const
export type Rate = (typeof rates)[number]

/** The speed of a viewer who never chose one. */
export const defaultRate: Rate = 1

export const isRate = (value: number): value is Rate => (rates as readonly number[]).includes(value)

/** The next faster (`+1`) or slower (`-1`) speed; the same one at either end. */
export function stepRate(rate: Rate, step: 1 | -1): Rate {
  return rates[Math.min(rates.length - 1, Math.max(0, rates.indexOf(rate) + step))] ?? rate
}

/** How long `mediaMs` of media takes to watch at a speed, in ms. */
export const watchMs = (mediaMs: number, rate: number): number => Math.round(mediaMs / rate)
