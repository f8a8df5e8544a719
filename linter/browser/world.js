// This file is evaluated in our own world of every frame, after axe-core and before the page's
// scripts: they cannot see it, change it or forbid it. `congtin` is what Python calls.
globalThis.congtin = (() => {
  const LONGEST_VALUE = 300;
  const LONGEST_TEXT = 120;
  // Of arrive, before it counts those of the page: its limit, its pause, and the count itself.
  const OWN_TIMERS = 3;

  // Where an element stands, as an XPath of names and places; '' inside a shadow tree.
  function pathOf(element) {
    const steps = [];
    for (let node = element; node && node.nodeType === 1; node = node.parentNode) {
      let place = 1;
      for (let one = node.previousElementSibling; one; one = one.previousElementSibling) {
        if (one.nodeName === node.nodeName) place += 1;
      }
      steps.unshift(`${node.nodeName.toLowerCase()}[${place}]`);
      if (!node.parentNode || node.parentNode.nodeType === 11) return '';
    }
    return '/' + steps.join('/');
  }

  function startTag(element) {
    const parts = [element.nodeName.toLowerCase()];
    for (const { name, value } of element.attributes) {
      const shown = value.slice(0, LONGEST_VALUE).replaceAll('&', '&amp;').replaceAll('"', '&quot;');
      parts.push(`${name}="${shown}"`);
    }
    return `<${parts.join(' ')}>`;
  }

  function selectorOf(element) {
    const steps = [];
    for (let node = element; node && node.nodeType === 1; node = node.parentElement) {
      if (node.id && document.querySelectorAll('#' + CSS.escape(node.id)).length === 1) {
        steps.unshift('#' + CSS.escape(node.id));
        break;
      }
      const alike = node.parentElement
        ? [...node.parentElement.children].filter((one) => one.nodeName === node.nodeName)
        : [node];
      const place = alike.length > 1 ? `:nth-of-type(${alike.indexOf(node) + 1})` : '';
      steps.unshift(node.nodeName.toLowerCase() + place);
    }
    return steps.join(' > ');
  }

  function textOf(element) {
    return (element.textContent || '').replace(/\s+/g, ' ').trim().slice(0, LONGEST_TEXT);
  }

  // What Python needs to find the element again, or to speak of it when it is in no source.
  function describe(element, css) {
    return {
      css: css || selectorOf(element),
      path: pathOf(element),
      html: startTag(element),
      text: element.contains(document.body) ? '' : textOf(element),
    };
  }

  function flatSelector(selector) {
    return selector.map((part) => (Array.isArray(part) ? part.join(' >>> ') : part)).join(' >>> ');
  }

  function describeNode(node) {
    const css = flatSelector([].concat(node.selector));
    if (node.element && !node.fromFrame) return describe(node.element, css);
    return { css, path: '', html: String(node.source || ''), text: '' };
  }

  const flat = (value) =>
    Array.isArray(value)
      ? value.filter((one) => one === null || typeof one !== 'object').map(String)
      : value;

  // A check's data without anything that is not text, number or a list of these.
  function plain(data) {
    if (data === null || data === undefined || typeof data === 'boolean') return null;
    if (typeof data !== 'object' || Array.isArray(data)) return flat(data);
    const kept = {};
    for (const [key, value] of Object.entries(data)) {
      if (value !== null && (typeof value !== 'object' || Array.isArray(value))) {
        kept[key] = flat(value);
      }
    }
    if (data.missingData && data.missingData[0]) kept.messageKey ??= data.missingData[0].reason;
    return kept;
  }

  // axe has kept the checks alone that made the node what it is.
  function checksOf(node) {
    return [...node.any, ...node.all, ...node.none].map((check) => ({
      id: check.id,
      data: plain(check.data),
    }));
  }

  const frameOf = (node) => JSON.stringify([].concat(node.selector).slice(0, -1));

  // axe-core compares landmarks across frames; each document has its own.
  function isOnlyInFrames(rule, node) {
    if (rule.id !== 'landmark-unique') return false;
    const alike = [...node.any, ...node.all, ...node.none].flatMap((check) => check.relatedNodes || []);
    return alike.length > 0 && alike.every((one) => frameOf(one) !== frameOf(node.node));
  }

  function reduce(results) {
    const said = { violations: [], incomplete: [], passes: {}, inapplicable: [] };
    for (const rule of results) {
      for (const outcome of ['violations', 'incomplete']) {
        const nodes = rule[outcome].filter((node) => !isOnlyInFrames(rule, node)).map((node) => ({
          ...describeNode(node.node),
          checks: checksOf(node),
        }));
        if (nodes.length) said[outcome].push({ id: rule.id, nodes });
      }
      if (rule.passes.length) said.passes[rule.id] = rule.passes.length;
      if (rule.result === 'inapplicable') said.inapplicable.push(rule.id);
    }
    return said;
  }

  const wait = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds));

  // Elements whose text has changed since the page was loaded.
  const changing = new Map();
  let loadedAt = 0;
  let timersAtLoad = 0;

  function noteChanges(records) {
    if (document.readyState !== 'complete') return;
    for (const { type, target, addedNodes, removedNodes } of records) {
      const element = type === 'characterData' ? target.parentElement : target;
      const isText = type === 'characterData' ||
        [...addedNodes, ...removedNodes].some((node) => (node.textContent || '').trim());
      if (element && element.innerText !== undefined && isText) changing.set(element, true);
    }
  }

  // Timers are numbered: the next number tells how many there have been, ours among them.
  function countTimers() {
    const next = setTimeout(() => {}, 0);
    clearTimeout(next);
    return next;
  }

  // Where the page has set a timer, waits until one of a second has gone off.
  async function ticked() {
    const missing = 1250 - (performance.now() - loadedAt);
    if (timersAtLoad > OWN_TIMERS && missing > 0) await wait(missing);
  }

  const changed = () => [...changing.keys()];

  const frame = () => new Promise((resolve) => requestAnimationFrame(resolve));

  // Fonts loaded and two frames painted, but never longer than a second.
  async function settle() {
    await Promise.race([document.fonts.ready.then(frame).then(frame), wait(1000)]);
  }

  // A frame painted for another window size, but never longer than a second.
  async function settleAnew() {
    const task = () => new Promise((resolve) => setTimeout(resolve));
    await Promise.race([frame().then(task).then(() => document.fonts.ready), wait(1000)]);
  }

  // Waits for the page to load; what came, and from where.
  async function arrive(milliseconds) {
    const loaded = new Promise((resolve) => {
      if (document.readyState === 'complete') resolve(true);
      else window.addEventListener('load', () => resolve(true), { once: true });
    });
    const inTime = await Promise.race([loaded, wait(milliseconds).then(() => false)]);
    await wait(0);
    [loadedAt, timersAtLoad] = [performance.now(), countTimers()];
    if (inTime) await settle();
    const [entry] = performance.getEntriesByType('navigation');
    return {
      late: !inTime,
      document: entry ? entry.name : location.href,
      redirects: entry ? entry.redirectCount : 0,
      status: entry ? entry.responseStatus : 0,
      type: document.contentType,
    };
  }

  async function runAxe(options, milliseconds) {
    const late = wait(milliseconds).then(() => 'late');
    const done = axe.run(document, options).then(
      (said) => JSON.stringify(said),
      (error) => 'error: ' + ((error && error.message) || error),
    );
    return Promise.race([done, late]);
  }

  // What a colour's text means never changes; axe asks it of every text, and reads it slowly.
  function rememberColors() {
    const { prototype } = axe.commons.color.Color;
    const read = prototype.parseString;
    const known = new Map();
    prototype.parseString = function parseString(text) {
      const seen = known.get(text);
      if (seen) {
        [this.r, this.g, this.b, this.alpha] = seen;
      } else {
        read.call(this, text);
        known.set(text, [this.r, this.g, this.b, this.alpha]);
      }
      return this;
    };
  }

  new MutationObserver(noteChanges)
    .observe(document, { subtree: true, childList: true, characterData: true });
  // Every page meets a first visitor.
  if (window === window.top) {
    try { sessionStorage.clear(); } catch { /* a page without an origin has none */ }
    // It may not ask a person whether it may be left.
    window.addEventListener('beforeunload', (event) => event.stopImmediatePropagation(), true);
  }
  if (globalThis.axe) {
    axe.configure({ allowedOrigins: ['<unsafe_all_origins>'] });
    rememberColors();
    axe.addReporter('congtin', (results, _options, callback) => callback(reduce(results)));
  }
  return { describe, pathOf, settleAnew, arrive, runAxe, ticked, changed };
})();
