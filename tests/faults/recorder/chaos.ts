import type { House } from '../house.ts'
import { type Fault, faults } from './faults.ts'
import { seeded } from './random.ts'
import { type Run, runFault } from './run.ts'

type Options = {
  runs: number
  seed: number
  /** Only faults whose name holds this text. */
  only?: string | undefined
  onRun?(run: Run, index: number): void
}

/** Each fault in turn, in an order of chance, until there have been as many runs as wanted. The same seed strikes at the same moments. */
export async function runChaos(house: House, { runs, seed, only = '', onRun }: Options): Promise<Run[]> {
  const random = seeded(seed)
  const wanted = faults.filter(({ name }) => name.includes(only))
  if (wanted.length === 0) throw new Error(`No fault is called ${only}; there are: ${faults.map(({ name }) => name).join(', ')}`)
  const done: Run[] = []
  let round: Fault[] = []
  for (let index = 0; index < runs; index++) {
    if (round.length === 0) round = random.shuffled(wanted)
    const run = await runFault(house, round.shift() as Fault, random.branch(index))
    done.push(run)
    onRun?.(run, index)
  }
  return done
}

const seconds = (ms: number) => `${(ms / 1000).toFixed(2)} s`

/** One line for the terminal. */
export const lineOf = ({ fault, recordedMs, storedMs, lostMs, faulty }: Run, index: number): string =>
  `${String(index + 1).padStart(3)}  ${fault.name.padEnd(48)}recorded ${seconds(recordedMs)}, stored ${seconds(storedMs)}, lost ${seconds(lostMs)}${faulty ? `  FAILED: ${faulty}` : ''}\n`

/** What was lost by each fault, as a Markdown table. */
export function tableOf(runs: Run[]): string {
  const rows = faults.flatMap((fault) => {
    const own = runs.filter((run) => run.fault === fault)
    return own.length > 0 ? [rowOf(fault, own)] : []
  })
  const lines = [['fault', 'runs', 'worst', 'mean', 'bar', 'above it'], ['---', '---:', '---:', '---:', '---:', '---:'], ...rows]
  return lines.map((cells) => `| ${cells.join(' | ')} |\n`).join('')
}

function rowOf({ name, barMs }: Fault, runs: Run[]): string[] {
  const lost = runs.map(({ lostMs }) => lostMs)
  const mean = lost.reduce((sum, ms) => sum + ms, 0) / lost.length
  const failed = runs.filter(({ faulty }) => faulty).length
  return [name, `${runs.length}`, seconds(Math.max(...lost)), seconds(mean), seconds(barMs), `${failed}`]
}
