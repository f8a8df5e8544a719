// This file is evaluated in our own world beside probes.js: what is measured on text as it is shown.
Object.assign(probes, (() => {
  const { describe } = congtin;

  const isShown = (element) =>
    element.checkVisibility({ visibilityProperty: true, opacityProperty: true });

  function boxesOf(node) {
    const range = document.createRange();
    range.selectNodeContents(node);
    return [...range.getClientRects()].filter((box) => box.width > 1 && box.height > 1);
  }

  // The text nodes of an element that are written for readers and take up room.
  function textNodes(element) {
    const found = [];
    const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) {
      const parent = walker.currentNode.parentElement;
      if (!/\S/.test(walker.currentNode.data) || !parent || !isShown(parent)) continue;
      if (parent.closest('script, style, noscript, template, title')) continue;
      if (boxesOf(walker.currentNode).length) found.push(walker.currentNode);
    }
    return found;
  }

  // ---- spacing: what !important in style attributes does to the text below ----

  const LEAST = { 'letter-spacing': 0.12, 'word-spacing': 0.16, 'line-height': 1.5 };

  const INHERITED = ['inherit', 'unset', 'revert', 'revert-layer'];

  const isImportant = (element, name) =>
    element.style && element.style.getPropertyPriority(name) === 'important' &&
    !INHERITED.includes(element.style.getPropertyValue(name));

  function holderOf(element, name) {
    for (let one = element; one; one = one.parentElement) if (isImportant(one, name)) return one;
    return null;
  }

  function isWrapped(node) {
    return new Set(boxesOf(node).map((box) => Math.round(box.top))).size > 1;
  }

  function measureSpacing() {
    const found = [];
    for (const [name, least] of Object.entries(LEAST)) {
      for (const element of document.querySelectorAll(`[style*="${name}" i]`)) {
        if (!isImportant(element, name)) continue;
        const ratios = [];
        for (const node of textNodes(element)) {
          const parent = node.parentElement;
          if (holderOf(parent, name) !== element || isOutside(node)) continue;
          if (name === 'line-height' && !isWrapped(node)) continue;
          const [own, held] = [ratioOf(parent, name), ratioOf(element, name)];
          // A style sheet that says something else in between has the last word.
          if (parent !== element && Math.abs(own - held) > 0.02) continue;
          ratios.push(own);
        }
        if (ratios.length) found.push({ ...describe(element), name, ratio: Math.min(...ratios), least });
      }
    }
    return found;
  }

  function ratioOf(element, name) {
    const style = getComputedStyle(element);
    const value = style.getPropertyValue(name);
    const pixels = value === 'normal' ? (name === 'line-height' ? 1.2 : 0) : parseFloat(value);
    return value === 'normal' ? pixels : pixels / parseFloat(style.fontSize);
  }

  // ---- clipping: text that is cut off in a small window ----

  const CUTS = ['hidden', 'clip'];
  const SCROLLS = ['auto', 'scroll'];
  const SLACK = 4;

  function paddingBox(element) {
    const box = element.getBoundingClientRect();
    const left = box.left + element.clientLeft;
    const top = box.top + element.clientTop;
    return { left, top, right: left + element.clientWidth, bottom: top + element.clientHeight };
  }

  // The ancestor that cuts a part of the text off, while another part of it is seen.
  function cutterOf(node) {
    const boxes = boxesOf(node);
    const isFixed = { x: false, y: false };
    for (let one = node.parentElement; one && one !== document.body; one = one.parentElement) {
      const style = getComputedStyle(one);
      if (style.display === 'inline' || style.display === 'contents') continue;
      if (SCROLLS.includes(style.overflowX)) isFixed.x = true;
      if (SCROLLS.includes(style.overflowY)) isFixed.y = true;
      const room = paddingBox(one);
      if (room.right - room.left <= 2 || room.bottom - room.top <= 2) return null;
      const cutsX = CUTS.includes(style.overflowX) && !isFixed.x;
      const cutsY = CUTS.includes(style.overflowY) && !isFixed.y;
      if (!cutsX && !cutsY) continue;
      const seen = boxes.some((box) => box.left < room.right - 1 && box.right > room.left + 1 &&
        box.top < room.bottom - 1 && box.bottom > room.top + 1);
      if (!seen) return null;
      const dots = style.textOverflow !== 'clip' && style.whiteSpace.includes('nowrap');
      const outX = cutsX && boxes.some((box) => box.right > room.right + SLACK || box.left < room.left - SLACK);
      const outY = cutsY && boxes.some((box) => {
        const out = Math.max(box.bottom - room.bottom, room.top - box.top);
        return out > SLACK && out > (box.bottom - box.top) / 3;
      });
      if (outX || outY) return { element: one, dots };
    }
    return null;
  }

  // A way to the whole text: the text is a link itself, or a link or button follows.
  function hasWayOut(element) {
    if (element.closest('a[href], button, summary, [title]')) return true;
    const next = element.nextElementSibling;
    return Boolean(next && next.matches('a[href], button, summary, :has(> a[href], > button)'));
  }

  function measureClipping() {
    const found = new Map();
    let whole = 0;
    for (const node of textNodes(document.body)) {
      if (node.parentElement.closest('[aria-hidden=true], marquee')) continue;
      const cut = cutterOf(node);
      if (!cut) whole += 1;
      else if (!found.has(cut.element)) {
        found.set(cut.element, { ...describe(cut.element), excused: hasWayOut(cut.element) });
      }
    }
    return { nodes: [...found.values()].slice(0, 20), whole };
  }

  function mayClip() {
    return [...document.body.querySelectorAll('*')].some((one) => {
      if (!one.textContent.trim()) return false;
      const style = getComputedStyle(one);
      return CUTS.includes(style.overflowX) || CUTS.includes(style.overflowY);
    }) || [...document.styleSheets].some(saysOverflowByWidth);
  }

  function saysOverflowByWidth(sheet) {
    try {
      return [...sheet.cssRules].some((rule) => rule.media && /overflow[^;]*(hidden|clip)/.test(rule.cssText));
    } catch {
      return false;
    }
  }

  // ---- labels: whether the accessible name holds the words that are seen ----

  const NAMED_BY_TEXT = new Set(['button', 'checkbox', 'gridcell', 'link', 'menuitem',
    'menuitemcheckbox', 'menuitemradio', 'option', 'radio', 'switch', 'tab', 'treeitem']);
  const PICTURES = /icon|symbol|awesome|glyph|dings/i;

  // Left of the page or above it, where no scrolling leads.
  function isOutside(node) {
    return boxesOf(node).every(
      (box) => box.right + window.scrollX < 1 || box.bottom + window.scrollY < 1,
    );
  }

  function seenText(element) {
    const parts = [];
    let last = null;
    for (const node of textNodes(element)) {
      const parent = node.parentElement;
      if (PICTURES.test(getComputedStyle(parent).fontFamily.split(',')[0])) continue;
      // Out of the page, or cut down to a pixel: for screen readers alone.
      if (isOutside(node) || isCutAway(parent)) continue;
      if (last && !isTogether(last, node)) parts.push(' ');
      parts.push(node.data);
      last = node;
    }
    return parts.join('').replace(/\s+/g, ' ').trim();
  }

  function isCutAway(element) {
    for (let one = element; one && one !== document.body; one = one.parentElement) {
      const style = getComputedStyle(one);
      const isTiny = one.clientWidth <= 1 && one.clientHeight <= 1 && style.display !== 'inline';
      if (isTiny && style.overflow !== 'visible') return true;
    }
    return false;
  }

  // Whether nothing stands between two text nodes of a line, so that they make one word.
  function isTogether(before, after) {
    const [one, other] = [boxesOf(before).at(-1), boxesOf(after)[0]];
    return Math.abs(one.right - other.left) < 1 && Math.abs(one.top - other.top) < one.height;
  }

  // Between axe.setup and axe.teardown.
  function measureLabels() {
    const found = [];
    for (const element of document.querySelectorAll('[aria-label], [aria-labelledby]')) {
      if (!NAMED_BY_TEXT.has(axe.commons.aria.getRole(element)) || !isShown(element)) continue;
      if (element.closest('[aria-hidden=true]')) continue;
      const name = axe.commons.text.accessibleText(element);
      const text = seenText(element);
      if (name && text) found.push({ ...describe(element), name, seen: text });
    }
    return found;
  }

  return { measureSpacing, measureClipping, mayClip, measureLabels, textNodes, boxesOf, isShown };
})());
