import { mount } from 'svelte'
import App from './App.svelte'
import './app.css'
import { retryStyles } from './ui/until-loaded.ts'

retryStyles()
mount(App, { target: document.getElementById('app')! })
