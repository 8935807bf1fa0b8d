// What is animated or changes slowly.
() => [...document.querySelectorAll("*")].filter(each => {
  const style = getComputedStyle(each)
  const seconds = (style.transitionDuration + "," + style.animationDuration).split(",").map(parseFloat)
  return seconds.some(each => each > 0.001) || style.scrollBehavior === "smooth"
}).map(each => each.outerHTML.slice(0, 160))
