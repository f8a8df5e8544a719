// This file is evaluated in our own world beside world.js: what our own browser rules measure.
globalThis.probes = (() => {
  const { describe } = congtin;

  // ---- reflow: what sticks out of a narrow window and makes it scroll sideways ----

  const TWO_DIMENSIONAL =
    'table, img, picture, svg, canvas, video, iframe, object, embed, math, pre, map,' +
    '[role=img], [role=table], [role=grid], [role=treegrid], [role=toolbar], [role=application]';

  function scrolls(style) {
    return style.overflowX !== 'visible' || style.position === 'fixed';
  }

  function isHeldBack(element) {
    for (let node = element; node && node !== document.body; node = node.parentElement) {
      if (node !== element && scrolls(getComputedStyle(node))) return true;
      if (getComputedStyle(node).position === 'fixed') return true;
    }
    return false;
  }

  function rightOf(element) {
    let right = element.getBoundingClientRect().right;
    for (const child of element.childNodes) {
      if (child.nodeType !== 3 || !child.data.trim()) continue;
      const range = document.createRange();
      range.selectNodeContents(child);
      for (const box of range.getClientRects()) right = Math.max(right, box.right);
    }
    return right;
  }

  // Text of which the window shows a part, and to the rest of which nobody can scroll.
  function cutByWindow() {
    const cut = [...document.body.querySelectorAll('*')].filter((one) => {
      if (isHeldBack(one) || one.closest(TWO_DIMENSIONAL) || !one.checkVisibility()) return false;
      return [...one.childNodes].some((child) => {
        if (child.nodeType !== 3 || !child.data.trim()) return false;
        const range = document.createRange();
        range.selectNodeContents(child);
        return [...range.getClientRects()].some(
          (box) => box.left < window.innerWidth && box.right > window.innerWidth + 8,
        );
      });
    });
    return cut.slice(0, 20).map((one) => ({ ...describe(one), excepted: false }));
  }

  function measureReflow() {
    const root = document.scrollingElement || document.documentElement;
    const shown = Boolean(document.body && document.body.getClientRects().length &&
      (document.body.innerText.trim() || document.body.querySelector('img, svg, video, input')));
    const clipped = ['hidden', 'clip'];
    const isClipped = [document.documentElement, document.body].some(
      (one) => one && clipped.includes(getComputedStyle(one).overflowX),
    );
    window.scrollTo(0, 0);
    if (isClipped) return { shown, wide: 0, nodes: cutByWindow() };
    if (root.scrollWidth <= window.innerWidth + 1) return { shown, wide: 0, nodes: [] };
    const out = [...document.body.querySelectorAll('*')].filter(
      (one) => one.getClientRects().length && rightOf(one) > window.innerWidth + 1,
    );
    const guilty = out.filter(
      (one) => !out.some((other) => other !== one && one.contains(other)) && !isHeldBack(one),
    );
    const nodes = guilty.slice(0, 20).map((one) => {
      const special = one.closest(TWO_DIMENSIONAL);
      return { ...describe(special || one), excepted: Boolean(special) };
    });
    const unique = new Map(nodes.map((node) => [node.path + node.css, node]));
    return { shown, wide: root.scrollWidth, nodes: [...unique.values()] };
  }

  // ---- focus: whether the focused element looks any different ----

  const FOCUSABLE =
    'a[href], button, input:not([type=hidden]), select, textarea, summary, [tabindex],' +
    '[contenteditable=""], [contenteditable=true], audio[controls], video[controls]';
  const LOOKS = [
    'outlineStyle', 'outlineWidth', 'outlineColor', 'boxShadow', 'borderTopColor', 'borderTopWidth',
    'borderTopStyle', 'borderRightColor', 'borderRightWidth', 'borderBottomColor',
    'borderBottomWidth', 'borderBottomStyle', 'borderLeftColor', 'borderLeftWidth',
    'backgroundColor', 'backgroundImage', 'color', 'textDecorationLine', 'textDecorationColor',
    'textDecorationStyle', 'textDecorationThickness', 'opacity', 'visibility', 'display',
    'transform', 'clip', 'clipPath', 'top', 'right', 'bottom', 'left', 'width', 'height',
    'fontWeight', 'filter', 'fill', 'stroke', 'content',
  ];
  const state = { elements: [], still: null, log: [] };

  function tabStops() {
    return [...document.querySelectorAll(FOCUSABLE)].filter(
      (one) =>
        one.tabIndex >= 0 &&
        !one.matches(':disabled') &&
        !one.closest('[inert]') &&
        one.getClientRects().length > 0 &&
        one.checkVisibility({ visibilityProperty: true, contentVisibilityAuto: true }),
    );
  }

  function hasNoOutline(style) {
    return style.outlineStyle === 'none' || parseFloat(style.outlineWidth) === 0 ||
      /^rgba\(.*, 0\)$/.test(style.outlineColor);
  }

  function outlineOf(element) {
    const style = getComputedStyle(element);
    return hasNoOutline(style) ? '' : `${style.outlineStyle}|${style.outlineWidth}|${style.outlineColor}`;
  }

  function looksOf(element, pseudo) {
    const style = getComputedStyle(element, pseudo);
    if (pseudo && (style.content === 'none' || style.content === 'normal')) return '';
    const unseen = hasNoOutline(style);
    return LOOKS.map((name) => (unseen && name.startsWith('outline') ? '' : style[name])).join('|');
  }

  // The element and what stands around it: a style may show the focus on a neighbour.
  function lookAround(element) {
    const around = [element, element.parentElement, element.parentElement?.parentElement];
    around.push(element.previousElementSibling, element.nextElementSibling);
    around.push(...[...element.querySelectorAll('*')].slice(0, 8));
    const found = around.filter(Boolean);
    return found
      .flatMap((one) => [looksOf(one), looksOf(one, '::before'), looksOf(one, '::after')])
      .join('\n');
  }

  function holdStill() {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync('*, ::before, ::after { transition: none !important; animation: none !important }');
    document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
    state.still = sheet;
  }

  function letGo() {
    document.adoptedStyleSheets = document.adoptedStyleSheets.filter((one) => one !== state.still);
  }

  function unfocus() {
    if (document.activeElement && document.activeElement !== document.body) {
      document.activeElement.blur();
    }
  }

  const ownLooks = (one) => [looksOf(one), looksOf(one, '::before'), looksOf(one, '::after')].join();

  // Whether the look of an element, then of what stands around it, changes with its focus; its
  // outline first, which mostly does.
  // null where it does not take the focus.
  function changesWithFocus(element) {
    for (const look of [outlineOf, ownLooks, lookAround]) {
      unfocus();
      const before = look(element);
      element.focus({ focusVisible: true, preventScroll: true });
      if (document.activeElement !== element) return null;
      if (look(element) !== before) return true;
    }
    return false;
  }

  // Elements by what became of their focus: seen, lost (it was taken away at once), or unclear.
  function measureFocus(limit) {
    holdStill();
    const stops = tabStops();
    const result = { stops: stops.length, seen: 0, lost: [], unclear: [] };
    state.elements = [];
    const groups = new Map();
    for (const element of stops.slice(0, limit)) {
      let received = false;
      element.addEventListener('focus', () => { received = true; }, { once: true });
      const changes = changesWithFocus(element);
      if (changes === null) {
        const nowhere = !document.activeElement || document.activeElement === document.body;
        if (received && nowhere) result.lost.push(describe(element));
        continue;
      }
      if (changes) {
        result.seen += 1;
        continue;
      }
      const parent = element.parentElement;
      const group = [element.nodeName, element.className, element.getAttribute('style'), element.type,
        parent && parent.nodeName, parent && parent.className].join('|');
      if (!groups.has(group)) groups.set(group, state.elements.push([]) - 1);
      state.elements[groups.get(group)].push(element);
    }
    unfocus();
    if (!state.elements.length) letGo();
    result.unclear = state.elements.map((group) => group.map((element) => describe(element)));
    return result;
  }

  // Brings the first element of an unclear group into sight, focused or not, for a picture of it.
  async function pose(group, focused) {
    const [element] = state.elements[group];
    element.scrollIntoView({ block: 'center', inline: 'center', behavior: 'instant' });
    if (focused) element.focus({ focusVisible: true, preventScroll: true });
    else unfocus();
    await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
  }

  // ---- keyboard: where the focus goes when keys are pressed ----

  async function startWalk() {
    unfocus();
    await new Promise((resolve) => setTimeout(resolve, 5));
    window.scrollTo(0, 0);
    state.elements = tabStops();
    return state.elements.length;
  }

  // The place of the focused element among all, -1 for none, once scripts had time to move it.
  async function whereIsFocus() {
    // Scripts that bring the focus back often do so a moment later; timers go off in their order.
    await new Promise((resolve) => setTimeout(resolve, 15));
    const isOut = () => [null, document.body, document.documentElement].includes(document.activeElement);
    if (isOut()) await new Promise((resolve) => setTimeout(resolve, 30));
    if (isOut()) return -1;
    const element = document.activeElement;
    const at = state.elements.indexOf(element);
    return at < 0 ? state.elements.push(element) - 1 : at;
  }

  // Whether the focus stays where it is: two traps may hand it to and fro for ever.
  async function isAtRest() {
    let moves = 0;
    const count = () => { moves += 1; };
    document.addEventListener('focusin', count, true);
    await new Promise((resolve) => setTimeout(resolve, 40));
    document.removeEventListener('focusin', count, true);
    return moves === 0;
  }

  // The keys that the page says lead out: “Ctrl+M”.
  function advisedKeys() {
    const told = document.body.innerText.matchAll(/\b(ctrl|control|alt|shift)\s*\+\s*([a-z0-9])\b/gi);
    return [...told].slice(0, 5).map((keys) => [keys[1][0].toLowerCase(), keys[2].toLowerCase()]);
  }

  // Whether what has the focus may tell how to get out, and leads nowhere else.
  function mayTellHow() {
    const element = document.activeElement;
    const tells = /help|how|exit|leave|keyboard|trợ giúp|hướng dẫn|cách|thoát|phím/i.test(element.innerText);
    return tells && element.matches('a[href^="#"], button, [role=button]') && !element.closest('form');
  }

  function describeStop(at) {
    const element = state.elements[at];
    const dialog = element.closest('dialog, [role=dialog], [role=alertdialog], [aria-modal=true]');
    const frame = element.nodeName === 'IFRAME' || element.nodeName === 'FRAME';
    return { ...describe(element), dialog: Boolean(dialog), frame };
  }

  // ---- at rest: all that is measured before anything moves, in one go ----

  // One that fails leaves word of it and stops no other.
  async function attempt(measure) {
    try {
      return await measure();
    } catch {
      return { failed: 'browser-error' };
    }
  }

  function measureNames() {
    const asked = document.querySelectorAll('[aria-label], [aria-labelledby], a[href], area[href], [role=link], iframe');
    if (!globalThis.axe || !asked.length) return { labels: [], targets: [] };
    axe.setup(document.documentElement);
    try {
      return { labels: probes.measureLabels(), targets: probes.findTargets() };
    } finally {
      axe.teardown();
    }
  }

  const under = (key, value) => (value.failed ? value : { [key]: value });

  // `boxes` last: from then on the texts to take pictures of are hidden.
  async function measureAtRest(mostPictures) {
    const names = await attempt(measureNames);
    const targets = names.failed ? names : await attempt(() => probes.measureTargets(names.targets));
    const found = {
      shown: await attempt(probes.measureShown),
      labels: names.failed ? names : { nodes: names.labels },
      spacing: under('nodes', await attempt(probes.measureSpacing)),
      targets: under('groups', targets),
      media: under('nodes', await attempt(probes.measureMedia)),
      frames: under('nodes', await attempt(probes.measureFrames)),
      objects: under('nodes', await attempt(probes.measureObjects)),
      pictures: under('nodes', await attempt(probes.measurePictures)),
      changes: under('nodes', await attempt(probes.measureChanges)),
    };
    return {
      html: document.documentElement.outerHTML,
      probes: found,
      stops: tabStops().length,
      clips: Boolean(document.body) && probes.mayClip(),
      turns: probes.mayTurn(),
      boxes: document.body ? probes.poseContrast(mostPictures) : [],
    };
  }

  return { measureAtRest, measureReflow, measureFocus, pose, letGo, startWalk, whereIsFocus, isAtRest, advisedKeys, mayTellHow, describeStop };
})();
