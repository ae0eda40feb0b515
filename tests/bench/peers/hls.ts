import Hls from 'hls.js'

/** hls.js as its documentation shows it. */
const media = Object.assign(document.createElement('video'), { muted: true })
document.body.append(media)
const hls = new Hls()
hls.loadSource(new URL(location.href).searchParams.get('hls') ?? '')
hls.attachMedia(media)
