// What is cut off when the text is spaced as https://www.w3.org/TR/WCAG22/#text-spacing says.
() => {
  const sheet = new CSSStyleSheet()
  sheet.replaceSync(`* { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important }
    p { margin-bottom: 2em !important }`)
  document.adoptedStyleSheets = [sheet]
  const root = document.documentElement
  const cut = [...document.body.querySelectorAll("*")].filter(each => {
    const style = getComputedStyle(each)
    const hides = [style.overflowX, style.overflowY].some(value => ["hidden", "clip"].includes(value))
    return hides && style.clipPath === "none"
      && (each.scrollWidth > each.clientWidth + 1 || each.scrollHeight > each.clientHeight + 1)
  }).map(each => each.outerHTML.slice(0, 160))
  const wide = root.scrollWidth > root.clientWidth ? [`the page is ${root.scrollWidth} px wide`] : []
  document.adoptedStyleSheets = []
  return wide.concat(cut)
}
