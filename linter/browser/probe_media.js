// This file is evaluated in our own world beside probes.js: sound and film as the browser knows them.
Object.assign(probes, (() => {
  const { describe } = congtin;
  const STOPS = /pause|stop|mute|volume|sound|tạm dừng|dừng|tắt|âm/i;
  const CAPTIONED = /caption|subtitle|subbed|phu-?de|(^|[^a-z])(cc|sub)([^a-z]|$)/i;

  const wait = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds));

  async function isReady(media) {
    for (let round = 0; round < 20 && media.readyState < 1 && !media.error; round += 1) {
      if (media.networkState === 3 || media.networkState === 0) break;
      if (round === 0 && media.preload === 'none') media.preload = 'metadata';
      await wait(100);
    }
    return media.readyState >= 1;
  }

  const LARGEST = 20_000_000;

  // Whether anything is heard: what was decoded, where it may be read, else whether there is a track.
  async function hasSound(media) {
    const heard = await loudest(media.currentSrc);
    if (heard !== null) return heard > 0.001;
    if (media.nodeName === 'AUDIO') return true;
    try {
      return media.captureStream().getAudioTracks().length > 0;
    } catch {
      return null;
    }
  }

  // The loudest moment between 0 and 1; null where the file cannot be read or holds no sound.
  async function loudest(address) {
    try {
      const answer = await fetch(address, { signal: AbortSignal.timeout(4000) });
      if (!answer.ok || Number(answer.headers.get('content-length') || 0) > LARGEST) return null;
      const sound = await new OfflineAudioContext(1, 8000, 8000).decodeAudioData(await answer.arrayBuffer());
      let most = 0;
      for (let channel = 0; channel < sound.numberOfChannels; channel += 1) {
        for (const value of sound.getChannelData(channel)) most = Math.max(most, Math.abs(value));
      }
      return most;
    } catch {
      return null;
    }
  }

  // How long it sounds: a part of the address (#t=8,10) may cut it short.
  function secondsOf(media) {
    const cut = /[#&]t=([\d.]*),([\d.]+)/.exec(media.currentSrc);
    return cut ? Number(cut[2]) - Number(cut[1] || 0) : media.duration;
  }

  // What can be read on the page beside the recording, and what leads to more.
  function wordsAround() {
    return (document.body.innerText.match(/[\p{L}\p{N}]+/gu) || []).length;
  }

  // Words by which a page speaks of a recording, and of a film.
  const SPOKEN = {
    audio: /\b(audio|recording|recorded|listen\w*|hear\w*|podcasts?|transcript|mp3|sounds?)\b|âm thanh|ghi âm|thu âm|nghe|phát thanh|bản đọc|audio|podcast/i,
    video: /\b(videos?|films?|movies?|clips?|footage|watch\w*|recording|recorded|transcript|mp4)\b|phim|ghi hình|băng hình|xem (lại|đoạn|clip)|clip|video/i,
  };

  // In text that is seen, or in what names the player.
  const isSpokenOf = (kind, media) =>
    SPOKEN[kind].test([document.body.innerText, media.getAttribute('aria-label'), media.title].join(' '));

  function stopsIt() {
    return [...document.querySelectorAll('button, input[type=button], [role=button]')].some((one) => {
      const name = one.getAttribute('aria-label') || one.innerText || one.value || one.title;
      return STOPS.test(name || '') && one.checkVisibility({ visibilityProperty: true });
    });
  }

  async function measureMedia() {
    const all = [...document.querySelectorAll('audio, video')];
    if (!all.length) return [];
    const words = wordsAround();
    const found = [];
    for (const media of all.slice(0, 10)) {
      const shown = media.checkVisibility({ visibilityProperty: true }) &&
        !media.closest('[aria-hidden=true]');
      const ready = await isReady(media);
      const tracks = [...media.querySelectorAll('track')].map((one) => one.kind);
      found.push({
        ...describe(media),
        kind: media.nodeName.toLowerCase(),
        shown: Boolean(shown && media.getClientRects().length),
        ready,
        sound: ready ? await hasSound(media) : null,
        seconds: ready && Number.isFinite(secondsOf(media)) ? secondsOf(media) : 0,
        live: ready && !Number.isFinite(media.duration),
        plays: media.autoplay && !media.defaultMuted && !media.muted,
        controls: media.controls,
        stoppable: media.controls || stopsIt(),
        tracks,
        listed: media.textTracks.length,
        captioned: CAPTIONED.test(media.currentSrc.split('/').pop()),
        others: all.length - 1 + document.querySelectorAll('object, embed, iframe').length,
        words,
        spoken: isSpokenOf(media.nodeName.toLowerCase(), media),
      });
    }
    return found;
  }

  return { measureMedia };
})());
