// What makes the page scroll sideways, and regions that scroll sideways but cannot be reached or have no name.
() => {
  const shown = element => element.outerHTML.slice(0, 160)
  const root = document.documentElement
  const found = root.scrollWidth > root.clientWidth
    ? [`the page is ${root.scrollWidth} px wide`].concat([...document.body.querySelectorAll("*")]
        .filter(each => each.getBoundingClientRect().right > root.clientWidth + 1)
        .filter(each => !each.closest(".scroll, pre, .hidden, .skip")).slice(0, 5).map(shown))
    : []
  const scrolls = [...document.querySelectorAll("*")].filter(each =>
    each.scrollWidth > each.clientWidth + 1 && each.clientWidth > 1
    && ["auto", "scroll"].includes(getComputedStyle(each).overflowX) && each !== root && each !== document.body
    && !["TEXTAREA", "INPUT", "SELECT"].includes(each.tagName))
  return found.concat(scrolls
    .filter(each => each.tabIndex < 0 || !(each.ariaLabel || each.getAttribute("aria-labelledby")))
    .map(each => "cannot be reached or has no name: " + shown(each)))
}
