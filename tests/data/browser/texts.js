// The texts of two words or more that are in the language of the page, without code and without names.
() => {
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
  const found = []
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const element = node.parentElement
    const text = node.data.trim().replace(/\s+/g, " ")
    if (/\p{L}{2,}\s+\p{L}{2,}/u.test(text) && element.closest("[lang]") === document.documentElement
      && !element.closest("code, pre, textarea, script, style, [translate=no]")) found.push(text)
  }
  return found
}
