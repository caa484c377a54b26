/* Views, small things, the chats kept here, the library's table. Part of one script, see asking.js. */
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
function toast(text, action, stays = false) {
  $(".toast")?.remove();
  const box = make("div", { className: "toast", role: "status" }, text);
  if (action) { const b = make("button", { type: "button", className: "link" }, action.label); b.onclick = () => { box.remove(); action.run(); }; box.append(" ", b); }
  document.body.append(box);
  if (!stays) setTimeout(() => box.remove(), action ? 8000 : text.length > 12 ? 5000 : 2500);
}
/* What the component would say in English, in the reader's words. */
const SAID = [[/maximum allowed size/i, "toast.large"], [/connection|network|fetch/i, "toast.lost"], [/./s, "toast.failed"]];
function retold(text) {
  const [, key] = SAID.find(([pattern]) => pattern.test(text)) || [];
  if (!key || $(".toast.lost")) return;
  toast(say(key), null, key === "toast.lost");
  $(".toast").classList.toggle("lost", key === "toast.lost");
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
  if (view === "settings") tell("setup", {});
  if (view === "compare" && state.stale) { state.stale = false; compare(pickedTopic()); }
  $$('#ra-header button[value^="do:go:"]').forEach(b => b.value === "do:go:" + view ? b.setAttribute("aria-current", "page") : b.removeAttribute("aria-current"));
  if (focus && view === "ask" && !phone()) $("#ra-box textarea")?.focus();
}
const pickedCities = () => $$("#ra-compare-view input[name=city]:checked").map(box => box.value);
const pickedTopic = () => $("#ra-compare-view .topic[aria-pressed=true]")?.dataset.topic || null;
/* The comparison view shows another library or language than it should; it is asked for again when seen. */
function stale() {
  state.stale = state.view !== "compare";
  if (!state.stale) compare(pickedTopic());
}
function compare(topic) {
  const result = $("#compare-result");
  if (result && topic) result.classList.add("busy");
  state.matrix = { filter: $("#topic-filter")?.value, cities: $("#city-filter")?.value, top: $(".matrix")?.scrollTop, citiesTop: $(".cities")?.scrollTop, topic };
  tell("compare", { cities: pickedCities(), topic });
}
function take(told) {
  if (!told) return;
  if (told.do === "download") save(told.name, told.type, told.base64);
  if (told.do === "toast") toast(told.text);
  if (told.do === "compared") state.compared = told.answer;
}

/* A view that Python draws anew takes the focus with it: it goes back to what bears the same name there. */
const named = node => node.id ? "#" + CSS.escape(node.id) : node.name === "city" ? `input[name=city][value="${CSS.escape(node.value)}"]`
  : node.dataset.topic ? `[data-topic="${CSS.escape(node.dataset.topic)}"]` : node.value?.startsWith?.("do:") ? `button[value="${CSS.escape(node.value)}"]` : null;
function refocus(within) {
  if (document.activeElement !== body() || !state.focused || state.focused.within !== within) return;
  const node = $(state.focused.name, $(within)) || $(".note button", $(within)); /* where what was pressed is gone: its undoing */
  if (!node) return;
  node.focus({ preventScroll: true });
  if (node.matches("input[type=search]")) node.setSelectionRange(node.value.length, node.value.length);
}
function compared() {
  const filter = $("#topic-filter"), matrix = $(".matrix"), kept = state.matrix;
  if (!matrix) return;
  if (kept?.filter) { filter.value = kept.filter; filterRows($$(".matrix tbody tr"), kept.filter); }
  if (kept?.cities && $("#city-filter")) { $("#city-filter").value = kept.cities; filterRows($$(".cities .pick"), kept.cities); }
  matrix.scrollTop = kept?.top || 0;
  $(".cities").scrollTop = kept?.citiesTop || 0;
  refocus("#ra-compare-view");
  const result = $("#compare-result"), frame = $("#ra-compare").getBoundingClientRect();
  if (kept?.topic && result.getBoundingClientRect().top > frame.bottom - 160) result.scrollIntoView({ block: "center", behavior: calm() ? "instant" : "smooth" });
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
  const saving = (chat, form, text) => { const b = link(text, () => exportChat(chat, form)); b.title = `${say("export")} ${text}`; b.setAttribute("aria-label", b.title); return b; };
  for (const chat of state.chats) {
    const open = link(chat.name || say("chats.untitled"), () => { box.close(); switchTo(chat.id); }, "chat-name");
    if (chat.id === state.chat) open.setAttribute("aria-current", "true");
    list.append(make("li", {}, open, make("small", {}, new Date(chat.at).toLocaleDateString(state.language, { dateStyle: "medium" })),
      link(say("chats.rename"), () => rename(chat)), saving(chat, "md", "Markdown"), saving(chat, "docx", "Word"),
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
/* One answer (as a table, where there is a comparison), or the comparison of the other view. */
function exportAnswer(form, turn) {
  const answer = turn ? turn.answer : state.compared;
  if (!answer) return;
  if (turn && (form === "docx" || form === "md")) tell("export", { what: "chat", form, name: turn.question.slice(0, 40), turns: bare([turn]) });
  else tell("export", { what: "comparison", form, answer });
}
function switchTo(id) { if (state.busy) halt(); loadChat(id); unedit(); go("ask"); show(); setTimeout(toLast, 60); }
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
  sorted = { column, up: sorted.column === column ? !sorted.up : true };
  inOrder();
}
function inOrder() {
  const { column } = sorted, table = $(".lib-table tbody"), value = row => { const cell = row.children[column]; return cell.dataset.v ?? cell.textContent.trim(); };
  const rows = $$("tr", table).sort((a, b) => { const x = value(a), y = value(b), order = isNaN(x) || isNaN(y) ? String(x).localeCompare(String(y), "zh") : x - y; return sorted.up ? order : -order; });
  table.append(...rows);
  $$(".lib-table th[aria-sort]").forEach((th, i) => th.setAttribute("aria-sort", i === column ? (sorted.up ? "ascending" : "descending") : "none"));
}
function filterRows(rows, text) { const needle = text.trim().toLowerCase(); rows.forEach(row => { row.hidden = !!needle && ![row.textContent, ...Object.values(row.dataset)].join(" ").toLowerCase().includes(needle); }); }
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
function shelved() {
  const input = $("#lib-filter");
  if (input && state.shelfFilter) { input.value = state.shelfFilter; filterRows($$(".lib-table tbody tr"), state.shelfFilter); }
  if (input && sorted.column !== null) inOrder();
  refocus("#ra-library-view");
}
