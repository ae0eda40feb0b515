import { mount } from 'svelte'
import App from './App.svelte'
import './app.css'
import { loadOthers } from './pages.ts'
import { retryStyles, untilLoaded } from './ui/until-loaded.ts'

const begin = () => mount(App, { target: document.getElementById('app')! })

retryStyles()
if (document.documentElement.lang === 'en') begin()
else
  void untilLoaded(loadOthers)
    .then(({ speakHere }) => speakHere())
    .then(begin)
