import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { root } from './root.ts'

const checks: [program: string, ...args: string[]][] = [
  ['biome', 'check', '.'],
  ['tsc', '-p', 'tsconfig.json'],
  ['svelte-check', '--workspace', 'web', '--fail-on-warnings'],
]

/**
 * Formatting, lint and types of everything, side by side.
 * @returns how many of them failed; what those said is printed
 */
export async function failedChecks(): Promise<number> {
  const passed = await Promise.all(checks.map(([program, ...args]) => runCheck(program, args)))
  return passed.filter((isPassed) => !isPassed).length
}

const runCheck = (program: string, args: string[]) =>
  new Promise<boolean>((resolve) => {
    const options = { cwd: root, maxBuffer: 64 * 1024 * 1024 }
    execFile(join(root, 'node_modules/.bin', program), args, options, (error, stdout, stderr) => {
      if (error) process.stdout.write(`${stdout}${stderr}\n${program} ${args.join(' ')} failed\n`)
      resolve(!error)
    })
  })

/** What `npm run check` runs; ends the process. */
export async function check() {
  process.exit((await failedChecks()) === 0 ? 0 : 1)
}
