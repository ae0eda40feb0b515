// Reads an export without a network and without a server. What people wrote is put on the page as text alone.
const all = { about: null, updates: [], shown: 0 }
const perPage = 200
const find = document.getElementById('find')
const channel = document.getElementById('channel')
const list = document.getElementById('updates')
const more = document.getElementById('more')
const main = document.getElementById('update')

/** An element with attributes, listeners (`onclick`) and children; texts are texts. */
function make(tag, options = {}, ...children) {
  const element = document.createElement(tag)
  for (const [name, value] of Object.entries(options)) {
    if (value === null || value === false) continue
    if (name.startsWith('on')) element.addEventListener(name.slice(2), value)
    else element.setAttribute(name, value === true ? '' : value)
  }
  element.append(...children.filter((child) => child !== null))
  return element
}

const two = (value) => String(value).padStart(2, '0')
function timeCode(ms) {
  const seconds = Math.floor(ms / 1000)
  const rest = `${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}`
  return seconds < 3600 ? rest.replace(/^0/, '') : `${Math.floor(seconds / 3600)}:${rest}`
}
const day = (at) => new Date(at).toLocaleDateString(undefined, { day: 'numeric', month: 'short', year: 'numeric' })
const moment = (at) => new Date(at).toLocaleString(undefined, { dateStyle: 'medium', timeStyle: 'short' })
const titleOf = ({ title, publishedAt }) => title || `Update of ${day(publishedAt)}`

// ---- The list -----------------------------------------------------------------------------------------------------------------

function matching() {
  const words = find.value.trim().toLowerCase()
  return all.updates.filter(
    (update) =>
      (channel.value === '' || (update.channelId ?? 'everyone') === channel.value) &&
      (words === '' || `${update.title} ${update.author}`.toLowerCase().includes(words)),
  )
}

function listed(update) {
  const facts = [update.author, day(update.publishedAt)]
  if (update.durationMs !== null) facts.push(timeCode(update.durationMs))
  if (update.comments > 0) facts.push(`${update.comments} ${update.comments === 1 ? 'comment' : 'comments'}`)
  const isHere = location.hash === `#${update.id}`
  const link = make('a', { href: `#${update.id}`, 'aria-current': isHere ? 'page' : null }, make('b', {}, titleOf(update)))
  link.append(make('span', { class: 'quiet' }, facts.join(' · ')))
  return make('li', {}, link)
}

function showList(count = perPage) {
  const found = matching()
  list.replaceChildren(...found.slice(0, count).map(listed))
  all.shown = count
  more.hidden = found.length <= count
  if (found.length === 0) list.append(make('li', { class: 'quiet' }, 'No update fits.'))
}

// ---- One update ---------------------------------------------------------------------------------------------------------------

/** The camera follows the recording: it starts, stops and moves with it. */
function follow(video, camera) {
  const place = () => {
    if (Math.abs(camera.currentTime - video.currentTime) > 0.2) camera.currentTime = video.currentTime
    camera.playbackRate = video.playbackRate
  }
  video.addEventListener('play', () => {
    place()
    camera.play().catch(() => {})
  })
  video.addEventListener('pause', () => camera.pause())
  for (const event of ['seeked', 'ratechange', 'timeupdate']) video.addEventListener(event, place)
}

function captionChoice(video, captions, shown) {
  const choice = make('select', { 'aria-label': 'Captions' }, make('option', { value: '' }, 'No captions'))
  for (const [index, { label }] of captions.entries()) choice.append(make('option', { value: String(index) }, label))
  choice.value = captions.length > 0 ? '0' : ''
  const draw = () => {
    const ms = video.currentTime * 1000
    const cues = choice.value === '' ? [] : captions[Number(choice.value)].cues
    const now = cues.filter(({ startMs, endMs }) => startMs <= ms && ms < endMs).map(({ text }) => text)
    shown.replaceChildren(...(now.length > 0 ? [make('span', {}, now.join('\n'))] : []))
  }
  for (const event of ['timeupdate', 'seeked']) video.addEventListener(event, draw)
  choice.addEventListener('change', draw)
  return choice
}

/** What was cut out is left out; it is still in the file. */
function leaveOut(video, cuts) {
  video.addEventListener('timeupdate', () => {
    const ms = video.currentTime * 1000
    const cut = video.paused ? undefined : cuts.find(([from, to]) => from <= ms && ms < to - 50)
    if (cut) video.currentTime = cut[1] / 1000
  })
}

const momentButton = (ms, seek, endMs = null) =>
  make(
    'button',
    { type: 'button', class: 'moment', onclick: () => seek(ms) },
    endMs === null ? timeCode(ms) : `${timeCode(ms)}–${timeCode(endMs)}`,
  )

function player({ files, poster, camera, layout, captions, cuts, chapters }, label) {
  if (files.length === 0) return { element: make('p', { class: 'quiet' }, 'This recording was not complete.'), seek: () => {} }
  const video = make('video', { controls: true, preload: 'metadata', src: files[0], poster, 'aria-label': label })
  const caption = make('div', { class: 'caption', 'aria-live': 'off' })
  const stage = make('div', { class: 'stage' }, video, caption)
  if (camera && layout?.shape !== 'off') {
    const bubble = make('video', {
      class: 'camera',
      muted: true,
      preload: 'metadata',
      src: camera,
      'aria-hidden': 'true',
      tabindex: '-1',
    })
    bubble.muted = true
    stage.append(bubble)
    follow(video, bubble)
  }
  leaveOut(video, cuts)
  const seek = (ms) => {
    video.currentTime = ms / 1000
    video.scrollIntoView({ block: 'nearest' })
    video.focus()
  }
  const element = make('div', { class: 'player' }, stage)
  const tools = make('div', { class: 'tools' })
  if (captions.length > 0) tools.append(captionChoice(video, captions, caption))
  for (const { atMs, title } of chapters) tools.append(momentButton(atMs, seek), make('span', { class: 'quiet' }, title))
  for (const [index, src] of files.entries())
    if (files.length > 1) tools.append(make('button', { type: 'button', onclick: () => (video.src = src) }, `Part ${index + 1}`))
  if (tools.childElementCount > 0) element.append(tools)
  for (const { label: name, cues } of captions)
    element.append(
      make(
        'details',
        {},
        make('summary', {}, `Transcript: ${name}`),
        ...cues.map(({ startMs, text }) => make('p', {}, momentButton(startMs, seek), ' ', text)),
      ),
    )
  return { element, seek }
}

const countsOf = (reactions, seek) =>
  reactions.length === 0
    ? null
    : make(
        'p',
        { class: 'tools' },
        ...reactions.map(({ emoji, atMs, count }) =>
          make('span', {}, `${emoji} ${count} `, ...(atMs === null ? [] : [momentButton(atMs, seek)])),
        ),
      )

const kinds = { question: 'Question', decision: 'Decision', action: 'Action' }

function comment(said, seek) {
  const { atMs, endMs, author, createdAt, type, owner, text, history, hidden, deleted, resolvedAt, video, reactions } = said
  const facts = [author, moment(createdAt)]
  if (kinds[type]) facts.push(owner ? `${kinds[type]} for ${owner}` : kinds[type])
  if (resolvedAt) facts.push(type === 'action' ? 'done' : 'answered')
  if (hidden) facts.push('hidden')
  return make(
    'li',
    { class: said.parentId ? 'comment reply' : 'comment' },
    make('p', { class: 'quiet' }, facts.join(' · ')),
    atMs === null ? null : make('p', {}, momentButton(atMs, seek, endMs)),
    make('p', { class: 'text' }, deleted ? 'This comment was deleted.' : text),
    video ? player(video, `Recording of ${author}`).element : null,
    countsOf(reactions, seek),
    history.length === 0
      ? null
      : make(
          'details',
          {},
          make('summary', { class: 'quiet' }, 'What it said before'),
          ...history.map((each) => make('p', { class: 'text' }, `${moment(each.writtenAt)}: ${each.text}`)),
        ),
  )
}

/** Threads in the order of their moments, answers below what they answer. */
function threaded(comments) {
  const order = (each) => each.atMs ?? Number.POSITIVE_INFINITY
  const roots = comments.filter(({ parentId }) => parentId === null).sort((a, b) => order(a) - order(b) || 0)
  return roots.flatMap((root) => [root, ...comments.filter(({ parentId }) => parentId === root.id)])
}

function show(update) {
  const facts = [update.author, moment(update.publishedAt), update.channel ? `#${update.channel}` : 'Everyone']
  const played = update.video ? player(update.video, titleOf(update)) : { element: null, seek: () => {} }
  main.replaceChildren(
    ...[
      make('h2', {}, titleOf(update)),
      make('p', { class: 'quiet' }, facts.join(' · ')),
      played.element,
      update.body ? make('p', { class: 'body' }, update.body) : null,
      countsOf(update.reactions, played.seek),
      make('h3', {}, update.comments.length === 0 ? 'No comments' : 'Comments'),
      make('ol', { class: 'comments' }, ...threaded(update.comments).map((said) => comment(said, played.seek))),
    ].filter((each) => each !== null),
  )
  document.title = `${titleOf(update)} · ${all.about.name}`
}

/** The pages are scripts because a browser lets a file read nothing else beside it. */
function goToPlace() {
  const id = location.hash.slice(1)
  for (const link of list.querySelectorAll('a')) {
    if (link.hash === location.hash) link.setAttribute('aria-current', 'page')
    else link.removeAttribute('aria-current')
  }
  if (!all.updates.some((update) => update.id === id)) return
  const script = make('script', { src: `reader/updates/${id}.js` })
  script.addEventListener('load', () => script.remove())
  script.addEventListener('error', () => {
    script.remove()
    main.replaceChildren(make('p', {}, 'This update is not in the folder: unpack the whole file again.'))
  })
  document.head.append(script)
}

globalThis.meanwhile = {
  list(about, updates) {
    all.about = about
    all.updates = updates.sort((a, b) => (a.publishedAt < b.publishedAt ? 1 : -1))
    document.title = about.name
    document.getElementById('workspace').textContent = about.name
    document.getElementById('about').textContent =
      `${updates.length} ${updates.length === 1 ? 'update' : 'updates'}, exported on ${day(about.exportedAt)}`
    channel.append(make('option', { value: '' }, 'All'), make('option', { value: 'everyone' }, 'Everyone'))
    for (const { id, name, isPrivate } of about.channels)
      channel.append(make('option', { value: id }, isPrivate ? `${name} (private)` : name))
    showList()
    goToPlace()
  },
  open(update) {
    // Somebody may have gone on while it was read.
    if (location.hash === `#${update.id}`) show(update)
  },
}
find.addEventListener('input', () => showList())
channel.addEventListener('change', () => showList())
more.addEventListener('click', () => showList(all.shown + perPage))
addEventListener('hashchange', () => {
  goToPlace()
  main.focus({ preventScroll: true })
})
