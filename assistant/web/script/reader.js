/* The reader: its place, its cited words, finding in it. Part of one script, see asking.js. */
/* --- the reader ---------------------------------------------------------------------------- */
function placeOf(search) {
  const query = new URLSearchParams(search);
  const at = /^(\d{1,9})-(\d{1,9})$/.exec(query.get("at") || "");
  return { report: query.get("report"), at: at ? [Number(at[1]), Number(at[2])] : null, cites: [], topic: query.get("topic"), view: "repaired" };
}
const keyOf = at => at ? at.join("-") : "";
const spanOf = key => key ? key.split("-").map(Number) : null;
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
  } else drawReader();
}
/* What is to be read now, or nothing; each request has a number, which its reply bears. */
function drawReader() {
  state.ticket += 1;
  const { ticket, place } = state;
  if (!place) { tell("idle", { ticket }); return; }
  const { report, at, cites, topic, view } = place;
  tell("open", { report, at, cites: cites || [], topic: topic ?? null, view, ticket });
}
/* Replies may come in another order than they were asked for: what a late one has painted over is asked for again. */
function opened() {
  const told = $("#ra-reader [data-ticket]");
  if (!told) return;
  if (Number(told.dataset.ticket) !== state.ticket) { if (state.drawn === state.ticket) drawReader(); return; }
  state.drawn = state.ticket;
  if (!root() || !state.place) return;
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
  if (marks[0]) { centre(marks[0]); hold(marks[0]); }
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
/* What is shown stays in the middle while the page is still taking its shape, until the reader moves it. */
let held = null;
function hold(node) {
  clearInterval(held);
  const until = performance.now() + 15000;
  held = setInterval(() => {
    if (!node.isConnected || performance.now() > until) { clearInterval(held); return; }
    const at = node.getBoundingClientRect(), frame = $("#reader-text").getBoundingClientRect();
    if (at.top < frame.top || at.bottom > frame.bottom) centre(node);
  }, 100);
}
for (const moved of ["wheel", "touchmove", "pointerdown", "keydown"]) document.addEventListener(moved, () => clearInterval(held), { capture: true, passive: true });
const citedKeys = () => $$(".quotes li", root()).map(li => li.dataset.c);
function step(by) {
  const keys = citedKeys();
  let at = keys.indexOf(root().dataset.at);
  if (by && keys.length) { at = (at + by + keys.length) % keys.length; state.place.at = spanOf(keys[at]); focusMark(keys[at]); return; }
  const shown = $("#reader-step");
  if (shown) shown.textContent = `${at < 0 ? "–" : at + 1} / ${keys.length}`;
}
function closeReader() {
  body().dataset.reader = "idle";
  state.place = null;
  history.replaceState(null, "", location.pathname);
  $$("a.cite.on, a.bar.on").forEach(a => a.classList.remove("on"));
  drawReader();
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
  const marks = marksOf(root().dataset.at); /* what was being read stays in view beside a list that takes its room */
  if (marks[0]) centre(marks[0]);
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
