// This file is evaluated in our own world beside probes.js: text that changes by itself, parts that
// turn with the screen, and what answers to the movement of a device.
Object.assign(probes, (() => {
  const { describe } = congtin;
  const CONTROLS = 'button, input:not([type=hidden]), select, textarea, summary, [role=button],' +
    '[role=switch], [role=checkbox], [onclick]:not(body)';
  const ROUND = 200;
  const ROUNDS = 10;

  const wait = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds));

  const isShown = (one) => one.isConnected && one.checkVisibility({ visibilityProperty: true });

  const controls = () =>
    [...document.querySelectorAll(CONTROLS)].filter((one) => isShown(one) && !one.matches(':disabled'));

  const STOPS = /stop|pause|hide|freeze|setting|preference|frequency|dừng|tắt|ẩn|cài đặt/i;

  const stoppingLinks = () =>
    [...document.querySelectorAll('a[href]')].filter((one) => isShown(one) && STOPS.test(one.innerText));

  // ---- changes: text that goes on changing though nobody does anything ----

  async function measureChanges() {
    if (!congtin.changed().length) await congtin.ticked();
    const suspects = congtin.changed().filter((one) => isShown(one) && one.innerText?.trim());
    if (!suspects.length) return [];
    const seen = new Map(suspects.map((one) => [one, { last: one.innerText, times: 0 }]));
    const isSure = () => [...seen.values()].every((known) => known.times > 1);
    for (let round = 0; round < ROUNDS && !isSure(); round += 1) {
      await wait(ROUND);
      for (const [one, known] of seen) {
        if (isShown(one) && one.innerText !== known.last) {
          known.last = one.innerText;
          known.times += 1;
        }
      }
    }
    const body = document.body.innerText.trim();
    return suspects
      .filter((one) => !suspects.some((other) => other !== one && one.contains(other)))
      .filter((one) => one.innerText.trim() !== body)
      .map((one) => ({
        ...describe(one),
        shown: one.innerText.trim().slice(0, 80),
        goes: seen.get(one).times > 1,
        controls: controls().length + stoppingLinks().length,
      }));
  }

  // ---- turned: parts that a style sheet turns by a quarter when the screen is held otherwise ----

  function orientedSelectors() {
    const found = new Set();
    const read = (rules, oriented) => {
      for (const rule of rules) {
        const isOriented = oriented || (rule.media && /orientation/.test(rule.media.mediaText));
        if (isOriented && rule.style && (rule.style.transform || rule.style.rotate)) found.add(rule.selectorText);
        if (rule.cssRules) read(rule.cssRules, isOriented);
      }
    };
    for (const sheet of [...document.styleSheets, ...document.adoptedStyleSheets]) {
      try { read(sheet.cssRules, false); } catch { /* a sheet of another site */ }
    }
    return [...found];
  }

  function turnable() {
    return orientedSelectors().flatMap((selector) => {
      try { return [...document.querySelectorAll(selector)]; } catch { return []; }
    }).filter((one) => isShown(one) && (one.innerText?.trim() || one.querySelector('img, svg, canvas, video')));
  }

  // How far an element lies on its side, in degrees.
  function angleOf(element) {
    const style = getComputedStyle(element);
    const own = new DOMMatrix(style.transform === 'none' ? '' : style.transform);
    const turned = Math.atan2(own.b, own.a) * (180 / Math.PI);
    const extra = /(-?[\d.]+)deg$/.exec(style.rotate || '');
    return turned + (extra ? Number(extra[1]) : 0);
  }

  const state = { turnable: [] };

  function mayTurn() {
    state.turnable = document.body ? turnable() : [];
    return state.turnable.length > 0;
  }

  const anglesNow = () => state.turnable.map(angleOf);

  const describeTurned = (numbers) => numbers.map((number) => describe(state.turnable[number]));

  // ---- motion: what the page does when the device is moved ----

  const looks = () =>
    [document.body.innerText, ...[...document.querySelectorAll('input, output, progress, meter')].map((one) => one.value)].join('\n');

  async function moveDevice() {
    const before = looks();
    for (const tilt of [45, -45, 45, 60]) {
      const angles = { alpha: tilt, beta: tilt, gamma: tilt };
      const force = { x: tilt, y: tilt, z: tilt };
      window.dispatchEvent(new DeviceOrientationEvent('deviceorientation', { ...angles, absolute: false }));
      window.dispatchEvent(new DeviceMotionEvent('devicemotion', {
        acceleration: force, accelerationIncludingGravity: force, rotationRate: angles, interval: 16,
      }));
      await wait(20);
      if (looks() !== before) return true;
    }
    return false;
  }

  // Whether moving changes the page; then, control by control, whether one does the same without
  // moving, and whether one keeps it from changing.
  async function measureMotion() {
    if (!await moveDevice()) return { moves: false, same: false, off: false };
    const result = { moves: true, same: false, off: false };
    const tried = new Set();
    for (let more = controls(); more.length && tried.size < 12; more = controls().filter((one) => !tried.has(one))) {
      const [control] = more;
      tried.add(control);
      if (control.form && control.form.getAttribute('action') && /submit|image/.test(control.type)) continue;
      const before = looks();
      control.click();
      await wait(20);
      if (!/checkbox|radio/.test(control.type) && looks() !== before) result.same = true;
      if (!await moveDevice()) result.off = true;
      if (result.off) control.click();
    }
    return result;
  }

  return { measureChanges, mayTurn, anglesNow, describeTurned, measureMotion };
})());
