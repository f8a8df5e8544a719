// Tìm trong chỉ mục của chính cổng, ngay trên máy người đọc; không gửi gì đi đâu.
"use strict";
(() => {
  const box = document.getElementById("ket-qua");
  const input = document.getElementById("q");
  const said = box.querySelector(".found");
  const list = box.querySelector(".results");
  const exact = (text) => text.normalize("NFC").toLowerCase();
  const fold = (text) =>
    exact(text).normalize("NFD").replace(/\p{M}/gu, "").replace(/đ/g, "d");

  // Mỗi từ phải có mặt; đúng dấu luôn đứng trước, rồi tiêu đề trước tóm tắt, tóm tắt trước nội dung.
  const score = (row, words) => {
    const title = exact(row[0]), head = title + " " + exact(row[1]);
    const places = [head + " " + row[5], head, title];
    const plain = places.map(fold);
    let sum = 0;
    for (const word of words) {
      const bare = fold(word);
      if (!plain[0].includes(bare)) return 0;
      plain.forEach((text, i) => { sum += text.includes(bare) ? [1, 2, 4][i] : 0; });
      places.forEach((text, i) => { sum += text.includes(word) ? [8, 2, 4][i] : 0; });
    }
    const phrase = words.join(" ");
    if (words.length > 1 && plain[1].includes(fold(phrase))) sum += places[1].includes(phrase) ? 16 : 4;
    return sum;
  };

  const show = (rows) => {
    list.replaceChildren(...rows.slice(0, 50).map((row) => {
      const item = document.createElement("li");
      const link = document.createElement("a");
      link.href = row[2];
      link.textContent = row[0];
      const where = document.createElement("p");
      where.className = "when";
      where.textContent = row[3] + " · " + row[4].split("-").reverse().join("/");
      item.append(link, where);
      return item;
    }));
    said.textContent = rows.length ? box.dataset.found.replace("#", rows.length) : box.dataset.none;
  };

  let index = null;
  const search = async () => {
    const words = exact(input.value).split(/\s+/).filter(Boolean);
    if (!words.length) { list.replaceChildren(); said.textContent = ""; return; }
    try {
      index ??= await (await fetch(box.dataset.index)).json();
    } catch {
      said.textContent = box.dataset.failed;
      return;
    }
    const found = index.map((row) => [score(row, words), row]).filter(([points]) => points);
    show(found.sort((a, b) => b[0] - a[0]).map(([, row]) => row));
  };

  input.value = new URLSearchParams(location.search).get("q") ?? "";
  input.form.addEventListener("submit", (event) => {
    event.preventDefault();
    history.replaceState(null, "", "?q=" + encodeURIComponent(input.value));
    search();
  });
  search();
})();
