// What the pages do beyond plain HTML: every one of them works without this file.
import { Button, ErrorSummary, PasswordInput, SkipLink } from 'govuk-frontend'

const find = (selector, within = document) => within.querySelectorAll(selector)

document.body.classList.add('js-enabled', 'govuk-frontend-supported')

// Wake the pieces of govuk-frontend, on the page and in whatever htmx brings later.
function wake () {
  for (const Piece of [Button, ErrorSummary, PasswordInput, SkipLink]) {
    const name = Piece.moduleName
    for (const root of find(`[data-module="${name}"]:not([data-${name}-init])`)) {
      try { new Piece(root) } catch (problem) { console.error(problem) } // the rest must still wake
    }
  }
}

// After a swap, focus goes to what the new content names; without a name it stays where it is. What comes by itself
// takes it only from what it replaces.
let held
document.addEventListener('htmx:before:swap', () => { held = document.activeElement })
function focusIn (added) {
  const named = added.flatMap(node => node.matches ? [node, ...find('[data-focus]', node)] : [])
    .find(element => element.matches('[data-focus]'))
  if (!named || (named.dataset.focus === 'lost' && held?.isConnected)) return
  if (!named.matches('a[href], button, input, select, textarea')) named.tabIndex = -1
  named.focus()
}

// Two minutes before an unused session ends the page says so and offers to stay; any answer of the server starts again.
const WARNED = 120
let timer, before, said, near
function watchSession () {
  clearTimeout(timer)
  near?.remove()
  const [session, stay, status] = ['session-warning', 'stay', 'status'].map(id => document.getElementById(id))
  if (!session) return
  if (stay.contains(document.activeElement) || document.activeElement === document.body) before?.focus()
  before = null
  stay.hidden = true
  if (status.textContent === said) status.textContent = ''
  status.classList.remove('cp-said--warns')
  // The instant is the server's, moved on by what has passed since: the clock of an old machine may be wrong.
  session.since ??= performance.now()
  const ends = new Date(Date.parse(session.dataset.ends) + performance.now() - session.since)
  // Asked only when it is said: to know the time zone costs an old machine as much as the rest of this file.
  const at = () => ends.toLocaleTimeString('en-GB', { timeStyle: 'short', timeZone: 'Europe/London' })
  const lasts = Number(session.dataset.lasts)
  timer = setTimeout(() => {
    before = document.activeElement
    stay.hidden = false
    warn(status, `You will be signed out at ${at()}. Press F2 to stay, or use the button at the top of this page.`)
    timer = setTimeout(() => {
      stay.hidden = true
      const kept = document.querySelector('[data-kept]') ? ' What you typed is kept when you send it.' : ''
      warn(status, `You were signed out at ${at()}.${kept}`)
    }, 1000 * Math.min(lasts, WARNED))
  }, 1000 * Math.max(lasts - WARNED, 0))
}

// The status speaks. Where it is out of sight, the same words stand by what the person is at.
function warn (status, words) {
  status.textContent = said = words
  status.classList.add('cp-said--warns')
  near?.remove()
  if (isSeen(status)) return
  const here = isSeen(document.activeElement) ? document.activeElement
    : document.elementFromPoint(innerWidth / 2, innerHeight / 3)
  const place = here?.closest('main fieldset') ?? here?.closest('main :is(.govuk-form-group, li, dd, form, section, p)')
  near = Object.assign(document.createElement('p'), { className: 'cp-near', textContent: words })
  if (place?.matches('p')) place.after(near)
  else place?.append(near)
  near.scrollIntoView({ block: 'nearest' })
}

function isSeen (element) {
  const { top, bottom } = element.getBoundingClientRect()
  return top >= 0 && bottom <= innerHeight
}

// The key that the button names (aria-keyshortcuts) extends the session from anywhere on the page.
document.addEventListener('keydown', event => {
  const button = document.querySelector('#stay:not([hidden]) button[aria-keyshortcuts]')
  if (button?.getAttribute('aria-keyshortcuts') === event.key) button.click()
})
// The title says what a heading that names its page does, and "Error:" as long as the page does, also where either came
// and went without a new page.
function sayInTitle () {
  const heading = document.querySelector('h1[data-titles]')
  if (heading) document.title = `${heading.textContent.trim()} – ContactPoint`
  const wrong = document.getElementById('error-summary') ? 'Error: ' : ''
  document.title = wrong + document.title.replace(/^Error: /, '')
}

// Cancel closes a form that was opened in place, and gives focus back to what opened it.
document.addEventListener('click', event => {
  const cancel = event.target.closest('[data-closes]')
  const opener = cancel && document.getElementById(cancel.dataset.closes)
  if (!opener) return
  event.preventDefault()
  cancel.closest('.cp-inplace').outerHTML = '<div id="my-involvement"></div>'
  opener.focus()
  sayInTitle()
})
document.addEventListener('htmx:after:settle', event => {
  wake()
  sayInTitle()
  focusIn(event.detail.newContent)
  if (!event.detail.newContent.some(node => node.id === 'left')) watchSession() // asked by itself, by nobody who stays
})
wake()
document.querySelector('[data-focus], #said')?.focus() // a page that begins with news of its own
watchSession()
