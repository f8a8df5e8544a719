// This file is evaluated in our own world beside probes.js: what the keyboard should reach or should
// not, and objects that show something.
Object.assign(probes, (() => {
  const { describe } = congtin;
  const FOCUSABLE =
    'a[href], area[href], button, input:not([type=hidden]), select, textarea, summary, [tabindex],' +
    '[contenteditable=""], [contenteditable=true], audio[controls], video[controls]';

  // What can be typed into or played takes the focus, though its tabIndex says -1.
  const isStop = (one) => one.tabIndex >= 0 ||
    (!one.hasAttribute('tabindex') && (one.isContentEditable || /^(AUDIO|VIDEO)$/.test(one.nodeName)));

  // Elements below a node that Tab would reach, in open shadow trees too.
  function stopsIn(root) {
    const found = [...root.querySelectorAll(FOCUSABLE)].filter(
      (one) => isStop(one) && !one.matches(':disabled') && !one.closest('[inert]') &&
        // A part of an image map is drawn with its image.
        (one.nodeName === 'AREA' ||
          (one.checkVisibility({ visibilityProperty: true }) && one.getClientRects().length)),
    );
    for (const one of [root, ...root.querySelectorAll('*')]) {
      if (one.shadowRoot && one.checkVisibility()) found.push(...stopsIn(one.shadowRoot));
    }
    return found;
  }

  // The document that a frame shows, where it is of this origin.
  function documentIn(frame) {
    try {
      return frame.contentDocument;
    } catch {
      return null;
    }
  }

  const isSeen = (element) => {
    const box = element.getBoundingClientRect();
    return element.checkVisibility({ visibilityProperty: true }) && box.width > 1 && box.height > 1;
  };

  // Frames that Tab passes by though something inside waits for it. While a dialog is open, what is
  // behind it is out of reach on purpose.
  function measureFrames() {
    const found = [];
    const isModal = document.querySelector(':modal, [aria-modal=true]:not([hidden])');
    for (const frame of document.querySelectorAll('iframe[tabindex]')) {
      if (isModal || frame.closest('[inert]') || !isSeen(frame)) continue;
      if (frame.clientWidth < 2 || frame.clientHeight < 2) continue;
      const inner = documentIn(frame);
      if (!inner || !stopsIn(inner).some(isSeen)) continue;
      found.push({ ...describe(frame), out: frame.tabIndex < 0 });
    }
    return found;
  }

  // What Tab reaches though aria-hidden keeps it from screen readers. An element that hands the
  // focus on at once (a guard at the ends of a dialog) holds nobody.
  function measureHiddenFocus() {
    const found = [];
    for (const hidden of document.querySelectorAll('[aria-hidden=true]')) {
      if (hidden.parentElement && hidden.parentElement.closest('[aria-hidden=true]')) continue;
      const stops = stopsIn(hidden);
      if (hidden.matches(FOCUSABLE)) stops.push(...stopsIn({ querySelectorAll: () => [hidden] }));
      for (const frame of hidden.querySelectorAll('iframe')) {
        const inner = frame.tabIndex < 0 || !frame.checkVisibility() ? null : documentIn(frame);
        if (inner) stops.push(...stopsIn(inner).slice(0, 1).map(() => frame));
      }
      const held = stops.filter((one) => {
        if (one.nodeName === 'IFRAME') return true;
        one.focus({ preventScroll: true });
        const active = (one.getRootNode().activeElement) || document.activeElement;
        return active === one;
      });
      const isDialog = document.querySelector(':modal, [aria-modal=true]:not([hidden])');
      found.push({ ...describe(hidden), stops: held.length, behind: Boolean(isDialog) });
    }
    if (found.length && document.activeElement && document.activeElement !== document.body) {
      document.activeElement.blur();
    }
    return found;
  }

  // Objects that show something that is no page: their kind as the server says it, and their name.
  async function measureObjects() {
    const found = [];
    for (const object of document.querySelectorAll('object[data]')) {
      if (!object.checkVisibility({ visibilityProperty: true }) || object.closest('[aria-hidden=true]')) continue;
      if (/^\s*(none|presentation)\b/i.test(object.getAttribute('role') || '') && !object.hasAttribute('tabindex')) continue;
      let kind = '';
      try {
        const answer = await fetch(object.data, { method: 'GET', signal: AbortSignal.timeout(3000) });
        if (!answer.ok) continue;
        kind = (answer.headers.get('content-type') || '').split(';')[0];
      } catch {
        if (object.getBoundingClientRect().width < 2) continue;
        kind = object.type;
      }
      const labels = (object.getAttribute('aria-labelledby') || '').split(/\s+/).filter(Boolean);
      const texts = labels.map((id) => document.getElementById(id)?.textContent || '');
      const name = [...texts, object.getAttribute('aria-label'), object.title].join('').trim();
      found.push({ ...describe(object), kind, named: Boolean(name), data: object.getAttribute('data') });
    }
    return found;
  }

  return { measureFrames, measureHiddenFocus, measureObjects };
})());
