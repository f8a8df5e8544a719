// This file lets the table of sites be sorted and filtered; without it the table is whole as it is.
'use strict';
(function () {
  const table = document.getElementById('portals');
  if (!table) return;
  const body = table.tBodies[0];
  const rows = Array.from(body.rows);
  const collator = new Intl.Collator(document.documentElement.lang, { numeric: true });

  function valueOf(row, column, kind) {
    const cell = row.cells[column];
    return kind === 'number' ? Number(cell.dataset.value || cell.textContent) : cell.textContent.trim();
  }

  function sort(header, column) {
    const up = header.getAttribute('aria-sort') !== 'ascending';
    for (const other of table.tHead.rows[0].cells) other.removeAttribute('aria-sort');
    header.setAttribute('aria-sort', up ? 'ascending' : 'descending');
    const kind = header.dataset.kind;
    rows.sort(function (a, b) {
      const one = valueOf(a, column, kind);
      const two = valueOf(b, column, kind);
      const order = kind === 'number' ? one - two : collator.compare(one, two);
      return up ? order : -order;
    });
    body.append(...rows);
  }

  Array.from(table.tHead.rows[0].cells).forEach(function (header, column) {
    if (!header.dataset.kind) return;
    const button = document.createElement('button');
    button.type = 'button';
    button.textContent = header.textContent;
    button.title = table.dataset.sort;
    button.addEventListener('click', function () { sort(header, column); });
    header.replaceChildren(button);
  });

  const form = document.getElementById('filter');
  const find = document.getElementById('find');
  const only = document.getElementById('only');
  const count = document.getElementById('count');
  const fold = (text) => text.normalize('NFD').replace(/[\u0300-\u036f]/g, '').replace(/đ/gi, 'd').toLowerCase();

  function filter() {
    const words = fold(find.value).split(/\s+/);
    let shown = 0;
    for (const row of rows) {
      const text = fold(row.cells[0].textContent);
      const fits = words.every((word) => text.includes(word));
      row.hidden = !fits || (only.value !== '' && row.dataset.verdict !== only.value);
      if (!row.hidden) shown += 1;
    }
    count.textContent = count.dataset.text.replace('#', String(shown));
  }
  form.hidden = false;
  form.addEventListener('submit', (event) => event.preventDefault());
  find.addEventListener('input', filter);
  only.addEventListener('change', filter);
  filter();
})();
