function (image) {
  // The picture itself in place of its image: it has the page's colours and fonts, and its words can be read.
  const address = image.getAttribute("src");
  const text = decodeURIComponent(address.slice(address.indexOf(",") + 1));
  const svg = new DOMParser().parseFromString(text, "image/svg+xml").documentElement;
  if (svg.nodeName !== "svg") return;
  svg.removeAttribute("color");
  svg.firstElementChild.remove();
  image.replaceWith(document.importNode(svg, true));
}
