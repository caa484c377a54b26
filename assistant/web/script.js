/* The page's own script: clicks, keys, the reader's place, chats kept in this browser.
   It makes no markup from reports or answers; what it shows of them Python has escaped already. */
(() => {
"use strict";
const $ = (query, root = document) => root.querySelector(query);
const $$ = (query, root = document) => [...root.querySelectorAll(query)];
const body = () => document.body;
const phone = () => matchMedia("(max-width: 900px)").matches;
const calm = () => matchMedia("(prefers-reduced-motion: reduce)").matches;

/* --- what this browser keeps --------------------------------------------------------------- */
const store = {
  get(key, or) {
    try { const text = localStorage.getItem("report-assistant." + key); return text === null ? or : JSON.parse(text); }
    catch { return or; }
  },
  set(key, value) {
    const write = () => localStorage.setItem("report-assistant." + key, JSON.stringify(value));
    try { write(); } catch {
      const oldest = state.chats.filter(c => c.id !== state.chat).sort((a, b) => a.at - b.at)[0];
      if (!oldest) return;
      forget(oldest.id);
      store.set(key, value);
    }
  },
  drop(key) { try { localStorage.removeItem("report-assistant." + key); } catch { /* private mode keeps nothing */ } },
};
const state = {
  trigger: null, language: store.get("language", null), chats: [], chat: null, turns: [], busy: false, editing: null,
  place: null, from: null, compared: null, deleted: null, view: "ask", awake: false, found: [], foundAt: -1,
};
const say = key => (window.reportWords[key] || {})[state.language || "zh-Hans"] || "";
const newId = () => Date.now().toString(36) + Math.random().toString(36).slice(2, 8);
const readIndex = () => store.get("chats", []).filter(c => c && typeof c.id === "string");
function loadChat(id) {
  state.chat = id;
  state.turns = store.get("chat." + id, { turns: [] }).turns || [];
  store.set("current", id);
  body().dataset.chat = state.turns.length ? "full" : "empty";
}
function saveChat() {
  state.chats = readIndex();
  let entry = state.chats.find(c => c.id === state.chat);
  if (!entry) { entry = { id: state.chat, name: "", at: 0 }; state.chats.push(entry); }
  entry.at = Date.now();
  if (!entry.name && state.turns.length) entry.name = state.turns[0].question.slice(0, 40);
  store.set("chat." + state.chat, { turns: state.turns });
  store.set("chats", state.chats);
}
function forget(id) {
  store.drop("chat." + id);
  state.chats = readIndex().filter(c => c.id !== id);
  store.set("chats", state.chats);
}
const bare = turns => turns.map(({ question, context, answer, trouble, rating }) => ({ question, context: context ?? null, answer: answer ?? null, trouble: trouble ?? null, rating: rating ?? null }));

/* --- to and from Python -------------------------------------------------------------------- */
function tell(name, data) { if (state.trigger) state.trigger(name, { language: state.language, ...data }); }
function connect({ trigger }) {
  state.trigger = trigger;
  const id = store.get("current", null);
  state.chats = readIndex();
  loadChat(id && state.chats.some(c => c.id === id) ? id : newId());
  const query = new URLSearchParams(location.search);
  if (query.get("report")) state.place = placeOf(location.search);
  body().dataset.view = "ask";
  body().dataset.reader = state.place ? "open" : "idle";
  applyTheme(store.get("theme", null));
  wake();
}
function wake(tries = 0) {
  const place = state.place ? { report: state.place.report, at: state.place.at, cites: state.place.cites || [] } : null;
  tell("wake", { languages: [...(navigator.languages || [])], turns: bare(state.turns), place, cities: pickedCities() });
  if (!state.awake && tries < 20) setTimeout(() => { if (!state.awake) wake(tries + 1); }, 400 * (tries + 1));
}
function look() { tell("look", { cities: pickedCities() }); }
const show = () => { body().dataset.chat = state.turns.length ? "full" : "empty"; tell("show", { turns: bare(state.turns) }); };
function dressed() {
  const top = $("#ra-header header.top");
  if (!top) return;
  state.awake = true;
  state.language = top.lang;
  document.documentElement.lang = top.lang;
  document.title = $("h1", top).textContent;
  body().dataset.ready = "1";
  go(state.view, false);
  label();
  const starting = !!$("#ra-header [data-starting]");
  if (starting) setTimeout(look, 1000);
  if (starting || state.starting) {
    tell("shelve", {});
    if (body().dataset.reader === "idle") tell("idle", {});
  }
  state.starting = starting;
}
/* Names for parts of the chat component that it leaves without one, or names by their markup. */
function label() {
  const box = $("#ra-box textarea");
  if (box) box.setAttribute("aria-label", say("chat.question"));
  const send = $("#ra-box .submit-button");
  if (send) { send.setAttribute("aria-label", say("chat.send")); send.title = say("chat.send"); }
  $$(MISNAMED).forEach(quiet);
  const log = $("#ra-chat [role=log]");
  if (log) { log.setAttribute("aria-label", say("chat.label")); log.tabIndex = 0; }
}
const MISNAMED = "[data-testid=bot], [data-testid=user], #ra-files .upload-container";
const quiet = node => node.removeAttribute("aria-label");

/* --- asking -------------------------------------------------------------------------------- */
function send(text) {
  const question = (text || "").trim();
  if (!question || state.busy) return text;
  const upto = state.editing === null ? state.turns.length : state.editing;
  state.editing = null;
  ask(question, upto);
  return "";
}
function ask(question, upto = state.turns.length, context = null) {
  if (state.busy || !question.trim()) return;
  go("ask");
  const before = state.turns.slice(0, upto);
  state.turns = [...before, { question, context }];
  saveChat();
  busy(true);
  body().dataset.chat = "full";
  state.top = true;
  tell("ask", { question, chat: state.chat, turns: bare(before), context });
}
function keep(told) {
  if (!told || !told.chat) return;
  if (told.chat === state.chat) {
    state.turns = [...state.turns.slice(0, told.n), { ...told.turn, plain: told.plain }];
    if (told.done) saveChat();
    if (state.top) { state.top = false; requestAnimationFrame(lastToTop); }
  }
  if (told.done) busy(false);
}
/* The new question goes to the top, so that its answer is read from its beginning. */
function lastToTop() {
  const asked = $$("#ra-chat .q").pop(), box = $("#ra-chat .bubble-wrap");
  if (asked && box) box.scrollTo({ top: box.scrollTop + asked.getBoundingClientRect().top - box.getBoundingClientRect().top - 16, behavior: "instant" });
}
function busy(on) { state.busy = on; body().dataset.busy = on ? "1" : ""; }
function stopped() {
  const last = state.turns[state.turns.length - 1];
  if (state.busy && last) { last.trouble = last.answer ? say("chat.stopped") : say("chat.interrupted"); saveChat(); }
  busy(false);
  setTimeout(show, 60);
}
function setBox(text) {
  const box = $("#ra-box textarea");
  Object.getOwnPropertyDescriptor(HTMLTextAreaElement.prototype, "value").set.call(box, text);
  box.dispatchEvent(new Event("input", { bubbles: true }));
  box.focus();
  box.setSelectionRange(text.length, text.length);
}

/* --- the reader ---------------------------------------------------------------------------- */
function placeOf(search) {
  const query = new URLSearchParams(search);
  const at = /^(\d{1,9})-(\d{1,9})$/.exec(query.get("at") || "");
  return { report: query.get("report"), at: at ? [Number(at[1]), Number(at[2])] : null, cites: [], view: "repaired" };
}
const keyOf = at => at ? at.join("-") : "";
const root = () => $("#reader-root");
function openPlace(place, { from = null, keyboard = false } = {}) {
  state.place = place;
  state.from = from;
  state.keyboard = keyboard;
  body().dataset.reader = "open";
  const now = root();
  const keys = [place.at, ...(place.cites || [])].filter(Boolean).map(keyOf);
  if (now && now.dataset.report === place.report && now.dataset.view === place.view && keys.length && keys.every(k => $(`mark[data-c~="${k}"]`, now))) {
    now.dataset.at = keyOf(place.at);
    arrive();
  } else tell("open", { report: place.report, at: place.at, cites: place.cites || [], view: place.view });
}
function opened() {
  if (!root()) return;
  body().dataset.reader = "open";
  arrive();
}
function arrive() {
  const now = root();
  const key = now.dataset.at;
  if (key) focusMark(key); else { $("#reader-text").scrollTop = 0; step(0); }
  history.replaceState(null, "", "?" + new URLSearchParams(key ? { report: now.dataset.report, at: key } : { report: now.dataset.report }));
  if (state.keyboard || phone()) $("#reader-text").focus({ preventScroll: true });
}
const marksOf = key => $$(`#reader-text mark[data-c~="${key}"]`);
function focusMark(key) {
  const now = root();
  now.dataset.at = key;
  $$("#reader-text .on").forEach(mark => mark.classList.remove("on"));
  const marks = marksOf(key);
  marks.forEach(mark => mark.classList.add("on"));
  if (marks[0]) centre(marks[0]);
  const [start, end] = key.split("-");
  $("#reader-where").textContent = say("reader.characters").replace("{start}", Number(start).toLocaleString("en")).replace("{end}", Number(end).toLocaleString("en"));
  step(0);
  $$("a.cite.on, a.bar.on").forEach(a => a.classList.remove("on"));
  $$(`a[href="?report=${CSS.escape(now.dataset.report)}&at=${CSS.escape(key)}"]`).forEach(a => a.classList.add("on"));
}
function centre(node) {
  const box = $("#reader-text");
  const at = node.getBoundingClientRect(), frame = box.getBoundingClientRect();
  box.scrollTo({ top: box.scrollTop + at.top - frame.top - (frame.height - Math.min(at.height, frame.height / 2)) / 2, behavior: "instant" });
}
const citedKeys = () => $$(".quotes li", root()).map(li => li.dataset.c);
function step(by) {
  const keys = citedKeys();
  let at = keys.indexOf(root().dataset.at);
  if (by && keys.length) { at = (at + by + keys.length) % keys.length; state.place.at = keys[at].split("-").map(Number); focusMark(keys[at]); return; }
  const shown = $("#reader-step");
  if (shown) shown.textContent = `${at < 0 ? "–" : at + 1} / ${keys.length}`;
}
function closeReader() {
  body().dataset.reader = "idle";
  state.place = null;
  history.replaceState(null, "", location.pathname);
  $$("a.cite.on, a.bar.on").forEach(a => a.classList.remove("on"));
  tell("idle", {});
  if (state.from && state.from.isConnected) state.from.focus(); else if (!phone()) $("#ra-box textarea")?.focus();
}
function jump(id) {
  const node = $("#reader-text #" + CSS.escape(id));
  if (!node) return;
  centre(node);
  node.classList.remove("flash"); void node.offsetWidth; node.classList.add("flash");
  if (phone()) drawer(null);
}
function drawer(name) {
  $$(".drawer", root()).forEach(d => { d.hidden = !(d.dataset.drawer === name && d.hidden); });
  $$("[aria-expanded]", root()).forEach(b => b.setAttribute("aria-expanded", String(!$(`[data-drawer="${b.value.split(":")[2]}"]`, root()).hidden)));
  if (name === "find") { const input = $("#reader-find"); if (input && !input.closest(".drawer").hidden) input.focus(); else find(""); }
}
function find(text) {
  state.found = []; state.foundAt = -1;
  if (window.CSS && CSS.highlights) { CSS.highlights.delete("found"); CSS.highlights.delete("found-on"); }
  const said = $("#reader-found");
  if (!text) { if (said) said.textContent = ""; return; }
  const nodes = [], walker = document.createTreeWalker($("#reader-text"), NodeFilter.SHOW_TEXT);
  let whole = "";
  while (walker.nextNode()) { nodes.push([whole.length, walker.currentNode]); whole += walker.currentNode.data; }
  const hay = whole.toLowerCase(), needle = text.toLowerCase();
  const spot = at => { let lo = 0, hi = nodes.length - 1; while (lo < hi) { const mid = (lo + hi + 1) >> 1; if (nodes[mid][0] <= at) lo = mid; else hi = mid - 1; } return [nodes[lo][1], at - nodes[lo][0]]; };
  for (let at = hay.indexOf(needle); at >= 0 && state.found.length < 500; at = hay.indexOf(needle, at + needle.length)) {
    const range = new Range(), last = spot(at + needle.length - 1);
    range.setStart(...spot(at)); range.setEnd(last[0], last[1] + 1);
    state.found.push(range);
  }
  if (window.Highlight && state.found.length) CSS.highlights.set("found", new Highlight(...state.found));
  nextFound(1);
}
function nextFound(by) {
  const said = $("#reader-found");
  if (!state.found.length) { said.textContent = "0"; return; }
  state.foundAt = (state.foundAt + by + state.found.length) % state.found.length;
  const range = state.found[state.foundAt];
  if (window.Highlight) CSS.highlights.set("found-on", new Highlight(range));
  centre(range.startContainer.parentElement);
  said.textContent = `${state.foundAt + 1} / ${state.found.length}`;
}
const selected = () => { const s = getSelection(); return s && !s.isCollapsed && $("#reader-text")?.contains(s.anchorNode) ? s.toString().trim() : ""; };
function quoteNow() {
  const key = root()?.dataset.at;
  return selected() || (key ? $(`.quotes li[data-c="${key}"]`, root())?.textContent : "") || "";
}

/* --- small things -------------------------------------------------------------------------- */
async function copy(text) {
  try { await navigator.clipboard.writeText(text); }
  catch {
    const area = document.createElement("textarea");
    area.value = text; area.style.cssText = "position:fixed;opacity:0";
    document.body.append(area); area.select(); document.execCommand("copy"); area.remove();
  }
  toast(say("toast.copied"));
}
function toast(text, action) {
  $(".toast")?.remove();
  const box = make("div", { className: "toast", role: "status" }, text);
  if (action) { const b = make("button", { type: "button", className: "link" }, action.label); b.onclick = () => { box.remove(); action.run(); }; box.append(" ", b); }
  document.body.append(box);
  setTimeout(() => box.remove(), action ? 8000 : 2500);
}
function make(name, props, ...children) {
  const node = document.createElement(name);
  for (const [key, value] of Object.entries(props || {})) key in node && key !== "role" ? node[key] = value : node.setAttribute(key, value);
  node.append(...children.filter(child => child !== null && child !== undefined));
  return node;
}
function save(name, type, base64) {
  const bytes = Uint8Array.from(atob(base64), character => character.charCodeAt(0));
  const link = make("a", { href: URL.createObjectURL(new Blob([bytes], { type })), download: name });
  document.body.append(link); link.click(); link.remove();
  setTimeout(() => URL.revokeObjectURL(link.href), 10000);
}
function applyTheme(theme) {
  const dark = theme ? theme === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
  body().classList.toggle("dark", dark);
  document.documentElement.style.colorScheme = dark ? "dark" : "light";
}
function go(view, focus = true) {
  state.view = view;
  body().dataset.view = view;
  $$("#ra-header button.tab").forEach(b => b.value === "do:go:" + view ? b.setAttribute("aria-current", "page") : b.removeAttribute("aria-current"));
  if (focus && view === "ask" && !phone()) $("#ra-box textarea")?.focus();
}
const pickedCities = () => $$("#ra-compare-view input[name=city]:checked").map(box => box.value);
const pickedTopic = () => $("#ra-compare-view .topic[aria-pressed=true]")?.textContent || null;
function compare(topic) {
  const result = $("#compare-result");
  if (result && topic) result.classList.add("busy");
  tell("compare", { cities: pickedCities(), topic });
}
function take(told) {
  if (!told) return;
  if (told.do === "download") save(told.name, told.type, told.base64);
  if (told.do === "toast") toast(told.text);
  if (told.do === "compared") state.compared = told.answer;
}

/* --- chats --------------------------------------------------------------------------------- */
function dialog(title, ...children) {
  $("dialog.own")?.remove();
  const close = make("button", { type: "button", className: "act icon i-close", title: say("chats.close") }, make("span", { className: "sr" }, say("chats.close")));
  const box = make("dialog", { className: "own", "aria-label": title }, make("header", {}, make("h2", {}, title), close), ...children);
  close.onclick = () => box.close();
  box.onclose = () => box.remove();
  document.body.append(box);
  box.showModal();
  return box;
}
function chatsDialog() {
  const list = make("ul", { className: "chats" });
  state.chats = readIndex().sort((a, b) => b.at - a.at);
  const link = (text, run, kind = "link") => { const b = make("button", { type: "button", className: kind }, text); b.onclick = run; return b; };
  for (const chat of state.chats) {
    const open = link(chat.name || say("chats.untitled"), () => { box.close(); switchTo(chat.id); }, "chat-name");
    if (chat.id === state.chat) open.setAttribute("aria-current", "true");
    list.append(make("li", {}, open, make("small", {}, new Date(chat.at).toLocaleDateString(state.language)),
      link(say("chats.rename"), () => rename(chat)), link("Markdown", () => exportChat(chat, "md")), link("Word", () => exportChat(chat, "docx")),
      link(say("chats.delete"), () => { box.close(); removeChat(chat); }, "link danger")));
  }
  const box = dialog(say("chats.title"), make("p", { className: "soft" }, say("chats.kept")), link(say("chats.new"), () => { box.close(); newChat(); }, "primary"), list);
}
function rename(chat) {
  const name = make("input", { value: chat.name, id: "chat-name", maxLength: 80 });
  const ok = make("button", { type: "submit", className: "primary" }, say("save"));
  const form = make("form", { method: "dialog" }, make("p", {}, make("label", { htmlFor: "chat-name" }, say("chats.name")), name), make("div", { className: "row" }, ok));
  dialog(say("chats.rename"), form);
  name.select();
  form.onsubmit = () => {
    state.chats = readIndex();
    const entry = state.chats.find(c => c.id === chat.id);
    if (entry && name.value.trim()) { entry.name = name.value.trim(); store.set("chats", state.chats); }
    setTimeout(chatsDialog);
  };
}
function exportChat(chat, form) {
  tell("export", { what: "chat", form, name: chat.name, turns: bare(store.get("chat." + chat.id, { turns: [] }).turns) });
}
function switchTo(id) { if (state.busy) halt(); loadChat(id); state.editing = null; go("ask"); show(); }
function newChat() { switchTo(newId()); }
function removeChat(chat) {
  const kept = store.get("chat." + chat.id, { turns: [] });
  forget(chat.id);
  if (chat.id === state.chat) newChat();
  toast(say("chats.deleted"), { label: say("chats.undo"), run: () => { store.set("chat." + chat.id, kept); state.chats = [...readIndex(), chat]; store.set("chats", state.chats); switchTo(chat.id); } });
}
function halt() { tell("halt", {}); stopped(); }
function rate(n, rating) {
  const turn = state.turns[n];
  if (!turn || !turn.answer) return;
  const note = more => {
    turn.rating = rating; saveChat(); show();
    tell("rate", { rating, question: turn.question, answer: turn.answer.text, ...more });
    toast(say("feedback.thanks"));
  };
  if (rating === "up") { note({}); return; }
  const reasons = ["figure", "missing", "off", "source", "other"].map((key, i) => make("p", {}, make("label", {}, make("input", { type: "radio", name: "reason", value: key, checked: i === 0 }), " ", say("feedback." + key))));
  const more = make("textarea", { id: "feedback-more", rows: 3, maxLength: 2000 });
  const form = make("form", { method: "dialog" }, ...reasons, make("p", {}, make("label", { htmlFor: "feedback-more" }, say("feedback.more")), more), make("p", { className: "soft" }, say("feedback.kept")),
    make("div", { className: "row" }, make("button", { type: "submit", className: "primary" }, say("feedback.send"))));
  form.onsubmit = () => note({ reason: new FormData(form).get("reason"), more: more.value.trim() });
  dialog(say("feedback.title"), form);
}

/* --- the library's table ------------------------------------------------------------------- */
let sorted = { column: null, up: true };
function sortBy(column) {
  const table = $(".lib-table tbody"), value = row => { const cell = row.children[column]; return cell.dataset.v ?? cell.textContent.trim(); };
  sorted = { column, up: sorted.column === column ? !sorted.up : true };
  const rows = $$("tr", table).sort((a, b) => { const x = value(a), y = value(b), order = isNaN(x) || isNaN(y) ? String(x).localeCompare(String(y), "zh") : x - y; return sorted.up ? order : -order; });
  table.append(...rows);
  $$(".lib-table th[aria-sort]").forEach((th, i) => th.setAttribute("aria-sort", i === column ? (sorted.up ? "ascending" : "descending") : "none"));
}
function filterRows(rows, text) { const needle = text.trim().toLowerCase(); rows.forEach(row => { row.hidden = !!needle && !row.textContent.toLowerCase().includes(needle); }); }
function correct(id) {
  const box = $("#correct"), row = $(`.lib-table tr[data-id="${CSS.escape(id)}"]`);
  if (!box || !row) return;
  box.dataset.id = id;
  for (const name of ["title", "city", "province", "period", "kind"]) $(`[name=${name}]`, box).value = row.dataset[name];
  box.showModal();
}
function corrected() {
  const box = $("#correct"), row = $(`.lib-table tr[data-id="${CSS.escape(box.dataset.id)}"]`), fields = {};
  for (const name of ["title", "city", "province", "period", "kind"]) { const value = $(`[name=${name}]`, box).value.trim(); if (value !== row.dataset[name]) fields[name] = value; }
  box.close();
  if (Object.keys(fields).length) tell("change", { what: "correct", id: box.dataset.id, fields });
}
function shelved() { const input = $("#lib-filter"); if (input && state.shelfFilter) { input.value = state.shelfFilter; filterRows($$(".lib-table tbody tr"), state.shelfFilter); } }

/* --- what the buttons do ------------------------------------------------------------------- */
const change = what => id => tell("change", { what, id });
const actions = {
  ask: (_a, _b, button) => ask(button.textContent.trim()),
  edit: n => { state.editing = Number(n); setBox(state.turns[n].question); },
  retry: n => { const turn = state.turns[n]; if (turn) ask(turn.question, Number(n), turn.context ?? null); },
  copy: n => copy((n < 0 ? null : state.turns[n]?.plain) || state.turns[n]?.answer?.text || state.compared?.text || ""),
  rate: (n, rating) => rate(Number(n), rating),
  drop: (n, what) => {
    const turn = state.turns[n], answer = turn.answer;
    const left = what === "cities" ? answer.carried_topic : answer.carried_cities.join("、");
    ask(turn.question, Number(n), left ? [left] : []);
  },
  go: view => go(view),
  speak: language => { state.language = language; store.set("language", language); wake(); },
  theme: () => { const dark = !body().classList.contains("dark"); store.set("theme", dark ? "dark" : "light"); applyTheme(dark ? "dark" : "light"); },
  chats: chatsDialog, new: newChat,
  open: id => openPlace({ report: id, at: null, cites: [], view: "repaired" }),
  close: closeReader,
  step: by => step(Number(by)),
  view: view => { if (state.place && root()) { state.place.view = view; tell("open", { report: root().dataset.report, at: state.place.at, cites: citedKeys().map(k => k.split("-").map(Number)), view }); } },
  drawer: name => drawer(name),
  jump: id => jump(id),
  found: by => nextFound(Number(by)),
  quote: () => { const text = quoteNow(); if (text) copy(text); },
  link: () => copy(location.href),
  about: () => { const text = quoteNow(); go("ask"); if (phone()) closeReader(); if (text) setBox(`“${text.slice(0, 200)}” `); },
  topic: (_a, _b, button) => compare(button.textContent),
  export: form => { if (state.compared) tell("export", { what: "comparison", form, answer: state.compared }); },
  sort: column => sortBy(Number(column)),
  correct, corrected, dismiss: () => $("#correct")?.close(),
  remove: change("remove"), restore: change("restore"), reread: change("reread"),
};
document.addEventListener("click", event => {
  if (event.button !== 0 || !event.target.closest) return;
  const link = event.target.closest('a[href^="?report="]');
  if (link && !event.ctrlKey && !event.metaKey && !event.shiftKey) {
    event.preventDefault();
    event.stopPropagation();
    const place = placeOf(link.getAttribute("href"));
    const near = link.closest(".answer, .result");
    const mine = near ? $$('a[href^="?report="]', near).map(a => placeOf(a.getAttribute("href"))).filter(p => p.report === place.report && p.at) : [];
    place.cites = [...new Map(mine.map(p => [keyOf(p.at), p.at])).values()];
    openPlace(place, { from: link, keyboard: event.detail === 0 });
    return;
  }
  const button = event.target.closest('button[value^="do:"]');
  if (!button) return;
  event.preventDefault();
  const [, name, first, second] = button.value.split(":");
  if (actions[name]) actions[name](first, second, button);
}, true);
document.addEventListener("keydown", event => {
  const composing = event.isComposing || event.keyCode === 229;
  if (composing && event.target.closest?.("#ra-box")) { event.stopPropagation(); return; } /* Enter that picks a word is not Enter that sends */
  if (event.key === "Escape" && !$("dialog[open]")) {
    if (state.editing !== null && event.target.closest?.("#ra-box")) { state.editing = null; setBox(""); }
    else if (body().dataset.reader === "open") closeReader();
  }
  if (event.target.id === "reader-find" && event.key === "Enter") { event.preventDefault(); nextFound(event.shiftKey ? -1 : 1); }
  if ((event.ctrlKey || event.metaKey) && event.key === "k") { event.preventDefault(); go("ask"); $("#ra-box textarea")?.focus(); }
}, true);
document.addEventListener("input", event => {
  if (event.target.id === "reader-find") find(event.target.value.trim());
  if (event.target.id === "lib-filter") { state.shelfFilter = event.target.value; filterRows($$(".lib-table tbody tr"), event.target.value); }
  if (event.target.id === "topic-filter") filterRows($$(".matrix tbody tr"), event.target.value);
}, true);
document.addEventListener("change", event => { if (event.target.name === "city") compare(pickedTopic()); }, true);
addEventListener("storage", event => {
  if (event.key === "report-assistant.chat." + state.chat && !state.busy) { state.turns = store.get("chat." + state.chat, { turns: [] }).turns || []; show(); }
});
new MutationObserver(changes => {
  for (const change of changes) {
    if (change.type === "attributes") { if (change.target.hasAttribute("aria-label") && change.target.matches(MISNAMED)) quiet(change.target); }
    else for (const node of change.addedNodes) if (node.nodeType === 1) [node, ...$$(MISNAMED, node)].filter(n => n.matches(MISNAMED)).forEach(quiet);
  }
}).observe(document.documentElement, { subtree: true, childList: true, attributes: true, attributeFilter: ["aria-label"] });

window.reports = { connect, wake, look, dressed, send, keep, take, stopped, opened, shelved };
})();
