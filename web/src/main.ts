import { mount } from 'svelte'
import App from './App.svelte'
import './app.css'
import { loadOthers } from './pages.ts'
import { retryStyles, untilLoaded } from './ui/until-loaded.ts'

const begin = () => mount(App, { target: document.getElementById('app')! })

/** Asks as `languages.ts` does, which is loaded for others than English. */
function isEnglish() {
  let chosen: string | null = null
  try {
    chosen = localStorage.getItem('meanwhile.language')
  } catch {
    // A browser that keeps nothing asks its own language.
  }
  return /^en/.test(chosen ?? navigator.language)
}

retryStyles()
if (isEnglish()) begin()
else
  void untilLoaded(loadOthers)
    .then(({ speakHere }) => speakHere())
    .then(begin)
