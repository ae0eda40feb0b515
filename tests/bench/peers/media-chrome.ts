import Hls from 'hls.js'
import 'media-chrome'

/** Controls of media-chrome around hls.js. */
document.body.innerHTML = `<media-controller>
  <video slot="media" muted></video>
  <media-control-bar>
    <media-play-button></media-play-button><media-mute-button></media-mute-button><media-volume-range></media-volume-range>
    <media-time-range></media-time-range><media-time-display></media-time-display>
    <media-playback-rate-button></media-playback-rate-button><media-fullscreen-button></media-fullscreen-button>
  </media-control-bar>
</media-controller>`
const hls = new Hls()
hls.loadSource(new URL(location.href).searchParams.get('hls') ?? '')
hls.attachMedia(document.querySelector('video') as HTMLVideoElement)
