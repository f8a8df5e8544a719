// This file is evaluated in our own world beside probes.js: what links and frames of the same name
// lead to.
Object.assign(probes, (() => {
  const { describe } = congtin;
  const BLOCKS = 'p, li, td, th, dd, dt, figcaption, blockquote';
  const MOST_ASKED = 12;
  const MOST_WORDS = 400;
  const MOST_LOOKS = 6;
  const DATES = /\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4}/g;
  const CONTACTS = /[\w.+-]+@[\w-]+(?:\.[\w-]+)+|\+?\(?\d[\d\s().-]{6,}\d/g;

  const plain = (text) => (text || '').normalize('NFKC').replace(/\s+/g, ' ').trim().toLowerCase();

  function addressOf(element) {
    if (element.nodeName === 'IFRAME') {
      return element.hasAttribute('srcdoc') ? `srcdoc:${element.getAttribute('srcdoc')}` : element.src;
    }
    const href = element.href && element.href.baseVal !== undefined ? element.href.baseVal : element.href;
    if (href) return new URL(href, document.baseURI).href;
    const script = /location(?:\.href)?\s*=\s*['"]([^'"]+)['"]/.exec(element.getAttribute('onclick') || '');
    return script ? new URL(script[1], document.baseURI).href : '';
  }

  // What a program can tell of where a link stands: its block's text and what describes it.
  function contextOf(element) {
    const block = element.closest(BLOCKS);
    const ids = (element.getAttribute('aria-describedby') || '').split(/\s+/);
    const told = ids.map((id) => document.getElementById(id)?.textContent || '');
    return plain([block ? block.textContent : '', ...told].join(' '));
  }

  function isMet(element) {
    return element.checkVisibility({ visibilityProperty: true }) && !element.closest('[aria-hidden=true]');
  }

  async function read(address, hops = 3) {
    if (address.startsWith('srcdoc:')) return { final: address, ...wordsOf(address.slice(7)) };
    if (new URL(address).origin !== location.origin) return { final: address, words: null };
    try {
      const answer = await fetch(address, { credentials: 'omit', signal: AbortSignal.timeout(2000) });
      const kind = answer.headers.get('content-type') || '';
      if (!answer.ok || !/html/.test(kind)) return { final: answer.url, words: null };
      const text = await answer.text();
      const onward = /<meta[^>]+http-equiv=["']?refresh["']?[^>]*content=["']0\s*;\s*url\s*=\s*['"]?([^'">]+)/i
        .exec(text);
      if (onward && hops) return read(new URL(onward[1].trim(), answer.url).href, hops - 1);
      return { final: answer.url, ...wordsOf(text) };
    } catch {
      return { final: address, words: null };
    }
  }

  function wordsOf(html) {
    const page = new DOMParser().parseFromString(html, 'text/html');
    const scripted = Boolean(page.querySelector('script'));
    const main = page.querySelector('main, [role=main]') || page.body;
    for (const one of main.querySelectorAll('script, style, noscript, template')) one.remove();
    return { ...saidIn(main.textContent), scripted };
  }

  // The words of a text, and the telephone numbers and addresses for mail in it.
  function saidIn(text) {
    const words = [...new Set(plain(text).match(/[\p{L}\p{N}]+/gu) || [])].slice(0, MOST_WORDS);
    const found = text.replace(DATES, ' ').match(CONTACTS) || [];
    const contacts = found.map((one) => (one.includes('@') ? plain(one) : one.replace(/\D/g, '')));
    return { words, contacts };
  }

  // What a page shows once its scripts have run.
  async function look(address) {
    const frame = document.createElement('iframe');
    frame.style.cssText = 'position: absolute; left: -9999px; width: 1280px; height: 1024px; border: 0';
    frame.src = address;
    const wait = (time) => new Promise((resolve) => setTimeout(resolve, time));
    const loaded = new Promise((resolve) => frame.addEventListener('load', resolve, { once: true }));
    document.body.append(frame);
    try {
      await Promise.race([loaded, wait(2000)]);
      await wait(50);
      const shown = frame.contentDocument;
      const main = shown && (shown.querySelector('main, [role=main]') || shown.body);
      return main && main.innerText.trim() ? saidIn(main.innerText) : {};
    } catch {
      return {};
    } finally {
      frame.remove();
    }
  }

  // One program may answer several addresses with the same source, and let a script show a part.
  async function lookAgain(addresses, asked) {
    const alike = Map.groupBy([...addresses].filter((one) => asked.get(one)?.scripted), (one) => {
      const { origin, pathname } = new URL(one);
      return `${origin}${pathname}|${asked.get(one).words.join(' ')}`;
    });
    for (const group of alike.values()) {
      if (group.length < 2 || group.length > MOST_LOOKS) continue;
      for (const one of group) asked.set(one, { ...asked.get(one), ...await look(one), scripted: false });
    }
  }

  // Links and frames with a name and an address; between axe.setup and axe.teardown.
  function findTargets() {
    const found = [];
    if (document.querySelectorAll('a[href], [role=link], iframe').length < 2) return found;
    for (const element of document.querySelectorAll('a[href], area[href], [role=link], iframe')) {
      const isFrame = element.nodeName === 'IFRAME';
      if (!isFrame && axe.commons.aria.getRole(element) !== 'link') continue;
      if (!isMet(element)) continue;
      const name = plain(axe.commons.text.accessibleText(element));
      let address = '';
      try { address = addressOf(element); } catch { continue; }
      if (name && /^(https?|srcdoc):/.test(address)) found.push({ element, name, isFrame, address });
    }
    return found;
  }

  // Groups of links, and of frames, of one name whose addresses differ.
  async function measureTargets(all) {
    const groups = Map.groupBy(all, (one) => `${one.isFrame}|${one.name}`);
    const asked = new Map();
    const result = [];
    for (const group of groups.values()) {
      const addresses = new Set(group.map((one) => one.address.split('#')[0]));
      if (addresses.size < 2) continue;
      for (const address of addresses) {
        if (!asked.has(address) && asked.size < MOST_ASKED) asked.set(address, await read(address));
      }
      await lookAgain(addresses, asked);
      result.push({
        name: group[0].name,
        frame: group[0].isFrame,
        targets: group.map((one) => ({
          ...describe(one.element),
          address: one.address,
          context: contextOf(one.element),
          ...(asked.get(one.address.split('#')[0]) || { final: one.address, words: null }),
        })),
      });
    }
    return result;
  }

  return { findTargets, measureTargets };
})());
