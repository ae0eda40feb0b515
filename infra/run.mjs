// What `npm start`, `npm test` and `npm run bench`, `chaos`, `soak`, `check`, `backup` and `restore` call. It runs on a fresh clone, so it may use nothing but Node's own modules.
import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { accessSync, constants, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { homedir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = dirname(dirname(fileURLToPath(import.meta.url)))
const stampFile = join(root, 'node_modules/.meanwhile-installed')
const pnpm = 'pnpm@10.34.8'

const say = (text) => process.stderr.write(`${text}\n`)

function giveUp(text) {
  say(text)
  process.exit(1)
}

function checkNode() {
  const [major, minor] = process.versions.node.split('.').map(Number)
  if (major < 20 || (major === 20 && minor < 19)) giveUp(`Meanwhile needs Node 20.19 or newer; this is ${process.version}.`)
  if (process.platform === 'win32') giveUp('Meanwhile runs on Linux and macOS; on Windows, start it inside WSL.')
}

/** What the installed packages depend on: another Node may need other binaries. */
function wantedStamp() {
  const hash = createHash('sha256').update(readFileSync(join(root, 'pnpm-lock.yaml')))
  return `${hash.digest('hex')} ${process.version} ${process.platform}-${process.arch}`
}

function isInstalled() {
  try {
    return readFileSync(stampFile, 'utf8') === wantedStamp()
  } catch {
    return false
  }
}

/** npm and pnpm keep their caches in the home folder; a container's user may have none. The npm that calls this hands its cache down. */
function homeForCaches() {
  try {
    accessSync(homedir(), constants.W_OK)
    return {}
  } catch {
    const HOME = join(root, 'node_modules/.home')
    mkdirSync(HOME, { recursive: true })
    return { HOME, npm_config_cache: join(HOME, '.npm') }
  }
}

/** Resolves with the exit code and all output; ends the whole install when this process is told to end. */
function runInstall() {
  const args = ['--yes', pnpm, 'install', '--frozen-lockfile', '--prod=false']
  // CI: never ask a question.
  const env = { ...process.env, ...homeForCaches(), CI: 'true' }
  const child = spawn('npx', args, { cwd: root, env, detached: true, stdio: ['ignore', 'pipe', 'pipe'] })
  const stop = () => {
    process.kill(-child.pid, 'SIGTERM')
    process.exit(1)
  }
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP']
  for (const signal of signals) process.once(signal, stop)
  let output = ''
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (output += chunk))
  return new Promise((resolve) => {
    child.on('error', (error) => resolve({ code: 1, output: `npx could not be started: ${error.message}` }))
    child.on('close', (code) => {
      for (const signal of signals) process.removeListener(signal, stop)
      resolve({ code, output })
    })
  })
}

async function install() {
  if (isInstalled()) return
  say('Installing dependencies…')
  const startedAt = Date.now()
  const { code, output } = await runInstall()
  if (code !== 0) giveUp(`${output.trimEnd()}\n\nThe dependencies could not be installed; what went wrong is above.`)
  writeFileSync(stampFile, wantedStamp())
  say(`Dependencies installed in ${Math.round((Date.now() - startedAt) / 1000)} s.`)
}

const [command, ...args] = process.argv.slice(2)
const known = ['start', 'test', 'bench', 'chaos', 'soak', 'check', 'backup', 'restore']
if (!known.includes(command)) giveUp(`Usage: node infra/run.mjs ${known.join('|')}`)
checkNode()
await install()
const { register } = await import('tsx/esm/api')
register()
const commands = await import(`./${command}.ts`)
await commands[command](args)
