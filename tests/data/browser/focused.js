// How many elements take the focus by Tab, and those that then show no outline of 2 px or more.
() => {
  const able = [...document.querySelectorAll("a[href], button, input, select, textarea, summary, [tabindex='0']")]
    .filter(each => !each.disabled && each.checkVisibility({ visibilityProperty: true }))
  const unseen = able.filter(each => {
    each.focus()
    const style = getComputedStyle(each)
    return document.activeElement !== each || style.outlineStyle === "none" || parseFloat(style.outlineWidth) < 2
  }).map(each => each.outerHTML.slice(0, 160))
  document.activeElement.blur()
  return [able.length, unseen]
}
