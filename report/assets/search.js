// Finds what `xuewei search` finds, in the order in which it finds it (query/search.py).
"use strict";

{
  const PLACES = { key: 40, name: 40, words: 10 };
  const KINDS = { indicator: 9, mart: 8, column: 5, region: 4, document: 3, figure: 1 };
  const WHOLE = 60;
  const BEGINNING = 20;
  const MOST_SHOWN = 50;
  const page = document.getElementById("search");
  const texts = page.dataset;
  const isChinese = document.documentElement.lang.startsWith("zh");

  const normal = (text) => text.normalize("NFKC").toLowerCase().trim();
  const spaced = (text) => text.replaceAll("_", " ");
  const order = (first, second) => (first < second ? -1 : first > second ? 1 : 0);

  const entries = window.searchIndex.map(([kind, key, zh, en, aliases, words, address]) => ({
    kind, key, zh, en, address,
    places: {
      key: [spaced(normal(key))],
      name: [en, zh, ...aliases].map(normal),
      words: [spaced(normal(words))],
    },
  }));

  function scoreOf(terms, { kind, places }) {
    let total = 0;
    for (const term of terms) {
      let worth = 0;
      for (const [place, found] of Object.entries(places)) {
        for (const text of found) {
          if (!text.includes(spaced(term))) continue;
          worth = Math.max(worth, PLACES[place] + (text.startsWith(term) ? BEGINNING : 0));
        }
      }
      if (!worth) return 0;
      total += worth;
    }
    const whole = spaced(terms.join(" "));
    const isWhole = [...places.key, ...places.name].includes(whole);
    return Math.floor(total / terms.length) + (isWhole ? WHOLE : 0) + KINDS[kind];
  }

  function found(query) {
    const terms = normal(query).split(/\s+/).filter(Boolean);
    if (!terms.length) return [];
    return entries
      .map((entry) => ({ ...entry, score: scoreOf(terms, entry) }))
      .filter((entry) => entry.score)
      .sort((a, b) => b.score - a.score || order(a.kind, b.kind) || order(a.key, b.key));
  }

  function made(name, text, className = "") {
    const element = document.createElement(name);
    element.textContent = text;
    if (className) element.className = className;
    if (/[\u4e00-\u9fff]/.test(text) !== isChinese) element.lang = isChinese ? "en" : "zh-Hans";
    return element;
  }

  // Documents have a Chinese title only; what stands as their English name is their kind.
  function itemOf({ kind, key, zh, en, address }) {
    const own = isChinese || kind === "document" ? zh : en;
    const other = isChinese || kind === "document" ? en : zh;
    const item = document.createElement("li");
    const link = made("a", own);
    link.href = address;
    item.append(made("span", texts[kind], "tag"), " ", link);
    if (other !== own) item.append(" ", made("span", other, "when"));
    item.append(" ", made("code", key));
    return item;
  }

  const tools = document.createElement("p");
  const label = document.createElement("label");
  const input = document.createElement("input");
  const count = document.createElement("output");
  const list = document.createElement("ol");
  tools.className = "tools";
  input.type = "search";
  input.setAttribute("aria-controls", "hits");
  list.id = "hits";
  label.append(texts.label, input);
  tools.append(label, count);
  page.append(tools, list);

  function show() {
    const hits = found(input.value);
    const shown = hits.slice(0, MOST_SHOWN);
    const words = hits.length > MOST_SHOWN ? texts.more : hits.length ? texts.found : texts.nothing;
    list.replaceChildren(...shown.map(itemOf));
    list.hidden = !shown.length;
    count.textContent = input.value.trim()
      ? words.replace("{shown}", shown.length).replace("{count}", hits.length)
          .replace("{words}", () => input.value.trim())
      : "";
  }

  input.value = new URLSearchParams(location.search).get("q") ?? "";
  input.addEventListener("input", show);
  show();
}
