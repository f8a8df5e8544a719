// This file is evaluated in our own world beside probe_text.js: the contrast of text over pictures
// and gradients, where no style alone says which colours meet.
Object.assign(probes, (() => {
  const { describe } = congtin;
  const state = { elements: [], sheet: null };

  const channels = (color) => {
    const numbers = (color.match(/-?[\d.]+/g) || []).map(Number);
    return /^rgba?\(/.test(color) ? [...numbers.slice(0, 3), numbers[3] ?? 1] : null;
  };

  // Whether a gradient or picture lies directly below the text, under no filter or blending.
  function liesOnPicture(element) {
    let isOnPicture = false;
    for (let one = element; one; one = one.parentElement) {
      const style = getComputedStyle(one);
      if (style.opacity !== '1' || style.mixBlendMode !== 'normal' || style.filter !== 'none') return false;
      if (style.textShadow !== 'none' || style.backgroundClip.includes('text')) return false;
      if (isOnPicture) continue;
      if (style.backgroundImage !== 'none') isOnPicture = true;
      else if ((channels(style.backgroundColor) || [0, 0, 0, 0])[3] > 0) return false;
    }
    return isOnPicture;
  }

  function isDisabled(element) {
    if (element.closest(':disabled, [aria-disabled=true]')) return true;
    const label = element.closest('label');
    return Boolean(label && label.control && label.control.matches(':disabled, [aria-disabled=true]'));
  }

  // The texts to take pictures of: boxes of the page, with the text itself left out of sight.
  function poseContrast(most) {
    const parents = new Set(probes.textNodes(document.body).map((node) => node.parentElement));
    state.elements = [...parents].filter(
      (one) => !isDisabled(one) && /[\p{L}\p{N}]/u.test(one.innerText || '') &&
        channels(getComputedStyle(one).color) && liesOnPicture(one),
    ).slice(0, most);
    if (!state.elements.length) return [];
    window.scrollTo(0, 0);
    const sheet = new CSSStyleSheet();
    sheet.replaceSync('*, ::before, ::after { -webkit-text-fill-color: transparent !important; ' +
      'text-decoration-color: transparent !important; caret-color: transparent !important; ' +
      'transition: none !important; animation: none !important }');
    document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
    state.sheet = sheet;
    return state.elements.map((one) => {
      const box = one.getBoundingClientRect();
      const left = Math.max(0, Math.floor(box.left + window.scrollX));
      const top = Math.max(0, Math.floor(box.top + window.scrollY));
      const width = Math.min(Math.ceil(box.right + window.scrollX) - left, 2000);
      return { x: left, y: top, width, height: Math.min(Math.ceil(box.bottom + window.scrollY) - top, 2000) };
    });
  }

  const linear = (value) => {
    const part = value / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  };
  const light = ([r, g, b]) => 0.2126 * linear(r) + 0.7152 * linear(g) + 0.0722 * linear(b);

  function contrastOver(color, back) {
    const front = back.map((value, at) => color[at] * color[3] + value * (1 - color[3]));
    const [one, other] = [light(front), light(back)];
    return (Math.max(one, other) + 0.05) / (Math.min(one, other) + 0.05);
  }

  // For each letter the best contrast that it has anywhere; the worst letter of the text counts.
  async function readContrast(number, picture, left, top) {
    const element = state.elements[number];
    const bytes = Uint8Array.from(atob(picture), (char) => char.charCodeAt(0));
    const image = await createImageBitmap(new Blob([bytes], { type: 'image/png' }));
    const canvas = new OffscreenCanvas(image.width, image.height);
    const context = canvas.getContext('2d');
    context.drawImage(image, 0, 0);
    const style = getComputedStyle(element);
    const color = channels(style.color);
    let worst = 21;
    let best = 1;
    for (const node of element.childNodes) {
      if (node.nodeType !== 3) continue;
      for (let at = 0; at < Math.min(node.data.length, 400); at += 1) {
        if (!/[\p{L}\p{N}]/u.test(node.data[at])) continue;
        const range = document.createRange();
        range.setStart(node, at);
        range.setEnd(node, at + 1);
        const box = range.getBoundingClientRect();
        const x = Math.max(0, Math.floor(box.left + window.scrollX - left));
        const y = Math.max(0, Math.floor(box.top + window.scrollY - top));
        const wide = Math.min(Math.ceil(box.width), image.width - x);
        const high = Math.min(Math.ceil(box.height), image.height - y);
        if (wide < 1 || high < 1) continue;
        const { data } = context.getImageData(x, y, wide, high);
        let most = 1;
        for (let pixel = 0; pixel < data.length; pixel += 4) {
          most = Math.max(most, contrastOver(color, [data[pixel], data[pixel + 1], data[pixel + 2]]));
        }
        worst = Math.min(worst, most);
        best = Math.max(best, most);
      }
    }
    const size = parseFloat(style.fontSize);
    const isLarge = size >= 24 || (size >= 18.66 && Number(style.fontWeight) >= 700);
    return { ...describe(element), contrast: Math.floor(worst * 100) / 100, best, large: isLarge };
  }

  function endContrast() {
    document.adoptedStyleSheets = document.adoptedStyleSheets.filter((one) => one !== state.sheet);
  }

  return { poseContrast, readContrast, endContrast };
})());
