import { mount } from 'svelte'
import App from './App.svelte'
import './app.css'
import { firstFrame } from './brought.ts'
import { retryStyles } from './ui/until-loaded.ts'

retryStyles()
void firstFrame().then(() => mount(App, { target: document.getElementById('app')! }))
