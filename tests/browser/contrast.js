// The contrast of every text on the page with what lies behind it, by the formula of WCAG 2.
// Tells what falls short of 4.5 (3 for large type): its text, its colours and its contrast.
() => {
  const channels = (colour) => {
    const [red, green, blue, alpha = 1] = colour.match(/[\d.]+/g).map(Number);
    return { rgb: [red, green, blue], alpha };
  };
  const ground = (element) => {
    for (let each = element; each; each = each.parentElement) {
      const style = getComputedStyle(each);
      const { rgb, alpha } = channels(style.backgroundColor);
      if (style.backgroundImage !== "none" || (alpha > 0 && alpha < 1) || style.opacity !== "1") {
        return null; // not to be computed, so not allowed
      }
      if (alpha === 1) return rgb;
    }
    return [255, 255, 255];
  };
  const luminance = (rgb) => {
    const [red, green, blue] = rgb
      .map((value) => value / 255)
      .map((value) => (value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4));
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  };
  const contrast = (one, other) => {
    const [light, dark] = [luminance(one), luminance(other)].sort((a, b) => b - a);
    return (light + 0.05) / (dark + 0.05);
  };

  const faults = [];
  let texts = 0;
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const text = walker.currentNode.textContent.trim();
    const element = walker.currentNode.parentElement;
    if (!text || !element.checkVisibility()) continue;
    texts += 1;
    const style = getComputedStyle(element);
    const size = parseFloat(style.fontSize);
    const large = size >= 24 || (size >= 18.66 && Number(style.fontWeight) >= 700);
    const behind = ground(element);
    const found = behind && contrast(channels(style.color).rgb, behind);
    if (!found || found < (large ? 3 : 4.5)) {
      faults.push({ text, colour: style.color, ground: behind, contrast: found });
    }
  }
  return { texts, faults };
}
