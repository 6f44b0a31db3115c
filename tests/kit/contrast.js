/** Texts whose contrast to what lies behind them is below WCAG 2.2 AA (1.4.3), as [ratio, text, markup].
    The browser itself turns colours into sRGB, so that any notation is understood. */
() => {
  const canvas = document.createElement("canvas");
  canvas.width = canvas.height = 1;
  const pen = canvas.getContext("2d", { willReadFrequently: true });

  function paint(colours) {
    pen.clearRect(0, 0, 1, 1);
    for (const colour of colours) {
      pen.fillStyle = colour;
      pen.fillRect(0, 0, 1, 1);
    }
    return [...pen.getImageData(0, 0, 1, 1).data.slice(0, 3)];
  }

  function luminance(rgb) {
    const [r, g, b] = rgb.map((value) => value / 255).map((v) => (v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4));
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  }

  function grounds(element) {
    const found = [];
    for (let at = element; at; at = at.parentElement) found.unshift(getComputedStyle(at).backgroundColor);
    return ["Canvas", ...found];
  }

  function isLarge(style) {
    const size = parseFloat(style.fontSize);
    return size >= 24 || (size >= 18.66 && Number(style.fontWeight) >= 700);
  }

  function ratio(element) {
    const behind = grounds(element);
    const [dark, light] = [paint(behind), paint([...behind, getComputedStyle(element).color])]
      .map(luminance).sort((a, b) => a - b);
    return (light + 0.05) / (dark + 0.05);
  }

  const failing = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const element = walker.currentNode.parentElement;
    const text = walker.currentNode.textContent.trim();
    if (!text || !element.checkVisibility({ visibilityProperty: true })) continue;
    if (element.closest(":disabled, [aria-disabled=true], .sr-only, .skip, option, optgroup, template")) continue;
    const found = ratio(element);
    if (found < (isLarge(getComputedStyle(element)) ? 3 : 4.5)) {
      failing.push([found.toFixed(2), text.slice(0, 40), element.outerHTML.slice(0, 80)]);
    }
  }
  return failing;
}
