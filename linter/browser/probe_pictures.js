// This file is evaluated in our own world beside probes.js: pictures that hold nothing but lines of
// letters.
Object.assign(probes, (() => {
  const { describe } = congtin;
  const MOST = 12;
  const WIDEST = 1000;
  const LEAST = { width: 80, height: 24 };
  const FAR = 90;  // of 441, between ink and ground
  const LETTERS = 40;
  const SHAPES_A_LINE = 4;  // letters, or words whose letters touch
  const TALL = { least: 6, most: 60 };

  function sourceOf(element) {
    if (element.matches('img, input[type=image]')) return element.currentSrc || element.src;
    const [, url] = /^url\("([^"]+)"\)$/.exec(getComputedStyle(element).backgroundImage) || [];
    return url || '';
  }

  function candidates() {
    const found = [];
    for (const element of document.body.querySelectorAll('*')) {
      const isImage = element.matches('img[alt]:not([alt=""]), img:not([alt]), input[type=image]');
      if (!isImage && (element.matches('img') || element.innerText?.trim())) continue;
      const source = sourceOf(element);
      if (!source || !element.checkVisibility({ visibilityProperty: true })) continue;
      const box = element.getBoundingClientRect();
      if (box.width < LEAST.width || box.height < LEAST.height) continue;
      if (element.closest('[aria-hidden=true]')) continue;
      found.push({ element, source });
      if (found.length === MOST) break;
    }
    return found;
  }

  // Where there is ink: one bit a pixel, and how much of the picture is plain ground.
  async function inkOf(source) {
    const image = new Image();
    image.src = source;
    await image.decode();
    const scale = Math.min(1, WIDEST / image.naturalWidth);
    const [width, height] = [image.naturalWidth, image.naturalHeight].map((one) => Math.round(one * scale));
    const canvas = new OffscreenCanvas(width, height);
    const context = canvas.getContext('2d');
    context.fillStyle = '#fff';
    context.fillRect(0, 0, width, height);
    context.drawImage(image, 0, 0, width, height);
    const { data } = context.getImageData(0, 0, width, height);
    const counts = new Map();
    for (let at = 0; at < data.length; at += 4) {
      const key = ((data[at] >> 4) << 8) | ((data[at + 1] >> 4) << 4) | (data[at + 2] >> 4);
      counts.set(key, (counts.get(key) || 0) + 1);
    }
    const [[ground, times]] = [...counts].sort((one, other) => other[1] - one[1]);
    const back = [ground >> 8, (ground >> 4) & 15, ground & 15].map((part) => part * 16 + 8);
    const ink = new Uint8Array(width * height);
    for (let at = 0; at < ink.length; at += 1) {
      const far = Math.hypot(...back.map((part, channel) => data[at * 4 + channel] - part));
      ink[at] = far > FAR ? 1 : 0;
    }
    return { ink, width, height, ground: times / ink.length };
  }

  // [start, end) of each stretch in which something is.
  function runs(length, isFilled) {
    const found = [];
    for (let at = 0; at < length; at += 1) {
      if (!isFilled(at)) continue;
      if (found.length && found.at(-1)[1] === at) found.at(-1)[1] = at + 1;
      else found.push([at, at + 1]);
    }
    return found;
  }

  // The letters, or words, of each line: how wide they are.
  function linesOf({ ink, width, height }) {
    const rows = runs(height, (y) => ink.subarray(y * width, (y + 1) * width).includes(1));
    // The dots and marks of letters may stand apart from their line.
    const lines = [];
    for (const [top, bottom] of rows) {
      const last = lines.at(-1);
      const isMark = last && (bottom - top < 5 || last[1] - last[0] < 5) && top - last[1] < 5;
      if (isMark) last[1] = bottom;
      else lines.push([top, bottom]);
    }
    return lines.map(([top, bottom]) => {
      const glyphs = runs(width, (x) => {
        for (let y = top; y < bottom; y += 1) if (ink[y * width + x]) return true;
        return false;
      });
      return { tall: bottom - top, glyphs: glyphs.map(([left, right]) => right - left) };
    });
  }

  const sum = (numbers) => numbers.reduce((one, other) => one + other, 0);

  // Shapes of one height and many widths, on nothing but lines of one height.
  function isText(picture) {
    if (picture.ground < 0.55) return false;
    const lines = linesOf(picture);
    const full = lines.filter((line) => line.glyphs.length >= SHAPES_A_LINE);
    if (full.length < 2) return false;
    const tall = full.map((line) => line.tall).sort((one, other) => one - other)[full.length >> 1];
    const isLine = (line) => line.tall >= TALL.least && line.tall <= TALL.most &&
      line.tall > tall / 1.7 && line.tall < tall * 1.7;
    if (!lines.every(isLine)) return false;
    const wide = full.flatMap((line) => line.glyphs);
    const mean = sum(wide) / wide.length;
    const spread = Math.sqrt(sum(wide.map((one) => (one - mean) ** 2)) / wide.length);
    return sum(wide) / (tall / 2) >= LETTERS && spread > mean * 0.3;
  }

  async function measurePictures() {
    const found = [];
    for (const { element, source } of document.body ? candidates() : []) {
      try {
        const text = isText(await inkOf(source));
        const file = decodeURIComponent(source.startsWith('data:') ? '' : source.split(/[?#]/)[0].split('/').pop());
        found.push({ ...describe(element), holds: text, file });
      } catch { /* a picture of another site may not be read, a broken one shows nothing */ }
    }
    return found;
  }

  return { measurePictures };
})());
