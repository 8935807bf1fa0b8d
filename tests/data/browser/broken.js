// The words of headings that go over two lines without a hyphen, as a word does that is wider than the page.
() => {
  const sheet = new CSSStyleSheet()
  sheet.replaceSync("h1, h2, h3 { hyphens: manual !important }")
  document.adoptedStyleSheets = [sheet]
  const broken = new Set()
  for (const heading of document.querySelectorAll("main :is(h1, h2, h3)")) {
    const texts = document.createTreeWalker(heading, NodeFilter.SHOW_TEXT)
    for (let text; (text = texts.nextNode());)
      for (const word of text.data.matchAll(/[\p{L}\d]+/gu)) {
        const range = document.createRange()
        range.setStart(text, word.index)
        range.setEnd(text, word.index + word[0].length)
        const lines = new Set([...range.getClientRects()].filter(box => box.width).map(box => Math.round(box.top)))
        if (lines.size > 1) broken.add(word[0])
      }
  }
  document.adoptedStyleSheets = []
  return [...broken]
}
