// This file is evaluated in our own world beside probes.js: whether a letter alone does something.
Object.assign(probes, (() => {
  const state = { changed: false };

  function watchText() {
    if (document.activeElement && document.activeElement !== document.body) document.activeElement.blur();
    const observer = new MutationObserver(() => { state.changed = true; });
    observer.observe(document.documentElement, { childList: true, characterData: true, subtree: true });
    state.changed = false;
  }

  async function hasTextChanged() {
    await new Promise((resolve) => setTimeout(resolve, 2));
    const changed = state.changed;
    state.changed = false;
    return changed;
  }

  const tellsOfShortcuts = () =>
    /shortcut|hot ?key|remap|ctrl|phím tắt|tổ hợp phím/i.test(document.body.innerText);

  return { watchText, hasTextChanged, tellsOfShortcuts };
})());
