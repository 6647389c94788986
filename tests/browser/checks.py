"""What is measured on a page that is on the screen."""

from playwright.sync_api import Page

from tools.steps import ROOT

AXE = (ROOT / "node_modules/axe-core/axe.min.js").read_text()
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]

SPACED = """
* { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important }
p { margin-bottom: 2em !important }
"""
"""What a reader may set by WCAG 1.4.12, and lose nothing."""


def violations(page: Page) -> list[str]:
    """What axe finds: each rule broken, with the elements that break it."""
    if page.evaluate("typeof axe") == "undefined":
        page.evaluate(AXE)
    found = page.evaluate("rules => axe.run({ runOnly: rules, resultTypes: ['violations'] })", RULES)
    return [f"{one['id']}: {' '.join(node['html'] for node in one['nodes'])}" for one in found["violations"]]


def too_wide(page: Page, width: int, style: str = "") -> list[str]:
    """The elements that make the page scroll sideways, or whose text is cut off, in a window of this width."""
    page.set_viewport_size({"width": width, "height": 800})
    return list(page.evaluate(_TOO_WIDE, style))


_TOO_WIDE = """style => {
  const sheet = new CSSStyleSheet()
  sheet.replaceSync(style)
  document.adoptedStyleSheets = [sheet]
  const room = document.documentElement.clientWidth
  const said = element => element.outerHTML.slice(0, 120)
  const wide = [...document.querySelectorAll('body *')].filter(element => {
    const box = element.getBoundingClientRect()
    const hidden = element.closest('.govuk-visually-hidden, .govuk-skip-link, .htmx-indicator, svg')
    return !hidden && box.width > 0 && (box.right > room + 0.5 || box.left < -0.5)
  })
  const cut = [...document.querySelectorAll('button, a, p, h1, h2, h3, label, li')].filter(element =>
    getComputedStyle(element).overflowX === 'hidden' && element.scrollWidth > element.clientWidth + 1 &&
    !element.closest('.govuk-visually-hidden, .govuk-skip-link'))
  const scrolls = document.documentElement.scrollWidth > room
  document.adoptedStyleSheets = []
  return [...(scrolls ? ['the page scrolls sideways'] : []), ...[...wide, ...cut].map(said)]
}"""


def unmarked(page: Page) -> list[str]:
    """What can have the focus and looks the same with it as without; Tab is pressed, as a person does."""
    page.evaluate("document.activeElement?.blur()")
    stops, same = page.evaluate(_REMEMBER), []
    for _ in range(stops + 2):  # once round, whatever had the focus; at the end it leaves the page
        page.keyboard.press("Tab")
        same += page.evaluate(_COMPARE)
    return same + list(page.evaluate("window.stops.filter(stop => !stop.reached).map(stop => stop.said)"))


_LOOK = """
  const look = element => {
    const around = element.matches('.govuk-radios__input, .govuk-checkboxes__input')
      ? [element.nextElementSibling, '::before'] : [element, null]
    const style = getComputedStyle(...around)
    return [style.outlineStyle + style.outlineWidth + style.outlineColor, style.boxShadow, style.backgroundColor,
      style.borderTopWidth + style.borderTopColor].join(' | ')
  }
"""
_REMEMBER = (
    "() => {"
    + _LOOK
    + """
  const focusable = 'a[href], button, input:not([type=hidden]), select, textarea, summary'
  const radios = new Set()
  window.stops = [...document.querySelectorAll(focusable)]
    .filter(element => element.checkVisibility({ visibilityProperty: true }))
    .filter(element => element.type !== 'radio' || (element.form.querySelector(`[name=${element.name}]:checked`)
      ? element.checked : !radios.has(element.name) && radios.add(element.name)))
    .map(element => ({ element, look: look(element), said: element.outerHTML.slice(0, 120), reached: false }))
  return window.stops.length
}"""
)
_COMPARE = (
    "() => {"
    + _LOOK
    + """
  const element = document.activeElement
  if (element === document.body || element === document.documentElement) return []
  const stop = window.stops.find(stop => stop.element === element)
  if (!stop) return ['not expected: ' + element.outerHTML.slice(0, 120)]
  stop.reached = true
  const box = element.getBoundingClientRect()
  const seen = box.bottom > 0 && box.top < innerHeight && box.width > 1
  return look(element) === stop.look || !seen ? [stop.said] : []
}"""
)


def small_targets(page: Page) -> list[str]:
    """What is smaller to hit than 24 by 24 and stands neither in a sentence nor apart from every other (WCAG 2.5.8)."""
    return list(page.evaluate(_SMALL))


_SMALL = """() => {
  const label = element => element.matches('.govuk-radios__input, .govuk-checkboxes__input')
    ? element.nextElementSibling : element
  const targets = [...document.querySelectorAll('a[href], button, input:not([type=hidden]), summary')]
    .filter(element => element.checkVisibility({ visibilityProperty: true }) && !element.closest('.govuk-skip-link'))
    .map(element => ({ element, box: label(element).getBoundingClientRect() }))
  const centre = box => [box.x + box.width / 2, box.y + box.height / 2]
  const small = box => box.width < 24 || box.height < 24
  const crowded = (one, two) => {
    const [x, y] = centre(one.box)
    if (small(two.box)) return Math.hypot(x - centre(two.box)[0], y - centre(two.box)[1]) < 24
    const dx = Math.max(two.box.left - x, 0, x - two.box.right), dy = Math.max(two.box.top - y, 0, y - two.box.bottom)
    return Math.hypot(dx, dy) < 12
  }
  const inSentence = element => {
    const around = element.closest('p, li, dd, div')
    const length = one => one.textContent.replace(/\\s+/g, ' ').trim().length
    return getComputedStyle(element).display === 'inline' && around && length(around) > length(element) + 3
  }
  return targets.filter(one => small(one.box) && !inSentence(one.element) &&
      targets.some(two => two.element !== one.element && crowded(one, two)))
    .map(one => `${Math.round(one.box.width)} x ${Math.round(one.box.height)}: ${one.element.outerHTML.slice(0, 140)}`)
}"""
