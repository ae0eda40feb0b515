import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join, relative, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'

const root = fileURLToPath(new URL('..', import.meta.url))
const sources = ['shared', 'server', 'worker', 'web', 'infra'].flatMap((part) =>
  readdirSync(join(root, part), { recursive: true, encoding: 'utf8' })
    .filter((file) => /\.(ts|svelte)$/.test(file) && !/(^|\/)(node_modules|dist)\//.test(file))
    .map((file) => `${part}/${file}`),
)

const text = (file: string) => readFileSync(join(root, file), 'utf8')
type Import = { path: string; typeOnly: boolean }

/** What a file imports, as a path of this repository or the name of a package. */
function importsOf(file: string): Import[] {
  const found = [
    ...text(file).matchAll(/(?:^|\s)(?:import|export)\s+(type\s+)?(?:[^'";]*?\sfrom\s+)?'([^']+)'|import\('([^']+)'\)/gm),
  ]
  return found.map(([, type, from, dynamic]) => {
    const name = from ?? dynamic ?? ''
    if (name.startsWith('.')) return { path: relative(root, resolve(root, dirname(file), name)), typeOnly: Boolean(type) }
    const own = /^@meanwhile\/(\w+)\/(.+)$/.exec(name)
    if (!own) return { path: name, typeOnly: Boolean(type) }
    return { path: own[1] === 'infra' ? `infra/${own[2]}.ts` : `${own[1]}/src/${own[2]}.ts`, typeOnly: Boolean(type) }
  })
}

const browserSafe = /^(zod|shared\/src\/(contract|media)\/)/
/** From, may import; a path outside these parts is a package. */
const rules: { from: RegExp; mayNot: RegExp; why: string }[] = [
  { from: /^shared\/src\/(db|platform)\//, mayNot: /^(server|worker|web|infra|tests)\//, why: 'shared knows none of the others' },
  { from: /^server\//, mayNot: /^(worker|web|infra|tests)\//, why: 'the server knows shared alone' },
  { from: /^worker\//, mayNot: /^(server|web|infra|tests)\//, why: 'the worker knows shared alone' },
  {
    from: /^web\//,
    mayNot: /^(server|worker|infra|tests|shared\/src\/(db|platform))\//,
    why: 'the browser knows contract and media alone',
  },
  {
    from: /^infra\//,
    mayNot: /^(server|worker|web|tests)\/src\//,
    why: 'the launcher starts the parts, it does not import them',
  },
  { from: /^server\/src\/(?!plugins\/|app\.ts)/, mayNot: /^server\/src\/plugins\//, why: 'features do not know the plugins' },
  // What its parts say is in the language of the page.
  {
    from: /^web\/src\/ui\//,
    mayNot: /^(shared|web\/src\/(?!ui\/|messages\/))/,
    why: 'ui knows nothing of updates',
  },
]

test('there are sources to look at', () => {
  expect(sources.length).toBeGreaterThan(100)
})

test.each(rules)('$why', ({ from, mayNot }) => {
  const broken = sources
    .filter((file) => from.test(file))
    .flatMap((file) => importsOf(file).flatMap(({ path }) => (mayNot.test(path) ? `${file} → ${path}` : [])))
  expect(broken).toEqual([])
})

test('contract and media run in a browser', () => {
  const broken = sources
    .filter((file) => /^shared\/src\/(contract|media)\//.test(file) && !file.endsWith('.test.ts'))
    .flatMap((file) => importsOf(file).flatMap(({ path }) => (browserSafe.test(path) ? [] : `${file} → ${path}`)))
  expect(broken).toEqual([])
})

test('a feature of the server does not import the routes of another', () => {
  const broken = sources
    .filter((file) => /^server\/src\/\w+\/(?!routes)/.test(file) || /routes\.ts$/.test(file))
    .flatMap((file) =>
      importsOf(file).flatMap(({ path }) => (/^server\/src\/\w+\/routes\.ts$/.test(path) ? `${file} → ${path}` : [])),
    )
  expect(broken).toEqual([])
})

test('the schemas of the contract do not reach the browser', () => {
  const broken = sources
    .filter((file) => file.startsWith('web/src/') && !file.endsWith('.test.ts'))
    .flatMap((file) =>
      importsOf(file).flatMap(({ path, typeOnly }) =>
        /^(zod$|shared\/src\/contract\/)/.test(path) && !typeOnly ? `${file} → ${path}` : [],
      ),
    )
  expect(broken).toEqual([])
})

test('the environment is read where it is parsed, and by the launcher', () => {
  const broken = sources
    .filter((file) => /^(shared|server|worker|web)\//.test(file) && !/(\.test\.ts|vite\.config\.ts)$/.test(file))
    .filter((file) => /process\.env/.test(text(file)) && !/^(server|worker)\/src\/main\.ts$/.test(file))
  expect(broken).toEqual([])
})

test('fluent-ffmpeg is imported in one place', () => {
  expect(sources.filter((file) => importsOf(file).some(({ path }) => path === 'fluent-ffmpeg'))).toHaveLength(1)
})

test('no file is long, and none is a drawer for everything', () => {
  const long = sources.filter((file) => text(file).split('\n').length > 400)
  const drawers = sources.filter((file) => /(^|\/)(utils?|helpers?|common|misc|index)\.(ts|svelte)$/.test(file))
  expect([...long, ...drawers]).toEqual([])
})

// Written so it sorts nulls last, and a query for the newest first does not: such an index leads to nothing. An ascending one is read backwards.
test('no index is in descending order', () => {
  expect(sources.filter((file) => file.startsWith('shared/src/db/schema/') && text(file).includes('.desc()'))).toEqual([])
})
