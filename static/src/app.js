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

// After a swap, focus goes to what the new content names; without a name it stays where it is.
function focusIn (added) {
  const named = added.flatMap(node => node.matches ? [node, ...find('[data-focus]', node)] : [])
    .find(element => element.matches('[data-focus]'))
  if (!named) return
  if (!named.matches('a[href], button, input, select, textarea')) named.tabIndex = -1
  named.focus()
}

// Two minutes before an unused session ends the page says so and offers to stay; any answer of the server starts again.
let timer, before
function watchSession () {
  clearTimeout(timer)
  const session = document.getElementById('session-warning')
  const stay = document.getElementById('stay')
  if (!session || !stay) return
  if (stay.contains(document.activeElement) || document.activeElement === document.body) before?.focus()
  before = null
  stay.hidden = true
  // Both instants are the server's, because the clock of an old machine may be wrong.
  const now = session.dataset.now ? Date.parse(session.dataset.now) : Date.now()
  const left = Date.parse(session.dataset.ends) - now - 1000 * session.dataset.warn
  if (left >= 0) timer = setTimeout(warn, left, session, stay)
}

function warn (session, stay) {
  before = document.activeElement
  stay.hidden = false
  document.getElementById('status').textContent = session.dataset.sentence
}

// The key that the button names (aria-keyshortcuts) extends the session from anywhere on the page.
document.addEventListener('keydown', event => {
  const button = document.querySelector('#stay:not([hidden]) button[aria-keyshortcuts]')
  if (button?.getAttribute('aria-keyshortcuts') === event.key) button.click()
})
document.addEventListener('htmx:after:settle', event => {
  wake()
  focusIn(event.detail.newContent)
  watchSession()
})
wake()
watchSession()
