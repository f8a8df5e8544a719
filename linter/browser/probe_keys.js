// This file is evaluated in our own world beside probes.js: whether a letter alone does something.
Object.assign(probes, (() => {
  const state = { changed: false, touched: false, text: '' };

  function watchText() {
    if (document.activeElement && document.activeElement !== document.body) document.activeElement.blur();
    const observer = new MutationObserver((records) => {
      // A style or a state may show or hide text; the text itself tells.
      if (records.every(({ type }) => type === 'attributes')) state.touched = true;
      else state.changed = true;
    });
    const all = { childList: true, characterData: true, attributes: true, subtree: true };
    observer.observe(document.documentElement, all);
    state.changed = state.touched = false;
    state.text = document.body.innerText;
  }

  async function hasTextChanged() {
    await new Promise((resolve) => setTimeout(resolve, 2));
    let changed = state.changed;
    if (state.touched && !changed) {
      const text = document.body.innerText;
      changed = text !== state.text;
      state.text = text;
    }
    state.changed = state.touched = false;
    return changed;
  }

  const tellsOfShortcuts = () =>
    /shortcut|hot ?key|remap|ctrl|phím tắt|tổ hợp phím/i.test(document.body.innerText);

  return { watchText, hasTextChanged, tellsOfShortcuts };
})());
