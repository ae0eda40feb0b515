/** hls.js describes its light build with the types of the full one only. */
declare module 'hls.js/light' {
  export { default } from 'hls.js'
}
