import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { buildWeb } from './build-web.ts'
import { root } from './root.ts'
import { stopSignals } from './shutdown.ts'
import { useTemporaryFolder } from './temporary-folder.ts'
import { provideTools } from './tools.ts'

/** One line of the table. `ratio` is against a peer that was measured in the same run; `goal` says what is wanted, such as "≤ 1.15". */
export type Measure = { name: string; value: number; unit: string; ratio?: number; goal?: string }

/** What a file `tests/bench/*.bench.ts` exports by default. */
export type Benchmark = { name: string; run: () => Promise<Measure[]> }

/** What `npm run bench` runs: every benchmark, or those whose file holds one of `filters`; prints one Markdown table. */
export async function bench(filters: string[]) {
  for (const sentence of await provideTools()) process.stderr.write(`${sentence}\n`)
  await buildWeb()
  const removeFolder = await useTemporaryFolder()
  for (const name of stopSignals) process.on(name, () => process.exit(130))
  const folder = join(root, 'tests/bench')
  const files = (await readdir(folder)).filter((file) => file.endsWith('.bench.ts')).toSorted()
  const chosen = files.filter((file) => filters.length === 0 || filters.some((filter) => file.includes(filter)))
  const measures: Measure[] = []
  for (const file of chosen) {
    const { default: benchmark } = (await import(join(folder, file))) as { default: Benchmark }
    process.stderr.write(`${benchmark.name}…\n`)
    measures.push(...(await benchmark.run()))
  }
  await removeFolder()
  process.stdout.write(table(measures), () => process.exit(0))
}

/** The measures as a Markdown table. */
export function table(measures: Measure[]): string {
  const rows = measures.map(({ name, value, unit, ratio, goal }) => [
    name,
    `${value.toLocaleString('en', { maximumSignificantDigits: 3 })} ${unit}`,
    ratio === undefined ? '' : ratio.toFixed(2),
    goal ?? '',
  ])
  const lines = [['measure', 'value', 'against its peer', 'goal'], ['---', '---:', '---:', '---'], ...rows]
  return lines.map((cells) => `| ${cells.join(' | ')} |\n`).join('')
}
