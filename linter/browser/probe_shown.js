// This file is evaluated in our own world beside probes.js: what style sheets hide from everyone, and
// what they write, for rules that read the page's source.
Object.assign(probes, (() => {
  const MOST = 500;
  // Never shown as such, or heard; a picture is looked at as a whole.
  const APART = 'audio, script, style, template, noscript, link, meta, title, base, area, source, track, param, datalist';

  function placeOf(element, text = '') {
    return {
      path: congtin.pathOf(element),
      id: element.id || '',
      class: element.getAttribute('class') || '',
      text,
    };
  }

  function isGone(element) {
    const style = getComputedStyle(element);
    if (style.display === 'none') return true;
    if (style.visibility === 'visible') return false;
    return ![...element.querySelectorAll('*')].some((one) => getComputedStyle(one).visibility === 'visible');
  }

  // Text before and after an element; what is left out of sight by its style is no text.
  function writtenAround(element) {
    return ['::before', '::after'].map((name) => {
      const style = getComputedStyle(element, name);
      if (style.display === 'none' || style.visibility !== 'visible') return '';
      const [, text] = /^"((?:[^"\\]|\\.)*)"/.exec(style.content) || [];
      return (text || '').replace(/\\(.)/g, '$1');
    }).join('').trim();
  }

  function measureShown() {
    const unseen = [];
    const written = [];
    const waiting = document.body ? [document.body] : [];
    while (waiting.length) {
      const element = waiting.pop();
      if (element.matches(APART)) continue;
      if (isGone(element)) {
        if (unseen.length < MOST) unseen.push(placeOf(element));
        continue;
      }
      const text = writtenAround(element);
      if (text && written.length < MOST) written.push(placeOf(element, text));
      if (element.nodeName.toLowerCase() !== 'svg') waiting.push(...element.children);
    }
    return { unseen, written };
  }

  return { measureShown };
})());
